/** Tasks counted by state, for every way in which people divide them. */
import type { GroupEntry, StateCounts, TaskEntry } from '../model.ts';

export type State = keyof StateCounts;

/** A legacy task without a verdict was never judged, which is no state to show as safe. */
export function stateOf({ status, verdict }: Pick<TaskEntry, 'status' | 'verdict'>): State {
  return status === 'legacy' ? (verdict ?? 'manual') : status;
}

export function countStates(tasks: readonly Pick<TaskEntry, 'status' | 'verdict'>[]): StateCounts {
  const counts = { manual: 0, review: 0, safe: 0, migrated: 0, ignored: 0 };
  for (const task of tasks) counts[stateOf(task)] += 1;
  return counts;
}

export const legacyOf = ({ manual, review, safe }: StateCounts): number => manual + review + safe;

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Key = (task: TaskEntry) => string | null;

/** By kind of group, then name, what is not known last. A file of several owners counts for each of them. */
export function groupsOf(
  tasks: readonly TaskEntry[],
  owners: ReadonlyMap<string, string>,
  waves: ReadonlyMap<string, number>,
): readonly GroupEntry[] {
  const keys: Readonly<Record<GroupEntry['by'], Key>> = {
    owner: ({ id }) => owners.get(id) ?? null,
    dag: ({ dagId, file }) => dagId ?? file,
    connection: ({ connection }) => connection,
    namespace: ({ namespace }) => namespace,
    queue: ({ queue }) => queue,
    wave: ({ id }) => (waves.has(id) ? String(waves.get(id)) : null),
  };
  return (Object.keys(keys) as GroupEntry['by'][]).flatMap((by) => {
    const groups = new Map<string | null, TaskEntry[]>();
    for (const task of tasks) {
      const name = keys[by](task);
      const known = groups.get(name);
      if (known === undefined) groups.set(name, [task]);
      else known.push(task);
    }
    return [...groups].sort(byName(by)).map(([name, own]) => ({ by, name, ...countStates(own) }));
  });
}

const byName =
  (by: GroupEntry['by']) =>
  ([a]: readonly [string | null, unknown], [b]: readonly [string | null, unknown]): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return by === 'wave' ? Number(a) - Number(b) : compareText(a, b);
  };
