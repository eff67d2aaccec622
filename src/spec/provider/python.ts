/** Values as the operator's Python sees them, where it computes with them. */
import { Scalar } from 'yaml';
import { integerOf, plainKind } from '../scalars.ts';
import { isText, type Text, type Value } from '../tree.ts';

/** What Python's `if` takes for no: nothing, zero, false, and what is empty. A placeholder counts as something. */
export function isFalsy(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (!isText(value)) return value.items.length === 0;
  if (isString(value)) return value.value === '';
  return /^(?:|~|null|Null|NULL|[+-]?0[0_]*(?:\.0*)?|no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(value.value);
}

export const isString = (node: Text): boolean => node.type !== Scalar.PLAIN || plainKind(node.value) === 'string';

/** `float(…)` of a number or of a text that holds one; null for everything that raises there or is written oddly. */
export function floatOf(node: Text): number | null {
  if (!isString(node) && plainKind(node.value) === 'integer') return integerOf(node.value);
  return parseFloatText(node.value);
}

export function parseFloatText(text: string): number | null {
  const clean = text.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(clean) ? Number(clean) : null;
}

/** `str(…)`; null where JavaScript might write the number in another way. */
export function textOfScalar(node: Text): string | null {
  if (isString(node)) return node.value;
  const kind = plainKind(node.value);
  if (kind === 'integer') return String(integerOf(node.value));
  if (kind !== 'float') return null;
  const number = parseFloatText(node.value);
  if (number === null || Math.abs(number) >= 1e16 || Math.abs(number) < 1e-4) return null;
  return Number.isInteger(number) ? `${number}.0` : String(number);
}
