import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type HistoryRecord,
  type Report,
  type RolloutOptions,
  readRecords,
  readRuns,
  recordLine,
  withRollout,
} from '../src/index.ts';
import { isSelecting } from './baseline.ts';
import type { Flags } from './flags.ts';
import type { Planned } from './planning.ts';
import type { Session } from './session.ts';
import { linkedPart, prepareFolder, readState, stateFolder } from './state-folder.ts';
import { reasonOf } from './write-failure.ts';

/** Relative to the root. */
const historyFile: string = `${stateFolder}/history.jsonl`;

/** What `--runs`, `--record` and `--now` ask for, read before anything is planned. */
export interface RolloutRequest {
  readonly runs: RolloutOptions['runs'];
  /** ISO, to the second; null: no clock is looked at. */
  readonly time: string | null;
  readonly record: boolean;
}

/** Null where something is wrong, which is said: a usage error. */
export function rolloutRequest(session: Session, flags: Flags): RolloutRequest | null {
  const refuse = (reason: string): null => {
    session.warn(`bpg-migrate: ${reason}`);
    return null;
  };
  if (flags.record === true && isSelecting(flags))
    return refuse('--record records all tasks of the paths; it can not stand beside flags that select some');
  const given = flags.now === undefined ? null : Date.parse(flags.now);
  if (given !== null && Number.isNaN(given))
    return refuse(`--now ${flags.now} is no time such as 2026-11-25T09:00:00Z`);
  const time = given ?? (flags.record === true ? Date.now() : null);
  const common = { time: time === null ? null : isoOf(time), record: flags.record === true };
  if (flags.runs === undefined) return { ...common, runs: null };
  let text: string;
  try {
    text = readFileSync(resolve(session.cwd, flags.runs), 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return refuse(`--runs ${flags.runs} can not be read: ${missing ? 'there is no such file' : reasonOf(error)}`);
  }
  const read = readRuns(text);
  return read.ok ? { ...common, runs: read.runs } : refuse(`--runs ${flags.runs} can not be used: ${read.reason}`);
}

const isoOf = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');

export interface RolloutState {
  readonly report: Report;
  readonly options: RolloutOptions;
  /** The line for the history; null where nothing shall be recorded. */
  readonly line: string | null;
}

/** The report with its rollout; null where the history can not be used, which is said. */
export function rolloutState(
  session: Session,
  { plan, options: { root }, paths }: Extract<Planned, { ok: true }>,
  request: RolloutRequest,
  flags: Flags,
): RolloutState | null {
  const state = readState(root, historyFile);
  if (!state.ok) {
    session.warn(`bpg-migrate: ${historyFile} can not be read: ${state.reason}`);
    return null;
  }
  const { records, broken } = readRecords(state.text ?? '', paths);
  if (broken.length > 0)
    session.say(`${historyFile}: line ${broken.join(', ')}: no record of a run; it counts nothing`);
  const late = latest(records);
  if (request.time !== null && late !== null && late > request.time) {
    session.warn(`bpg-migrate: the last recorded run is of ${late}, later than ${request.time}`);
    return null;
  }
  const commit = commitOf(root);
  const now = request.time === null ? null : { time: request.time, commit };
  const options: RolloutOptions = { records, now, runs: request.runs };
  const report = withRollout(plan.report, plan.estate(), options, isSelecting(flags));
  const { rollout, tasks } = report;
  const line =
    request.record && now !== null
      ? recordLine({ tasks, groups: rollout?.groups ?? [], ...now, paths }, records)
      : null;
  return { report, options, line };
}

const latest = (records: readonly HistoryRecord[]): string | null => records.at(-1)?.time ?? null;

function commitOf(root: string): string | null {
  const ran = spawnSync('git', ['--no-optional-locks', 'rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  const commit = ran.error === undefined && ran.status === 0 ? ran.stdout.trim() : '';
  return commit === '' ? null : commit;
}

/** Adds the line behind all others, on a line of its own. False where it can not be written, which is said. */
export function record(session: Session, root: string, line: string): boolean {
  try {
    const linked = linkedPart(root, historyFile);
    if (linked !== null) {
      session.warn(`bpg-migrate: ${linked}`);
      return false;
    }
    prepareFolder(root);
    const before = readState(root, historyFile);
    const open = before.ok && before.text !== null && before.text !== '' && !before.text.endsWith('\n');
    appendFileSync(join(root, historyFile), `${open ? '\n' : ''}${line}`);
  } catch (error) {
    session.warn(`bpg-migrate: ${historyFile} can not be written: ${reasonOf(error)}`);
    return false;
  }
  session.say(`recorded in ${historyFile}`);
  return true;
}
