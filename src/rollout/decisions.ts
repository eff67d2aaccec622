/**
 * What people decided, task by task: the file `.bpg-migrate/decisions.json`. A decision names its task and the content
 * that was decided on, so it survives edits elsewhere and dies when its own subject changes.
 */
import type { Alternatives, Report, TaskEntry, Verdict } from '../model.ts';

export type Decision = 'accepted' | 'rejected' | 'skipped';

/** What a person made of one file of a change: a patch of the planned text, and the hash of that text. */
export interface EditedFile {
  readonly path: string;
  readonly base: string;
  readonly patch: string;
}

/**
 * One decision. `change` is the hash of the change that was decided on, `verdict` what was said of it then. The decision
 * is null where only an alternative or an edit is kept: the task is still to be decided.
 */
export interface Decided {
  readonly change: string;
  readonly verdict: Verdict;
  readonly decision: Decision | null;
  readonly alternatives?: Alternatives;
  readonly edits?: readonly EditedFile[];
  /** Only the request document is written; call, sensor and edges stay for later. */
  readonly part?: 'document';
}

/** By task id. */
export type Decisions = ReadonlyMap<string, Decided>;

export type ReadDecisions =
  | { readonly ok: true; readonly decisions: Decisions }
  | { readonly ok: false; readonly reason: string };

/** 2 has alternatives, edits and parts; a file without them is written as 1. */
const versions: ReadonlySet<unknown> = new Set([1, 2]);
const words: ReadonlySet<unknown> = new Set<Decision | null>(['accepted', 'rejected', 'skipped', null]);
const verdicts: ReadonlySet<unknown> = new Set<Verdict>(['safe', 'review', 'manual']);

/** Reads the text of the file. What is not exactly the format is refused with the reason: a decision is never guessed. */
export function readDecisions(text: string): ReadDecisions {
  const no = (reason: string): ReadDecisions => ({ ok: false, reason });
  const value = parse(text);
  if (!isObject(value)) return no('it is no JSON object');
  if (!versions.has(value['version'])) return no('its version is not 1 or 2; a newer bpg-migrate may have written it');
  const list = value['decisions'];
  if (!Array.isArray(list)) return no('`decisions` is no list');
  const decisions = new Map<string, Decided>();
  for (const [index, entry] of list.entries()) {
    const read = readEntry(entry);
    if (read === null) return no(`entry ${index + 1} of \`decisions\` is not { task, change, verdict, decision, … }`);
    if (decisions.has(read.task)) return no(`${read.task} is decided twice`);
    decisions.set(read.task, read.decided);
  }
  return { ok: true, decisions };
}

/** The text of the file: one decision a line, sorted by task, so that merges in git meet only where people disagree. */
export function writeDecisions(decisions: Decisions): string {
  const sorted = [...decisions].sort(([left], [right]) => (left < right ? -1 : 1));
  const lines = sorted.map(([task, decided]) => `    ${JSON.stringify({ task, ...plainDecided(decided) })}`);
  const version = sorted.some(([, decided]) => isExtended(decided)) ? 2 : 1;
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": ${version},\n  "decisions": ${list}\n}\n`;
}

const isExtended = ({ decision, alternatives, edits, part }: Decided): boolean =>
  decision === null || alternatives !== undefined || edits !== undefined || part !== undefined;

/** The same with its keys in one order. */
export function plainDecided({ change, verdict, decision, alternatives, edits, part }: Decided): Decided {
  return {
    change,
    verdict,
    decision,
    ...(alternatives === undefined ? {} : { alternatives }),
    ...(edits === undefined ? {} : { edits }),
    ...(part === undefined ? {} : { part }),
  };
}

/** An entry of the file, also of the log of steps; null where it is something else. */
export function readEntry(value: unknown): { readonly task: string; readonly decided: Decided } | null {
  if (!isObject(value)) return null;
  const { task, change, verdict, decision, alternatives: chosen, edits: edited, part } = value;
  if (typeof task !== 'string' || typeof change !== 'string') return null;
  if (!words.has(decision) || !verdicts.has(verdict)) return null;
  if (part !== undefined && part !== 'document') return null;
  const alternatives = readAlternatives(chosen);
  const edits = readEdits(edited);
  if (alternatives === null || edits === null) return null;
  const own = { change, verdict: verdict as Verdict, decision: decision as Decision | null };
  return {
    task,
    decided: {
      ...own,
      ...(alternatives === undefined ? {} : { alternatives }),
      ...(edits === undefined ? {} : { edits }),
      ...(part === undefined ? {} : { part }),
    },
  };
}

function readAlternatives(value: unknown): Alternatives | null | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return null;
  const { sensor, queue, timeout, ...others } = value;
  if (Object.keys(others).length > 0) return null;
  if (sensor !== undefined && sensor !== 'remove' && sensor !== 'placeholder') return null;
  if (queue !== undefined && typeof queue !== 'string') return null;
  if (timeout !== undefined && (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout <= 0)) return null;
  return {
    ...(sensor === undefined ? {} : { sensor }),
    ...(queue === undefined ? {} : { queue }),
    ...(timeout === undefined ? {} : { timeout }),
  };
}

function readEdits(value: unknown): readonly EditedFile[] | null | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return null;
  const edits = value.map((entry): EditedFile | null => {
    if (!isObject(entry)) return null;
    const { path, base, patch } = entry;
    if (typeof path !== 'string' || typeof base !== 'string' || typeof patch !== 'string') return null;
    return { path, base, patch };
  });
  const whole = edits.filter((entry) => entry !== null);
  return whole.length === edits.length ? whole : null;
}

/** The alternatives that were chosen, by task id: what a plan has to take into account. */
export function alternativesIn(decisions: Decisions): ReadonlyMap<string, Alternatives> {
  return new Map([...decisions].flatMap(([task, { alternatives }]) => (alternatives ? [[task, alternatives]] : [])));
}

/** The edits of a task that hold: those of the very change that it has now. */
export function editsOf(task: Pick<TaskEntry, 'id' | 'change'>, decisions: Decisions): readonly EditedFile[] {
  const decided = decisions.get(task.id);
  return decided !== undefined && decided.change === task.change ? (decided.edits ?? []) : [];
}

/** The decision on a task as it is now, with what was chosen for it before; null where it has no change. */
export function decidedOn(
  { id, change, verdict }: Pick<TaskEntry, 'id' | 'change' | 'verdict'>,
  decision: Decision,
  decisions: Decisions,
  part?: 'document',
): Decided | null {
  if (change === null || verdict === null) return null;
  const before = decisions.get(id);
  const edits = before?.change === change ? before.edits : undefined;
  return {
    change,
    verdict,
    decision,
    ...(before?.alternatives === undefined ? {} : { alternatives: before.alternatives }),
    ...(edits === undefined ? {} : { edits }),
    ...(part === undefined ? {} : { part }),
  };
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
  const { schemaVersion, tool, shard, summary, sensors, connections, files, findings } = report;
  const part = shard === undefined ? {} : { shard };
  const rest = { schemaVersion, tool, ...part, summary, tasks, sensors, connections, files, findings, changes: [] };
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
