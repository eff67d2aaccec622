/** Where the file speaks of a class, under whatever name it was imported. */

import { type Module, textOf } from './constants.ts';
import { importedPath } from './imports.ts';
import type { Binding } from './names.ts';
import { childOf, type Node } from './syntax.ts';

/** An expression such as `Op`, `spark_kubernetes.Op` or `airflow.providers….Op` that stands for one of the classes. */
export interface ClassUse {
  /** `module.Name` */
  readonly name: string;
  readonly node: Node;
  /** The import that brings it; null where it may also be something else. */
  readonly binding: Binding | null;
}

/** Every place that reads one of the classes, in source order. Only the import decides, never the bare name. */
export function findClassUses(module: Module, classes: readonly string[]): readonly ClassUse[] {
  const locals = new Set<string>();
  for (const binding of module.names.bindings) {
    const path = importedPath(module, binding);
    if (path !== null && classes.some((name) => name === path || name.startsWith(`${path}.`))) locals.add(binding.name);
  }
  const uses: ClassUse[] = [];
  for (const local of locals)
    for (const node of module.names.readersOf(local)) {
      const use = classAt(module, node, local, classes);
      if (use !== null) uses.push(use);
    }
  return uses.sort((a, b) => a.node.start - b.node.start);
}

function classAt(module: Module, root: Node, local: string, classes: readonly string[]): ClassUse | null {
  const bindings = module.names.resolve(local, root).filter((binding) => !isNone(binding));
  for (const binding of bindings) {
    const path = importedPath(module, binding);
    const found = path === null ? null : reach(module, root, path, classes);
    if (found === null) continue;
    const certain = bindings.every((other) => {
      const otherPath = importedPath(module, other);
      return otherPath !== null && reach(module, root, otherPath, classes)?.name === found.name;
    });
    return { ...found, binding: certain ? importOf(module, binding, found.name) : null };
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
