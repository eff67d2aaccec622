/** `verify` around the interpreter: a stand-in that finds one task in each DAG file. Real Airflow: test/verify. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Verification } from '../../src/index.ts';
import { type Answer, bpgMigrate, builtCommand, contentOf, folderWith, git, recordInGit, stateOf } from './command.ts';
import { configuration, reviewFiles, safeFiles } from './sample.ts';

/** Answers like the probe: a file with `BPGOperator(` holds a migrated task, whose request lies beside it. */
const standIn = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
if (process.argv[2] === '-c') { console.log(process.argv[3].includes('sys.path') ? '[]' : __filename); process.exit(); }
const log = path.join(path.dirname(__filename), 'asked.jsonl');
const [, , , asking, answering] = process.argv;
const asked = JSON.parse(fs.readFileSync(asking, 'utf8'));
fs.appendFileSync(log, JSON.stringify({ asked, env: Object.keys(process.env).sort(), cwd: process.cwd(), pid: process.pid }) + '\\n');
const setting = path.join(asked.root, 'stand-in.json');
const extra = fs.existsSync(setting) ? JSON.parse(fs.readFileSync(setting, 'utf8')) : {};
if (extra.hangs) setTimeout(() => {}, 60000);
else if (extra.dies) { console.error('last words'); process.exit(7); }
else {
  const dags = {};
  for (const folder of asked.paths) for (const name of fs.readdirSync(folder).filter((one) => one.endsWith('.py'))) {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const id = /DAG\\("(\\w+)"/.exec(text)?.[1];
    if (id === undefined) continue;
    const migrated = text.includes('BPGOperator(');
    const file = path.join(folder, name.replace('.py', migrated ? '.bpg.yaml' : '.yaml'));
    const task = {
      class: migrated ? 'BPGOperator' : 'SparkKubernetesOperator', module: 'm', role: migrated ? 'target' : 'operator',
      mapped: false, group: null, upstream: [], downstream: [], given: [], base: { pool: /pool="(\\w+)"/.exec(text)?.[1] ?? '' },
      own: migrated ? { connection_id: 'bpg_connection' } : {}, expand: null, templateFields: [],
      documents: [{ index: null, kind: 'text', text: fs.readFileSync(file, 'utf8'), overrides: {}, standIns: [] }],
    };
    dags[id] = { file: 'dags/' + name, attributes: {}, tasks: { submit: task } };
  }
  const answer = { airflow: '2.10.3', provider: '9.0.1', python: '3.11.7', importErrors: {}, dags, ...extra };
  fs.writeFileSync(answering, JSON.stringify(answer));
}
`;

interface Asked {
  readonly asked: Readonly<Record<string, unknown>>;
  readonly env: readonly string[];
  readonly cwd: string;
  readonly pid: number;
}

function interpreter(): { readonly path: string; asked(): Asked[] } {
  const folder = folderWith({ 'python.cjs': standIn });
  const path = join(folder, 'python.cjs');
  chmodSync(path, 0o755);
  const log = join(folder, 'asked.jsonl');
  const lines = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  return { path, asked: () => lines().map((line) => JSON.parse(line) as Asked) };
}

const files = { 'bpg-migrate.yaml': configuration, ...safeFiles, ...reviewFiles };
const resultOf = ({ stdout }: Answer): Verification => JSON.parse(stdout) as Verification;
/** Places of copies that are still there. */
const left = (python: { asked(): Asked[] }): string[] =>
  python.asked().flatMap(({ cwd }) => (existsSync(dirname(cwd)) ? cwd : []));

async function repository(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = folderWith({ ...files, ...more });
  await recordInGit(cwd);
  return cwd;
}

describe('verify', () => {
  it('compares the work tree with what apply would make of it, and writes nothing', async () => {
    const [cwd, python] = [await repository(), interpreter()];
    const untouched = stateOf(cwd);
    const answer = await bpgMigrate(['verify', '--python', python.path, '--format', 'json'], { cwd });
    expect(answer.code).toBe(0);
    expect(resultOf(answer)).toMatchObject({
      mode: 'planned',
      before: 'the work tree',
      summary: { dags: 2, migrated: 1, requests: 1, legacy: 1, unexplained: 0 },
    });
    expect(stateOf(cwd)).toEqual(untouched);
    expect(answer.stderr).toContain('verify executes the DAG files with');
  });

  it('takes what needs consent on demand', async () => {
    const [cwd, python] = [await repository(), interpreter()];
    const flags = ['--python', python.path, '--include', 'review', '--format', 'json'];
    expect(resultOf(await bpgMigrate(['verify', ...flags], { cwd })).summary).toMatchObject({
      migrated: 2,
      requests: 2,
    });
  });

  it('compares what git has recorded with the work tree, once something was applied', async () => {
    const [cwd, python] = [await repository(), interpreter()];
    await bpgMigrate(['apply'], { cwd });
    const clean = await bpgMigrate(['verify', '--python', python.path, '--format', 'json'], { cwd });
    expect(resultOf(clean)).toMatchObject({
      mode: 'applied',
      before: 'HEAD',
      summary: { migrated: 1, unexplained: 0 },
    });
    expect(clean.code).toBe(0);
    const request = contentOf(cwd, 'dags/safe.bpg.yaml').replace('instances: 2', 'instances: 3');
    writeFileSync(join(cwd, 'dags/safe.bpg.yaml'), request);
    const spoiled = await bpgMigrate(['verify', '--python', python.path], { cwd });
    expect(spoiled.code).toBe(1);
    expect(spoiled.stdout).toContain('submit: executor.instances is not what the document before comes to');
    expect(spoiled.stdout).toMatch(/was 2\n {6}is {2}3\n/);
  });

  it('looks back to any commit, from a root below the top of the repository, and leaves the index alone', async () => {
    const below = Object.fromEntries(Object.entries(files).map(([path, text]) => [`team/airflow/${path}`, text]));
    const top = folderWith(below);
    await recordInGit(top);
    const [cwd, python] = [join(top, 'team/airflow'), interpreter()];
    await bpgMigrate(['apply'], { cwd });
    await git(top, ['add', '--all']);
    const index = (await git(top, ['ls-files', '--stage'])).stdout;
    await git(top, ['commit', '--quiet', '--message', 'migrated']);
    const flags = ['--python', python.path, '--before', 'HEAD~1', '--format', 'json'];
    const answer = await bpgMigrate(['verify', ...flags], { cwd });
    expect(resultOf(answer)).toMatchObject({ before: 'HEAD~1', summary: { migrated: 1, unexplained: 0 } });
    expect((await git(top, ['ls-files', '--stage'])).stdout).toBe(index);
  });

  it('runs both sides at the same place, without what the caller’s environment holds', async () => {
    const [cwd, python] = [await repository(), interpreter()];
    const env = { AWS_SECRET_ACCESS_KEY: 's', AIRFLOW_VAR_A: '1', AIRFLOW_VAR_B: '2', AIRFLOW_CONN_X: 'http://x' };
    const flags = ['--python', python.path, '--pass-env', 'AIRFLOW_VAR_*', '--conf', '{"size": 4}'];
    const given = [...flags, '--logical-date', '2025-01-02', '--allow-network'];
    expect((await bpgMigrate(['verify', ...given], { cwd, env })).code).toBe(0);
    const [one, other] = python.asked();
    expect(one?.cwd).toBe(other?.cwd);
    expect(one?.cwd.startsWith(cwd)).toBe(false);
    expect(one?.env).toEqual(expect.arrayContaining(['AIRFLOW_HOME', 'AIRFLOW_VAR_A', 'AIRFLOW_VAR_B', 'PATH']));
    expect(one?.env).not.toContain('AWS_SECRET_ACCESS_KEY');
    expect(one?.env).not.toContain('AIRFLOW_CONN_X');
    expect(one?.asked).toMatchObject({ conf: { size: 4 }, logicalDate: '2025-01-02', allowNetwork: true });
    expect(one?.asked).toMatchObject({ target: 'bpg_operator.BPGOperator', dagsFolder: join(one?.cwd ?? '', 'dags') });
    expect(left(python)).toEqual([]);
  });

  it('loads only what it is asked to', async () => {
    const [cwd, python] = [await repository({ 'dags/sub/x.py': 'x = 1\n' }), interpreter()];
    await bpgMigrate(['verify', 'dags', '--python', python.path], { cwd });
    const [one] = python.asked();
    expect(one?.asked['paths']).toEqual([join(one?.cwd ?? '', 'dags')]);
  });

  it('says that there is nothing to verify where apply would change nothing', async () => {
    const cwd = folderWith({ 'bpg-migrate.yaml': configuration, ...reviewFiles });
    const python = interpreter();
    const { code, stderr, stdout } = await bpgMigrate(['verify', '--python', python.path], { cwd });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('apply would change nothing (1 changes need --include review)');
    expect(python.asked()).toEqual([]);
  });

  it.each([
    [{ dies: true }, [], 1, 'last words'],
    [{ hangs: true }, ['--time-limit', '1'], 1, 'not loaded within 1 s'],
    [{ problem: 'not-installed', airflow: null }, [], 2, 'has no apache-airflow'],
    [{ problem: 'unsupported', airflow: '2.5.1' }, [], 2, 'Airflow 2.5.1 is not supported'],
    [{ problem: 'broken', traceback: 'ImportError: x' }, [], 2, 'ImportError: x'],
  ])('tells when the interpreter can not answer: %j', async (setting, flags, code, words) => {
    const [cwd, python] = [await repository({ 'stand-in.json': JSON.stringify(setting) }), interpreter()];
    const answer = await bpgMigrate(['verify', '--python', python.path, ...flags], { cwd });
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(words);
    expect(answer.stdout).toBe('');
    expect(left(python)).toEqual([]);
  });

  it('leaves neither a child nor a copy behind when it is stopped', async () => {
    const [cwd, python] = [await repository({ 'stand-in.json': '{"hangs": true}' }), interpreter()];
    const child = spawn(process.execPath, [builtCommand(), 'verify', '--python', python.path], {
      cwd,
      stdio: 'ignore',
    });
    const ended = new Promise<string | null>((done) => child.on('exit', (_, signal) => done(signal)));
    await vi.waitFor(() => expect(python.asked()).toHaveLength(1), { timeout: 20_000, interval: 50 });
    const [pid] = python.asked().map((one) => one.pid);
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(left(python)).toEqual([]);
    await vi.waitFor(() => expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH'), { timeout: 5_000 });
  });

  it.each([
    [[], '--python <interpreter> is missing'],
    [['--python', 'no-such-python'], 'there is no interpreter no-such-python'],
    [['--python', './no/such'], 'there is no interpreter ./no/such'],
    [['--python', 'false'], 'is no Python that runs'],
    [['--python', 'x', '--before', 'HEAD', '--planned'], 'contradict each other'],
    [['--python', 'x', '--conf', '[1]'], '--conf is no JSON object'],
    [['--python', 'x', '--logical-date', 'yesterday'], 'is no date'],
    [['--python', 'x', '--time-limit', '0'], '--time-limit 0'],
  ])('refuses %j', async (flags, words) => {
    const { code, stderr } = await bpgMigrate(['verify', ...flags], { cwd: folderWith(files) });
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('refuses a commit that is not there, a folder without git, and a selection of what was applied', async () => {
    const [cwd, { path }] = [await repository(), interpreter()];
    const unknown = await bpgMigrate(['verify', '--python', path, '--before', 'nowhere'], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("git knows no commit 'nowhere'")]);
    const option = await bpgMigrate(['verify', '--python', path, '--before=--help'], { cwd });
    expect([option.code, option.stderr]).toEqual([2, expect.stringContaining("git knows no commit '--help'")]);
    const bare = await bpgMigrate(['verify', '--python', path, '--before', 'HEAD'], { cwd: folderWith(files) });
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('is in no git repository')]);
    const selected = await bpgMigrate(['verify', '--python', path, '--before', 'HEAD', '--dag', 'x'], { cwd });
    expect([selected.code, selected.stderr]).toEqual([2, expect.stringContaining('add --planned')]);
  });
});
