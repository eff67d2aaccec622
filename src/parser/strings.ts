/** The string literals of a file, each with what it is given to: for «does anything else speak of this task?». */
import type { StringContext, StringFact } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import { readStringLiteral } from './literals.ts';
import { childOf, descend, type Node, namedChildren, type SyntaxTree } from './syntax.ts';
import { evaluate } from './values.ts';

/** What an expression may stand in and still be part of the same argument or returned value. */
const WRAPPERS = new Set([
  'list',
  'tuple',
  'set',
  'dictionary',
  'pair',
  'parenthesized_expression',
  'conditional_expression',
  'boolean_operator',
  'binary_operator',
  'expression_list',
  'list_splat',
  'dictionary_splat',
  'concatenated_string',
]);
/** Deeper than any argument that a person writes; keeps a long concatenation from costing its square. */
const MAX_STEPS = 40;
const NOWHERE: StringContext = { callee: null, argument: null, position: null, returned: false };

/**
 * Every string literal but docstrings. An f-string or a concatenation has its value where that can be computed; where it
 * can't and the text reads an XCom, the source text stands for it.
 */
export function readStrings(module: Module, tree: SyntaxTree): readonly StringFact[] {
  const result: StringFact[] = [];
  for (const node of descend(tree.root)) {
    if (node.type !== 'string' && node.type !== 'concatenated_string') continue;
    if (isDocstring(node)) continue;
    const value = textIn(module, node);
    if (value !== null)
      result.push({ span: { start: node.start, end: node.end }, value, context: contextOf(module, node) });
  }
  return result;
}

/** A statement of its own: nobody reads it. */
function isDocstring(node: Node): boolean {
  const holder = node.parent?.type === 'concatenated_string' ? node.parent : node;
  return holder.parent?.type === 'expression_statement' && namedChildren(holder.parent).length === 1;
}

function textIn(module: Module, node: Node): string | null {
  const literal = readStringLiteral(node, module.text);
  if (literal !== null) return literal.value;
  const known = evaluate(module, node);
  if (known.kind === 'known') return typeof known.value === 'string' ? known.value : null;
  const text = textOf(module, node);
  return text.includes('xcom_pull') ? text : null;
}

function contextOf(module: Module, node: Node): StringContext {
  let current = node;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const parent = current.parent;
    if (parent === null) return NOWHERE;
    if (parent.type === 'return_statement') return { ...NOWHERE, returned: true };
    if (parent.type === 'keyword_argument') return argumentContext(module, parent, current);
    if (parent.type === 'argument_list') return argumentContext(module, current, current);
    if (!WRAPPERS.has(parent.type)) return NOWHERE;
    current = parent;
  }
  return NOWHERE;
}

function argumentContext(module: Module, argument: Node, value: Node): StringContext {
  const list = argument.parent;
  const call = list?.parent;
  const callee = call?.type === 'call' ? childOf(call, 'function') : null;
  if (list == null || callee === null) return NOWHERE;
  const name = argument === value ? null : childOf(argument, 'name');
  return {
    callee: textOf(module, callee),
    argument: name === null ? null : textOf(module, name),
    position: name === null ? (positionsIn(list).get(argument) ?? null) : null,
    returned: false,
  };
}

const positions = new WeakMap<Node, ReadonlyMap<Node, number>>();

/** The index of each argument of a list, counted once. */
function positionsIn(list: Node): ReadonlyMap<Node, number> {
  const known = positions.get(list) ?? new Map(namedChildren(list).map((argument, index) => [argument, index]));
  positions.set(list, known);
  return known;
}
