/** What the command line asks of `verify`: which sides, and what the probe loads and renders. */
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Options, Verification } from '../src/index.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';
import type { ProbeRequest } from './verify-probe.ts';
import { changedSince } from './verify-tree.ts';

export type Asked =
  | {
      readonly ok: true;
      readonly python: string;
      readonly conf: unknown;
      readonly logicalDate: string;
      readonly seconds: number;
    }
  | { readonly ok: false; readonly problem: string };

export function readFlags(flags: Flags): Asked {
  const no = (problem: string): Asked => ({ ok: false, problem });
  const { python, conf = '{}', logicalDate = '2024-06-03T00:00:00+00:00', timeLimit = '300' } = flags;
  if (python === undefined) return no('--python <interpreter> is missing: the Python that has your Airflow');
  if (flags.before !== undefined && flags.planned === true) return no('--before and --planned contradict each other');
  const parsed = parseObject(conf);
  if (parsed === null) return no('--conf is no JSON object');
  if (!/^\d{4}-\d{2}-\d{2}/.test(logicalDate) || Number.isNaN(Date.parse(logicalDate)))
    return no(`--logical-date ${logicalDate} is no date of ISO 8601`);
  const seconds = Number(timeLimit);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    return no(`--time-limit ${timeLimit}: whole seconds`);
  return { ok: true, python, conf: parsed, logicalDate, seconds };
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

export function requestFor(
  session: Session,
  { root, paths: configured, source, target }: Options,
  given: readonly string[],
  flags: Flags,
  { python, conf, logicalDate, seconds }: Extract<Asked, { ok: true }>,
): ProbeRequest {
  const inRoot = (path: string): string => {
    const way = relative(root, resolve(session.cwd, path));
    return way.startsWith('..') || isAbsolute(way) ? resolve(session.cwd, path) : way === '' ? '.' : way;
  };
  const usual = configured.length > 0 ? configured : [existsSync(join(root, 'dags')) ? 'dags' : '.'];
  return {
    python,
    paths: given.length > 0 ? given.map(inRoot) : usual,
    dagsFolder: usual[0] ?? '.',
    plugins: inRoot(flags.plugins ?? join(root, 'plugins')),
    sourceRoots: source.sourceRoots,
    target: target.operator,
    conf,
    logicalDate,
    allowNetwork: flags.allowNetwork === true,
    passEnv: flags.passEnv ?? [],
    seconds,
  };
}

/** Without a word from the user: what was applied, where DAG files differ from git; else what would be. */
export function modeFor({ root }: Options, paths: readonly string[], flags: Flags): Verification['mode'] {
  if (flags.before !== undefined) return 'applied';
  if (flags.planned === true) return 'planned';
  const isBelow = (file: string): boolean =>
    paths.some((path) => path === '.' || file === path || file.startsWith(`${path}/`));
  const changed = changedSince(root, 'HEAD') ?? [];
  return changed.some((file) => /\.(?:py|ya?ml|json)$/.test(file) && isBelow(file)) ? 'applied' : 'planned';
}

/** True for flags that choose among the changes of a plan. */
export function isSelecting({ include, accepted, dag, task, connection, owner, verdict, since }: Flags): boolean {
  return [include, accepted, dag, task, connection, owner, verdict, since].some((flag) => flag !== undefined);
}
