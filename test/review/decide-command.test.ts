import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, git, recordInGit, stateOf } from '../cli/command.ts';
import { sample } from '../cli/sample.ts';

const safe = 'dags/safe.py#safe_dag.submit';
const review = 'dags/review.py#review_dag.submit';

async function decide(cwd: string, ...args: readonly string[]) {
  return bpgMigrate(['decide', ...args], { cwd });
}
async function decisionsOf(cwd: string): Promise<Record<string, string | null>> {
  const { stdout } = await bpgMigrate(['scan', '--format', 'json'], { cwd });
  const { tasks } = JSON.parse(stdout);
  return Object.fromEntries(tasks.map(({ id, decision }: { id: string; decision: string | null }) => [id, decision]));
}

describe('decide', () => {
  it('lists what a filter matches without an action, and decides nothing', async () => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const { code, stdout, stderr } = await decide(cwd, 'verdict:safe');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^undecided dags\/safe\.py#safe_dag\.submit [0-9a-f]{12}\n$/);
    expect(stderr).toContain('nothing was decided');
    expect(stateOf(cwd)).toEqual(before);
  });

  it('decides by filter, task and change id; scan shows it, undo and redo go back and forth', async () => {
    const cwd = folderWith(sample);
    const change = (await decide(cwd, 'verdict:review')).stdout.trim().split(' ')[2] ?? '';
    expect((await decide(cwd, 'verdict:safe', '--accept')).stdout).toBe(`accepted ${safe}\n`);
    expect((await decide(cwd, change, '--accept')).stdout).toBe(`accepted ${review}\n`);
    expect((await decide(cwd, review, '--reject')).stdout).toBe(`rejected ${review}\n`);
    expect(await decisionsOf(cwd)).toMatchObject({ [safe]: 'accepted', [review]: 'rejected' });
    expect((await decide(cwd, '--undo')).stdout).toBe(`accepted ${review}\n`);
    expect((await decide(cwd, '--undo')).stdout).toBe(`undecided ${review}\n`);
    expect((await decide(cwd, '--redo')).stdout).toBe(`accepted ${review}\n`);
    expect((await decide(cwd, 'dag:*', '--reset')).stdout.split('\n')).toHaveLength(3);
    expect(await decisionsOf(cwd)).toMatchObject({ [safe]: null, [review]: null });
    const again = await decide(cwd, 'dag:*', '--reset');
    expect(again.stderr).toContain('nothing changed');
  });

  it('takes all that flags select where nothing else is named, and tells their number first', async () => {
    const cwd = folderWith(sample);
    const seen = await decide(cwd, '--dag', 'safe_dag');
    expect(seen.stdout).toMatch(/^undecided dags\/safe\.py#safe_dag\.submit [0-9a-f]{12}\n$/);
    expect(seen.stderr).toMatch(/1 task: --dag safe_dag\n[\s\S]*nothing was decided/);
    const { code, stdout, stderr } = await decide(cwd, '--dag', 'safe_dag', '--accept');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `accepted ${safe}\n` });
    expect(stderr).toMatch(/1 task: --dag safe_dag\n[\s\S]*1 task accepted/);
    expect(await decisionsOf(cwd)).toMatchObject({ [safe]: 'accepted', [review]: null });
  });

  it('leaves what can not be decided, and says so', async () => {
    const cwd = folderWith(sample);
    const { code, stdout, stderr } = await decide(cwd, 'verdict:manual', '--accept');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('1 task without a change');
  });

  it.each([
    [['verdict:save', '--accept'], 'takes safe, review, manual'],
    [['abcdef012345', '--accept'], 'no legacy task has the change abcdef012345'],
    [['verdict:safe', '--accept', '--reject'], 'one action'],
    [['verdict:safe', '--undo'], 'says nothing'],
    [['--accept'], 'about what?'],
    [[''], 'empty'],
  ])('refuses %j and changes nothing', async (args, reason) => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const { code, stderr } = await decide(cwd, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(stateOf(cwd)).toEqual(before);
  });

  it('keeps to itself in git what is not decided or recorded', async () => {
    const cwd = folderWith(sample);
    await recordInGit(cwd);
    await decide(cwd, 'verdict:safe', '--accept');
    const { stdout } = await git(cwd, ['status', '--porcelain', '--untracked-files=all']);
    expect(stdout).toBe('?? .bpg-migrate/decisions.json\n');
  });

  it('says which file it can not read, in every command that shows decisions, and writes nothing', async () => {
    const cwd = folderWith({ ...sample, '.bpg-migrate/decisions.json': '<<<<<<< HEAD\n' });
    for (const args of [['scan'], ['decide', 'dag:*', '--accept'], ['apply', '--accepted']]) {
      const { code, stderr } = await bpgMigrate(args, { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('.bpg-migrate/decisions.json: it is no JSON object');
    }
    expect(contentOf(cwd, '.bpg-migrate/decisions.json')).toBe('<<<<<<< HEAD\n');
  });

  it('never follows a link out of the root', async () => {
    const elsewhere = folderWith({});
    const cwd = folderWith(sample);
    symlinkSync(elsewhere, join(cwd, '.bpg-migrate'));
    const { code, stderr } = await decide(cwd, 'dag:*', '--accept');
    expect(code).toBe(2);
    expect(stderr).toContain('is a link');
    expect(stateOf(elsewhere)).toEqual({});
  });

  it('says when it can not save', async () => {
    const cwd = folderWith(sample);
    mkdirSync(join(cwd, '.bpg-migrate/decision-steps.jsonl'), { recursive: true });
    const { code, stderr } = await decide(cwd, 'dag:*', '--accept');
    expect(code).toBe(2);
    expect(stderr).toContain('can not be written');
  });
});

describe('apply and what was decided', () => {
  it('--accepted writes exactly what was accepted, whatever its verdict', async () => {
    const cwd = folderWith(sample);
    const nothing = await bpgMigrate(['apply', '--accepted'], { cwd });
    expect(nothing.stdout).not.toMatch(/^(?:changed|new)/m);
    await decide(cwd, 'verdict:review', '--accept');
    const { code, stdout } = await bpgMigrate(['apply', '--accepted'], { cwd });
    expect(code).toBe(0);
    expect(stdout.match(/^(?:changed|new).*$/gm)).toEqual(['new     dags/review.bpg.yaml', 'changed dags/review.py']);
    expect(contentOf(cwd, 'dags/safe.py')).toContain('SparkKubernetesOperator(');
    const patch = await bpgMigrate(['diff', '--accepted'], { cwd });
    expect(patch.stdout).toBe('');
  });

  it('leaves what was rejected, also when it is safe', async () => {
    const cwd = folderWith(sample);
    await decide(cwd, safe, '--reject');
    const { stdout } = await bpgMigrate(['apply'], { cwd });
    expect(stdout).not.toMatch(/^(?:changed|new)/m);
    expect(stdout).toContain('safe_dag.submit (safe, rejected)');
  });

  it('does not take what changed since as accepted', async () => {
    const cwd = folderWith(sample);
    await decide(cwd, safe, '--accept');
    writeFileSync(join(cwd, 'dags/safe.yaml'), contentOf(cwd, 'dags/safe.yaml').replace('512m', '768m'));
    expect((await decisionsOf(cwd))[safe]).toBeNull();
    const { stdout, stderr } = await bpgMigrate(['apply', '--accepted'], { cwd });
    expect(stdout).not.toMatch(/^(?:changed|new)/m);
    expect(stderr).toContain(`1 changed since accepted, so not taken as accepted: ${safe}`);
    expect((await decide(cwd, 'decision:changed')).stdout).toContain(safe);
  });

  it('finds decisions again after edits elsewhere in the file', async () => {
    const cwd = folderWith(sample);
    await decide(cwd, safe, '--accept');
    writeFileSync(join(cwd, 'dags/safe.py'), `# a comment\n${contentOf(cwd, 'dags/safe.py')}`);
    expect((await decisionsOf(cwd))[safe]).toBe('accepted');
  });

  it.each([['--include', 'review'], ['--check']])('refuses --accepted beside %s', async (...flags) => {
    const { code } = await bpgMigrate(['apply', '--accepted', ...flags], { cwd: folderWith(sample) });
    expect(code).toBe(2);
  });
});
