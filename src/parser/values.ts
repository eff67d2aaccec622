/** What an expression is worth without running it: known, symbolic (its text), or unknown and because of what. */
import type { Fact, Json } from '../model.ts';
import { readStringLiteral } from './literals.ts';
import type { Binding, Names } from './names.ts';
import { ancestor, childOf, type Node, namedChildren, unwrap } from './syntax.ts';

/** The text of a file with its names: what every reader of expressions needs. */
export interface Module {
  readonly text: string;
  readonly names: Names;
}

const MUTATORS = ['append', 'clear', 'extend', 'insert', 'pop', 'popitem', 'remove', 'setdefault', 'update', 'sort'];
/** Deeper than any constant that a person writes; stops names that refer to each other. */
const MAX_DEPTH = 40;

export function textOf(module: Module, node: Node): string {
  return module.text.slice(node.start, node.end);
}

/** The one assignment behind a name that can't have changed since, null where that is not certain. */
export function constantBinding(module: Module, name: Node): Binding | null {
  const bindings = module.names.resolve(textOf(module, name), name);
  const binding = bindings.length === 1 ? bindings[0] : undefined;
  if (binding?.value == null) return null;
  if (binding.kind !== 'assign' && binding.kind !== 'target') return null;
  return isMutated(module, binding) ? null : binding;
}

const mutated = new WeakMap<Binding, boolean>();

/** True when something in the file changes the object behind the name in place. */
function isMutated(module: Module, binding: Binding): boolean {
  const known = mutated.get(binding);
  if (known !== undefined) return known;
  const answer = module.names.readersOf(binding.name).some((node) => isMutation(module, node));
  mutated.set(binding, answer);
  return answer;
}

function isMutation(module: Module, node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.type === 'subscript' && node.field === 'value') {
    const holder = parent.parent;
    const assigned = holder?.type.endsWith('assignment') === true && parent.field === 'left';
    return assigned || holder?.type === 'delete_statement';
  }
  const method = parent.type === 'attribute' ? childOf(parent, 'attribute') : null;
  return method !== null && parent.parent?.type === 'call' && MUTATORS.includes(textOf(module, method));
}

/** Follows parentheses and constants to the expression that gives the value. */
export function follow(module: Module, node: Node, depth = 0): Node {
  const inner = unwrap(node);
  if (inner.type !== 'identifier' || depth > MAX_DEPTH) return inner;
  const binding = constantBinding(module, inner);
  return binding?.value == null ? inner : follow(module, binding.value, depth + 1);
}

export function evaluate(module: Module, node: Node): Fact {
  const value = knownValue(module, node, 0);
  if (value !== undefined) return { kind: 'known', value };
  const inner = unwrap(node);
  const text = textOf(module, inner);
  if (inner.type === 'identifier' || inner.type === 'attribute' || inner.type === 'string')
    return { kind: 'symbolic', text };
  return { kind: 'unknown', because: text };
}

/** The value, or undefined where it is not known. */
function knownValue(module: Module, node: Node, depth: number): Json | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const again = (inner: Node) => knownValue(module, inner, depth + 1);
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
      return readStringLiteral(node, module.text)?.value ?? interpolated(module, node, depth);
    case 'concatenated_string':
      return joined(namedChildren(node).map(again));
    case 'parenthesized_expression':
      return again(unwrap(node));
    case 'identifier': {
      const value = constantBinding(module, node)?.value;
      return value == null ? undefined : again(value);
    }
    case 'unary_operator': {
      const operand = again(childOf(node, 'argument') ?? node);
      return typeof operand === 'number' && textOf(module, node).startsWith('-') ? -operand : undefined;
    }
    case 'binary_operator':
      return computed(module, node, depth);
    case 'list':
    case 'tuple': {
      const items = namedChildren(node).map(again);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'dictionary': {
      const { entries, complete } = readDictionary(module, node);
      const result: Record<string, Json> = {};
      for (const [key, { value }] of entries) {
        const known = again(value);
        if (known === undefined) return undefined;
        result[key] = known;
      }
      return complete ? result : undefined;
    }
    default:
      return undefined;
  }
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
function interpolated(module: Module, node: Node, depth: number): string | undefined {
  const start = textOf(module, node.children[0] ?? node);
  if (!/^[rR]?[fF][rR]?["']/.test(start) || /[rR]/.test(start)) return undefined;
  let result = '';
  let at = node.children[0]?.end ?? node.start;
  const literal = (upTo: number) => module.text.slice(at, upTo).replaceAll('{{', '{').replaceAll('}}', '}');
  for (const part of node.children.filter((child) => child.type === 'interpolation')) {
    const expression = childOf(part, 'expression');
    const plain =
      expression !== null && namedChildren(part).length === 1 && !part.children.some((child) => child.type === '=');
    const value = plain ? knownValue(module, expression, depth + 1) : undefined;
    if (typeof value !== 'string' && !Number.isInteger(value)) return undefined;
    result += literal(part.start) + String(value);
    at = part.end;
  }
  const whole = result + literal(node.children.at(-1)?.start ?? node.end);
  return whole.includes('\\') ? undefined : whole;
}

function computed(module: Module, node: Node, depth: number): Json | undefined {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (left === null || right === null) return undefined;
  const a = knownValue(module, left, depth + 1);
  const b = knownValue(module, right, depth + 1);
  const operator = node.children.find((child) => !child.named)?.type;
  if (typeof a === 'string' && typeof b === 'string') return operator === '+' ? a + b : undefined;
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return operator === '/' && b !== 0 ? a / b : undefined;
}

export interface DictionaryEntry {
  readonly value: Node;
  readonly key: Node;
}

/** The entries of a dict display, `dict(a=1)`, `{**base}` or `base | {…}`; `complete` is false when there may be others. */
export function readDictionary(
  module: Module,
  node: Node,
  depth = 0,
): { entries: Map<string, DictionaryEntry>; complete: boolean } {
  const entries = new Map<string, DictionaryEntry>();
  let complete = depth <= MAX_DEPTH;
  const merge = (other: Node) => {
    const inner = readDictionary(module, other, depth + 1);
    for (const [key, entry] of inner.entries) entries.set(key, entry);
    complete &&= inner.complete;
  };
  if (!complete) return { entries, complete };
  const expression = follow(module, node);
  const add = (key: Node | null, name: string | undefined, value: Node | null) => {
    if (key === null || name === undefined || value === null) complete = false;
    else entries.set(name, { key, value });
  };
  if (expression.type === 'dictionary') {
    for (const part of namedChildren(expression)) {
      const key = childOf(part, 'key');
      if (part.type === 'dictionary_splat') merge(namedChildren(part)[0] ?? part);
      else add(key, key === null ? undefined : knownText(module, key), childOf(part, 'value'));
    }
  } else if (isDictCall(module, expression)) {
    for (const part of namedChildren(childOf(expression, 'arguments') ?? expression)) {
      const key = childOf(part, 'name');
      if (part.type === 'dictionary_splat') merge(namedChildren(part)[0] ?? part);
      else if (part.type !== 'keyword_argument') merge(part);
      else add(key, key === null ? undefined : textOf(module, key), childOf(part, 'value'));
    }
  } else if (expression.type === 'binary_operator' && childOf(expression, 'operator')?.type === '|') {
    for (const side of namedChildren(expression)) merge(side);
  } else if (expression.type !== 'none') {
    complete = false;
  }
  return { entries, complete };
}

/** A call of the builtin `dict`. */
function isDictCall(module: Module, expression: Node): boolean {
  const callee = expression.type === 'call' ? childOf(expression, 'function') : null;
  return callee !== null && textOf(module, callee) === 'dict' && module.names.resolve('dict', callee).length === 0;
}

function knownText(module: Module, node: Node): string | undefined {
  const value = knownValue(module, node, 0);
  return typeof value === 'string' ? value : undefined;
}

const TIMEDELTA_SECONDS: Readonly<Record<string, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3_600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
};

/** Seconds of a number, of `timedelta(…)` or of a constant that holds one; null where they can't be known. */
export function readSeconds(module: Module, node: Node): number | null {
  const expression = follow(module, node);
  const value = knownValue(module, expression, 0);
  if (typeof value === 'number') return value;
  const callee = expression.type === 'call' ? childOf(expression, 'function') : null;
  if (callee === null || !isTimedelta(module, callee)) return null;
  let total = 0;
  for (const [index, argument] of namedChildren(childOf(expression, 'arguments') ?? expression).entries()) {
    const name = childOf(argument, 'name');
    const unit =
      argument.type === 'keyword_argument' && name !== null ? textOf(module, name) : ['days', 'seconds'][index];
    const factor = TIMEDELTA_SECONDS[unit ?? ''];
    const amount = knownValue(module, childOf(argument, 'value') ?? argument, 0);
    if (factor === undefined || typeof amount !== 'number') return null;
    total += amount * factor;
  }
  return total;
}

/** `timedelta` from the standard library: imported by name or as an attribute of `datetime`. */
function isTimedelta(module: Module, callee: Node): boolean {
  const root = callee.type === 'attribute' ? childOf(callee, 'object') : callee;
  if (root?.type !== 'identifier') return false;
  const bindings = module.names.resolve(textOf(module, root), root);
  if (bindings.length !== 1 || bindings[0]?.kind !== 'import') return false;
  const statement = ancestor(bindings[0].node, ['import_statement', 'import_from_statement']);
  if (statement === null) return false;
  const from = childOf(statement, 'module_name');
  const imported = textOf(module, bindings[0].node).split(/\s+as\s+/)[0];
  if (callee.type === 'attribute') return imported === 'datetime' && textOf(module, callee).endsWith('.timedelta');
  return from !== null && textOf(module, from) === 'datetime' && imported === 'timedelta';
}
