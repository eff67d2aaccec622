/** Texts that can be compared although their value is not known: `f"job_{x}"` is `'job_' + x` where x is the same variable. */

import { nameId } from './binding-ids.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { escaped } from './escaped.ts';
import { fillPercent } from './formatting.ts';
import { childOf, type Node, namedChildren, unwrap } from './syntax.ts';
import { evaluate, fillFormatCall } from './values.ts';

/** Around what stands for an expression; characters that no source uses. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MAX_DEPTH = 20;

/** The key of a task's id where all that is known is the variable that holds the task. */
export function heldIdKey(variable: string): string {
  return `${OPEN}${variable}.task_id${CLOSE}`;
}

/** What texts a key with marks may stand for, null for a known text. */
export function keyPattern(key: string): RegExp | null {
  if (!key.includes(OPEN)) return null;
  const parts = key.split(/\uE000[^\uE001]*\uE001/);
  return new RegExp(`^${parts.map(escaped).join('.*')}$`, 's');
}

/** The key as a message shows it. */
export function keyShown(key: string): string {
  return key.replace(/\uE000([^\uE001@|]*)@[^\uE001]*#\d+([^\uE001#]*)\uE001/g, '{$1$2}');
}

/**
 * A text in which what is not known stands as a mark that is the same for the same variable; a known text is its own key.
 * Null where an expression is called, converted or may be one of several things.
 */
export function textKey(module: Module, node: Node, depth = 0): string | null {
  const inner = unwrap(node);
  if (depth > MAX_DEPTH) return null;
  const again = (part: Node): string | null => textKey(module, part, depth + 1);
  const known = evaluate(module, inner);
  if (known.kind === 'known') {
    if (typeof known.value === 'string') return known.value;
    return typeof known.value === 'number' && Number.isSafeInteger(known.value) ? String(known.value) : null;
  }
  switch (inner.type) {
    case 'string':
      return interpolatedKey(module, inner, again);
    case 'concatenated_string':
      return joined(namedChildren(inner).map(again));
    case 'identifier': {
      const value = constantBinding(module, inner)?.value;
      const behind = value == null || value.type === 'call' ? null : again(value);
      return behind ?? mark(module, inner);
    }
    case 'attribute':
    case 'subscript':
      return mark(module, inner);
    case 'binary_operator':
      return computedKey(module, inner, again);
    case 'call':
      return formattedKey(module, inner, again);
    default:
      return null;
  }
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.every((part) => part !== null) ? parts.join('') : null;
}

/** `x`, `x.y` and `x["y"]` of a variable that is one thing only. */
function mark(module: Module, node: Node): string | null {
  let path = '';
  let root = node;
  while (root.type === 'attribute' || root.type === 'subscript') {
    const held = childOf(root, root.type === 'attribute' ? 'object' : 'value');
    const key = childOf(root, root.type === 'attribute' ? 'attribute' : 'subscript');
    if (held === null || key === null) return null;
    const name = root.type === 'attribute' ? textOf(module, key) : evaluate(module, key);
    if (typeof name !== 'string' && (name.kind !== 'known' || /[^\w.-]/.test(String(name.value)))) return null;
    path = `.${typeof name === 'string' ? name : String(name.kind === 'known' ? name.value : '')}${path}`;
    root = held;
  }
  if (root.type !== 'identifier') return null;
  const id = nameId(module, root);
  return id.includes('#') && !id.includes('|') ? OPEN + id + path + CLOSE : null;
}

type Again = (node: Node) => string | null;

function interpolatedKey(module: Module, node: Node, again: Again): string | null {
  const [opening, ...rest] = node.children;
  const closing = rest.pop();
  if (opening === undefined || closing === undefined || !/^[fF]["']/.test(textOf(module, opening))) return null;
  if (module.text.slice(opening.end, closing.start).includes('\\')) return null;
  let result = '';
  let at = opening.end;
  const literal = (upTo: number) => module.text.slice(at, upTo).replaceAll('{{', '{').replaceAll('}}', '}');
  for (const part of rest.filter(({ type }) => type === 'interpolation')) {
    const expression = childOf(part, 'expression');
    const plain = namedChildren(part).length === 1 && !part.children.some(({ type }) => type === '=');
    const value = plain && expression !== null ? again(expression) : null;
    if (value === null) return null;
    result += literal(part.start) + value;
    at = part.end;
  }
  return (result + literal(closing.start)).replace(/\r\n?/g, '\n');
}

/** True for what is surely a text: `x + 1` is none, although `x` may stand in one. */
function isText(module: Module, node: Node | null): boolean {
  if (node === null) return false;
  const inner = unwrap(node);
  if (inner.type === 'binary_operator')
    return isText(module, childOf(inner, 'left')) || isText(module, childOf(inner, 'right'));
  const known = evaluate(module, inner);
  return inner.type.endsWith('string') || (known.kind === 'known' && typeof known.value === 'string');
}

function computedKey(module: Module, node: Node, again: Again): string | null {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  const operator = childOf(node, 'operator')?.type;
  const text = left === null ? null : again(left);
  if (right === null || text === null) return null;
  if (operator === '+') return isText(module, left) || isText(module, right) ? joined([text, again(right)]) : null;
  if (operator !== '%' || left === null || evaluate(module, left).kind !== 'known') return null;
  const values = right.type === 'tuple' ? namedChildren(right) : [right];
  return (
    fillPercent(
      text,
      values.map((value) => again(value) ?? undefined),
    ) ?? null
  );
}

function formattedKey(module: Module, call: Node, again: Again): string | null {
  const template = (object: Node): string | undefined => {
    const known = evaluate(module, object);
    return known.kind === 'known' && typeof known.value === 'string' ? known.value : undefined;
  };
  return fillFormatCall(module, call, template, (value) => again(value) ?? undefined) ?? null;
}
