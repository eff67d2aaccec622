/** Where the file speaks of a class, under whatever name it came: imported, re-assigned, or as a subclass that adds nothing. */

import { type Module, textOf } from './constants.ts';
import { importedPath, qualifiedName } from './imports.ts';
import type { Binding } from './names.ts';
import { plainSubclass } from './subclasses.ts';
import { childOf, type Node, unwrap } from './syntax.ts';

/** An expression such as `Op`, `spark_kubernetes.Op` or `airflow.providers….Op` that stands for one of the classes. */
export interface ClassUse {
  /** `module.Name` */
  readonly name: string;
  readonly node: Node;
  /** The import that brings it; null where it may also be something else. */
  readonly binding: Binding | null;
  /** Suffixes of template files that a subclass adds. */
  readonly extensions: readonly string[];
}

/** What a binding stands for. */
interface Source {
  readonly path: string;
  readonly binding: Binding;
  readonly extensions: readonly string[];
}

/** Every place that reads one of the classes, in source order. Only the import decides, never the bare name. */
export function findClassUses(module: Module, classes: readonly string[]): readonly ClassUse[] {
  const locals = new Set<string>();
  for (const binding of module.names.bindings) {
    const source = sourceOf(module, binding, classes);
    if (source !== null && classes.some((name) => name === source.path || name.startsWith(`${source.path}.`)))
      locals.add(binding.name);
  }
  const uses: ClassUse[] = [];
  for (const local of locals)
    for (const node of module.names.readersOf(local)) {
      const use = classAt(module, node, local, classes);
      if (use !== null && !isFollowed(module, use.node, classes)) uses.push(use);
    }
  return uses.sort((a, b) => a.node.start - b.node.start);
}

/** The names of the module that stand for one of the classes: what another file can import. */
export function exportedClasses(
  module: Module,
  classes: readonly string[],
): readonly { readonly name: string; readonly source: string }[] {
  const found = new Map<string, string>();
  for (const [name, bindings] of module.names.module.bindings) {
    const sources = bindings.map((binding) => sourceOf(module, binding, classes)?.path);
    const [first] = sources;
    if (first !== undefined && classes.includes(first) && sources.every((source) => source === first))
      found.set(name, first);
  }
  return [...found].map(([name, source]) => ({ name, source }));
}

function sourceOf(module: Module, binding: Binding, classes: readonly string[]): Source | null {
  const path = importedPath(module, binding);
  if (path !== null) return { path, binding, extensions: [] };
  const of = (node: Node): Source | null => {
    const found = qualifiedName(module, node);
    return found !== null && classes.includes(found.name)
      ? { path: found.name, binding: importOf(module, found.binding, found.name), extensions: [] }
      : null;
  };
  if (binding.kind === 'assign' && binding.value !== null && isName(binding.value)) return of(unwrap(binding.value));
  const subclass =
    binding.kind === 'definition' && binding.node.parent !== null ? plainSubclass(module, binding.node.parent) : null;
  const base = subclass === null ? null : of(subclass.base);
  return base === null || subclass === null ? null : { ...base, extensions: subclass.extensions };
}

const isName = (node: Node): boolean => ['identifier', 'attribute'].includes(unwrap(node).type);

/** True where the class is only given another name, or subclassed without change: what follows is looked at there. */
function isFollowed(module: Module, node: Node, classes: readonly string[]): boolean {
  const parent = node.parent;
  if (parent?.type === 'assignment' && node.field === 'right') {
    const left = childOf(parent, 'left');
    const binding = module.names.bindings.find((one) => one.node === left);
    return binding !== undefined && sourceOf(module, binding, classes) !== null;
  }
  const definition =
    parent?.type === 'argument_list' && parent.parent?.type === 'class_definition' ? parent.parent : null;
  return definition !== null && plainSubclass(module, definition) !== null;
}

function classAt(module: Module, root: Node, local: string, classes: readonly string[]): ClassUse | null {
  const bindings = module.names.resolve(local, root).filter((binding) => !isNone(binding));
  const at = (binding: Binding) => {
    const source = sourceOf(module, binding, classes);
    const found = source === null ? null : reach(module, root, source.path, classes);
    return source === null || found === null ? null : { ...found, source };
  };
  for (const binding of bindings) {
    const found = at(binding);
    if (found === null) continue;
    const certain = bindings.every((other) => at(other)?.name === found.name);
    const { name, node, source } = found;
    const brought = binding.kind === 'import' ? importOf(module, binding, name) : source.binding;
    return { name, node, binding: certain ? brought : null, extensions: source.extensions };
  }
  return null;
}

/** Follows attributes from a name that stands for `path` until they spell a class. */
function reach(
  module: Module,
  root: Node,
  path: string,
  classes: readonly string[],
): { readonly name: string; readonly node: Node } | null {
  let node = root;
  let name = path;
  while (!classes.includes(name)) {
    const parent = node.parent;
    const attribute = parent?.type === 'attribute' && node.field === 'object' ? childOf(parent, 'attribute') : null;
    if (parent === null || attribute === null) return null;
    name += `.${textOf(module, attribute)}`;
    node = parent;
  }
  return { name, node };
}

/** `import a.b` and `import a.c` both bind `a`: the one that names the module is the one that brings the class. */
function importOf(module: Module, binding: Binding, name: string): Binding {
  const brings = (other: Binding) => other.kind === 'import' && name.startsWith(`${textOf(module, other.node)}.`);
  return binding.scope.bindings.get(binding.name)?.find(brings) ?? binding;
}

/** `except ImportError: Name = None` beside an import leaves the import as the only class. */
function isNone(binding: Binding): boolean {
  return binding.kind === 'assign' && binding.value?.type === 'none';
}
