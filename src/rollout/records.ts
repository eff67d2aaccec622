/**
 * `.bpg-migrate/history.jsonl`: one line a recorded run, only ever added to. A line holds the counts and which tasks
 * changed their state since the line before it, so that a thousand DAGs do not cost a thousand entries a line.
 */
import type { GroupEntry, StateCounts, TaskEntry } from '../model.ts';
import { compareText, countStates, type State, stateOf } from './groups.ts';

const VERSION = 1;

/** One recorded run. */
export interface HistoryRecord {
  readonly version: number;
  /** ISO, to the second. */
  readonly time: string;
  readonly commit: string | null;
  /** Where the run looked, relative to the root: runs of other paths are other histories. */
  readonly paths: readonly string[];
  readonly counts: StateCounts;
  /** By kind of group (DAGs left out, they are many) and name (`?`: not known): manual, review, safe, migrated, ignored. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** Tasks whose state is another than in the record before, by id, as one letter. */
  readonly states: Readonly<Record<string, string>>;
  /** Ids that are no longer there. */
  readonly gone: readonly string[];
}

export interface Records {
  readonly records: readonly HistoryRecord[];
  /** Numbers of lines that are no record: they are left where they are. */
  readonly broken: readonly number[];
}

const letters: Readonly<Record<State, string>> = { manual: 'M', review: 'R', safe: 'S', migrated: 'D', ignored: 'I' };
const statesByLetter = new Map(Object.entries(letters).map(([state, letter]) => [letter, state as State]));

/** The records of these paths, in the order of the file. */
export function readRecords(text: string, paths: readonly string[]): Records {
  const records: HistoryRecord[] = [];
  const broken: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const record = recordIn(line);
    if (record === null) broken.push(index + 1);
    else if (JSON.stringify(record.paths) === JSON.stringify(paths)) records.push(record);
  }
  return { records, broken };
}

function recordIn(line: string): HistoryRecord | null {
  try {
    const value = JSON.parse(line) as Partial<HistoryRecord> | null;
    const { version, time, commit, paths, counts, groups, states, gone } = value ?? {};
    const whole =
      version === VERSION &&
      typeof time === 'string' &&
      !Number.isNaN(Date.parse(time)) &&
      (commit === null || typeof commit === 'string') &&
      Array.isArray(paths) &&
      Array.isArray(gone) &&
      isObject(counts) &&
      isObject(states) &&
      Object.keys(letters).every((state) => Number.isInteger((counts as unknown as Record<string, unknown>)[state]));
    return whole
      ? {
          version,
          time,
          commit: commit ?? null,
          paths,
          counts: counts as StateCounts,
          groups: groups ?? {},
          states: states ?? {},
          gone,
        }
      : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The state of each task after the records. */
export function statesAfter(records: readonly HistoryRecord[]): ReadonlyMap<string, State> {
  const states = new Map<string, State>();
  for (const record of records) {
    for (const id of record.gone) states.delete(id);
    for (const [id, letter] of Object.entries(record.states)) {
      const state = statesByLetter.get(letter);
      if (state !== undefined) states.set(id, state);
    }
  }
  return states;
}

export interface RecordInput {
  readonly tasks: readonly TaskEntry[];
  readonly groups: readonly GroupEntry[];
  readonly time: string;
  readonly commit: string | null;
  readonly paths: readonly string[];
}

/** The line that records a run behind the others, with a newline at its end. */
export function recordLine(
  { tasks, groups, time, commit, paths }: RecordInput,
  before: readonly HistoryRecord[],
): string {
  const known = statesAfter(before);
  const now = new Map(tasks.map((task) => [task.id, stateOf(task)]));
  const changed = [...now].filter(([id, state]) => known.get(id) !== state).sort(([a], [b]) => compareText(a, b));
  const byGroup: Record<string, Record<string, readonly number[]>> = {};
  for (const { by, name, manual, review, safe, migrated, ignored } of groups) {
    if (by === 'dag') continue;
    byGroup[by] ??= {};
    byGroup[by][name ?? '?'] = [manual, review, safe, migrated, ignored];
  }
  const record: HistoryRecord = {
    version: VERSION,
    time,
    commit,
    paths,
    counts: countStates(tasks),
    groups: byGroup,
    states: Object.fromEntries(changed.map(([id, state]) => [id, letters[state]])),
    gone: [...known.keys()].filter((id) => !now.has(id)).sort(compareText),
  };
  return `${JSON.stringify(record)}\n`;
}
