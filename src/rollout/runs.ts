/** What runs that were exported from Airflow prove of the tasks that are on the gateway. */
import type { RunsEntry, TaskEntry, TaskRuns } from '../model.ts';
import type { TaskRun } from './run-files.ts';

const OLD = 'SparkKubernetesOperator';

/** Of each migrated task whose ids are known, by id. `operator`: the class that tasks move to. */
export function runsByTask(
  tasks: readonly TaskEntry[],
  runs: readonly TaskRun[],
  operator: string,
): ReadonlyMap<string, TaskRuns> {
  const byTask = new Map<string, TaskRun[]>();
  for (const run of runs) {
    const key = keyOf(run.dag, run.task);
    const known = byTask.get(key);
    if (known === undefined) byTask.set(key, [run]);
    else known.push(run);
  }
  return new Map(
    tasks.flatMap((task) => {
      const ids = task.taskIds ?? (task.taskId === null ? [] : [task.taskId]);
      if (task.status !== 'migrated' || task.dagId === null || ids.length === 0) return [];
      const { dagId } = task;
      return [
        [
          task.id,
          sumOf(
            ids.flatMap((id) => byTask.get(keyOf(dagId, id)) ?? []),
            operator,
          ),
        ] as const,
      ];
    }),
  );
}

const keyOf = (dag: string, task: string): string => JSON.stringify([dag, task]);

function sumOf(runs: readonly TaskRun[], operator: string): TaskRuns {
  const own = runs.filter((run) => run.operator === operator);
  const [good, bad] = [own.filter(({ state }) => state === 'success'), own.filter(({ state }) => state === 'failed')];
  return {
    proven: good.length,
    failed: bad.length,
    lastFailed: lastOf(bad),
    lastProven: lastOf(good),
    lastOld: lastOf(runs.filter((run) => run.operator === OLD)),
    unclear: runs.filter((run) => run.operator === null).length,
  };
}

function lastOf(runs: readonly TaskRun[]): string | null {
  return runs
    .flatMap(({ end }) => end ?? [])
    .reduce<string | null>((last, end) => (last === null || end > last ? end : last), null);
}

/** The whole in numbers; `runs` is how many were given. */
export function runsEntry(byTask: ReadonlyMap<string, TaskRuns>, runs: number): RunsEntry {
  const all = [...byTask.values()];
  const proven = all.filter((one) => one.proven > 0);
  const isFailing = ({ lastFailed, lastProven }: TaskRuns): boolean =>
    lastFailed !== null && (lastProven === null || lastFailed > lastProven);
  return {
    runs,
    proven: proven.length,
    unproven: all.length - proven.length,
    failing: all.filter(isFailing).length,
  };
}
