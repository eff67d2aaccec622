import { appendFileSync, chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, git, recordInGit, stateOf } from './command.ts';
import { sample } from './sample.ts';

async function expectNothingWritten(cwd: string, says: string, flags: readonly string[] = []): Promise<void> {
  const before = stateOf(cwd);
  const { code, stdout, stderr } = await bpgMigrate(['apply', ...flags], { cwd });
  expect(stderr).toContain(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stateOf(cwd)).toEqual(before);
}

describe('apply in a git work tree', () => {
  it('refuses to write over uncommitted changes unless --allow-dirty', async () => {
    const cwd = folderWith(sample);
    await recordInGit(cwd);
    appendFileSync(join(cwd, 'dags/safe.py'), '# mine\n');
    await expectNothingWritten(cwd, 'dags/safe.py (uncommitted changes)');
    const { code } = await bpgMigrate(['apply', '--allow-dirty'], { cwd });
    expect(code).toBe(0);
    expect(contentOf(cwd, 'dags/safe.py')).toMatch(/BPGOperator[\s\S]*# mine\n$/);
  });

  it('refuses staged, untracked and ignored files, too', async () => {
    const cwd = folderWith({ ...sample, '.gitignore': 'dags/review.py\n' });
    await git(cwd, ['init', '--quiet']);
    await expectNothingWritten(cwd, 'dags/safe.py (untracked)');
    await git(cwd, ['add', 'dags/safe.py']);
    await expectNothingWritten(cwd, 'dags/safe.py (uncommitted changes)');
    await expectNothingWritten(cwd, 'dags/review.py (ignored by git)', ['dags/review.py', '--include', 'review']);
  });

  it('looks only at the files that it would write', async () => {
    const cwd = folderWith(sample);
    await recordInGit(cwd);
    appendFileSync(join(cwd, 'dags/review.py'), '# mine\n');
    writeFileSync(join(cwd, 'untracked.txt'), 'x');
    expect((await bpgMigrate(['apply'], { cwd })).code).toBe(0);
  });

  it('knows its files where the root lies below the top of the work tree', async () => {
    const top = folderWith(Object.fromEntries(Object.entries(sample).map(([path, text]) => [`a b/${path}`, text])));
    await recordInGit(top);
    const cwd = join(top, 'a b');
    appendFileSync(join(cwd, 'dags/safe.py'), '# mine\n');
    await expectNothingWritten(cwd, '  dags/safe.py (uncommitted changes)');
  });

  it('refuses where git can not tell', async () => {
    const cwd = folderWith({ ...sample, '.git': 'no repository\n' });
    await expectNothingWritten(cwd, 'git does not say which files are unchanged');
  });
});

describe('apply where something stands in the way', () => {
  it('leaves a folder in the place of a new document alone', async () => {
    const cwd = folderWith({ ...sample, 'dags/safe.bpg.yaml/keep': 'x' });
    const { code } = await bpgMigrate(['apply'], { cwd });
    expect(code).not.toBe(3);
    expect(contentOf(cwd, 'dags/safe.bpg.yaml/keep')).toBe('x');
    const dag = contentOf(cwd, 'dags/safe.py');
    expect(dag === sample['dags/safe.py'] || !dag.includes('"safe.bpg.yaml"')).toBe(true);
  });

  it('never writes over a request document of another content', async () => {
    const cwd = folderWith({ ...sample, 'dags/safe.bpg.yaml': 'queue: by hand\n' });
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(contentOf(cwd, 'dags/safe.bpg.yaml')).toBe('queue: by hand\n');
  });

  it('never writes through a link out of the root', async () => {
    const outside = folderWith({ 'far.yaml': 'far\n' });
    const cwd = folderWith(sample);
    symlinkSync(join(outside, 'far.yaml'), join(cwd, 'dags/safe.bpg.yaml'));
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(contentOf(outside, 'far.yaml')).toBe('far\n');
  });

  /** As root no permission stops anybody, so the command runs as another user then. */
  const stranger = process.getuid?.() === 0 ? 65534 : undefined;

  it('refuses without permission: the file, then the folder', async () => {
    const cwd = folderWith(sample);
    chmodSync(cwd, 0o755);
    if (stranger !== undefined)
      for (const path of ['.', 'dags', ...readdirSync(join(cwd, 'dags')).map((name) => `dags/${name}`)])
        chownSync(join(cwd, path), stranger, stranger);
    const circumstances = { cwd, ...(stranger === undefined ? {} : { uid: stranger }) };
    for (const [path, locked, open] of [
      ['dags/safe.py', 0o444, 0o644],
      ['dags', 0o555, 0o755],
    ] as const) {
      chmodSync(join(cwd, path), locked);
      const before = stateOf(cwd);
      const { code, stdout, stderr } = await bpgMigrate(['apply'], circumstances);
      expect(stderr).toContain('no permission');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stateOf(cwd)).toEqual(before);
      chmodSync(join(cwd, path), open);
    }
    expect((await bpgMigrate(['apply'], circumstances)).code).toBe(0);
  });

  it('leaves no temporary file behind', async () => {
    const cwd = folderWith(sample);
    mkdirSync(join(cwd, 'empty'));
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    const made = Object.keys(stateOf(cwd)).filter((path) => !(path in sample) && path.includes('.'));
    expect(made).toEqual(['dags/review.bpg.yaml', 'dags/safe.bpg.yaml']);
  });
});
