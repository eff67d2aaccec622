/** Statements that only say what runs before what: `a >> [b, c] << d`, `a.set_upstream(b)`. */
import type { DependencyStatement, Operand, Span } from '../model.ts';
import { childOf, descend, type Node, namedChildren, type SyntaxTree, unwrap } from './syntax.ts';

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });

/** Every such statement of the file, in source order. Chains that are part of a larger expression are not listed. */
export function readDependencies(tree: SyntaxTree): readonly DependencyStatement[] {
  const result: DependencyStatement[] = [];
  for (const node of descend(tree.root)) {
    if (node.type !== 'expression_statement') continue;
    const children = namedChildren(node);
    const expression = children[0];
    if (expression === undefined || children.length !== 1) continue;
    const inner = unwrap(expression);
    const statement =
      inner.type === 'binary_operator' ? readShift(node, inner, tree.text) : readMethod(node, inner, tree.text);
    if (statement !== null) result.push(statement);
  }
  return result;
}

function readShift(statement: Node, expression: Node, text: string): DependencyStatement | null {
  const operands: Operand[] = [];
  const operators: ('>>' | '<<')[] = [];
  let current = expression;
  // Left-associative: the rightmost operand is found first.
  while (current.type === 'binary_operator') {
    const [left, right] = [childOf(current, 'left'), childOf(current, 'right')];
    const operator = childOf(current, 'operator')?.type;
    if (left === null || right === null || (operator !== '>>' && operator !== '<<')) break;
    operands.unshift(readOperand(right, text));
    operators.unshift(operator);
    current = left;
  }
  if (operators.length === 0) return null;
  operands.unshift(readOperand(current, text));
  return { span: spanOf(statement), expression: spanOf(expression), form: 'shift', operands, operators };
}

function readMethod(statement: Node, call: Node, text: string): DependencyStatement | null {
  const callee = call.type === 'call' ? childOf(call, 'function') : null;
  if (callee?.type !== 'attribute') return null;
  const [object, attribute] = [childOf(callee, 'object'), childOf(callee, 'attribute')];
  const method = attribute === null ? '' : text.slice(attribute.start, attribute.end);
  const list = namedChildren(childOf(call, 'arguments') ?? call);
  const argument = list[0];
  if (object === null || argument === undefined || list.length !== 1) return null;
  if (method !== 'set_upstream' && method !== 'set_downstream') return null;
  if (argument.type === 'keyword_argument' || argument.type.endsWith('splat')) return null;
  return {
    span: spanOf(statement),
    expression: spanOf(call),
    form: 'method',
    operands: [readOperand(object, text), readOperand(argument, text)],
    operators: [method === 'set_downstream' ? '>>' : '<<'],
  };
}

function readOperand(node: Node, text: string): Operand {
  const inner = unwrap(node);
  if (inner.type === 'identifier')
    return { kind: 'name', name: text.slice(inner.start, inner.end), span: spanOf(inner) };
  if (inner.type === 'list' || inner.type === 'tuple') {
    return { kind: 'list', items: namedChildren(inner).map((item) => readOperand(item, text)), span: spanOf(inner) };
  }
  return { kind: 'other', span: spanOf(inner) };
}
