/** Finds which of the tasks that are gone stand there under another id. */
import type { ObservedDag, ObservedTask } from './observation.ts';
import { isSame } from './same.ts';

/** Old id → new id, for pairs that do the same and stand at the same place. Each task is paired at most once. */
export function findRenamed(
  before: ObservedDag,
  after: ObservedDag,
  lost: readonly string[],
  fresh: readonly string[],
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const free = new Set(fresh);
  for (const old of lost) {
    const task = before.tasks[old];
    const candidates = [...free].filter((id) => {
      const other = after.tasks[id];
      return task !== undefined && other !== undefined && doSame(task, other) && standAlike(task, other, before, after);
    });
    // Several that fit are no rename that could be told.
    const [only] = candidates;
    if (candidates.length !== 1 || only === undefined) continue;
    pairs.set(old, only);
    free.delete(only);
  }
  return pairs;
}

function doSame(before: ObservedTask, after: ObservedTask): boolean {
  if (before.role === 'operator' && after.role === 'target') return true;
  return before.class === after.class && isSame(before.own, after.own);
}

/** The neighbours that exist on both sides are the same; neighbours that were renamed too count for nothing. */
function standAlike(before: ObservedTask, after: ObservedTask, old: ObservedDag, fresh: ObservedDag): boolean {
  const stable = (ids: readonly string[]): string[] => ids.filter((id) => id in old.tasks && id in fresh.tasks).sort();
  return (
    isSame(stable(before.upstream), stable(after.upstream)) &&
    isSame(stable(before.downstream), stable(after.downstream))
  );
}
