/** The field table as one list, and as a tree for walking. */
import { applicationRows } from './application.ts';
import { documentRows } from './document.ts';
import { roleRows } from './role.ts';
import type { FieldRow } from './row.ts';
import { volumeRows } from './volumes.ts';

export type { FieldRow } from './row.ts';
export { documentRows };

export type RoleName = 'driver' | 'executor';
export const roleNames: readonly RoleName[] = ['driver', 'executor'];

/** Every row below `spec`, `<role>` written out. */
export const specRows: readonly FieldRow[] = [...applicationRows, ...roleRows, ...volumeRows].flatMap((row) =>
  row.path.startsWith('<role>') ? roleNames.map((role) => ofRole(row, role)) : [row],
);

function ofRole(row: FieldRow, role: RoleName): FieldRow {
  const fill = (text: string): string => text.replaceAll('<role>', role);
  return {
    ...row,
    path: fill(row.path),
    target: row.target === null ? null : fill(row.target),
    remedy: fill(row.remedy),
  };
}

/** One place in the tree of fields: what may stand there. */
export interface FieldNode {
  readonly row: FieldRow | null;
  /** True when the row covers everything below. */
  readonly whole: boolean;
  readonly keys: ReadonlyMap<string, FieldNode>;
  /** Any key of a map. */
  readonly any: FieldNode | null;
  readonly items: FieldNode | null;
}

interface Growing {
  row: FieldRow | null;
  whole: boolean;
  keys: Map<string, Growing>;
  any: Growing | null;
  items: Growing | null;
}

const sprout = (): Growing => ({ row: null, whole: false, keys: new Map(), any: null, items: null });

function grow(rows: readonly FieldRow[]): FieldNode {
  const root = sprout();
  for (const row of rows) {
    let node = root;
    for (const step of row.path.replaceAll('[]', '.[]').split('.')) {
      if (step === '**') node.whole = true;
      else node = child(node, step);
    }
    node.row = row;
  }
  return root;
}

function child(node: Growing, step: string): Growing {
  if (step === '*') {
    node.any ??= sprout();
    return node.any;
  }
  if (step === '[]') {
    node.items ??= sprout();
    return node.items;
  }
  const found = node.keys.get(step) ?? sprout();
  node.keys.set(step, found);
  return found;
}

export const specFields: FieldNode = grow(specRows);
export const documentFields: FieldNode = grow(documentRows);

/** The row that speaks for a path (with or without indexes): the deepest on its way, else the first below. */
export function rowOf(path: string, fields: FieldNode = specFields): FieldRow | null {
  let node: FieldNode = fields;
  let found: FieldRow | null = null;
  const steps = path.includes('[') ? path.replace(/\[\d*\]/g, '.[]') : path;
  for (const step of steps.split('.')) {
    const next = (step === '[]' ? node.items : node.keys.get(step)) ?? node.any;
    if (next === null || next === undefined) break;
    node = next;
    found = node.row ?? found;
  }
  return found ?? (node === fields ? null : firstBelow(node));
}

function firstBelow(node: FieldNode): FieldRow | null {
  if (node.row !== null) return node.row;
  for (const child of [node.any, node.items, ...node.keys.values()]) {
    const row = child === null ? null : firstBelow(child);
    if (row !== null) return row;
  }
  return null;
}
