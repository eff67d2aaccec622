/**
 * What people decided, task by task: the file `.bpg-migrate/decisions.json`. A decision names its task and the content
 * that was decided on, so it survives edits elsewhere and dies when its own subject changes.
 */
import type { Report, TaskEntry, Verdict } from '../model.ts';

export type Decision = 'accepted' | 'rejected' | 'skipped';

/** One decision. `change` is the hash of the change that was decided on, `verdict` what was said of it then. */
export interface Decided {
  readonly change: string;
  readonly verdict: Verdict;
  readonly decision: Decision;
}

/** By task id. */
export type Decisions = ReadonlyMap<string, Decided>;

export type ReadDecisions =
  | { readonly ok: true; readonly decisions: Decisions }
  | { readonly ok: false; readonly reason: string };

const version = 1;
const words: ReadonlySet<unknown> = new Set<Decision>(['accepted', 'rejected', 'skipped']);
const verdicts: ReadonlySet<unknown> = new Set<Verdict>(['safe', 'review', 'manual']);

/** Reads the text of the file. What is not exactly the format is refused with the reason: a decision is never guessed. */
export function readDecisions(text: string): ReadDecisions {
  const no = (reason: string): ReadDecisions => ({ ok: false, reason });
  const value = parse(text);
  if (!isObject(value)) return no('it is no JSON object');
  if (value['version'] !== version) return no(`its version is not ${version}; a newer bpg-migrate may have written it`);
  const list = value['decisions'];
  if (!Array.isArray(list)) return no('`decisions` is no list');
  const decisions = new Map<string, Decided>();
  for (const [index, entry] of list.entries()) {
    const read = readEntry(entry);
    if (read === null) return no(`entry ${index + 1} of \`decisions\` is not { task, change, verdict, decision }`);
    if (decisions.has(read.task)) return no(`${read.task} is decided twice`);
    decisions.set(read.task, read.decided);
  }
  return { ok: true, decisions };
}

/** The text of the file: one decision a line, sorted by task, so that merges in git meet only where people disagree. */
export function writeDecisions(decisions: Decisions): string {
  const lines = [...decisions]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([task, { change, verdict, decision }]) => `    ${JSON.stringify({ task, change, verdict, decision })}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": ${version},\n  "decisions": ${list}\n}\n`;
}

/** An entry of the file, also of the log of steps; null where it is something else. */
export function readEntry(value: unknown): { readonly task: string; readonly decided: Decided } | null {
  if (!isObject(value)) return null;
  const { task, change, verdict, decision } = value;
  if (typeof task !== 'string' || typeof change !== 'string') return null;
  if (!words.has(decision) || !verdicts.has(verdict)) return null;
  return { task, decided: { change, verdict: verdict as Verdict, decision: decision as Decision } };
}

/** Where a task stands: its decision, or the one that was made before its change became another. */
export interface Standing {
  readonly decision: Decision | null;
  readonly changedSince: Decision | null;
}

const weight: Readonly<Record<Verdict, number>> = { safe: 0, review: 1, manual: 2 };
const undecided: Standing = { decision: null, changedSince: null };

/**
 * A decision holds for the very change that it was made on. It is void when that became another, also when the same
 * change is judged more severely than it was then.
 */
export function standingOf(task: Pick<TaskEntry, 'id' | 'change' | 'verdict'>, decisions: Decisions): Standing {
  const decided = decisions.get(task.id);
  if (decided === undefined || task.change === null || task.verdict === null) return undecided;
  const holds = decided.change === task.change && weight[task.verdict] <= weight[decided.verdict];
  return holds
    ? { decision: decided.decision, changedSince: null }
    : { decision: null, changedSince: decided.decision };
}

/** The report with the decisions that hold. `changes` stays as lazy as it was. */
export function withDecisions(report: Report, decisions: Decisions): Report {
  const tasks = report.tasks.map((task) => ({ ...task, decision: standingOf(task, decisions).decision }));
  const { schemaVersion, tool, summary, sensors, connections, files, findings } = report;
  const rest = { schemaVersion, tool, summary, tasks, sensors, connections, files, findings, changes: [] };
  return Object.defineProperty(rest, 'changes', { get: () => report.changes, enumerable: true });
}

/**
 * The changes that are accepted. Two tasks that are alike to the letter share one change: it counts as accepted when
 * nobody decided otherwise on either.
 */
export function acceptedIn(tasks: readonly Pick<TaskEntry, 'change' | 'decision'>[]): ReadonlySet<string> {
  const accepted = new Set(tasks.flatMap(({ change, decision }) => (decision === 'accepted' ? (change ?? []) : [])));
  for (const { change, decision } of tasks) if (change !== null && decision !== 'accepted') accepted.delete(change);
  return accepted;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
