import type { Json } from '../../model.ts';
import { isList, isObject, type JsonObject } from '../json.ts';
import { isPlaceholder } from '../placeholder.ts';
import type { CrdShape } from './crd-shape.ts';

/** What the API server makes of a value: unknown keys and nulls of maps are gone, the rest fits or is refused. */
export interface CrdResult {
  readonly value: Json;
  /** Paths of unknown keys, sorted. */
  readonly pruned: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Prunes and checks `value`; `path` starts the paths of its parts. With `unrendered`, placeholders fit every scalar
 * field.
 */
export function checkAgainstCrd(value: Json, shape: CrdShape, path: string, unrendered = false): CrdResult {
  const found: Findings = { pruned: [], problems: [], unrendered };
  const kept = check(value, shape, path, found);
  return { value: kept, pruned: found.pruned.sort(), problems: found.problems };
}

interface Findings {
  readonly pruned: string[];
  readonly problems: string[];
  readonly unrendered: boolean;
}

function check(value: Json, shape: CrdShape, path: string, found: Findings): Json {
  switch (shape.kind) {
    case 'any':
      return value;
    case 'object':
      return isObject(value) ? checkObject(value, shape, path, found) : misfit(value, 'object', path, found);
    case 'map':
      return isObject(value) ? checkMap(value, shape.of, path, found) : misfit(value, 'object', path, found);
    case 'list':
      if (!isList(value)) return misfit(value, 'array', path, found);
      return value.map((item, i) => check(item, shape.of, `${path}[${i}]`, found));
    default:
      return checkScalar(value, shape, path, found);
  }
}

function checkObject(value: JsonObject, shape: CrdShape & { kind: 'object' }, path: string, found: Findings): Json {
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined) found.pruned.push(`${path}.${key}`);
    else if (item !== null) kept[key] = check(item, field, `${path}.${key}`, found);
  }
  for (const key of shape.required)
    if (!Object.hasOwn(kept, key)) found.problems.push(`${path}.${key}: Required value`);
  return kept;
}

function checkMap(value: JsonObject, of: CrdShape, path: string, found: Findings): Json {
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value))
    if (item !== null) kept[key] = check(item, of, `${path}.${key}`, found);
  return kept;
}

type ScalarShape = Extract<CrdShape, { readonly values?: readonly string[] }>;
function checkScalar(value: Json, shape: ScalarShape, path: string, found: Findings): Json {
  if (found.unrendered && isPlaceholder(value)) return value;
  if (!fits(value, shape.kind))
    return misfit(value, shape.kind === 'int-or-string' ? 'integer,string' : shape.kind, path, found);
  if (shape.values !== undefined && !shape.values.includes(String(value))) {
    const supported = shape.values.map((text) => JSON.stringify(text)).join(', ');
    found.problems.push(`${path}: Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`);
  }
  const outside = (bound: string): string => `${path}: Invalid value: ${value}: ${path} in body should be ${bound}`;
  if (shape.least !== undefined && Number(value) < shape.least)
    found.problems.push(outside(`greater than or equal to ${shape.least}`));
  if (shape.most !== undefined && Number(value) > shape.most)
    found.problems.push(outside(`less than or equal to ${shape.most}`));
  return value;
}

function fits(value: Json, kind: ScalarShape['kind']): boolean {
  if (kind === 'integer') return Number.isInteger(value);
  return kind === 'int-or-string' ? Number.isInteger(value) || typeof value === 'string' : typeof value === kind;
}

function misfit(value: Json, type: string, path: string, found: Findings): Json {
  const is = typeName(value);
  found.problems.push(`${path}: Invalid value: "${is}": ${path} in body must be of type ${type}: "${is}"`);
  return value;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  return typeof value;
}
