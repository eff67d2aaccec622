/** How a class is called, and whether the call is a statement of its own. */
import type { Span, SparkCall } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import { ancestor, childOf, type Node, namedChildren } from './syntax.ts';

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

/** Where an expression stands for itself: between commas, behind `=`, in brackets of its own. */
const PLACES = new Set([
  'expression_statement',
  'argument_list',
  'keyword_argument',
  'list',
  'tuple',
  'set',
  'pair',
  'return_statement',
  'parenthesized_expression',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
]);

/** True where `a if b else c` can take the place of the expression without parentheses around it. */
export function takesConditional({ parent, field }: Node): boolean {
  if (parent?.type === 'assignment') return field === 'right';
  return parent !== null && PLACES.has(parent.type);
}

/** The function or lambda that a call stands in, null at module level. */
export function bodySpan(call: Node): Span | null {
  const body = ancestor(call, ['function_definition', 'lambda']);
  return body === null ? null : { start: body.start, end: body.end };
}

/** The class of which a class is a base, null where it is none. */
export function derivedClass({ parent }: Node): Node | null {
  const definition = parent?.type === 'argument_list' ? parent.parent : null;
  return definition?.type === 'class_definition' && parent?.field === 'superclasses' ? definition : null;
}
