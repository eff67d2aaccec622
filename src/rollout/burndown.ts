/** How the rollout went, run by run, what is different since the last one, and when it is done if it goes on like this. */
import type { Forecast, HistoryChanges, HistoryEntry, HistoryPoint, TaskEntry } from '../model.ts';
import { countStates, legacyOf, type State, stateOf } from './groups.ts';
import { type HistoryRecord, statesAfter } from './records.ts';

const DAY = 86_400_000;
/** How far back the speed is measured. */
const WINDOW = 28;

/** `now`: when the tasks were looked at, where that is known; without it the last recorded run is the last point. */
export function historyOf(
  tasks: readonly TaskEntry[],
  records: readonly HistoryRecord[],
  now: { readonly time: string; readonly commit: string | null } | null,
): HistoryEntry | null {
  const last = records.at(-1);
  if (last === undefined) return null;
  const recorded = records.map(({ time, commit, counts }): HistoryPoint => ({ time, commit, ...counts }));
  const points = now === null ? recorded : [...recorded, { ...now, ...countStates(tasks) }];
  return { points, since: changesSince(tasks, records, last), forecast: forecastOf(points) };
}

const weights: Readonly<Record<State, number>> = { migrated: 0, ignored: 1, safe: 1, review: 2, manual: 3 };

function changesSince(
  tasks: readonly TaskEntry[],
  records: readonly HistoryRecord[],
  last: HistoryRecord,
): HistoryChanges {
  const before = statesAfter(records);
  const now = new Map(tasks.map((task) => [task.id, stateOf(task)]));
  const which = (test: (from: State | null, to: State) => boolean): string[] =>
    [...now].filter(([id, state]) => test(before.get(id) ?? null, state)).map(([id]) => id);
  const isLegacy = (state: State): boolean => state !== 'migrated' && state !== 'ignored';
  const between = (from: State | null, to: State): from is State => from !== null && isLegacy(from) && isLegacy(to);
  return {
    time: last.time,
    commit: last.commit,
    appeared: which((from, to) => from === null && isLegacy(to)),
    relapsed: which((from, to) => from === 'migrated' && to !== 'migrated'),
    worse: which((from, to) => between(from, to) && weights[to] > weights[from]),
    better: which((from, to) => between(from, to) && weights[to] < weights[from]),
    migrated: which((from, to) => to === 'migrated' && from !== 'migrated'),
    gone: [...before.keys()].filter((id) => !now.has(id)),
  };
}

/** Straight on from the first to the last point of the window. */
export function forecastOf(points: readonly HistoryPoint[]): Forecast {
  const last = points.at(-1);
  const nothing = { done: null, perWeek: null, days: 0 };
  if (last === undefined) return { ...nothing, sentence: 'Nothing was recorded yet.' };
  const left = legacyOf(last);
  if (left === 0) return { ...nothing, done: last.time.slice(0, 10), sentence: 'No legacy task is left.' };
  const end = Date.parse(last.time);
  const first = points.find(({ time }) => Date.parse(time) >= end - WINDOW * DAY && Date.parse(time) < end);
  if (first === undefined)
    return { ...nothing, sentence: `There is no forecast: it takes two recorded runs within ${WINDOW} days.` };
  const days = (end - Date.parse(first.time)) / DAY;
  const moved = legacyOf(first) - left;
  const perWeek = Math.round((70 * moved) / days) / 10;
  const span = `the last ${days < 1 ? 'day' : `${Math.round(days)} days`}`;
  if (moved <= 0) {
    const how = moved === 0 ? 'did not change' : `grew by ${-moved}`;
    const sentence = `There is no forecast: over ${span} the number of legacy tasks ${how}.`;
    return { done: null, perWeek, days, sentence };
  }
  const done = new Date(end + (left / moved) * days * DAY);
  if (Number.isNaN(done.getTime()) || done.getUTCFullYear() > 2999)
    return {
      done: null,
      perWeek,
      days,
      sentence: 'There is no forecast: at this rate it takes longer than anybody plans.',
    };
  const day = done.toISOString().slice(0, 10);
  return {
    done: day,
    perWeek,
    days,
    sentence: `${perWeek} legacy tasks fewer a week over ${span}; if it goes on like this, the last of ${left} is gone by ${day}.`,
  };
}
