import type { Json } from '../../model.ts';
import { isPlaceholder } from '../placeholder.ts';
import type { BodyNode } from './body-node.ts';
import { parseInteger, parseLong } from './java-numbers.ts';
import type { Shape } from './request-shape.ts';

/**
 * What the gateway's binding makes of a node: numbers become texts where a text belongs, `"2"` an integer, `1.5` the
 * integer 1; everything else is refused. The last of duplicate keys wins, but each of them must fit.
 */
export type Coerced = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

/**
 * The value of `node` for a field of that shape; `path` (`driver.cores`) goes into the problem. With `unrendered`,
 * placeholders fit every scalar field, as text.
 */
export function coerce(node: BodyNode, shape: Shape, unrendered = false, path = ''): Coerced {
  if (node.kind === 'null') return { ok: true, value: null };
  if (unrendered && node.kind === 'text' && isPlaceholder(node.text) && isScalarShape(shape))
    return { ok: true, value: node.text };
  switch (shape.kind) {
    case 'string':
      return isScalar(node) ? { ok: true, value: node.text } : misfit(node, 'String', path);
    case 'integer':
    case 'long':
      return coerceInteger(node, shape.kind, path);
    case 'double':
      return coerceDouble(node, path);
    case 'boolean':
      return coerceBoolean(node, path);
    case 'list':
      return coerceList(node, shape.of, unrendered, path);
    case 'map':
      return coerceMap(node, path);
    case 'object':
      return coerceObject(node, shape, unrendered, path);
  }
}

function isScalarShape(shape: Shape): boolean {
  return shape.kind !== 'list' && shape.kind !== 'map' && shape.kind !== 'object';
}

type ScalarNode = Extract<BodyNode, { readonly text: string }>;
function isScalar(node: BodyNode): node is ScalarNode {
  return node.kind !== 'null' && node.kind !== 'list' && node.kind !== 'map';
}

function misfit(node: BodyNode, type: string, path: string): Coerced {
  const found = isScalar(node) ? `String "${node.text}"` : `${node.kind} value`;
  return {
    ok: false,
    problem: `Cannot deserialize value of type ${type} from ${found} (through ${path || 'the request'})`,
  };
}

function coerceInteger(node: BodyNode, kind: 'integer' | 'long', path: string): Coerced {
  const type = kind === 'integer' ? 'Integer' : 'Long';
  const parse = (text: string): Json => (kind === 'integer' ? parseInteger(text) : asNumber(parseLong(text)));
  if (node.kind === 'integer') return whole(parse(String(node.value)), node, type, path);
  if (node.kind === 'float') return whole(parse(BigInt(Math.trunc(node.value)).toString()), node, type, path);
  if (node.kind !== 'text') return misfit(node, type, path);
  const text = node.text.trim();
  return text === '' || text === 'null' ? { ok: true, value: null } : whole(parse(text), node, type, path);
}

function whole(value: Json, node: BodyNode, type: string, path: string): Coerced {
  return value === null ? misfit(node, type, path) : { ok: true, value };
}

function asNumber(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/;
const unlimited = /^(?:NaN|[+-]?(?:INF|Infinity))$/;

function coerceDouble(node: BodyNode, path: string): Coerced {
  if (node.kind === 'integer' || node.kind === 'float') return { ok: true, value: Number(node.value) };
  if (node.kind !== 'text') return misfit(node, 'Double', path);
  const text = node.text.trim();
  if (text === '' || text === 'null') return { ok: true, value: null };
  return decimal.test(text) || unlimited.test(text)
    ? { ok: true, value: Number.parseFloat(text) }
    : misfit(node, 'Double', path);
}

function coerceBoolean(node: BodyNode, path: string): Coerced {
  if (node.kind === 'boolean') return { ok: true, value: node.value };
  if (node.kind === 'integer') return { ok: true, value: node.value !== 0n };
  if (node.kind !== 'text') return misfit(node, 'boolean', path);
  const text = node.text.trim();
  if (text === '' || text === 'null') return { ok: true, value: null };
  if (/^(?:true|True|TRUE)$/.test(text)) return { ok: true, value: true };
  if (/^(?:false|False|FALSE)$/.test(text)) return { ok: true, value: false };
  return misfit(node, 'boolean', path);
}

function coerceList(node: BodyNode, of: Shape, unrendered: boolean, path: string): Coerced {
  if (node.kind !== 'list') return misfit(node, 'ArrayList', path);
  const items: Json[] = [];
  for (const [i, item] of node.items.entries()) {
    const coerced = coerce(item, of, unrendered, `${path}[${i}]`);
    if (!coerced.ok) return coerced;
    items.push(coerced.value);
  }
  return { ok: true, value: items };
}

function coerceMap(node: BodyNode, path: string): Coerced {
  if (node.kind !== 'map') return misfit(node, 'LinkedHashMap', path);
  const entries = new Map<string, Json>();
  for (const [key, value] of node.entries) {
    const coerced = coerce(value, { kind: 'string' }, false, `${path}.${key}`);
    if (!coerced.ok) return coerced;
    entries.set(key, coerced.value);
  }
  return { ok: true, value: Object.fromEntries(entries) };
}

function coerceObject(
  node: BodyNode,
  shape: Extract<Shape, { readonly kind: 'object' }>,
  unrendered: boolean,
  path: string,
): Coerced {
  if (node.kind !== 'map') return misfit(node, 'Object', path);
  const entries = new Map<string, Json>();
  for (const [key, value] of node.entries) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined && shape.unknown === 'refuse')
      return {
        ok: false,
        problem: `Unrecognized field "${key}"${path === '' ? '' : ` in ${path}`}, not marked as ignorable`,
      };
    if (field === undefined) continue;
    const coerced = coerce(value, field, unrendered, path === '' ? key : `${path}.${key}`);
    if (!coerced.ok) return coerced;
    if (coerced.value === null) entries.delete(key);
    else entries.set(key, coerced.value);
  }
  return { ok: true, value: Object.fromEntries(entries) };
}
