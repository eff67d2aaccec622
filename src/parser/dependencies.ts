/** Expressions that say what runs before what: `a >> [b, c] << d`, `a.set_upstream(b)`, `chain(a, b)`. */
import type { DependencyStatement, Operand, Span } from '../model.ts';
import { nameId } from './binding-ids.ts';
import { type Module, textOf } from './constants.ts';
import { operandTask } from './operand-tasks.ts';
import { lastName, surroundings } from './surroundings.ts';
import { childOf, descend, type Node, namedChildren, type SyntaxTree, unwrap } from './syntax.ts';

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });
type Arrow = DependencyStatement['operators'][number];
type Parts = Pick<DependencyStatement, 'expression' | 'form' | 'operands' | 'operators'>;

/** Every such expression of the file, in source order. */
export function readDependencies(module: Module, tree: SyntaxTree): readonly DependencyStatement[] {
  const result: DependencyStatement[] = [];
  const seen = new Set<Node>();
  for (const node of descend(tree.root)) {
    const whole = node.type === 'expression_statement';
    if (!whole && (node.type !== 'binary_operator' || seen.has(node))) continue;
    const [expression, ...more] = whole ? namedChildren(node) : [node];
    if (expression === undefined || more.length > 0) continue;
    const inner = unwrap(expression);
    if (!whole && !isShift(inner)) continue;
    const parts = whole ? readStatement(module, inner, seen) : readShift(module, inner, seen);
    if (parts === null || !(whole || parts.operands.some(speaksOfTasks))) continue;
    result.push({ span: spanOf(node), whole, around: surroundings(module, node), ...parts });
  }
  return result;
}

/** A shift of numbers is none of ours. */
function speaksOfTasks(operand: Operand): boolean {
  return operand.kind === 'list' ? operand.items.some(speaksOfTasks) : operand.kind !== 'other';
}

function readStatement(module: Module, expression: Node, seen: Set<Node>): Parts | null {
  if (expression.type === 'binary_operator') return isShift(expression) ? readShift(module, expression, seen) : null;
  if (expression.type === 'call') return readMethod(module, expression, seen) ?? readFunction(module, expression, seen);
  if (expression.type !== 'identifier') return null;
  const operands = [readOperand(module, expression, seen)];
  return { expression: spanOf(expression), form: 'bare', operands, operators: [] };
}

function isShift(node: Node): boolean {
  const operator = node.type === 'binary_operator' ? childOf(node, 'operator')?.type : undefined;
  return operator === '>>' || operator === '<<';
}

function readShift(module: Module, expression: Node, seen: Set<Node>): Parts {
  const operands: Operand[] = [];
  const operators: Arrow[] = [];
  let current = expression;
  // Left-associative: the rightmost operand is found first.
  while (isShift(current)) {
    seen.add(current);
    const [left, right] = [childOf(current, 'left'), childOf(current, 'right')];
    if (left === null || right === null) break;
    operands.unshift(readOperand(module, right, seen));
    operators.unshift(childOf(current, 'operator')?.type === '<<' ? '<<' : '>>');
    current = left;
  }
  operands.unshift(readOperand(module, current, seen));
  return { expression: spanOf(expression), form: 'shift', operands, operators };
}

function readMethod(module: Module, call: Node, seen: Set<Node>): Parts | null {
  const callee = childOf(call, 'function');
  if (callee?.type !== 'attribute') return null;
  const [object, attribute] = [childOf(callee, 'object'), childOf(callee, 'attribute')];
  const method = attribute === null ? '' : textOf(module, attribute);
  const [argument, ...more] = namedChildren(childOf(call, 'arguments') ?? call);
  if (object === null || argument === undefined || more.length > 0) return null;
  if (method !== 'set_upstream' && method !== 'set_downstream') return null;
  const value = argumentValue(module, argument, 'task_or_task_list');
  if (value === null) return null;
  const operands = [readOperand(module, object, seen), readOperand(module, value, seen)];
  return { expression: spanOf(call), form: 'method', operands, operators: [method === 'set_downstream' ? '>>' : '<<'] };
}

/** The value of a positional argument, or of the keyword of that name; null for any other. */
function argumentValue(module: Module, argument: Node, keyword: string): Node | null {
  if (argument.type !== 'keyword_argument') return argument.type.endsWith('splat') ? null : argument;
  const name = childOf(argument, 'name');
  return name !== null && textOf(module, name) === keyword ? childOf(argument, 'value') : null;
}

const FUNCTIONS: Readonly<Record<string, Parts['form']>> = {
  chain: 'chain',
  chain_linear: 'chain-linear',
  cross_downstream: 'cross',
};

function readFunction(module: Module, call: Node, seen: Set<Node>): Parts | null {
  const form = FUNCTIONS[lastName(module, call) ?? ''];
  const list = childOf(call, 'arguments');
  if (form === undefined || list?.type !== 'argument_list') return null;
  const given = namedChildren(list);
  if (form === 'cross' && given.length !== 2) return null;
  const keywords = form === 'cross' ? ['from_tasks', 'to_tasks'] : [];
  const values = given.map((argument, index) => argumentValue(module, argument, keywords[index] ?? ''));
  if (!values.every((value) => value !== null)) return null;
  const operands = values.map((value) => readOperand(module, value, seen));
  return { expression: spanOf(call), form, operands, operators: values.slice(1).map(() => '>>') };
}

function readOperand(module: Module, node: Node, seen: Set<Node>): Operand {
  const inner = unwrap(node);
  const spans = { span: spanOf(inner), outer: spanOf(node) };
  const text = textOf(module, inner);
  const task = operandTask(module, inner);
  const known = task === null ? {} : { task };
  if (inner.type === 'identifier') return { kind: 'name', name: text, id: nameId(module, inner), ...spans, ...known };
  if (inner.type === 'list' || inner.type === 'tuple') {
    const items = namedChildren(inner);
    if (!items.some(({ type }) => type.endsWith('splat')))
      return {
        kind: 'list',
        tuple: inner.type === 'tuple',
        items: items.map((item) => readOperand(module, item, seen)),
        ...spans,
      };
  }
  if (isShift(inner)) {
    const { operands, operators } = readShift(module, inner, seen);
    return { kind: 'chain', operands, operators, ...spans };
  }
  if (isLabel(module, inner)) return { kind: 'label', id: squeezed(text), ...spans };
  return { kind: 'other', id: `(${skeleton(module, inner)})`, ...spans, ...known };
}

const squeezed = (text: string): string => `(${text.replace(/\s+/g, '')})`;

function isLabel(module: Module, node: Node): boolean {
  const callee = node.type === 'call' ? childOf(node, 'function') : null;
  if (callee === null) return false;
  const unbound = textOf(module, callee) === 'Label' && module.names.resolve('Label', callee).length === 0;
  return unbound || lastName(module, node) === 'Label';
}

/**
 * The text of an expression without white space. A call that makes a task is known by the task id that it gives, which
 * stays when the call is written anew.
 */
function skeleton(module: Module, node: Node): string {
  const id = node.type === 'call' ? givenId(module, node) : null;
  if (id !== null) return `task_id=${textOf(module, id)}`;
  if (node.children.length === 0 || node.type === 'string') return textOf(module, node);
  return node.children.map((child) => (child.type === 'comment' ? '' : skeleton(module, child))).join('');
}

function givenId(module: Module, call: Node): Node | null {
  for (const argument of namedChildren(childOf(call, 'arguments') ?? call)) {
    const value = argument.type === 'keyword_argument' ? argumentValue(module, argument, 'task_id') : null;
    if (value !== null) return value;
  }
  return null;
}
