/** The variable that holds a task, with every place that reads it. */
import type { Variable } from '../model.ts';
import { bindingId } from './binding-ids.ts';
import { type Module, textOf } from './constants.ts';
import type { Binding } from './names.ts';
import { childOf, type Node } from './syntax.ts';

/** What an assignment binds; null where that is no plain name. */
export function heldBy(module: Module, assignment: Node): Variable | null {
  const left = childOf(assignment, 'left');
  if (left?.type !== 'identifier') return null;
  const name = textOf(module, left);
  const bindings = bindingsBeside(module, left, name);
  const binding = bindings.find(({ node }) => node === left);
  if (binding === undefined) return { name, id: '', shared: true, uses: [], rebound: true };
  const uses = module.names.usesOf(binding).map((node) => ({
    span: { start: node.start, end: node.end },
    attribute: node.parent?.type === 'attribute' && node.field === 'object' ? attributeOf(module, node.parent) : null,
  }));
  // In `a = b = Op(…)` another name holds the task too.
  const shared = assignment.parent?.type === 'assignment' || childOf(assignment, 'right')?.type === 'assignment';
  return { name, id: bindingId(binding), shared, uses, rebound: bindings.length > 1 || shared };
}

/** All bindings of the name in the scope that the assignment binds it in (the module's after `global`). */
function bindingsBeside(module: Module, left: Node, name: string): readonly Binding[] {
  let scope = module.names.scopeAt(left);
  if (scope.outer.get(name) === 'global') scope = module.names.module;
  return scope.bindings.get(name) ?? [];
}

function attributeOf(module: Module, node: Node): string {
  const attribute = childOf(node, 'attribute');
  return attribute === null ? '' : textOf(module, attribute);
}
