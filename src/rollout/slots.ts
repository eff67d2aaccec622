/** Worker-slot arithmetic: what tasks that wait for their jobs hold together, by pool. */
import type { SlotSum, SlotUse } from '../model.ts';

type Sum = { before: number; after: number; atMost: number };

/**
 * Adds up the slots of some tasks, of all legacy tasks or of a wave. An upper bound: it takes all tasks of a run to wait
 * at once, and `atMost` also as many runs of a DAG as its schedule, its time limit and `max_active_runs` let overlap.
 */
export function sumSlots(uses: Iterable<SlotUse>): SlotSum {
  const total: Sum = { before: 0, after: 0, atMost: 0 };
  const pools = new Map<string | null, Sum>();
  const counts = { tasks: 0, beforeUnknown: 0, dynamic: 0 };
  for (const use of uses) {
    counts.tasks++;
    if (use.before === null) counts.beforeUnknown++;
    if (use.instances === 'dynamic') counts.dynamic++;
    const pool = pools.get(use.pool) ?? { before: 0, after: 0, atMost: 0 };
    pools.set(use.pool, pool);
    // A call that makes nobody knows how many tasks makes one at the least.
    const instances = use.instances === 'dynamic' ? 1 : use.instances;
    for (const sum of [total, pool]) {
      sum.before += (use.before ?? 0) * instances;
      sum.after += use.after * instances;
      sum.atMost += use.after * instances * overlapOf(use);
    }
  }
  const byPool = [...pools].map(([pool, sum]) => ({ pool, ...sum }));
  return { ...counts, ...total, pools: byPool.sort((a, b) => b.after - a.after || compare(a.pool, b.pool)) };
}

/** Runs of one DAG that can wait at the same time: those that start before the first must have ended. */
function overlapOf({ interval, longest, activeRuns, schedule }: SlotUse): number {
  // Without a schedule a run starts when somebody starts it: one is taken.
  if (schedule === null || interval === null) return 1;
  return Math.max(1, Math.min(Math.ceil(longest / interval), activeRuns ?? Number.POSITIVE_INFINITY));
}

const compare = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);
