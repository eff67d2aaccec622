import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, folderWith, stateOf } from './command.ts';
import { sample } from './sample.ts';

interface ScanJson {
  readonly schemaVersion: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly tasks: readonly { readonly id: string; readonly verdict: string | null }[];
}
const tasksOf = (stdout: string): readonly (readonly [string, string | null])[] =>
  (JSON.parse(stdout) as ScanJson).tasks.map(({ id, verdict }) => [id, verdict] as const);

const scan = (cwd: string, ...more: readonly string[]) => bpgMigrate(['scan', '--format', 'json', ...more], { cwd });

describe('scan', () => {
  it('lists every task with its verdict, writes nothing and ends in 0', async () => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const { code, stdout } = await scan(cwd);
    expect(code).toBe(0);
    expect(tasksOf(stdout)).toEqual([
      ['dags/made.py#manual_dag.submit', 'manual'],
      ['dags/review.py#review_dag.submit', 'review'],
      ['dags/safe.py#safe_dag.submit', 'safe'],
    ]);
    const table = await bpgMigrate(['scan'], { cwd });
    expect(table.code).toBe(0);
    for (const name of ['safe.py', 'review.py', 'made.py']) expect(table.stdout).toContain(name);
    expect(stateOf(cwd)).toEqual(before);
  });

  it('says the same bytes twice, from any folder, with paths relative to the root', async () => {
    const cwd = folderWith(sample);
    mkdirSync(join(cwd, 'deep/er'), { recursive: true });
    const [one, two, three] = await Promise.all([scan(cwd), scan(cwd), scan(join(cwd, 'deep/er'))]);
    expect(two.bytes).toEqual(one.bytes);
    expect(three.bytes).toEqual(one.bytes);
    expect(one.stdout).not.toContain(cwd);
  });

  it('takes paths relative to the working directory', async () => {
    const cwd = folderWith(sample);
    const { code, stdout } = await scan(join(cwd, 'dags'), 'safe.py');
    expect(code).toBe(0);
    expect(tasksOf(stdout).map(([id]) => id)).toEqual(['dags/safe.py#safe_dag.submit']);
  });

  it.each([
    [['--dag', 'safe_*'], ['safe']],
    [
      ['--dag', 'safe_*', '--dag', 'manual_dag'],
      ['manual', 'safe'],
    ],
    [['--connection', 'str*'], ['review']],
    [
      ['--verdict', 'manual', '--verdict', 'review'],
      ['manual', 'review'],
    ],
    [['--task', 'submit', '--verdict', 'safe'], ['safe']],
    [['--task', 'other'], []],
  ])('selects by %j', async (flags, verdicts) => {
    const { code, stdout, stderr } = await scan(folderWith(sample), ...flags);
    expect(code).toBe(0);
    expect(tasksOf(stdout).map(([, verdict]) => verdict)).toEqual(verdicts);
    if (verdicts.length === 0) expect(stderr).toContain('no task matches --task other');
  });

  it('answers 1 under --strict while a task is manual', async () => {
    const cwd = folderWith(sample);
    expect((await scan(cwd, '--strict')).code).toBe(1);
    expect((await scan(cwd, '--strict', '--verdict', 'safe')).code).toBe(0);
    // Common flags may stand before the command, too.
    expect((await bpgMigrate(['--strict', 'scan'], { cwd })).code).toBe(1);
  });

  it('answers 2 for a source file that does not parse, and does the others', async () => {
    const cwd = folderWith({
      ...sample,
      'dags/broken.py': 'x = (\nSparkKubernetesOperator\n',
      'dags/other.py': 'x = (\n',
    });
    const { code, stdout, stderr } = await scan(cwd, '--quiet');
    expect(code).toBe(2);
    expect(tasksOf(stdout)).toHaveLength(3);
    expect(stderr).toContain('dags/broken.py');
    expect(stderr).not.toContain('dags/other.py');
    const { files, summary } = JSON.parse(stdout) as {
      files: { file: string; skipped: string | null }[];
      summary: { skippedFiles: number };
    };
    expect(files.filter(({ skipped }) => skipped !== null).map(({ file }) => file)).toEqual(['dags/broken.py']);
    expect(summary.skippedFiles).toBe(1);
    const table = (await bpgMigrate(['scan'], { cwd })).stdout;
    expect(table).toContain('Skipped (1)');
    expect(table).toContain('(1 skipped)');
  });

  it('answers 0 where there is nothing to find', async () => {
    const cwd = folderWith({ 'dags/plain.py': 'from airflow import DAG\n' });
    const { code, stdout } = await scan(cwd);
    expect(code).toBe(0);
    expect(tasksOf(stdout)).toEqual([]);
  });

  it('answers 1 when a route breaks an isolation rule', async () => {
    const isolation = 'isolation:\n  - { match: { connection: known }, queues: ["phi-*"] }\n';
    const cwd = folderWith({ ...sample, 'bpg-migrate.yaml': `${sample['bpg-migrate.yaml']}${isolation}` });
    expect((await scan(cwd)).code).toBe(1);
  });

  it('ends an agreement on its day; SOURCE_DATE_EPOCH makes it another day', async () => {
    const accept = 'accept:\n  - { field: driver.tolerations, reason: agreed, until: 2020-01-01 }\n';
    const cwd = folderWith({ ...sample, 'bpg-migrate.yaml': `${sample['bpg-migrate.yaml']}${accept}` });
    const expired = 'held until 2020-01-01';
    expect((await bpgMigrate(['scan'], { cwd })).stdout).toContain(expired);
    expect((await bpgMigrate(['scan'], { cwd, env: { SOURCE_DATE_EPOCH: '1500000000' } })).stdout).not.toContain(
      expired,
    );
  });
});
