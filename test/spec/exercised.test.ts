/** Every row of the field table is exercised by a fixture: a field that no case holds could rot unseen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Json } from '../../src/model.ts';
import { specRows } from '../../src/spec/fields/index.ts';
import { translate } from '../../src/spec/translate.ts';
import { translateFixtures } from './inputs.ts';

function* leavesOf(value: Json, path: string): Generator<string> {
  if (value === null || typeof value !== 'object') yield path;
  else if (Array.isArray(value)) for (const item of value) yield* leavesOf(item, `${path}[]`);
  else for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, path === '' ? key : `${path}.${key}`);
}

/** `*` is any key, a last `.**` the field with everything below it. */
function patternOf(path: string): RegExp {
  const literal = path.replace(/\.\*\*$/, '').replace(/[.[\]]/g, '\\$&');
  return new RegExp(`^spec\\.${literal.replace(/\*/g, '.+')}(?:$|\\.|\\[)`);
}

test('every row is exercised by a fixture', () => {
  const leaves = new Set<string>();
  for (const name of readdirSync(translateFixtures)) {
    const path = join(translateFixtures, name, 'source.yaml');
    if (!existsSync(path)) continue;
    const translation = translate(readFileSync(path, 'utf8'), { queue: null, format: 'yaml' });
    if (translation.ok) for (const leaf of leavesOf(translation.document, '')) leaves.add(leaf);
  }
  const all = [...leaves];
  const missing = specRows.map(({ path }) => path).filter((path) => !all.some((leaf) => patternOf(path).test(leaf)));
  expect(specRows.length).toBeGreaterThan(200);
  expect(missing).toEqual([]);
});
