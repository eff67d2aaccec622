/**
 * Every case of `fixtures/migrate` by a switch: the result parses and keeps the graph in both positions (looked at whenever
 * one is made), a second run has nothing to do, and without the switch it is what a plain migration gives, byte for byte.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyIn, inCopies, planIn, routingFiles, treeWithoutSwitch } from './project.ts';

const root = join(import.meta.dirname, '../../fixtures/migrate');
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();
const cases = folders(root).flatMap((topic) => folders(join(root, topic)).map((name) => `${topic}/${name}`));

/** Cases that end otherwise than by a plain migration, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'wrappers/function-with-callers':
    'the paths in the callers are those of both operators then, so the new one changes the suffix where it reads them',
  'dependencies/inline-calls':
    'a sensor in the middle of a shift stands in parentheses of its own then, a form that is not rewired: it becomes an empty task',
};

it('finds the cases', () => {
  expect(cases.length).toBeGreaterThan(100);
  for (const name of Object.keys(EXCEPTIONS)) expect(cases).toContain(name);
});

describe.each(cases)('%s', (name) => {
  it('comes to the same by a switch', async () => {
    await inCopies(join(root, name, 'before'), 2, async (plain = '', switched = '') => {
      const before = await planIn(switched, 'switch');
      const able = new Set(before.changes.map(({ task }) => task));
      const written = await applyIn(switched, 'switch');
      expect(written.length > 0).toBe(able.size > 0);
      const again = await planIn(switched, 'switch');
      const { files: _, safe: __, review: ___, manual: ____, ...calls } = before.report.summary;
      expect(again.report.summary).toMatchObject(calls);
      expect(again.changes).toEqual([]);
      expect((await applyIn(switched, 'edit', able)).length).toBe(0);

      expect((await applyIn(switched, 'final')).length).toBe(0);
      const connections = before.report.tasks.map(({ connection }) => JSON.stringify(connection ?? '?'));
      const routes = [...new Set(connections)].map((connection) => `  ${connection}: new\n`);
      for (const file of routingFiles(switched)) writeFileSync(file, `connections:\n${routes.join('')}`);
      await applyIn(switched, 'final');
      await applyIn(plain, 'edit', able);
      if (EXCEPTIONS[name] === undefined) expect(treeWithoutSwitch(switched)).toEqual(treeWithoutSwitch(plain));
      else expect(treeWithoutSwitch(switched)).not.toEqual(treeWithoutSwitch(plain));
    });
  });
});
