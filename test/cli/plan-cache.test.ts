import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryFor, keepPlan, recallPlan } from '../../cli/plan-cache.ts';
import { loadOptions, type PlanRequest, planProject, renderJson, type Seen } from '../../src/index.ts';
import { bpgMigrate, contentOf, folderWith, git, recordInGit } from './command.ts';
import { sample } from './sample.ts';

/** Large enough that keeping its plan pays. */
const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`dags/plain_${index}.py`, `X = ${index}\n`]));
const files: Readonly<Record<string, string>> = {
  ...sample,
  ...many,
  'requirements.txt': 'apache-airflow==2.10.3\n',
  'dags/.airflowignore': 'archive\n',
};

const today = '2026-01-01';
const all: PlanRequest = {
  paths: [],
  selection: { dags: [], tasks: [], connections: [], verdicts: [] },
};

function questionIn(root: string, build = 'one', request: PlanRequest = all) {
  const loaded = loadOptions({ cwd: root });
  if (!loaded.ok) throw new Error('the configuration of the sample is right');
  return { options: loaded.options, request, entry: entryFor(build, loaded.options, request) };
}

/** Plans, keeps the plan, and gives what must be told again. */
async function kept(root: string): Promise<{ entry: string; json: string }> {
  const { options, request, entry } = questionIn(root);
  const seen: Seen[] = [];
  const plan = await planProject(options, { ...request, today, remember: (one) => seen.push(one) });
  keepPlan(root, entry, today, seen, plan);
  return { entry, json: renderJson(plan.report) };
}

/** What is told of the tree as it is now; null where it has to be planned. */
function recalled(root: string, day = today): string | null {
  const plan = recallPlan(root, questionIn(root).entry, day);
  return plan === null ? null : renderJson(plan.report);
}

const write = (path: string, text: string) => (root: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};

describe('a plan that is kept', () => {
  it.each<[string, (root: string) => void]>([
    ['nothing', () => {}],
    ['a file that no plan looks at', write('README.md', 'read me\n')],
    ['a file below an ignored folder', write('dags/archive/old.py', 'SparkKubernetesOperator(\n')],
    ['the time of a file', (root) => writeFileSync(join(root, 'dags/safe.py'), contentOf(root, 'dags/safe.py'))],
    ['a document that no task names', write('dags/other.yaml', 'a: 1\n')],
  ])('is told again after a change of %s', async (_, change) => {
    const root = folderWith(files);
    const { json } = await kept(root);
    change(root);
    expect(recalled(root)).toBe(json);
  });

  it.each<[string, (root: string) => void]>([
    ['a DAG', write('dags/safe.py', 'X = 1\n')],
    ['a file without a task', write('dags/plain_3.py', 'X = "known"\n')],
    ['a document', (root) => write('dags/safe.yaml', `${contentOf(root, 'dags/safe.yaml')}# more\n`)(root)],
    ['a document that is gone', (root) => rmSync(join(root, 'dags/safe.yaml'))],
    ['a DAG that is new', write('dags/new/new.py', files['dags/safe.py'] ?? '')],
    ['a DAG that is gone', (root) => rmSync(join(root, 'dags/made.py'))],
    ['a DAG that has another name', (root) => renameSync(join(root, 'dags/made.py'), join(root, 'dags/mode.py'))],
    [
      'the configuration',
      (root) => write('bpg-migrate.yaml', `${contentOf(root, 'bpg-migrate.yaml')}strict: [waits]\n`)(root),
    ],
    ['an ignore file', write('dags/.airflowignore', 'made\n')],
    ['a new ignore file', write('dags/.gitignore', 'safe.py\n')],
    ['a module beside the DAGs', write('plugins/other.py', 'class SparkKubernetesOperator: pass\n')],
    ['a link instead of a folder', (root) => symlinkSync(join(root, 'dags'), join(root, 'plugins'))],
  ])('is void after a change of %s', async (_, change) => {
    const root = folderWith(files);
    await kept(root);
    change(root);
    expect(recalled(root)).toBeNull();
  });

  it('is void when versions are pinned elsewhere and nothing is configured', async () => {
    const root = folderWith({ ...files, 'bpg-migrate.yaml': 'version: 1\n' });
    const { json } = await kept(root);
    expect(recalled(root)).toBe(json);
    write('requirements.txt', 'apache-airflow==3.0.0\n')(root);
    expect(recalled(root)).toBeNull();
    write('requirements.txt', 'apache-airflow==2.10.3\n')(root);
    expect(recalled(root)).toBe(json);
    write('constraints.txt', 'apache-airflow-providers-cncf-kubernetes==9.0.1\n')(root);
    expect(recalled(root)).toBeNull();
  });

  it('holds on another machine, and for its own program and question only', async () => {
    const root = folderWith(files);
    const { json, entry } = await kept(root);
    const elsewhere = folderWith(files);
    cpSync(join(root, '.bpg-migrate'), join(elsewhere, '.bpg-migrate'), { recursive: true });
    expect(recalled(elsewhere)).toBe(json);
    expect(contentOf(root, entry)).not.toContain(root);
    const others = [questionIn(root, 'two'), questionIn(root, 'one', { ...all, paths: ['dags'] })];
    expect(others.map((other) => other.entry)).not.toContain(entry);
  });

  it('is void the day after, where something holds until a day, and only there', async () => {
    const root = folderWith(files);
    await kept(root);
    expect(recalled(root, '2026-01-02')).not.toBeNull();
    write(
      'dags/safe.py',
      (files['dags/safe.py'] ?? '').replace(
        '    submit = ',
        '    # bpg-migrate: ignore[later; until 2027-01-01]\n    submit = ',
      ),
    )(root);
    await kept(root);
    expect(recalled(root)).not.toBeNull();
    expect(recalled(root, '2026-01-02')).toBeNull();
  });

  it.each<[string, (text: string) => string]>([
    ['is cut off', (text) => text.slice(0, -20)],
    ['is empty', () => ''],
    ['is something else', () => '{}'],
    ['has another letter', (text) => text.replace('safe_dag', 'sage_dag')],
  ])('is none when its file %s', async (_, damage) => {
    const root = folderWith(files);
    const { entry, json } = await kept(root);
    writeFileSync(join(root, entry), damage(contentOf(root, entry)));
    expect(recalled(root)).toBeNull();
    await kept(root);
    expect(recalled(root)).toBe(json);
  });

  it('is not kept for a small tree, nor where nothing can be written', async () => {
    const small = folderWith(sample);
    await kept(small);
    expect(existsSync(join(small, '.bpg-migrate'))).toBe(false);
    const linked = folderWith(files);
    symlinkSync(folderWith({}), join(linked, '.bpg-migrate'));
    await kept(linked);
    expect(recalled(linked)).toBeNull();
  });

  it('leaves only the last questions behind', async () => {
    const root = folderWith(files);
    const { entry } = await kept(root);
    for (let index = 0; index < 40; index += 1)
      writeFileSync(join(root, '.bpg-migrate/cache', `${String(index).padStart(32, '0')}.json`), 'old');
    await kept(root);
    expect(readdirSync(join(root, '.bpg-migrate/cache'))).toHaveLength(24);
    expect(existsSync(join(root, entry))).toBe(true);
  });
});

it('tells the same bytes from the cache, keeps it out of git, and takes no word of it for a file to write', async () => {
  const cwd = folderWith(files);
  await recordInGit(cwd);
  const scan = (...more: string[]) => bpgMigrate(['scan', '--format', 'json', ...more], { cwd });
  const plain = await scan('--no-cache');
  expect(existsSync(join(cwd, '.bpg-migrate'))).toBe(false);
  const first = await scan('--timing');
  expect(first.stderr).toMatch(/^decide +\d+ ms$/m);
  const second = await scan('--timing');
  expect(second.stderr).toMatch(/^look again +\d+ ms\ntell +\d+ ms\nall +\d+ ms$/m);
  expect(first.bytes).toEqual(plain.bytes);
  expect(second.bytes).toEqual(plain.bytes);
  expect((await git(cwd, ['status', '--porcelain'])).stdout).toBe('');
  for (const args of [
    ['apply', '--check'],
    ['report', '--format', 'md,junit,sarif,csv,jsonl,json', '--output', 'out'],
  ]) {
    const fresh = await bpgMigrate([...args, '--no-cache'], { cwd });
    const told = await bpgMigrate(args, { cwd });
    expect([told.code, told.stdout, told.stderr]).toEqual([fresh.code, fresh.stdout, fresh.stderr]);
  }
  expect((await bpgMigrate(['apply'], { cwd })).stdout).toContain('changed dags/safe.py');
});

it('works where nothing can be written', async () => {
  const cwd = folderWith(files);
  chmodSync(cwd, 0o555);
  const answer = await bpgMigrate(['scan', '--format', 'json'], { cwd, uid: 65534 });
  expect(answer.code).toBe(0);
  expect(answer.stderr).not.toMatch(/cache|written|permission/);
  expect(existsSync(join(cwd, '.bpg-migrate'))).toBe(false);
});
