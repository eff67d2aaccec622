/** The schema of the SparkApplication resource (v1beta2) as data: what the API server keeps, and what it refuses. */
export type CrdShape =
  | {
      readonly kind: 'string' | 'integer' | 'boolean' | 'int-or-string' | 'any';
      readonly values?: readonly string[];
      readonly least?: number;
      readonly most?: number;
    }
  | { readonly kind: 'list'; readonly of: CrdShape }
  | { readonly kind: 'map'; readonly of: CrdShape }
  | { readonly kind: 'object'; readonly fields: CrdFields; readonly required: readonly string[] };
export type CrdFields = Readonly<Record<string, CrdShape>>;

export const string: CrdShape = { kind: 'string' };
export const integer: CrdShape = { kind: 'integer' };
export const boolean: CrdShape = { kind: 'boolean' };
export const amount: CrdShape = { kind: 'int-or-string' };
export const any: CrdShape = { kind: 'any' };
export const list = (of: CrdShape): CrdShape => ({ kind: 'list', of });
export const map = (of: CrdShape): CrdShape => ({ kind: 'map', of });
export const object = (fields: CrdFields, required: readonly string[] = []): CrdShape => ({
  kind: 'object',
  fields,
  required,
});
export const oneOf = (...values: readonly string[]): CrdShape => ({ kind: 'string', values });
export const atLeast = (least: number): CrdShape => ({ kind: 'integer', least });
/** Fields that are all of one type. */
export const all = (shape: CrdShape, ...names: readonly string[]): CrdFields =>
  Object.fromEntries(names.map((name) => [name, shape]));
export const strings: CrdShape = list(string);
export const texts: CrdShape = map(string);
