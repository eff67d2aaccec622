import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, git, recordInGit, stateOf } from './command.ts';
import { configuration, safeFiles, sample } from './sample.ts';

const edit = (cwd: string, path: string, change: (text: string) => string): void =>
  writeFileSync(join(cwd, path), change(contentOf(cwd, path)));
const migrated = (cwd: string, path: string): boolean => contentOf(cwd, path).includes('BPGOperator(');

describe('undo', () => {
  it('is the exact inverse of an apply, and git sees nothing of its journal', async () => {
    const latin = Buffer.from(
      `# -*- coding: latin-1 -*-\r\n# é\r\n${safeFiles['dags/safe.py']?.replaceAll('\n', '\r\n')}`,
      'latin1',
    );
    const cwd = folderWith({ ...sample, 'dags/latin.py': latin });
    await recordInGit(cwd);
    const before = stateOf(cwd);
    const applied = await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(applied.stdout).toContain('changed dags/latin.py');
    expect(applied.stderr).toContain('`bpg-migrate undo` takes it back (run 0001)');
    expect((await git(cwd, ['status', '--porcelain'])).stdout).not.toContain('.bpg-migrate');
    const { code, stdout, stderr } = await bpgMigrate(['undo'], { cwd });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'restored dags/latin.py',
      'removed  dags/review.bpg.yaml',
      'restored dags/review.py',
      'removed  dags/safe.bpg.yaml',
      'restored dags/safe.py',
    ]);
    expect(stderr).toContain('pause, let runs finish, deploy, unpause');
    expect(stateOf(cwd)).toEqual(before);
    expect((await git(cwd, ['status', '--porcelain'])).stdout).toBe('');
    expect(await bpgMigrate(['undo'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(await bpgMigrate(['undo', '1'], { cwd })).toMatchObject({ code: 2 });
  });

  it('keeps what was edited elsewhere, refuses what was edited in what apply wrote, and names it', async () => {
    const cwd = folderWith(sample);
    const [safe, review] = [contentOf(cwd, 'dags/safe.py'), contentOf(cwd, 'dags/review.py')];
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    edit(cwd, 'dags/review.py', (text) => `# mine\n${text}    # and mine\n`);
    edit(cwd, 'dags/safe.py', (text) => text.replace('application_timeout=43200', 'application_timeout=60'));
    const first = await bpgMigrate(['undo'], { cwd });
    expect(first.code).toBe(1);
    expect(first.stdout).toBe(
      'removed  dags/review.bpg.yaml\nrestored dags/review.py: edits made since are kept\n' +
        // The DAG that stays as it is still needs its document.
        'kept     dags/safe.bpg.yaml: dags/safe.py names it\n',
    );
    expect(first.stderr).toMatch(/refused {2}dags\/safe\.py: what apply wrote was edited since/);
    expect(contentOf(cwd, 'dags/review.py')).toBe(`# mine\n${review}    # and mine\n`);
    expect(contentOf(cwd, 'dags/safe.py')).toContain('application_timeout=60');
    // Put right, the rest of the run can be taken back.
    edit(cwd, 'dags/safe.py', (text) => text.replace('application_timeout=60', 'application_timeout=43200'));
    const second = await bpgMigrate(['undo'], { cwd });
    expect(second).toMatchObject({ code: 0, stdout: 'removed  dags/safe.bpg.yaml\nrestored dags/safe.py\n' });
    expect(contentOf(cwd, 'dags/safe.py')).toBe(safe);
    expect(contentOf(cwd, 'dags/review.py')).toContain('# mine');
  });

  it('leaves a document that was edited, and a file that would not parse', async () => {
    const cwd = folderWith(sample);
    const review = contentOf(cwd, 'dags/review.py');
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    edit(cwd, 'dags/review.bpg.yaml', (text) => `${text}# tuned\n`);
    edit(cwd, 'dags/safe.py', (text) => `${text}def half(:\n`);
    const after = contentOf(cwd, 'dags/safe.py');
    const { code, stderr } = await bpgMigrate(['undo'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('refused  dags/review.bpg.yaml: it was edited since');
    expect(stderr).toContain('refused  dags/safe.py: with the edits that were made since it would not parse');
    expect(contentOf(cwd, 'dags/review.bpg.yaml')).toContain('# tuned');
    expect(contentOf(cwd, 'dags/review.py')).toBe(review);
    expect(contentOf(cwd, 'dags/safe.py')).toBe(after);
  });

  it('takes back a run among others, and a document when the last that needs it goes', async () => {
    const second = (safeFiles['dags/safe.py'] ?? '').replace('safe_dag', 'second_dag');
    const cwd = folderWith({ ...safeFiles, 'dags/second.py': second, 'bpg-migrate.yaml': configuration });
    const before = stateOf(cwd);
    await bpgMigrate(['apply', '--dag', 'safe_dag'], { cwd });
    const { stdout } = await bpgMigrate(['apply', '--dag', 'second_dag'], { cwd });
    expect(stdout).toBe('changed dags/second.py\n');
    const first = await bpgMigrate(['undo', '1'], { cwd });
    expect(first.stdout).toBe('kept     dags/safe.bpg.yaml: dags/second.py names it\nrestored dags/safe.py\n');
    expect(migrated(cwd, 'dags/second.py')).toBe(true);
    expect((await bpgMigrate(['undo', '7'], { cwd })).stderr).toContain('there is no run 7\nruns: 0001, 0002');
    expect((await bpgMigrate(['undo'], { cwd })).stdout).toBe('restored dags/second.py\n');
    expect((await bpgMigrate(['undo'], { cwd })).stdout).toBe('removed  dags/safe.bpg.yaml\n');
    expect(stateOf(cwd)).toEqual(before);
  });
});

describe('an apply that was interrupted', () => {
  /** As if the process had died when it had written all but one of the files. */
  async function interrupted(): Promise<{ cwd: string; before: Record<string, string> }> {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const review = contentOf(cwd, 'dags/review.py');
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    const run = join(cwd, '.bpg-migrate/undo/0001');
    rmSync(join(run, 'done'));
    writeFileSync(join(run, 'process'), '0');
    writeFileSync(join(cwd, 'dags/review.py'), review);
    return { cwd, before };
  }

  it('is only told by what reads, and taken back by the next apply before it writes', async () => {
    const { cwd, before } = await interrupted();
    const half = stateOf(cwd);
    expect(half).not.toEqual(before);
    const [scan, check] = await Promise.all([
      bpgMigrate(['scan', '--quiet'], { cwd }),
      bpgMigrate(['apply', '--check', '--quiet'], { cwd }),
    ]);
    for (const { stderr } of [scan, check]) expect(stderr).toContain('apply was interrupted (run 0001)');
    expect(stateOf(cwd)).toEqual(half);
    const { code, stdout, stderr } = await bpgMigrate(['apply', '--dag', 'safe_dag'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('run 0001 of apply was interrupted; what it wrote is taken back');
    expect(stdout).toMatch(
      /removed {2}dags\/review\.bpg\.yaml\n[\s\S]*restored dags\/safe\.py\n[\s\S]*changed dags\/safe\.py\n/,
    );
    expect(migrated(cwd, 'dags/safe.py')).toBe(true);
    expect(existsSync(join(cwd, 'dags/review.bpg.yaml'))).toBe(false);
    expect((await bpgMigrate(['scan'], { cwd })).stderr).not.toContain('interrupted');
    await bpgMigrate(['undo'], { cwd });
    expect(stateOf(cwd)).toEqual(before);
  });

  it('is taken back by undo, but for what was edited since, which stays and is named', async () => {
    const { cwd } = await interrupted();
    edit(cwd, 'dags/safe.py', (text) => text.replace('application_timeout=43200', 'application_timeout=60'));
    const { code, stderr } = await bpgMigrate(['undo'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/refused {2}dags\/safe\.py: /);
    expect(contentOf(cwd, 'dags/safe.py')).toContain('application_timeout=60');
    expect((await bpgMigrate(['scan'], { cwd })).stderr).not.toContain('interrupted');
  });

  it('leaves none of its own files behind, and touches no other', async () => {
    const { cwd, before } = await interrupted();
    // A file on its way to its place; one that has such a name by chance; a run that died before it wrote anything.
    writeFileSync(join(cwd, 'dags/review.py.1234567890'), contentOf(cwd, 'dags/review.py').slice(0, 40));
    writeFileSync(join(cwd, 'dags/review.py.2024'), '# mine\n');
    mkdirSync(join(cwd, '.bpg-migrate/undo/0002'));
    const { code } = await bpgMigrate(['undo'], { cwd });
    expect(code).toBe(0);
    const { 'dags/review.py.2024': mine, ...rest } = stateOf(cwd);
    expect(mine).toBeDefined();
    expect(rest).toEqual(before);
    expect(readdirSync(join(cwd, '.bpg-migrate/undo'))).toEqual([]);
  });

  it('is left to a process that is still at work', async () => {
    const { cwd } = await interrupted();
    writeFileSync(join(cwd, '.bpg-migrate/undo/0001/process'), `${process.pid}\n`);
    const half = stateOf(cwd);
    for (const args of [['apply'], ['undo'], ['baseline']]) {
      const { code, stderr } = await bpgMigrate(args, { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('another apply is at work (run 0001');
    }
    expect(stateOf(cwd)).toEqual(half);
  });

  it('leaves no run behind when nothing was written', async () => {
    const cwd = folderWith({ ...safeFiles, 'bpg-migrate.yaml': configuration });
    await bpgMigrate(['apply'], { cwd });
    await bpgMigrate(['apply'], { cwd });
    expect(readdirSync(join(cwd, '.bpg-migrate/undo'))).toEqual(['0001']);
  });
});
