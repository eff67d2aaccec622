/**
 * Plans that were worked out before: `.bpg-migrate/cache/`. An entry is named by everything that is known before a plan
 * looks at the tree (version, options, what was asked) and holds what it saw there, as hashes. Where all of that is
 * seen again, its result is told again. Nothing is ever written to DAGs from it, and an entry that is damaged, or was
 * made by another version, is none.
 */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  heldByOperator,
  isStillSo,
  type Options,
  type PlanRequest,
  type ProjectPlan,
  type Report,
  type Seen,
} from '../src/index.ts';
import { readState, stateFolder, writeState } from './state-folder.ts';

/** What of a plan can be told without making it again. */
export type PlanSummary = Pick<
  ProjectPlan,
  | 'problems'
  | 'brokenSources'
  | 'isolationBroken'
  | 'drifted'
  | 'expires'
  | 'report'
  | 'owners'
  | 'contents'
  | 'slots'
  | 'profiles'
>;

const cacheFolder = `${stateFolder}/cache`;
/** Entries that are kept: one a question that is asked of the tree. */
const mostEntries = 24;
/** A tree that is smaller than both is planned as fast as it is looked at, and keeps no folder for it. */
const fewFiles = 50;
const fewTasks = 20;

/** The name of the entry for a question, relative to the root. `build`: the program that answers it. */
export function entryFor(build: string, options: Options, request: PlanRequest): string {
  const { root: _, ...configured } = options;
  const { onProgress: __, onStage: ___, remember: ____, today: _____, ...asked } = request;
  const question = JSON.stringify([build, configured, asked], (__key, value: unknown) =>
    value instanceof Map ? [...value] : value instanceof Set ? [...value].sort() : value,
  );
  return `${cacheFolder}/${createHash('sha256').update(question).digest('hex').slice(0, 32)}.json`;
}

interface Stored extends Omit<PlanSummary, 'owners' | 'contents' | 'slots' | 'profiles'> {
  /** Empty where no task is held by the operator, and so nobody asks. */
  readonly profiles: ReturnType<PlanSummary['profiles']>;
  /** The day of the plan, where it holds no longer than that; else null. */
  readonly day: string | null;
  readonly seen: readonly Seen[];
  readonly owners: readonly (readonly [string, string])[];
  readonly contents: readonly (readonly [string, string])[];
  readonly slots: readonly (readonly [string, NonNullable<ReturnType<PlanSummary['slots']['get']>>])[];
}

/** The result for a tree that is as it was; null where there is none. */
export function recallPlan(root: string, entry: string, today: string): PlanSummary | null {
  const stored = readEntry(root, entry);
  if (stored === null || (stored.day !== null && stored.day !== today)) return null;
  if (!isStillSo(root, stored.seen)) return null;
  const { day: _, seen: __, owners, contents, slots, profiles, ...rest } = stored;
  return {
    ...rest,
    profiles: () => profiles,
    owners: new Map(owners),
    contents: new Map(contents),
    slots: new Map(slots),
  };
}

/** Keeps a result; a place where nothing can be written keeps none. */
export function keepPlan(root: string, entry: string, today: string, seen: readonly Seen[], plan: PlanSummary): void {
  const { problems, brokenSources, isolationBroken, drifted, expires, report } = plan;
  const { files, tasks } = report.summary;
  if (problems.length > 0 || (files < fewFiles && tasks < fewTasks)) return;
  const stored: Stored = {
    day: expires ? today : null,
    seen,
    ...{ problems, brokenSources, isolationBroken, drifted, expires },
    report: withoutViews(report),
    owners: [...plan.owners],
    contents: [...plan.contents],
    slots: [...plan.slots],
    profiles: heldByOperator(report.tasks) > 0 ? plan.profiles() : [],
  };
  const text = JSON.stringify(stored);
  if (writeState(root, entry, `${checksum(text)}\n${text}`) === null) prune(root);
}

/** The report without what only the plan itself can show: that is worked out when it is looked at. */
function withoutViews(report: Report): Report {
  const { schemaVersion, tool, shard, summary, tasks, sensors, connections, files, findings } = report;
  const part = shard === undefined ? {} : { shard };
  return { schemaVersion, tool, ...part, summary, tasks, sensors, connections, files, findings, changes: [] };
}

function readEntry(root: string, entry: string): Stored | null {
  const state = readState(root, entry);
  if (!state.ok || state.text === null) return null;
  const end = state.text.indexOf('\n');
  const text = state.text.slice(end + 1);
  if (state.text.slice(0, end) !== checksum(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Drops the entries that were written longest ago. */
function prune(root: string): void {
  const folder = join(root, cacheFolder);
  try {
    const entries = readdirSync(folder)
      .filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
      .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const { path } of entries.slice(mostEntries)) rmSync(path);
  } catch {
    // Somebody else is at it: whoever comes next prunes.
  }
}
