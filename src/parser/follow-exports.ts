/** Source classes that reach a file through modules of the project: re-exported, renamed, or subclassed without change. */
import type { FileFacts, SourceClass, SourceFile } from '../model.ts';
import { SOURCE_WORDS } from './spark-calls.ts';

/** Folders that Airflow puts on Python's path, beside the root of the project. */
const USUAL_ROOTS = ['', 'dags', 'plugins', 'include'];
/** A chain of modules longer than this is not followed. */
const MOST_ROUNDS = 3;

/**
 * Reads files again that import a source class from a module of the project, and those that were not read because they
 * name no source class themselves. `beside` are modules that only export. `readMore` gives the files that hold one of the words.
 */
export function followExports(
  first: readonly FileFacts[],
  beside: readonly FileFacts[],
  configured: ReadonlyMap<string, SourceClass>,
  sourceRoots: readonly string[],
  readMore: (words: readonly string[]) => readonly SourceFile[],
  read: (source: SourceFile, classes: ReadonlyMap<string, SourceClass>) => FileFacts,
): readonly FileFacts[] {
  const files = new Map(first.map((facts) => [facts.source.path, facts]));
  const roots = [...new Set([...USUAL_ROOTS, ...sourceRoots])];
  let known = configured;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const classes = new Map([...configured, ...namesOf([...files.values(), ...beside], roots)]);
    if (classes.size === known.size) break;
    const words = newWords([...files.values(), ...beside]);
    const sources = words.length === 0 ? [] : readMore(words).filter(({ path }) => !files.has(path));
    const again = [...files.values()].filter((facts) => importsOne(facts, classes));
    for (const { source } of again) files.set(source.path, read(source, classes));
    for (const source of sources) {
      const facts = read(source, classes);
      if (facts.tasks.length + facts.sensors.length + facts.exports.length > 0) files.set(source.path, facts);
    }
    known = classes;
  }
  return [...files.values()].sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
}

/** Dotted names under which each export can be imported. */
function namesOf(files: readonly FileFacts[], roots: readonly string[]): readonly (readonly [string, SourceClass])[] {
  return files.flatMap(({ source, exports }) =>
    exports.flatMap(({ name, className }) =>
      modulesOf(source.path, roots).map((module) => [`${module}.${name}`, className] as const),
    ),
  );
}

function modulesOf(path: string, roots: readonly string[]): readonly string[] {
  const whole = path.replace(/\.py$/, '').replace(/\/__init__$/, '');
  return roots.flatMap((root) => {
    if (root === '') return [whole.replaceAll('/', '.')];
    const prefix = `${root.replace(/\/$/, '')}/`;
    return whole.startsWith(prefix) ? [whole.slice(prefix.length).replaceAll('/', '.')] : [];
  });
}

/** Exported names that the search for source classes does not find by itself. */
function newWords(files: Iterable<FileFacts>): readonly string[] {
  const words = new Set<string>();
  for (const { exports } of files)
    for (const { name } of exports) if (!SOURCE_WORDS.some((word) => name.includes(word))) words.add(name);
  return [...words].sort();
}

/** True when an import of the file may lead to one of the classes. */
function importsOne({ imports, source }: FileFacts, classes: ReadonlyMap<string, SourceClass>): boolean {
  const names = [...classes.keys()];
  return imports.some(({ module, name }) => {
    if (module.startsWith('.')) {
      const end = `${module.replace(/^\.+/, '')}${name === null ? '' : `.${name}`}`;
      return names.some((one) => one.endsWith(end) || one.includes(`${end}.`));
    }
    const path = name === null ? module : `${module}.${name}`;
    return source.path !== '' && names.some((one) => one === path || one.startsWith(`${path}.`));
  });
}
