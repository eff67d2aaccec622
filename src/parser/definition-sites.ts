/**
 * Where functions that hold tasks are called, in their own file and through imports and re-exports of the project, and
 * from which DAGs they are reached in the end.
 */
import type { DagFacts, FileFacts, SourceFile, Span } from '../model.ts';
import type { Module } from './constants.ts';
import { ContextReader } from './dags.ts';
import { callAt, callsIn, type Definition, definitionAround, definitionNamed } from './definitions.ts';
import { modulesOf, USUAL_ROOTS } from './follow-exports.ts';
import { readNames } from './scopes.ts';
import { exportedClasses, findClassUses } from './source-names.ts';
import { childOf, descend, type Node, namedChildren, type Python, type SyntaxTree } from './syntax.ts';

/** Functions that call functions that call … are followed this far. */
const MOST_ROUNDS = 4;
/** More calls of one function are not followed. */
const MOST_SITES = 200;

/** A file with its tree. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly tree: SyntaxTree;
  readonly module: Module;
}

/** A DAG from which a definition is reached. */
export interface DagSite {
  readonly key: string;
  readonly name: string;
  readonly file: string;
}

/** A call of a definition. */
export interface Site {
  readonly file: string;
  readonly span: Span;
  /** Key of the DAG that it stands in; null inside a definition that is called itself. */
  readonly dag: DagSite | null;
  /** The definition that it stands in, as `file:name`. */
  readonly holder: string | null;
  /** As of a `ReachingCall`. */
  readonly from: string | null;
}

/** A definition, and all that is known of its uses. */
export interface KnownDefinition {
  readonly file: string;
  readonly name: string;
  readonly sites: Site[];
  /** True where something uses it other than by calling it. */
  escapes: boolean;
}

const keyOf = (file: string, name: string): string => `${file}:${name}`;

export class DefinitionSites {
  readonly #python: Python;
  readonly #roots: readonly string[];
  readonly #readNaming: (words: readonly string[]) => readonly SourceFile[];
  readonly #parsed: Map<string, ParsedFile> = new Map();
  readonly #known: Map<string, KnownDefinition> = new Map();

  constructor(
    python: Python,
    sourceRoots: readonly string[],
    readNaming: (words: readonly string[]) => readonly SourceFile[],
  ) {
    this.#python = python;
    this.#roots = [...new Set([...USUAL_ROOTS, ...sourceRoots])];
    this.#readNaming = readNaming;
  }

  /** A definition that was found, by its key. */
  at(key: string): KnownDefinition | null {
    return this.#known.get(key) ?? null;
  }

  /** Those of one file. */
  inFile(path: string): readonly KnownDefinition[] {
    return [...this.#known.values()].filter(({ file }) => file === path);
  }

  parsedAt(path: string): ParsedFile | null {
    return this.#parsed.get(path) ?? null;
  }

  parse(source: SourceFile): ParsedFile {
    const known = this.#parsed.get(source.path);
    if (known !== undefined) return known;
    const tree = this.#python.parse(source.text);
    const parsed = { source, tree, module: { text: source.text, names: readNames(tree), path: source.path } };
    this.#parsed.set(source.path, parsed);
    return parsed;
  }

  /** The definitions of a file that hold tasks. */
  holdersIn(facts: FileFacts): readonly string[] {
    const inFunction = [...facts.tasks, ...facts.migrated].filter(({ functionBody }) => functionBody != null);
    if (inFunction.length === 0) return [];
    const { module, tree, source } = this.parse(facts.source);
    const names = inFunction.flatMap(({ span }) => {
      const call = span === undefined ? null : callAt(tree.root, span);
      const around = call === null ? null : definitionAround(module, call);
      return around !== null && definitionNamed(module, around.name) !== null ? [around.name] : [];
    });
    return [...new Set(names)].map((name) => this.#know(source.path, name));
  }

  #know(file: string, name: string): string {
    const key = keyOf(file, name);
    if (!this.#known.has(key)) this.#known.set(key, { file, name, sites: [], escapes: false });
    return key;
  }

  /** Every call of the definitions, and of those that these calls stand in. */
  findSites(first: readonly string[]): void {
    let pending = first;
    for (let round = 0; round < MOST_ROUNDS && pending.length > 0; round += 1) {
      const before = new Set(this.#known.keys());
      for (const key of pending) this.#findInFile(key);
      this.#findOutside(pending);
      pending = [...this.#known.keys()].filter((key) => !before.has(key));
    }
    for (const key of pending) this.#escaping(key);
  }

  #escaping(key: string): void {
    const known = this.#known.get(key);
    if (known !== undefined) known.escapes = true;
  }

  #findInFile(key: string): void {
    const known = this.#known.get(key);
    const parsed = known === undefined ? undefined : this.#parsed.get(known.file);
    const definition = parsed === undefined ? null : definitionNamed(parsed.module, known?.name ?? '');
    if (known === undefined || parsed === undefined || definition === null) {
      this.#escaping(key);
      return;
    }
    const calls = callsIn(parsed.module, definition);
    if (calls === null) {
      this.#escaping(key);
      return;
    }
    for (const call of calls) this.#addSite(known, parsed, call);
  }

  #addSite(known: KnownDefinition, parsed: ParsedFile, call: Node, from: string | null = null): void {
    const { module, source } = parsed;
    const around = definitionAround(module, call);
    if (around?.name === known.name && source.path === known.file) known.escapes = true;
    const reader = readerOf(module);
    const isHeld = around !== null && definitionNamed(module, around.name) !== null && reader.dagAround(call) === null;
    const dag = isHeld ? null : dagAt(reader, call, source.path);
    const holder = isHeld ? this.#know(source.path, around.name) : null;
    known.sites.push({ file: source.path, span: { start: call.start, end: call.end }, dag, holder, from });
    if (known.sites.length > MOST_SITES) known.escapes = true;
  }

  /** Files that import one of the definitions, or a module that passes it on. */
  #findOutside(keys: readonly string[]): void {
    const wanted = new Map<string, string>();
    for (const key of keys) {
      const known = this.#known.get(key);
      if (known === undefined) continue;
      for (const module of modulesOf(known.file, this.#roots)) wanted.set(`${module}.${known.name}`, key);
    }
    const words = keys.flatMap((key) => this.#known.get(key)?.name ?? []);
    const sources = words.length === 0 ? [] : this.#readNaming(words);
    this.#passOn(sources, wanted);
    for (const source of sources) {
      const parsed = this.parse(source);
      if (parsed.tree.errors.length > 0) {
        for (const { name } of findClassUses(parsed.module, [...wanted.keys()])) this.#escaping(wanted.get(name) ?? '');
        continue;
      }
      for (const { name, node, binding } of findClassUses(parsed.module, [...wanted.keys()])) {
        const key = wanted.get(name) ?? '';
        const known = this.#known.get(key);
        if (known === undefined) continue;
        const { parent } = node;
        if (binding === null || parent?.type !== 'call' || node.field !== 'function') known.escapes = true;
        else this.#addSite(known, parsed, parent, this.#moduleFor(known, name));
      }
      this.#escapeStars(parsed, keys);
    }
  }

  /** The module to import a copy from, where `name` is a module's that only passes the definition on. */
  #moduleFor(known: KnownDefinition, name: string): string | null {
    const own = modulesOf(known.file, this.#roots);
    if (own.some((module) => `${module}.${known.name}` === name)) return null;
    return own.find((module) => module.split('.')[0] === name.split('.')[0]) ?? 'unknown';
  }

  /** `from common.spark import *` may bring any name that is not bound otherwise. */
  #escapeStars({ module, tree, source }: ParsedFile, keys: readonly string[]): void {
    const stars = [...descend(tree.root)].filter(({ type }) => type === 'wildcard_import');
    if (stars.length === 0) return;
    for (const key of keys) {
      const known = this.#known.get(key);
      if (known === undefined || known.file === source.path) continue;
      const isOpen = module.names
        .readersOf(known.name)
        .some((use) => module.names.resolve(known.name, use).length === 0);
      if (isOpen) known.escapes = true;
    }
  }

  /** `from .spark import submit` in a package makes it importable from there too. */
  #passOn(sources: readonly SourceFile[], wanted: Map<string, string>): void {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const before = wanted.size;
      for (const source of sources) {
        const { module } = this.parse(source);
        for (const { name, source: from } of exportedClasses(module, [...wanted.keys()])) {
          const key = wanted.get(from);
          for (const path of modulesOf(source.path, this.#roots))
            if (key !== undefined && !wanted.has(`${path}.${name}`)) wanted.set(`${path}.${name}`, key);
        }
      }
      if (wanted.size === before) return;
    }
  }

  /** All DAGs from which a definition is reached, by key; null where they can not all be told. */
  dagsOf(key: string, seen: ReadonlySet<string> = new Set()): ReadonlyMap<string, DagSite> | null {
    const known = this.#known.get(key);
    if (known === undefined || known.escapes || seen.has(key)) return null;
    const found = new Map<string, DagSite>();
    for (const { dag, holder } of known.sites) {
      if (dag !== null) found.set(dag.key, dag);
      const outer = holder === null ? new Map() : this.dagsOf(holder, new Set([...seen, key]));
      if (outer === null) return null;
      for (const [outerKey, outerDag] of outer) found.set(outerKey, outerDag);
    }
    return found;
  }

  /** The definition in the tree of its file. */
  definition(key: string): Definition | null {
    const known = this.#known.get(key);
    const parsed = known === undefined ? undefined : this.#parsed.get(known.file);
    return parsed === undefined || known === undefined ? null : definitionNamed(parsed.module, known.name);
  }
}

const readers = new WeakMap<Module, ContextReader>();

/** One reader for each file, so that one DAG is one object. */
export function readerOf(module: Module): ContextReader {
  const reader = readers.get(module) ?? new ContextReader(module);
  readers.set(module, reader);
  return reader;
}

/** The DAG around a call, or the one that is given to it. */
function dagAt(reader: ContextReader, call: Node, file: string): DagSite {
  const dag = reader.read(call, null).dag ?? dagAmong(reader, call);
  const id = dag?.id.kind === 'known' && typeof dag.id.value === 'string' ? dag.id.value : null;
  return { key: `${file}#${id ?? '?'}`, name: id ?? file, file };
}

/** The one DAG among the arguments of a call. */
function dagAmong(reader: ContextReader, call: Node): DagFacts | null {
  const found = namedChildren(childOf(call, 'arguments') ?? call).flatMap(
    (part) => reader.dagOf(childOf(part, 'value') ?? part) ?? [],
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
