import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith } from './command.ts';
import { configuration, sample } from './sample.ts';

it('records a run, tells what is new since, and refuses what would not be the whole', async () => {
  const cwd = folderWith({ ...sample, 'bpg-migrate.yaml': configuration });
  expect((await bpgMigrate(['status'], { cwd })).stdout).toContain('Nothing was recorded yet');
  const first = await bpgMigrate(['status', '--record', '--now', '2026-11-18T09:00:00+01:00'], { cwd });
  expect(first.code).toBe(0);
  expect(first.stdout).not.toContain('Nothing was recorded yet');
  expect(first.stdout).toContain('This run is the first of the history: 0 migrated, 3 legacy, 0 ignored are recorded.');
  const history = contentOf(cwd, '.bpg-migrate/history.jsonl');
  expect(JSON.parse(history)).toMatchObject({ time: '2026-11-18T08:00:00Z', commit: null, paths: ['dags'] });
  writeFileSync(join(cwd, 'dags/new.py'), (sample['dags/made.py'] ?? '').replace('manual_dag', 'new_dag'));
  const second = await bpgMigrate(['status', '--record', '--now', '2026-11-25T09:00:00Z'], { cwd });
  expect(second.stdout).toMatch(/Since 2026-11-18T08:00:00Z\n {2}NEW legacy task {2}dags\/new\.py#new_dag\./);
  const both = contentOf(cwd, '.bpg-migrate/history.jsonl');
  expect(both.startsWith(history)).toBe(true);
  expect(both.split('\n')).toHaveLength(3);
  for (const [flags, reason] of [
    [['--record', '--dag', 'x'], 'it can not stand beside flags that select some'],
    [['--record', '--now', '2026-11-20T00:00:00Z'], 'the last recorded run is of 2026-11-25T09:00:00Z'],
    [['--now', 'yesterday'], '--now yesterday is no time'],
    [['--runs', 'none.json'], 'there is no such file'],
  ] as const) {
    const { code, stderr } = await bpgMigrate(['status', ...flags], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  }
  expect(contentOf(cwd, '.bpg-migrate/history.jsonl')).toBe(both);
});
