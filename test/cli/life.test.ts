/** The life of a repository, in git: from the first baseline to the last task moved, by the commands that CI would run. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Answer, bpgMigrate, contentOf, folderWith, git, recordInGit, stateOf } from './command.ts';
import { configuration, safeFiles, sensorFiles } from './sample.ts';

const dag = (id: string): string =>
  (safeFiles['dags/safe.py'] ?? '').replace('safe_dag', id).replace('safe.yaml', `${id}.yaml`);
const document = safeFiles['dags/safe.yaml'] ?? '';
const tree = {
  'bpg-migrate.yaml': `${configuration.replace('profile: published', 'profile: standalone')}waves:\n  first: 1\n  waiting_dag: 2\n  last: 2\n`,
  'dags/first.py': dag('first'),
  'dags/first.yaml': document,
  'dags/last.py': dag('last'),
  'dags/last.yaml': document,
  ...sensorFiles,
};

it('goes from a baseline to nothing left', async () => {
  const cwd = folderWith(tree);
  const run = (...args: string[]): Promise<Answer> => bpgMigrate(args, { cwd });
  const record = async (message: string): Promise<void> => {
    await git(cwd, ['add', '--all']);
    await git(cwd, ['commit', '--quiet', '--allow-empty', '--message', message]);
  };
  const check = async (): Promise<[number | null, string]> => {
    const { code, stdout } = await run('apply', '--check', '--quiet');
    return [code, stdout];
  };
  await recordInGit(cwd);
  await git(cwd, ['branch', '--move', 'main']);
  expect((await check())[0]).toBe(1);

  // What is there is agreed on; a new task is not.
  expect((await run('baseline')).stderr).toContain('3 legacy tasks recorded: 3 new, 0 taken off');
  await record('baseline');
  expect(await check()).toEqual([0, '']);
  await git(cwd, ['switch', '--quiet', '--create', 'feature']);
  writeFileSync(join(cwd, 'dags/new.py'), dag('new_one'));
  writeFileSync(join(cwd, 'dags/new_one.yaml'), document);
  await record('one more');
  const [refused, why] = await check();
  expect(refused).toBe(1);
  expect(why).toMatch(/^dags\/new\.py:\d+:\d+: legacy new_one\.submit \(safe\)\n$/);
  const { stdout: shown } = await run('report', '--since', 'main', '--format', 'github', '--quiet');
  expect(shown).toContain('::notice title=bpg-migrate::1 legacy task (1 safe');
  await git(cwd, ['switch', '--quiet', 'main']);
  await git(cwd, ['branch', '--quiet', '-D', 'feature']);

  // The first wave, as a patch that a bot made; meanwhile main goes on.
  const out = folderWith({});
  expect((await run('diff', '--split', 'wave', '--include', 'review', '--output', out)).code).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['split.json', 'wave-1.patch', 'wave-2.patch']);
  const [first] = JSON.parse(contentOf(out, 'split.json')).patches;
  await git(cwd, ['switch', '--quiet', '--create', first.branch]);
  await git(cwd, ['apply', '--index', join(out, first.patch)]);
  await git(cwd, ['commit', '--quiet', '--message', first.message]);
  await git(cwd, ['switch', '--quiet', 'main']);
  writeFileSync(join(cwd, 'dags/first.py'), `"""Daily."""\n\n${contentOf(cwd, 'dags/first.py')}`);
  await record('main goes on');
  await git(cwd, ['rebase', '--quiet', 'main', first.branch]);
  await git(cwd, ['switch', '--quiet', 'main']);
  await git(cwd, ['merge', '--quiet', '--ff-only', first.branch]);
  expect(contentOf(cwd, 'dags/first.py')).toMatch(/^"""Daily\."""\n[\s\S]*BPGOperator\(/);
  expect(await check()).toEqual([0, '']);
  expect((await run('apply', '--check')).stderr).toContain('no longer there: dags/first.py#first.submit');
  expect((await run('baseline')).stderr).toContain('2 legacy tasks recorded: 0 new, 1 taken off');
  await record('two left');

  // The second wave by apply; it was too early, and somebody has edited a file since.
  const before = stateOf(cwd);
  const applied = await run('apply', '--include', 'review');
  expect(applied.code).toBe(0);
  expect(applied.stdout).toContain('changed dags/waits.py');
  writeFileSync(join(cwd, 'dags/last.py'), `${contentOf(cwd, 'dags/last.py')}# a note\n`);
  expect((await run('undo')).code).toBe(0);
  expect(contentOf(cwd, 'dags/last.py')).toBe(`${dag('last')}# a note\n`);
  await git(cwd, ['checkout', '--quiet', 'dags/last.py']);
  expect(stateOf(cwd)).toEqual(before);

  // Now it is time. A task that came back would be refused like a new one.
  expect((await run('apply', '--include', 'review', '--quiet')).code).toBe(0);
  await record('all moved');
  expect(await check()).toEqual([0, '']);
  expect((await run('baseline')).stderr).toContain('0 legacy tasks recorded: 0 new, 2 taken off');
  expect(JSON.parse(contentOf(cwd, '.bpg-migrate/baseline.json')).tasks).toEqual([]);
  await record('nothing left');
  const { summary } = JSON.parse((await run('scan', '--format', 'json')).stdout);
  expect(summary).toMatchObject({ legacy: 0, migrated: 3, sensors: 0 });
  expect((await run('apply')).stdout).toBe('');
  expect((await git(cwd, ['status', '--porcelain'])).stdout).toBe('');
  await git(cwd, ['checkout', '--quiet', 'HEAD~5', '--', 'dags/waits.py']);
  expect((await check())[0]).toBe(1);
}, 120_000);
