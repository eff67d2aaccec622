/** Source classes that reach a file through modules of the project: re-exported, renamed, or subclassed without change. */
import type { ClassMeaning, FileFacts, SourceFile } from '../model.ts';
import { SOURCE_WORDS } from './source-classes.ts';

/** Folders that Airflow puts on Python's path, beside the root of the project. */
export const USUAL_ROOTS: readonly string[] = ['', 'dags', 'plugins', 'include'];
/** A chain of modules longer than this is not followed. */
const MOST_ROUNDS = 3;

/**
 * Reads files again that import a source class from a module of the project, and those that were not read because they
 * name no source class themselves. `beside` are modules that only export. `readMore` gives the files that hold one of the words.
 */
export function followExports(
  first: readonly FileFacts[],
  beside: readonly FileFacts[],
  configured: ReadonlyMap<string, ClassMeaning>,
  sourceRoots: readonly string[],
  readMore: (words: readonly string[]) => readonly SourceFile[],
  read: (source: SourceFile, classes: ReadonlyMap<string, ClassMeaning>) => FileFacts,
): readonly FileFacts[] {
  const files = new Map(first.map((facts) => [facts.source.path, facts]));
  const roots = [...new Set([...USUAL_ROOTS, ...sourceRoots])];
  let known = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const all = namesOf([...files.values(), ...beside], roots);
    if (all.length === known) break;
    known = all.length;
    const index = indexByPrefix(all);
    const classesFor = (facts: FileFacts): ReadonlyMap<string, ClassMeaning> =>
      new Map([...configured, ...imported(facts, index)]);
    const words = newWords([...files.values(), ...beside]);
    const more = words.length === 0 ? [] : readMore(words).filter(({ path }) => !files.has(path));
    for (const facts of [...files.values(), ...more.map((source) => read(source, configured))]) {
      const classes = classesFor(facts);
      if (classes.size === facts.classes.size) continue;
      const again = read(facts.source, classes);
      const counts = again.tasks.length + again.sensors.length + again.exports.length > 0;
      if (counts || files.has(facts.source.path)) files.set(facts.source.path, again);
    }
  }
  return [...files.values()].sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
}

type Named = readonly [string, ClassMeaning];

/** The names below each dotted prefix: an import of a module may lead to any of them. */
function indexByPrefix(names: readonly Named[]): ReadonlyMap<string, readonly Named[]> {
  const index = new Map<string, Named[]>();
  for (const named of names)
    for (let end = named[0].length; end !== -1; end = named[0].lastIndexOf('.', end - 1)) {
      const prefix = named[0].slice(0, end);
      const list = index.get(prefix);
      if (list === undefined) index.set(prefix, [named]);
      else list.push(named);
    }
  return index;
}

/** The names that the imports of a file may lead to. */
function imported({ imports, source }: FileFacts, index: ReadonlyMap<string, readonly Named[]>): readonly Named[] {
  return imports.flatMap(({ module, name }) => {
    const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(module.replace(/\s/g, '')) ?? [];
    const folders = dots === '' ? [] : source.path.split('/').slice(0, -dots.length);
    const path = [...folders, ...[rest, name ?? ''].filter((part) => part !== '')].join('.');
    return index.get(path) ?? [];
  });
}

/** Dotted names under which each export can be imported. */
function namesOf(files: readonly FileFacts[], roots: readonly string[]): readonly (readonly [string, ClassMeaning])[] {
  return files.flatMap(({ source, exports }) =>
    exports.flatMap(({ name, className }) =>
      modulesOf(source.path, roots).map((module) => [`${module}.${name}`, className] as const),
    ),
  );
}

/** Dotted names under which a file can be imported. */
export function modulesOf(path: string, roots: readonly string[]): readonly string[] {
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
