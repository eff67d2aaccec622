/** One Python file as facts: the only way from text to what the other layers speak of. */
import type { ClassMeaning, FileFacts, ImportedName, SourceFile, SwitchFacts } from '../model.ts';
import type { Module } from './constants.ts';
import { readDagMentions } from './dag-mentions.ts';
import { readDependencies } from './dependencies.ts';
import { hiddenUses } from './hidden-uses.ts';
import { importedName, importStart, topImports } from './imports.ts';
import { placeAt } from './places.ts';
import { readNames } from './scopes.ts';
import { findSparkCalls } from './spark-calls.ts';
import { readStrings } from './strings.ts';
import { structuralProblems } from './structure.ts';
import { foldSwitches, SWITCH_MODULE } from './switches.ts';
import type { Python, SyntaxTree } from './syntax.ts';

/**
 * Reads one file. `targetOperator` is the dotted name of the class that tasks move to (`bpg_operator.BPGOperator`).
 * A file that does not parse gives facts too, with `errors`; nothing in it may be edited.
 */
export function readPythonFile(
  python: Python,
  source: SourceFile,
  targetOperator: string,
  classes: ReadonlyMap<string, ClassMeaning> = new Map(),
): FileFacts {
  return readTree(python.parse(source.text), source, targetOperator, classes);
}

/** What `readPythonFile` gives, of a text that is parsed already: for who looks at the tree first. */
export function readTree(
  tree: SyntaxTree,
  source: SourceFile,
  targetOperator: string,
  classes: ReadonlyMap<string, ClassMeaning>,
): FileFacts {
  const errors = errorOffsets(tree).map((offset) => placeAt(source.path, source.text, offset));
  const switches = withoutSwitches(tree, source, targetOperator, classes);
  const module: Module = { text: source.text, names: readNames(tree), path: source.path };
  const { imports, ...calls } = findSparkCalls(module, tree, source.path, targetOperator, classes);
  const strings = readStrings(module, tree);
  return {
    source,
    lineEnding: lineEndingOf(source.text),
    errors,
    ...calls,
    switches,
    classes,
    otherUses: [...calls.otherUses, ...hiddenUses(tree, strings, source.path)],
    imports: withOthers(module, imports),
    topImports: topImports(module, tree),
    importStart: importStart(tree),
    dependencies: readDependencies(module, tree),
    strings,
    mentions: readDagMentions(module, tree, source.path),
    boundNames: new Set([...takenNames(module), ...switches.flatMap(({ names }) => [...names])]),
  };
}

/** From here on the tree holds the old side only of each switch around a task or sensor of a source class. */
function withoutSwitches(
  tree: SyntaxTree,
  { text, path }: SourceFile,
  targetOperator: string,
  classes: ReadonlyMap<string, ClassMeaning>,
): readonly SwitchFacts[] {
  if (!text.includes(SWITCH_MODULE)) return [];
  const module: Module = { text, names: readNames(tree), path };
  const { tasks, sensors } = findSparkCalls(module, tree, path, targetOperator, classes);
  const calls = [...tasks, ...sensors];
  return foldSwitches(tree, text, (old) => calls.some(({ span }) => old.start <= span.start && span.end <= old.end));
}

/** What the grammar rejects, else what only Python does. */
function errorOffsets(tree: SyntaxTree): readonly number[] {
  return tree.errors.length > 0
    ? tree.errors.map(({ start }) => start)
    : structuralProblems(tree).map(({ offset }) => offset);
}

/** All imports of the file: those of the source classes first found by their calls, then the rest, in source order. */
function withOthers(module: Module, found: readonly ImportedName[]): readonly ImportedName[] {
  const known = new Map(found.map((imported) => [imported.clause.start, imported]));
  const result: ImportedName[] = [];
  for (const binding of module.names.bindings) {
    if (binding.kind !== 'import') continue;
    const imported = known.get(binding.node.start) ?? importedName(module, binding);
    if (imported !== null) result.push(imported);
  }
  return result.sort((a, b) => a.clause.start - b.clause.start);
}

/** The line ending of most lines; a file without any gets `\n`. */
function lineEndingOf(text: string): string {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  return crlf > lf ? '\r\n' : '\n';
}

/**
 * Bound names, and those that are read without being bound here (builtins, what `import *` brings): a name that a change
 * adds must clash with neither.
 */
function takenNames(module: Module): ReadonlySet<string> {
  const { bindings, references } = module.names;
  return new Set([...bindings.map(({ name }) => name), ...references.map(({ name }) => name)]);
}
