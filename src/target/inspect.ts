/** Reads what a target operator can do from its source and that of its bases. Nothing is executed. */
import type { Breakage, Place, TargetOperator } from '../model.ts';
import { importedPath } from '../parser/imports.ts';
import { placeAt } from '../parser/places.ts';
import { readNames } from '../parser/scopes.ts';
import { childOf, descend, type Node, namedChildren, type Python, type SyntaxTree } from '../parser/syntax.ts';
import type { Module } from '../parser/values.ts';
import { breakagesOf } from './breakages.ts';
import { BASE_FIELDS, type ClassTraits, nameOf, readTraits } from './class-traits.ts';
import { type SentTypes, sentTypes } from './content-type.ts';
import { profiledOperator } from './profiles.ts';
import { terminalStatesIn } from './terminal-states.ts';

export type Inspected = Omit<TargetOperator, 'module' | 'className' | 'source'>;
export type Inspection =
  | { readonly ok: true; readonly operator: Inspected }
  | { readonly ok: false; readonly reason: string };

/** The text of a module by its dotted name; null where it is neither in the project nor in the environment asked. */
export type ReadModule = (module: string) => { readonly path: string; readonly text: string } | null;

interface Source {
  readonly path: string;
  readonly module: Module;
  readonly tree: SyntaxTree;
}
interface Layer {
  readonly source: Source;
  readonly traits: ClassTraits;
}

/** Inspects the class of that name, its bases followed over files. One that comes from `bpg_operator` and is nowhere is the published operator. */
export function inspectOperator(
  python: Python,
  path: string,
  text: string,
  className: string,
  readModule: ReadModule = () => null,
): Inspection {
  const first = openSource(python, path, text);
  if (first === null) return { ok: false, reason: 'it does not parse' };
  const layers: Layer[] = [];
  const seen = new Set<Node>();
  let published = false;
  const waiting: { readonly source: Source; readonly name: string }[] = [{ source: first, name: className }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const found = locate(python, next.source, next.name, readModule);
    if (found.kind === 'airflow') continue;
    if (found.kind === 'published') {
      published = true;
      continue;
    }
    if (found.kind === 'nowhere')
      return { ok: false, reason: layers.length === 0 ? `it holds no class ${className}` : found.reason };
    if (seen.has(found.definition)) continue;
    seen.add(found.definition);
    const { source } = found;
    layers.push({ source, traits: readTraits(source.module, found.definition) });
    // Depth first, left to right, as Python looks for what a class does not have itself.
    waiting.unshift(...basesOf(source.module, found.definition).map((name) => ({ source, name })));
  }
  return { ok: true, operator: combine(layers, published) };
}

function openSource(python: Python, path: string, text: string): Source | null {
  const tree = python.parse(text);
  return tree.errors.length > 0 ? null : { path, tree, module: { text, path, names: readNames(tree) } };
}

type Located =
  | { readonly kind: 'class'; readonly source: Source; readonly definition: Node }
  | { readonly kind: 'airflow' }
  | { readonly kind: 'published' }
  | { readonly kind: 'nowhere'; readonly reason: string };

/** Where the class behind a name of a file is defined: there, or where its import leads. */
function locate(python: Python, from: Source, name: string, readModule: ReadModule): Located {
  let [source, wanted] = [from, name];
  for (let depth = 0; depth < 10; depth++) {
    const definition = classNamed(source, wanted);
    if (definition !== null) return { kind: 'class', source, definition };
    const imported = importOf(source, wanted);
    if (imported === null) {
      if (wanted.endsWith('BaseOperator')) return { kind: 'airflow' };
      return { kind: 'nowhere', reason: `the base class ${wanted} is not in the file` };
    }
    const dot = imported.lastIndexOf('.');
    const [module, own] = [imported.slice(0, dot), imported.slice(dot + 1)];
    if (module === 'airflow' || module.startsWith('airflow.')) return { kind: 'airflow' };
    const file = readModule(module);
    const opened = file === null || file.path === source.path ? null : openSource(python, file.path, file.text);
    if (opened === null) {
      if (module.split('.').includes('bpg_operator')) return { kind: 'published' };
      return { kind: 'nowhere', reason: `the base class ${own} comes from ${module}, which is not there to be read` };
    }
    [source, wanted] = [opened, own];
  }
  return { kind: 'nowhere', reason: `the imports of ${name} lead in a circle` };
}

function classNamed({ tree, module }: Source, name: string): Node | null {
  for (const node of descend(tree.root))
    if (node.type === 'class_definition' && nameOf(module, node) === name) return node;
  return null;
}

/** `module.Name` behind a name as it is written (`Name`, `alias.Name`). */
function importOf({ module }: Source, written: string): string | null {
  const [local = '', ...rest] = written.split('.');
  for (const binding of module.names.module.bindings.get(local) ?? []) {
    const path = importedPath(module, binding);
    if (path !== null) return [path, ...rest].join('.');
  }
  return null;
}

function basesOf(module: Module, definition: Node): readonly string[] {
  const bases = childOf(definition, 'superclasses');
  const names = bases === null ? [] : namedChildren(bases);
  return names
    .filter(({ type }) => type === 'identifier' || type === 'attribute')
    .map(({ start, end }) => module.text.slice(start, end).replace(/\s/g, ''));
}

/** What the classes come to together, the operator itself first. */
function combine(layers: readonly Layer[], published: boolean): Inspected {
  const base = published ? profiledOperator('bpg_operator.BPGOperator', 'published') : null;
  const defaults = acceptedParameters(layers, base);
  const parameters = new Set(defaults.keys());
  const sources = [...new Set(layers.map(({ source }) => source))];
  const sent = firstOf(sources, ({ module, tree }) => sentTypes(module, tree.root));
  const states = sources.map((source) => terminalStatesIn(source.module, source.tree.root));
  const terminal = [...new Set([...states.flatMap(({ names }) => names), ...(base?.terminalStates ?? [])])];
  return {
    origin: 'inspected',
    assumed: false,
    parameters,
    defaults: Object.fromEntries([...defaults].flatMap(([name, text]) => (text === null ? [] : [[name, text]]))),
    templateFields: inherited(layers, 'templateFields'),
    templateExtensions: inherited(layers, 'templateExtensions'),
    deferrable: parameters.has('deferrable'),
    cancels: layers.some(({ traits }) => traits.cancels),
    reattaches: parameters.has('reattach_on_restart'),
    acceptsDict: layers.some(({ traits }) => traits.acceptsDict),
    contentType: contentTypes(sent?.found ?? null, base),
    terminalStates: terminal.length === 0 ? null : terminal,
    breaks: [...sources.flatMap(breakagesIn), ...(base?.breaks ?? [])],
    evidence: evidenceOf(layers, sent, states[0]?.offset ?? null),
  };
}

/** Own parameters, and those of the base as long as `**kwargs` hands them on. */
function acceptedParameters(layers: readonly Layer[], base: TargetOperator | null): ReadonlyMap<string, string | null> {
  const accepted = new Map<string, string | null>();
  for (const { traits } of layers) {
    if (traits.parameters === null) continue;
    for (const [name, value] of traits.parameters) if (!accepted.has(name)) accepted.set(name, value);
    if (!traits.handsOn) return accepted;
  }
  for (const name of base?.parameters ?? []) if (!accepted.has(name)) accepted.set(name, base?.defaults[name] ?? null);
  return accepted;
}

function inherited(layers: readonly Layer[], key: 'templateFields' | 'templateExtensions'): readonly string[] {
  const result = new Set<string>();
  for (const { traits } of layers) {
    const own = traits[key];
    if (own === null) continue;
    for (const name of own) if (name !== BASE_FIELDS) result.add(name);
    if (!own.includes(BASE_FIELDS)) break;
  }
  return [...result];
}

function contentTypes(sent: SentTypes | null, base: TargetOperator | null): TargetOperator['contentType'] {
  if (sent !== null) return { content: sent.content, file: sent.file };
  return base?.contentType ?? { content: 'unknown', file: 'unknown' };
}

function firstOf<T>(
  sources: readonly Source[],
  look: (source: Source) => T | null,
): { readonly found: T; readonly source: Source } | null {
  for (const source of sources) {
    const found = look(source);
    if (found !== null) return { found, source };
  }
  return null;
}

const breakagesIn = ({ module, tree, path }: Source): readonly Breakage[] =>
  breakagesOf(module, tree, (offset) => placeAt(path, module.text, offset));

function evidenceOf(
  layers: readonly Layer[],
  sent: ReturnType<typeof firstOf<SentTypes>>,
  state: number | null,
): Readonly<Record<string, Place>> {
  const evidence: Record<string, Place> = {};
  for (const { source, traits } of layers)
    for (const [name, offset] of traits.places) evidence[name] ??= placeAt(source.path, source.module.text, offset);
  if (sent !== null && sent.found.offset !== null)
    evidence['contentType'] = placeAt(sent.source.path, sent.source.module.text, sent.found.offset);
  const [first] = layers;
  if (state !== null && first !== undefined)
    evidence['terminalStates'] = placeAt(first.source.path, first.source.module.text, state);
  return evidence;
}
