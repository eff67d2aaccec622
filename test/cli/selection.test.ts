import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, git, recordInGit } from './command.ts';
import { configuration, sample } from './sample.ts';

async function tasksOf(cwd: string, ...flags: readonly string[]): Promise<string[]> {
  const { code, stdout } = await bpgMigrate(['scan', '--format', 'json', ...flags], { cwd });
  expect(code).toBe(0);
  const { tasks, summary } = JSON.parse(stdout);
  expect(summary.tasks).toBe(tasks.length);
  return tasks.map(({ file }: { file: string }) => file);
}

describe('--since', () => {
  it('takes what changed since the branch left, recorded or not, and the DAG of a changed document', async () => {
    const cwd = folderWith({
      ...sample,
      'dags/shared.py': 'X = 1\n',
      'dags/other.py': `from shared import X\n${sample['dags/made.py']?.replace('manual_dag', 'other_dag')}`,
    });
    await recordInGit(cwd);
    await git(cwd, ['branch', 'trunk']);
    expect(await tasksOf(cwd, '--since', 'trunk')).toEqual([]);
    // On the trunk something goes on that is none of the branch's business.
    await git(cwd, ['checkout', '--quiet', 'trunk']);
    writeFileSync(join(cwd, 'dags/made.py'), `# trunk\n${contentOf(cwd, 'dags/made.py')}`);
    await git(cwd, ['commit', '--quiet', '--all', '--message', 'trunk goes on']);
    await git(cwd, ['checkout', '--quiet', '-']);
    await git(cwd, ['checkout', '--quiet', '-b', 'work', 'trunk~1']);
    expect(await tasksOf(cwd, '--since', 'trunk')).toEqual([]);
    writeFileSync(join(cwd, 'dags/safe.yaml'), `${contentOf(cwd, 'dags/safe.yaml')}# tuned\n`);
    await git(cwd, ['commit', '--quiet', '--all', '--message', 'a document']);
    expect(await tasksOf(cwd, '--since', 'trunk')).toEqual(['dags/safe.py']);
    renameSync(join(cwd, 'dags/review.py'), join(cwd, 'dags/renamed.py'));
    writeFileSync(join(cwd, 'dags/shared.py'), 'X = 2\n');
    expect(await tasksOf(cwd, '--since', 'trunk')).toEqual(['dags/other.py', 'dags/renamed.py', 'dags/safe.py']);
    const check = await bpgMigrate(['apply', '--check', '--since', 'trunk', '--verdict', 'safe'], { cwd });
    expect(check.stdout).toMatch(/^dags\/safe\.py:\d+:\d+: legacy [^\n]*\n$/);
    writeFileSync(join(cwd, 'bpg-migrate.yaml'), `${configuration}# changed\n`);
    expect(await tasksOf(cwd, '--since', 'trunk')).toHaveLength(4);
  });

  it('refuses a ref that is none, and a folder without git', async () => {
    const cwd = folderWith(sample);
    const outside = await bpgMigrate(['scan', '--since', 'main'], { cwd });
    expect(outside).toMatchObject({ code: 2, stdout: '' });
    expect(outside.stderr).toContain('--since main: fatal: ');
    await recordInGit(cwd);
    for (const ref of ['nowhere', '--output=x']) {
      const { code, stderr } = await bpgMigrate(['scan', `--since=${ref}`], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(`--since ${ref}: fatal: `);
    }
  });
});

describe('--owner', () => {
  it('goes by the configuration, else CODEOWNERS from the top of the repository, else the argument', async () => {
    const owned = sample['dags/made.py']?.replace(
      'DAG("manual_dag")',
      'DAG("manual_dag", default_args={"owner": "carla"})',
    );
    const files = {
      ...sample,
      'dags/made.py': owned ?? '',
      'bpg-migrate.yaml': `${configuration}owners: { "dags/safe.py": anna }\n`,
    };
    const top = folderWith({
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`team/${path}`, text])),
      '.github/CODEOWNERS': '/team/dags/review.py @org/data @ben\n/team/dags/safe.py @ben\n',
    });
    await recordInGit(top);
    const cwd = join(top, 'team');
    const [anna, ben, data, carla] = await Promise.all([
      tasksOf(cwd, '--owner', 'anna'),
      tasksOf(cwd, '--owner', '@ben'),
      tasksOf(cwd, '--owner', '@org/*', '--owner', 'nobody'),
      tasksOf(cwd, '--owner', 'car*'),
    ]);
    expect({ anna, ben, data, carla }).toEqual({
      anna: ['dags/safe.py'],
      ben: ['dags/review.py'],
      data: ['dags/review.py'],
      carla: ['dags/made.py'],
    });
    const { stderr } = await bpgMigrate(['scan', '--owner', 'nobody'], { cwd });
    expect(stderr).toContain('no task matches --owner nobody');
  });
});

describe('--wave', () => {
  it('takes the tasks of a wave of the plan, as the configuration pins it', async () => {
    const cwd = folderWith({ ...sample, 'bpg-migrate.yaml': `${configuration}waves: { manual_dag: 1, "*": 2 }\n` });
    expect(await tasksOf(cwd, '--wave', '1')).toEqual(['dags/made.py']);
    const second = await tasksOf(cwd, '--wave', '2');
    expect(second).toEqual(['dags/review.py', 'dags/safe.py']);
    const none = await bpgMigrate(['scan', '--wave', '3'], { cwd });
    expect(none.stderr).toContain('no task matches --wave 3');
  });
});
