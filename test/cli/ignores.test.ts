import { expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';
import { configuration, manualFiles, safeFiles } from './sample.ts';

const ignoring = (comment: string): string =>
  (safeFiles['dags/safe.py'] ?? '').replace('    submit = ', `    # bpg-migrate: ignore[${comment}]\n    submit = `);
const filesWith = (comment: string) => ({
  ...safeFiles,
  'bpg-migrate.yaml': configuration,
  'dags/safe.py': ignoring(comment),
});
/** Seconds of 2027-03-31 and of the day after, both at noon. */
const lastDay = { SOURCE_DATE_EPOCH: '1806494400' };
const dayAfter = { SOURCE_DATE_EPOCH: '1806580800' };

it('holds to the last day of an ignore, and no longer', async () => {
  const cwd = folderWith(filesWith('moves with the cluster; until 2027-03-31'));
  const before = stateOf(cwd);
  const held = await bpgMigrate(['apply', '--check'], { cwd, env: lastDay });
  expect(held).toMatchObject({ code: 0, stdout: '' });
  expect(held.stderr).toContain('0 legacy, 0 migrated, 1 ignored');
  const ended = await bpgMigrate(['apply', '--check'], { cwd, env: dayAfter });
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/^dags\/safe\.py:6:\d+: legacy safe_dag\.submit/);
  expect(ended.stderr).toMatch(/dags\/safe\.py:6:\d+: warning expired-ignore .*held until 2027-03-31/);
  expect(stateOf(cwd)).toEqual(before);
  expect((await bpgMigrate(['apply'], { cwd, env: dayAfter })).stdout).toContain('changed dags/safe.py');
  expect(contentOf(cwd, 'dags/safe.py')).toContain('# bpg-migrate: ignore[moves');
  // What it ignored is gone, so it is told to go as well (a line further down: an import was added).
  const after = await bpgMigrate(['scan', '--format', 'json'], { cwd, env: lastDay });
  const { findings } = JSON.parse(after.stdout);
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'unused-ignore', severity: 'warning', file: 'dags/safe.py', line: 6, column: 5 }),
  );
});

it('tells an end that it can not read, and an ignore that speaks of no call', async () => {
  const cwd = folderWith({
    ...filesWith('later; until 31.3.2027'),
    'dags/made.py': `# bpg-migrate: ignore[all of it]\n${manualFiles['dags/made.py'] ?? ''}`,
  });
  const { code, stdout } = await bpgMigrate(['scan', '--format', 'json'], { cwd, env: dayAfter });
  expect(code).toBe(0);
  const { findings, summary } = JSON.parse(stdout);
  expect(summary).toMatchObject({ legacy: 1, ignored: 1 });
  expect(findings.map(({ code: name, file, line }: Record<string, unknown>) => `${file}:${line} ${name}`)).toEqual([
    'dags/made.py:1 unused-ignore',
    'dags/safe.py:6 ignore-end-unreadable',
  ]);
});
