/** Runs the probe in the user's interpreter, with an environment and an AIRFLOW_HOME of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Observation, readObservation } from '../src/index.ts';
import { probeFile } from './probe-file.ts';
import type { TemporaryTree } from './verify-tree.ts';

export interface ProbeRequest {
  readonly python: string;
  /** Relative to the tree: what is loaded. */
  readonly paths: readonly string[];
  /** Relative to the tree: `AIRFLOW__CORE__DAGS_FOLDER`. */
  readonly dagsFolder: string;
  /** Relative to the tree, or absolute. */
  readonly plugins: string;
  /** Relative to the tree: importable besides these two. */
  readonly sourceRoots: readonly string[];
  /** Dotted name of the gateway's operator. */
  readonly target: string;
  readonly conf: unknown;
  /** ISO 8601. */
  readonly logicalDate: string;
  readonly allowNetwork: boolean;
  /** Names of variables of the caller's environment, `*` at the end for several. */
  readonly passEnv: readonly string[];
  readonly seconds: number;
}

export type Probed =
  | { readonly ok: true; readonly observation: Observation }
  /** `usage`: the interpreter is the problem, not what it loaded. */
  | { readonly ok: false; readonly usage: boolean; readonly reason: string };

/** What the interpreter itself may need; none of it is a credential. */
const inherited = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SYSTEMROOT'];

/** The interpreter's own path: a shim finds it only with the caller's environment, which the probe does not get. */
export function findInterpreter(cwd: string, name: string): { readonly path: string } | { readonly reason: string } {
  const program = /[\\/]/.test(name) ? resolve(cwd, name) : name;
  const ran = spawnSync(program, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8', timeout: 30_000 });
  const path = ran.stdout?.trim() ?? '';
  if (ran.error === undefined && ran.status === 0 && path !== '') return { path };
  const missing = (ran.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  return { reason: missing ? `there is no interpreter ${name}` : `${name} is no Python that runs` };
}

export async function probe(tree: TemporaryTree, request: ProbeRequest): Promise<Probed> {
  const home = join(tree.place, 'airflow');
  rmSync(home, { recursive: true, force: true });
  for (const folder of [home, join(home, 'plugins'), join(home, 'temporary')]) mkdirSync(folder);
  const [asking, answering] = [join(tree.place, 'request.json'), join(tree.place, 'answer.json')];
  rmSync(answering, { force: true });
  const inTree = (path: string): string => resolve(tree.root, path);
  const folders = [request.dagsFolder, request.plugins, ...request.sourceRoots].map(inTree);
  const { target, conf, logicalDate, allowNetwork } = request;
  const asked = {
    root: tree.root,
    paths: request.paths.filter((path) => tree.has(path)).map(inTree),
    dagsFolder: inTree(request.dagsFolder),
    roots: [...new Set(folders)],
    target,
    conf,
    logicalDate,
    allowNetwork,
  };
  writeFileSync(asking, JSON.stringify(asked));
  const env = environment(request, tree, home);
  const ended = await run(request.python, [probeFile, asking, answering], tree.root, env, request.seconds * 1000);
  if (ended.timedOut)
    return { ok: false, usage: false, reason: `not loaded within ${request.seconds} s (--time-limit)` };
  const observation = readObservation(readIfThere(answering));
  if (observation === null)
    return { ok: false, usage: false, reason: `the interpreter ended with ${ended.how}\n${ended.lastWords}` };
  const { airflow, problem, traceback } = observation;
  if (problem === undefined) return { ok: true, observation };
  const reasons = {
    'not-installed': `${request.python} has no apache-airflow`,
    unsupported: `Airflow ${airflow} is not supported; 2.7 to 3.x are`,
    broken: `Airflow ${airflow} itself does not load there:\n${traceback ?? ''}`,
  };
  return { ok: false, usage: true, reason: reasons[problem] };
}

function environment(request: ProbeRequest, tree: TemporaryTree, home: string): NodeJS.ProcessEnv {
  const wanted = [...inherited, ...request.passEnv];
  const isPassed = (name: string): boolean =>
    wanted.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
  const passed = Object.fromEntries(Object.entries(process.env).filter(([name]) => isPassed(name)));
  return {
    ...passed,
    HOME: home,
    TMPDIR: join(home, 'temporary'),
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__DAGS_FOLDER: resolve(tree.root, request.dagsFolder),
    AIRFLOW__CORE__PLUGINS_FOLDER: resolve(tree.root, request.plugins),
    AIRFLOW__LOGGING__LOGGING_LEVEL: 'ERROR',
    // Sets have the same order on both sides, and no file is left in the tree.
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONWARNINGS: 'ignore',
  };
}

interface Ended {
  readonly timedOut: boolean;
  readonly how: string;
  readonly lastWords: string;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  milliseconds: number,
): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    let timedOut = false;
    // First of all, so that nothing is still loading when the tree is removed.
    const stop = (): void => void child.kill('SIGKILL');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.prependOnceListener(signal, stop);
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, milliseconds);
    const end = (how: string): void => {
      clearTimeout(timer);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      done({ timedOut, how, lastWords: words.trim().split('\n').slice(-5).join('\n') });
    };
    child.stderr.on('data', (piece: Buffer) => {
      words = `${words}${piece.toString()}`.slice(-20_000);
    });
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ?? `code ${code}`));
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
