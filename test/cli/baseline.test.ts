import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, git, recordInGit, stateOf } from './command.ts';
import { configuration, safeFiles, sample } from './sample.ts';

const file = '.bpg-migrate/baseline.json';

it('lets the check fail for new tasks only, wherever the old ones move, and is pruned by the next baseline', async () => {
  const cwd = folderWith(sample);
  await recordInGit(cwd);
  const first = await bpgMigrate(['baseline'], { cwd });
  expect(first).toMatchObject({ code: 0, stdout: `${file}\n` });
  expect(first.stderr).toContain('3 legacy tasks recorded: 3 new, 0 taken off');
  const recorded = JSON.parse(contentOf(cwd, file));
  expect(recorded).toMatchObject({
    version: 1,
    tasks: [{ file: 'dags/made.py', dag: 'manual_dag', task: 'submit' }, {}, {}],
  });
  const { stdout: seen } = await git(cwd, ['status', '--porcelain', '--untracked-files=all']);
  expect(seen).toBe(`?? ${file}\n`);

  // Another name, other lines, another layout.
  renameSync(join(cwd, 'dags/review.py'), join(cwd, 'dags/renamed.py'));
  const made = contentOf(cwd, 'dags/made.py');
  writeFileSync(
    join(cwd, 'dags/made.py'),
    `# moved\n\n${made.replace(/\(\n\s+task_id="submit",\n\s+/, "(task_id='submit', # first\n        ")}`,
  );
  expect(contentOf(cwd, 'dags/made.py')).not.toContain('"submit"');
  const before = stateOf(cwd);
  const clean = await bpgMigrate(['apply', '--check'], { cwd });
  expect(clean.stdout).toBe('');
  expect(clean.code).toBe(0);
  expect(clean.stderr).toContain('0 legacy, 3 in the baseline');
  const { stdout: annotations } = await bpgMigrate(['report', '--format', 'github'], { cwd });
  expect(annotations).not.toMatch(/payload-at-run-time|no-route/);
  expect(annotations).toContain('3 of them in the baseline');
  expect(stateOf(cwd)).toEqual(before);

  // Another call is a new task, and the old entry is gone; one that was moved is taken off as well.
  writeFileSync(join(cwd, 'dags/made.py'), made.replace('build("x")', 'build("y")'));
  rmSync(join(cwd, 'dags/safe.py'));
  const changed = await bpgMigrate(['apply', '--check'], { cwd });
  expect(changed.code).toBe(1);
  expect(changed.stdout).toMatch(/^dags\/made\.py:\d+:\d+: legacy manual_dag\.submit \(manual\)\n$/);
  expect(changed.stderr).toContain('no longer there: dags/made.py#manual_dag.submit');
  expect(changed.stderr).toContain('no longer there: dags/safe.py#safe_dag.submit');
  const second = await bpgMigrate(['baseline'], { cwd });
  expect(second.stderr).toContain('2 legacy tasks recorded: 1 new, 2 taken off');
  const files = JSON.parse(contentOf(cwd, file)).tasks.map((entry: { file: string }) => entry.file);
  expect(files).toEqual(['dags/made.py', 'dags/renamed.py']);
  expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(0);
});

it('keeps what lies outside of the paths and the selection', async () => {
  const cwd = folderWith({
    ...sample,
    'other/safe.py': safeFiles['dags/safe.py'] ?? '',
    'other/safe.yaml': safeFiles['dags/safe.yaml'] ?? '',
  });
  await bpgMigrate(['baseline', 'dags', 'other'], { cwd });
  const all = contentOf(cwd, file);
  expect(JSON.parse(all).tasks).toHaveLength(4);
  expect((await bpgMigrate(['baseline', 'other'], { cwd })).stderr).toContain('4 legacy tasks recorded: 0 new');
  expect(contentOf(cwd, file)).toBe(all);
  await bpgMigrate(['baseline', '--dag', 'safe_*'], { cwd });
  expect(contentOf(cwd, file)).toBe(all);
  const check = await bpgMigrate(['apply', '--check', '--dag', 'review_dag'], { cwd });
  expect(check.code).toBe(0);
  expect(check.stderr).not.toContain('no longer there');
});

it('refuses a baseline that it can not read, and changes nothing', async () => {
  const cwd = folderWith({ ...sample, [file]: '<<<<<<< ours' });
  const before = stateOf(cwd);
  for (const args of [['baseline'], ['apply', '--check']]) {
    const { code, stderr } = await bpgMigrate(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}: it is no JSON`);
  }
  expect(stateOf(cwd)).toEqual(before);
});

it('fails the check when a document changed after its translation, and names it', async () => {
  // Only the file's own header says what it was translated from.
  const templated = configuration.replace('profile: published', 'profile: standalone');
  const cwd = folderWith({ ...safeFiles, 'bpg-migrate.yaml': templated });
  expect((await bpgMigrate(['apply', '--include', 'review'], { cwd })).stdout).toContain('new     dags/safe.bpg.yaml');
  expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(0);
  writeFileSync(join(cwd, 'dags/safe.yaml'), `${contentOf(cwd, 'dags/safe.yaml')}# edited\n`);
  const { code, stdout } = await bpgMigrate(['apply', '--check', '--quiet'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^dags\/safe\.py:\d+:\d+: drifted dags\/safe\.bpg\.yaml .*safe\.yaml was changed since\n$/);
});

it('remembers what a JSON request was translated from, which the request itself can not say', async () => {
  const asFile = configuration.replace('profile: published', 'profile: standalone, payload: file');
  const cwd = folderWith({ ...safeFiles, 'bpg-migrate.yaml': asFile });
  expect((await bpgMigrate(['apply', '--include', 'review'], { cwd })).stdout).toContain('new     dags/safe.bpg.json');
  const sources = contentOf(cwd, '.bpg-migrate/sources.json');
  expect(JSON.parse(sources)).toEqual({
    version: 1,
    sources: { 'dags/safe.bpg.json': { source: 'dags/safe.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  });
  expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(0);
  writeFileSync(join(cwd, 'dags/safe.yaml'), `${contentOf(cwd, 'dags/safe.yaml')}# edited\n`);
  const { code, stdout } = await bpgMigrate(['apply', '--check', '--quiet'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^dags\/safe\.py:\d+:\d+: drifted dags\/safe\.bpg\.json .*safe\.yaml was changed since\n$/);
  // A damaged memory costs the check of drift, and nothing else.
  writeFileSync(join(cwd, '.bpg-migrate/sources.json'), '<<<<<<< ours');
  expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(0);
});
