/** Which Python files a change of files can mean something for: themselves, those that name or import them. */
import { posix } from 'node:path';
import type { FileFacts } from '../model.ts';

/**
 * Of the files, those that changed, that name a changed document, or that import an affected file. Names are compared
 * by what must be equal (the base name of a document, the last parts of a module), so rather one file too many.
 */
export function affectedFiles(files: readonly FileFacts[], changed: ReadonlySet<string>): ReadonlySet<string> {
  const documents = new Set([...changed].filter((path) => !path.endsWith('.py')).map((path) => posix.basename(path)));
  const affected = new Set<string>();
  const modules = new Set([...changed].filter((path) => path.endsWith('.py')).flatMap(modulesOf));
  const add = ({ source }: FileFacts): void => {
    affected.add(source.path);
    for (const module of modulesOf(source.path)) modules.add(module);
  };
  for (const facts of files)
    if (changed.has(facts.source.path) || facts.strings.some(({ value }) => namesOne(value, documents))) add(facts);
  for (let before = -1; before !== affected.size; ) {
    before = affected.size;
    for (const facts of files)
      if (!affected.has(facts.source.path) && facts.imports.some((one) => importsOne(one, modules))) add(facts);
  }
  return affected;
}

/** The translated document of a source counts with it: `load.bpg.yaml` for `load.yaml`. */
function namesOne(value: string, documents: ReadonlySet<string>): boolean {
  if (!/\.[a-z0-9]+$/i.test(value)) return false;
  const name = posix.basename(value);
  return documents.has(name) || documents.has(name.replace(/(?:\.[\w-]+)*\.bpg\.(ya?ml|json)$/, '.$1'));
}

/** Every dotted name under which the file can be imported, whichever folder is on the path. */
function modulesOf(path: string): readonly string[] {
  const parts = path.replace(/(?:\/__init__)?\.py$/, '').split('/');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

function importsOne(one: FileFacts['imports'][number], modules: ReadonlySet<string>): boolean {
  const module = one.module.replace(/^\.+/, '');
  const inside = one.name === null ? module : module === '' ? one.name : `${module}.${one.name}`;
  return modules.has(module) || modules.has(inside);
}
