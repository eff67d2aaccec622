import { describe, expect, test } from 'vitest';
import { documentRows, rowOf, specFields, specRows } from '../../src/spec/fields/index.ts';
import { readSchemaLeaves } from './inputs.ts';

const leaves = readSchemaLeaves();

/** True when the table knows the leaf itself, or has a row that covers all below some field on its way. */
function isCovered(path: string): boolean {
  let node = specFields;
  for (const step of path.replaceAll('[]', '.[]').split('.')) {
    const next = (step === '[]' ? node.items : node.keys.get(step)) ?? node.any;
    if (next === null || next === undefined) return node.whole;
    node = next;
  }
  return node.row !== null || (node.any ?? node.keys.values().next().value) !== undefined;
}

describe('the field table', () => {
  test('the recorded schema is there', () => {
    expect(leaves.length).toBe(664);
  });

  test('every leaf of the schema has a row', () => {
    expect(leaves.filter(({ path }) => !isCovered(path) || rowOf(path) === null)).toEqual([]);
  });

  test('a leaf that the schema does not have has none', () => {
    expect(isCovered('driver.memroy')).toBe(false);
    expect(isCovered('volumes[].hostPath.size')).toBe(false);
    expect(isCovered('driver.tolerations[].anything')).toBe(true);
  });

  test('every row says where it goes and why', () => {
    for (const row of [...specRows, ...documentRows]) {
      expect(row.why, row.path).toMatch(/[.!]$/);
      expect(row.remedy, row.path).toMatch(/[.!]$/);
      const hasTarget = ['same', 'moved', 'changed'].includes(row.class);
      expect(row.target !== null, row.path).toBe(hasTarget);
    }
  });

  test('no path has two rows', () => {
    const paths = specRows.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });
});
