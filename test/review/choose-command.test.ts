import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, contentOf } from '../cli/command.ts';
import { exampleFolder } from './live.ts';

const churn = 'dags/scoring/churn_score.py#churn_score.submit';
const revenue = 'dags/sales/daily_revenue.py#daily_revenue.aggregate';
const clinical = 'dags/clinical/deidentify.py#deidentify.remove_names';

describe('decide another way', () => {
  it('is planned, kept and honoured by diff, report and apply, and taken back by undo', async () => {
    const cwd = exampleFolder();
    const run = (...args: readonly string[]) => bpgMigrate(args, { cwd });
    const decided = await run(
      'decide',
      churn,
      '--sensor',
      'placeholder',
      '--queue',
      'poc',
      '--timeout',
      '90m',
      '--accept',
    );
    expect(decided).toMatchObject({ code: 0, stdout: `accepted ${churn}\n` });
    expect(decided.stderr).toContain('planned another way, accepted');
    const saved = JSON.parse(contentOf(cwd, '.bpg-migrate/decisions.json'));
    expect(saved).toMatchObject({
      version: 2,
      decisions: [
        { task: churn, decision: 'accepted', alternatives: { sensor: 'placeholder', queue: 'poc', timeout: 5400 } },
      ],
    });
    const scanned = JSON.parse((await run('scan', '--format', 'json')).stdout);
    expect(scanned.tasks.find(({ id }: { id: string }) => id === churn)).toMatchObject({
      queue: 'poc',
      decision: 'accepted',
    });
    const patch = (await run('diff', '--accepted')).stdout;
    expect(patch).toContain('+queue: poc');
    expect(patch).toMatch(/\+ +application_timeout=5400/);
    expect(patch).toContain('EmptyOperator(');
    expect((await run('apply', '--accepted')).code).toBe(0);
    expect(contentOf(cwd, 'dags/scoring/churn_score.py')).toContain('EmptyOperator(');
    expect(contentOf(cwd, 'dags/scoring/churn_score.bpg.yaml')).toContain('queue: poc');
  });

  it('goes back by undo and by --as-planned', async () => {
    const cwd = exampleFolder();
    const run = (...args: readonly string[]) => bpgMigrate(['decide', ...args], { cwd });
    const planned = (await run(revenue)).stdout;
    await run(revenue, '--queue', 'poc');
    const other = (await run(revenue)).stdout;
    expect(other).not.toBe(planned);
    await run('--undo');
    expect((await run(revenue)).stdout).toBe(planned);
    await run('--redo');
    expect((await run(revenue)).stdout).toBe(other);
    await run(revenue, '--as-planned');
    expect((await run(revenue)).stdout).toBe(planned);
  });

  it.each([
    [[clinical, '--queue', 'analytics', '--accept'], 'no decision breaks an isolation rule'],
    [[revenue, '--queue', 'nowhere'], 'the configuration has no queue nowhere'],
    [[revenue, '--sensor', 'remove'], 'has no sensor'],
    [[revenue, '--sensor', 'keep'], 'remove, placeholder'],
    [[revenue, '--timeout', 'soon'], 'is no time'],
    [[revenue, '--timeout', '2h', '--reset'], 'goes alone'],
    [['dag:*', '--edit', 'dags/sales/daily_revenue.py'], '--edit is of one task'],
    [[revenue, '--edit', 'missing.py'], 'can not be read'],
    [[revenue, '--part', 'document'], '--accept'],
    [['dags/quickstart/spark_pi.py#spark_pi.submit_spark_pi', '--accept', '--part', 'document'], 'one decision'],
  ])('refuses %j and keeps nothing', async (args, reason) => {
    const cwd = exampleFolder();
    const { code, stderr } = await bpgMigrate(['decide', ...args], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(reason) });
    expect(() => contentOf(cwd, '.bpg-migrate/decisions.json')).toThrow();
  });

  it('writes an edited result, and a document before its call', async () => {
    const cwd = exampleFolder();
    const run = (...args: readonly string[]) => bpgMigrate(args, { cwd });
    const source = readFileSync('fixtures/example/dags/sales/daily_revenue.py', 'utf8');
    await run('decide', revenue, '--accept', '--part', 'document');
    const first = await run('apply', '--accepted');
    expect(first.stdout).toMatch(/^new {5}dags\/sales\/daily_revenue\.bpg\.yaml\nleft /);
    expect(first.stderr).toContain('0 moved');
    expect(contentOf(cwd, 'dags/sales/daily_revenue.py')).toBe(source);
    await run('decide', revenue, '--accept');
    const json = JSON.parse((await run('diff', '--accepted', '--format', 'json')).stdout);
    const after: string = json.files?.find(({ path }: { path: string }) => path.endsWith('.py'))?.after ?? '';
    const text = after === '' ? await applied(cwd) : after;
    writeFileSync(
      join(cwd, 'edited.py'),
      text.replace('task_id="aggregate",', 'task_id="aggregate",  # moved by hand'),
    );
    const edited = await run('decide', revenue, '--edit', 'edited.py', '--accept');
    expect(edited).toMatchObject({ code: 0, stdout: `accepted ${revenue}\n` });
    expect((await run('apply', '--accepted')).code).toBe(0);
    expect(contentOf(cwd, 'dags/sales/daily_revenue.py')).toContain('# moved by hand');
  });
});

/** What apply makes of the DAG, taken back at once. */
async function applied(cwd: string): Promise<string> {
  await bpgMigrate(['apply', '--accepted'], { cwd });
  const text = contentOf(cwd, 'dags/sales/daily_revenue.py');
  await bpgMigrate(['undo'], { cwd });
  return text;
}
