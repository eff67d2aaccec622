/** The document as a value, as PyYAML gives it to the Spark operator's client; placeholders stand in it as text. */
import { Scalar } from 'yaml';
import type { Json } from '../model.ts';
import type { Masked } from './mask.ts';
import { booleanOf, integerOf, plainKind } from './scalars.ts';
import { isMapping, isText, type Text, type Value } from './tree.ts';

export function sourceValue(node: Value, masked: Masked): Json {
  if (isText(node)) return scalarValue(node, masked);
  if (isMapping(node)) {
    const object: Record<string, Json> = {};
    for (const { key, value } of node.items) setKey(object, masked.restore(key.value), sourceValue(value, masked));
    return object;
  }
  return node.items.map((item) => sourceValue(item, masked));
}

/** Sets a key, whatever its name; a plain assignment would lose `__proto__`. */
export function setKey(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}

function scalarValue(node: Text, masked: Masked): Json {
  const text = masked.restore(node.value);
  if (node.type !== Scalar.PLAIN || text !== node.value) return text;
  switch (plainKind(text)) {
    case 'null':
      return null;
    case 'boolean':
      return booleanOf(text);
    case 'integer':
      return integerOf(text);
    case 'float':
      return floatOf(text);
    default:
      return text;
  }
}

/** Sexagesimal floats and infinities stay text: no field wants them, and JSON has no way to write the latter. */
function floatOf(text: string): Json {
  const number = Number(text.replaceAll('_', ''));
  return Number.isFinite(number) ? number : text;
}
