import { isScalar, parseDocument } from 'yaml';
import type { Json, Translation } from '../../src/model.ts';

type Ok = Extract<Translation, { ok: true }>;

export interface Leaf {
  readonly path: string;
  readonly value: Json;
}

/** Leaves of a value, an empty collection being one; texts of scalars as they stand, so that types do not matter. */
function leavesOf(value: Json, path = ''): readonly Leaf[] {
  if (value === null || typeof value !== 'object') return [{ path, value }];
  const entries = Object.entries(value);
  if (entries.length === 0) return [{ path, value }];
  const isList = Array.isArray(value);
  return entries.flatMap(([key, item]) =>
    leavesOf(item, isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  );
}

/** Ledger entries that cover a path: the path itself or one above it. */
function entriesFor(translation: Ok, path: string): readonly string[] {
  return (
    translation.losses
      .map((loss) => loss.path)
      // Keys hold dots: an entry for `a` need not stand above the leaf `a.b`, if there is one for that leaf itself.
      .filter((entry, _, all) => !all.includes(path) || entry === path)
      .filter((entry) => path === entry || path.startsWith(`${entry}.`) || path.startsWith(`${entry}[`))
  );
}

/** Source leaves that are in no class or in more than one; `document` is the source as a value, perhaps in a wrapper. */
export function misplacedLeaves(document: Json, translation: Ok): readonly string[] {
  const root = document as { readonly [key: string]: Json };
  const wrapped = root['spec'] === undefined ? (root['spark'] as typeof root | undefined) : undefined;
  const spec = (wrapped ?? root)['spec'] ?? {};
  const prefix = wrapped === undefined ? 'spec' : 'spark.spec';
  const block = root['kubernetes'] === undefined ? [] : leavesOf(root['kubernetes'], 'kubernetes');
  const unentered = block.filter(({ path }) => wrapped !== undefined && entriesFor(translation, path).length !== 1);
  const kept = leavesOf(translation.request).map(
    ({ path, value }) => `${path.replace(/\[\d+\]/g, '[]')}=${String(value)}`,
  );
  const keptSet = new Set(kept);
  return leavesOf(spec)
    .flatMap(({ path, value }) => {
      // What the operator writes over is entered from the root: the path below `spec` is that of the new value.
      const overwritten = entriesFor(translation, `${prefix}.${path}`);
      if (overwritten.length > 0) return overwritten.length === 1 ? [] : [`${path}: overwritten twice`];
      const entries = new Set(entriesFor(translation, path));
      if (entries.size === 1) return [];
      // An empty role is filled, not lost.
      if (entries.size === 0 && typeof value === 'object' && isThere(translation.request, path)) return [];
      const isSame = keptSet.has(`${path.replace(/\[\d+\]/g, '[]')}=${String(value)}`);
      if (entries.size === 0 && isSame) return [];
      return [`${path}: ${entries.size === 0 ? 'in no class' : [...entries].join(', ')}`];
    })
    .concat(unentered.map(({ path }) => `${path}: not entered`));
}

const isThere = (value: Json, path: string): boolean =>
  leavesOf(value).some(
    (leaf) => leaf.path === path || leaf.path.startsWith(`${path}.`) || leaf.path.startsWith(`${path}[`),
  );

/** Aliases, anchors, tags and merge keys of a text: the request must hold none. */
export function yamlTricks(text: string): readonly string[] {
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
  const tricks: string[] = document.errors.map(({ message }) => message);
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    if ('source' in node && !isScalar(node)) tricks.push('alias');
    if ('anchor' in node && node.anchor !== undefined) tricks.push('anchor');
    if ('key' in node) {
      if (isScalar(node.key) && node.key.value === '<<' && node.key.type === 'PLAIN') tricks.push('merge key');
      visit(node.key);
      visit((node as { value?: unknown }).value);
    }
    if ('items' in node && Array.isArray(node.items)) for (const item of node.items) visit(item);
  };
  visit(document.contents);
  return tricks;
}
