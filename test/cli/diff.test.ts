import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, folderWith, git, recordInGit, stateOf } from './command.ts';
import { sample } from './sample.ts';

describe('diff', () => {
  it.each([[[]], [['--include', 'review']], [['--dag', 'review*', '--include', 'review']]])(
    'with %j is what apply makes, by git',
    async (flags) => {
      const byGit = folderWith(sample);
      await recordInGit(byGit);
      const patch = await bpgMigrate(['diff', ...flags], { cwd: byGit });
      expect(patch.code).toBe(0);
      expect(patch.stdout).toMatch(/^diff --git a\/dags\//);
      expect(await git(byGit, ['status', '--porcelain'])).toMatchObject({ stdout: '' });
      await git(byGit, ['apply', '--check', '-'], patch.bytes);
      await git(byGit, ['apply', '-'], patch.bytes);
      const byApply = folderWith(sample);
      expect((await bpgMigrate(['apply', ...flags], { cwd: byApply })).code).toBe(0);
      expect(stateOf(byGit)).toEqual(stateOf(byApply));
    },
  );

  it('writes a latin-1 file as latin-1', async () => {
    const text = `# -*- coding: latin-1 -*-\n# café\n${sample['dags/safe.py']}`;
    const cwd = folderWith({ ...sample, 'dags/safe.py': Buffer.from(text, 'latin1') });
    await recordInGit(cwd);
    const patch = await bpgMigrate(['diff'], { cwd });
    expect(patch.bytes.includes(Buffer.from('caf\u00e9', 'latin1'))).toBe(true);
    await git(cwd, ['apply', '-'], patch.bytes);
  });

  it('is empty where there is nothing to write', async () => {
    const { code, stdout } = await bpgMigrate(['diff', '--verdict', 'manual'], { cwd: folderWith(sample) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('talks on stderr only, and says what waits for consent', async () => {
    const cwd = folderWith(sample);
    const loud = await bpgMigrate(['diff'], { cwd });
    const quiet = await bpgMigrate(['diff', '--quiet'], { cwd });
    expect(loud.stderr).toContain('1 change; 1 more with --include review');
    expect(quiet.stderr).toBe('');
    expect(quiet.bytes).toEqual(loud.bytes);
  });

  it('says how git takes it where the root is not the top of the work tree', async () => {
    const top = folderWith(sample);
    mkdirSync(join(top, 'team'));
    for (const part of ['dags', 'bpg-migrate.yaml']) renameSync(join(top, part), join(top, 'team', part));
    await recordInGit(top);
    const patch = await bpgMigrate(['diff'], { cwd: join(top, 'team') });
    expect(patch.stderr).toContain('`git apply --directory=team`');
    await git(top, ['apply', '--directory=team', '-'], patch.bytes);
    expect((await git(top, ['status', '--porcelain'])).stdout).toContain('team/dags/safe.py');
  });

  it('shows the same files side by side and as JSON', async () => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const columns = await bpgMigrate(['diff', '--format', 'side-by-side'], { cwd });
    const json = await bpgMigrate(['diff', '--format', 'json'], { cwd });
    expect([columns.code, json.code]).toEqual([0, 0]);
    for (const path of ['dags/safe.py', 'dags/safe.bpg.yaml']) {
      expect(columns.stdout).toContain(path);
      expect(JSON.stringify(JSON.parse(json.stdout))).toContain(path);
    }
    expect(json.stdout).not.toContain('dags/review.py');
    expect(stateOf(cwd)).toEqual(before);
  });
});
