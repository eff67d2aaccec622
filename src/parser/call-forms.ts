/** How a class is called, and whether the call is a statement of its own. */
import type { SparkCall } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';

/** True when the statement consists of the part alone. */
export function isWhole(part: Node, statement: Node): boolean {
  return (
    part.parent === statement && statement.type === 'expression_statement' && namedChildren(statement).length === 1
  );
}

export interface Called {
  readonly call: Node;
  readonly form: SparkCall['form'];
  /** The call with `.expand(…)` and the like behind it. */
  readonly outer: Node;
}

/** The call of a class, plain or by `.partial(…)`; null for any other use. */
export function calledBy(module: Module, callee: Node): Called | null {
  const parent = callee.parent;
  if (parent?.type === 'call' && callee.field === 'function') return { call: parent, form: 'call', outer: parent };
  const attribute = parent?.type === 'attribute' && callee.field === 'object' ? childOf(parent, 'attribute') : null;
  const call = parent?.parent;
  if (attribute === null || textOf(module, attribute) !== 'partial') return null;
  if (call?.type !== 'call' || parent?.field !== 'function') return null;
  let outer = call;
  while (outer.parent?.type === 'attribute' && outer.field === 'object' && outer.parent.parent?.type === 'call')
    outer = outer.parent.parent;
  return { call, form: 'partial', outer };
}
