import { expect, it } from 'vitest';
import { catalogue } from '../../src/index.ts';
import { bpgMigrate } from './command.ts';

it('lists every code of the catalogue with its verdict', async () => {
  const { code, stdout } = await bpgMigrate(['explain']);
  expect(code).toBe(0);
  const listed = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(/ +/).slice(0, 2));
  expect(listed).toEqual(
    Object.keys(catalogue)
      .sort()
      .map((name) => [name, catalogue[name]?.verdict]),
  );
  expect(listed.length).toBeGreaterThan(10);
});

it('explains every code: what it says, why, what to do', async () => {
  for (const code of Object.keys(catalogue).slice(0, 3)) {
    const { code: exit, stdout } = await bpgMigrate(['explain', code]);
    expect(exit).toBe(0);
    expect(stdout).toContain(`${code}: ${catalogue[code]?.title}`);
    for (const title of ['It says', 'Why', 'What to do']) expect(stdout).toContain(`\n${title}\n`);
    expect(
      Math.max(
        // An example stands as it is in its file.
        ...(stdout.split('\nExample\n')[0] ?? '')
          .split('\n')
          .slice(3)
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(100);
  }
});

it('suggests what was perhaps meant', async () => {
  const [known = ''] = Object.keys(catalogue);
  const slip = `${known.slice(0, -1)}x`;
  const { code, stderr } = await bpgMigrate(['explain', slip]);
  expect(code).toBe(2);
  expect(stderr).toContain(known);
});

it.each(['constructor', 'toString', '__proto__'])('knows no code %s', async (name) => {
  expect((await bpgMigrate(['explain', name])).code).toBe(2);
});
