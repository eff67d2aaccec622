/** What an expression is worth without running it: known, symbolic (its text), or unknown and because of what. */
import type { Fact, Json } from '../model.ts';
import { classAttribute, constantBinding, follow, MAX_DEPTH, type Module, textOf } from './constants.ts';
import { fillFormat, fillPercent } from './formatting.ts';
import { readStringLiteral } from './literals.ts';
import { childOf, type Node, namedChildren, unwrap } from './syntax.ts';

export type { Module } from './constants.ts';

/** What is known of an expression. */
export function evaluate(module: Module, node: Node): Fact {
  const value = knownValue(module, node, 0);
  if (value !== undefined) return { kind: 'known', value };
  const inner = unwrap(node);
  const text = textOf(module, inner);
  return SYMBOLIC.includes(inner.type) ? { kind: 'symbolic', text } : { kind: 'unknown', because: text };
}

const SYMBOLIC = ['identifier', 'attribute', 'string', 'concatenated_string'];

/** Values of one evaluation: a constant that doubles another, forty times over, must not be computed. */
interface Budget {
  steps: number;
}
const MAX_STEPS = 20_000;
const MAX_TEXT = 4_000_000;

/** The value, or undefined where it is not known. */
function knownValue(
  module: Module,
  node: Node,
  depth: number,
  budget: Budget = { steps: MAX_STEPS },
): Json | undefined {
  budget.steps -= 1;
  if (depth > MAX_DEPTH || budget.steps < 0) return undefined;
  const again = (inner: Node) => knownValue(module, inner, depth + 1, budget);
  switch (node.type) {
    case 'none':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'integer':
    case 'float':
      return readNumber(textOf(module, node));
    case 'string':
      return readStringLiteral(node, module.text)?.value ?? interpolated(module, node, again);
    case 'concatenated_string':
      return joined(namedChildren(node).map(again));
    case 'parenthesized_expression':
      return again(unwrap(node));
    case 'identifier': {
      const value = constantBinding(module, node)?.value;
      return value == null ? undefined : again(value);
    }
    case 'attribute': {
      const [object, attribute] = [childOf(node, 'object'), childOf(node, 'attribute')];
      if (object === null || attribute === null) return undefined;
      const held = classAttribute(module, object, attribute);
      if (held !== null) return again(held);
      return textOf(module, attribute) === 'task_id' ? (module.taskIdOf?.(object) ?? undefined) : undefined;
    }
    case 'unary_operator': {
      const operand = again(childOf(node, 'argument') ?? node);
      return typeof operand === 'number' && textOf(module, node).startsWith('-') ? -operand : undefined;
    }
    case 'binary_operator':
      return computed(module, node, again);
    case 'call':
      return formatted(module, node, again);
    case 'list':
    case 'tuple': {
      const items = namedChildren(node).map(again);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'dictionary':
      return dictionaryValue(module, node, again);
    case 'subscript': {
      const entry = entryAt(module, node);
      return entry === null ? undefined : again(entry);
    }
    default:
      return undefined;
  }
}

/** What `d["key"]` and `l[0]` give where the container is a display that can be followed. */
export function entryAt(module: Module, node: Node, depth = 0): Node | null {
  const [container, key] = [childOf(node, 'value'), childOf(node, 'subscript')];
  if (container === null || key === null || depth > MAX_DEPTH) return null;
  const inner = unwrap(container);
  const held = inner.type === 'subscript' ? entryAt(module, inner, depth + 1) : inner;
  const index = knownValue(module, key, depth + 1);
  if (held === null) return null;
  if (typeof index === 'string') return readDictionary(module, held, depth + 1).entries.get(index)?.value ?? null;
  const display = follow(module, held);
  if (typeof index !== 'number' || (display.type !== 'list' && display.type !== 'tuple')) return null;
  const items = namedChildren(display);
  return items.some(({ type }) => type.endsWith('splat'))
    ? null
    : (items[index < 0 ? items.length + index : index] ?? null);
}

type Again = (node: Node) => Json | undefined;

function dictionaryValue(module: Module, node: Node, again: Again): Json | undefined {
  const { entries, complete } = readDictionary(module, node);
  const result = new Map<string, Json>();
  for (const [key, { value }] of entries) {
    const known = again(value);
    if (known === undefined) return undefined;
    result.set(key, known);
  }
  return complete ? Object.fromEntries(result) : undefined;
}

function readNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '').toLowerCase();
  const value = /^0[0-7]+$/.test(plain) ? Number.NaN : Number(plain);
  return Number.isNaN(value) ? undefined : value;
}

function joined(parts: readonly (Json | undefined)[]): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}

/** An f-string whose expressions are all known strings or whole numbers, without format or conversion. */
function interpolated(module: Module, node: Node, again: Again): string | undefined {
  const [opening, ...rest] = node.children;
  const closing = rest.pop();
  if (opening === undefined || closing === undefined || !/^[fF]["']/.test(textOf(module, opening))) return undefined;
  let result = '';
  let at = opening.end;
  const literal = (upTo: number) => module.text.slice(at, upTo).replaceAll('{{', '{').replaceAll('}}', '}');
  for (const part of rest.filter(({ type }) => type === 'interpolation')) {
    const expression = childOf(part, 'expression');
    const plain =
      expression !== null && namedChildren(part).length === 1 && !part.children.some(({ type }) => type === '=');
    const value = plain ? asText(module, expression, again) : undefined;
    if (value === undefined) return undefined;
    result += literal(part.start) + value;
    at = part.end;
  }
  const whole = result + literal(closing.start);
  // An escape would have to be decoded apart from the braces around it.
  return module.text.slice(opening.end, closing.start).includes('\\') ? undefined : whole.replace(/\r\n?/g, '\n');
}

/** As Python writes it. A float or a quotient may look otherwise there, so only strings and whole literals count. */
function asText(module: Module, node: Node, again: Again): string | undefined {
  const value = again(node);
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) && follow(module, node).type === 'integer' ? String(value) : undefined;
}

function computed(module: Module, node: Node, again: Again): Json | undefined {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (left === null || right === null) return undefined;
  const operator = childOf(node, 'operator')?.type;
  const a = again(left);
  if (typeof a === 'string' && operator === '%') {
    const values = right.type === 'tuple' ? namedChildren(right) : [right];
    return fillPercent(
      a,
      values.map((value) => asText(module, value, again)),
    );
  }
  const b = again(right);
  if (typeof a === 'string' && operator === '+')
    return typeof b === 'string' && a.length + b.length <= MAX_TEXT ? a + b : undefined;
  return typeof a === 'number' && typeof b === 'number' ? calculated(a, operator, b) : undefined;
}

function calculated(a: number, operator: string | undefined, b: number): number | undefined {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return operator === '/' && b !== 0 ? a / b : undefined;
}

/** `'…{}…{0}…{name}…'.format(…)`: the text that `template` makes of what stands before, filled in by what `part` makes of each argument. */
export function fillFormatCall(
  module: Module,
  call: Node,
  template: (object: Node) => string | undefined,
  part: (argument: Node) => string | undefined,
): string | undefined {
  const callee = childOf(call, 'function');
  const [object, method] = callee === null ? [null, null] : [childOf(callee, 'object'), childOf(callee, 'attribute')];
  if (object === null || method === null || textOf(module, method) !== 'format') return undefined;
  const text = template(object);
  if (text === undefined) return undefined;
  const given = new Map<string, string | undefined>();
  for (const [index, argument] of namedChildren(childOf(call, 'arguments') ?? call).entries()) {
    const name = argument.type === 'keyword_argument' ? childOf(argument, 'name') : null;
    const value = name === null ? argument : childOf(argument, 'value');
    given.set(name === null ? String(index) : textOf(module, name), value === null ? undefined : part(value));
  }
  return fillFormat(text, given);
}

function formatted(module: Module, call: Node, again: Again): string | undefined {
  const template = (object: Node): string | undefined => {
    const value = again(object);
    return typeof value === 'string' ? value : undefined;
  };
  return fillFormatCall(module, call, template, (value) => asText(module, value, again));
}

export interface DictionaryEntry {
  readonly value: Node;
  readonly key: Node;
}
export interface Dictionary {
  readonly entries: Map<string, DictionaryEntry>;
  /** False when there may be other keys. */
  complete: boolean;
}

/**
 * The entries of a dict display, `dict(a=1)`, `{**base}`, `base | {…}` or a constant that holds one. What an unknown part
 * may overwrite is not listed.
 */
export function readDictionary(module: Module, node: Node, depth = 0): Dictionary {
  const result: Dictionary = { entries: new Map(), complete: true };
  if (depth > MAX_DEPTH) return { ...result, complete: false };
  for (const part of dictionaryParts(module, follow(module, node))) {
    if (part.kind === 'entry' && part.name !== undefined) {
      result.entries.set(part.name, { key: part.key, value: part.value });
      continue;
    }
    const inner = part.kind === 'merge' ? readDictionary(module, part.node, depth + 1) : UNKNOWN_PART;
    if (!inner.complete) {
      result.entries.clear();
      result.complete = false;
    }
    for (const [key, entry] of inner.entries) result.entries.set(key, entry);
  }
  return result;
}

const UNKNOWN_PART: Dictionary = { entries: new Map(), complete: false };

/** The type of a node that no grammar makes: the keywords that a call gives to `**kwargs`. */
export const BOUND_KEYWORDS = 'bound_keywords';

type DictionaryPart =
  | { readonly kind: 'entry'; readonly name: string | undefined; readonly key: Node; readonly value: Node }
  | { readonly kind: 'merge'; readonly node: Node }
  | { readonly kind: 'unknown' };

function dictionaryParts(module: Module, expression: Node): readonly DictionaryPart[] {
  if (expression.type === 'none') return [];
  if (expression.type === 'dictionary') return namedChildren(expression).map((part) => displayPart(module, part));
  if (expression.type === 'binary_operator' && childOf(expression, 'operator')?.type === '|')
    return namedChildren(expression).map((node) => ({ kind: 'merge', node }));
  const copied = copiedBy(module, expression);
  if (copied !== null) return [{ kind: 'merge', node: copied }];
  const isBound = expression.type === BOUND_KEYWORDS;
  if (!isBound && !isDictCall(module, expression)) return [{ kind: 'unknown' }];
  return namedChildren(isBound ? expression : (childOf(expression, 'arguments') ?? expression)).map((part) => {
    const [key, value] = [childOf(part, 'name'), childOf(part, 'value')];
    if (part.type !== 'keyword_argument') return merged(part);
    return key === null || value === null
      ? { kind: 'unknown' }
      : { kind: 'entry', name: textOf(module, key), key, value };
  });
}

function displayPart(module: Module, part: Node): DictionaryPart {
  if (part.type === 'dictionary_splat') return merged(part);
  const [key, value] = [childOf(part, 'key'), childOf(part, 'value')];
  if (key === null || value === null) return { kind: 'unknown' };
  const name = knownValue(module, key, 0);
  return typeof name === 'string' ? { kind: 'entry', name, key, value } : { kind: 'unknown' };
}

function merged(part: Node): DictionaryPart {
  return { kind: 'merge', node: part.type === 'dictionary_splat' ? (namedChildren(part)[0] ?? part) : part };
}

/** A call of the builtin `dict`. */
function isDictCall(module: Module, expression: Node): boolean {
  const callee = expression.type === 'call' ? childOf(expression, 'function') : null;
  return callee !== null && textOf(module, callee) === 'dict' && module.names.resolve('dict', callee).length === 0;
}

/** The dict behind `base.copy()`. */
function copiedBy(module: Module, expression: Node): Node | null {
  const callee = expression.type === 'call' ? childOf(expression, 'function') : null;
  const method = callee?.type === 'attribute' ? childOf(callee, 'attribute') : null;
  if (callee === null || method === null || textOf(module, method) !== 'copy') return null;
  return namedChildren(childOf(expression, 'arguments') ?? expression).length === 0 ? childOf(callee, 'object') : null;
}
