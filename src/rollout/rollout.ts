/** Puts together what a report says beyond single tasks. Pure: what needs a clock or a file is handed over. */
import type { FindingKind, Report, Rollout, TaskEntry, WaveEntry } from '../model.ts';
import { blockersIn } from './blockers.ts';
import { historyOf } from './burndown.ts';
import { capacityOf } from './capacity.ts';
import { effortOf, minutesFor } from './effort.ts';
import { type Estate, waveNumbers } from './estate.ts';
import { compareText, countStates, groupsOf } from './groups.ts';
import type { HistoryRecord } from './records.ts';
import { retirementsOf } from './retirements.ts';
import type { TaskRun } from './run-files.ts';
import { runsByTask, runsEntry } from './runs.ts';

export interface RolloutOptions {
  /** Recorded runs of the same paths, oldest first. */
  readonly records: readonly HistoryRecord[];
  /** When and where the tasks were looked at; null: the report shall hold no clock. */
  readonly now: { readonly time: string; readonly commit: string | null } | null;
  /** Explains a code; the catalogue, unless a test brings its own. */
  readonly kinds?: (code: string) => FindingKind;
  /** Exported task states; null: none were given. */
  readonly runs: readonly TaskRun[] | null;
}

/**
 * The report with its rollout. `selected`: flags chose some of the tasks, and a history, which is about all of them, is
 * left out. Throws on a finding code that the catalogue lacks.
 */
export function withRollout(report: Report, estate: Estate, options: RolloutOptions, selected: boolean): Report {
  const { tasks } = report;
  const waves = waveNumbers(estate.waves);
  const runs = options.runs === null ? null : runsByTask(estate.tasks, options.runs, estate.operator);
  const rollout: Rollout = {
    tasks: tasks.map((task) => ({
      task: task.id,
      owner: estate.owners.get(task.id) ?? null,
      wave: waves.get(task.id) ?? null,
      minutes: minutesFor(task),
      runs: runs?.get(task.id) ?? null,
    })),
    groups: groupsOf(tasks, estate.owners, waves),
    waves: wavesIn(tasks, estate),
    blockers: blockersIn(tasks, options.kinds),
    retirements: retirementsOf({ ...estate, connections: report.connections, runs }),
    capacity: capacityOf({ ...estate, tasks, waves }),
    effort: effortOf(tasks),
    history: selected ? null : historyOf(tasks, options.records, options.now),
    runs: runs === null ? null : runsEntry(runs, options.runs?.length ?? 0),
  };
  // Changes are worked out when they are asked for; a copy would ask.
  return Object.defineProperties({} as Report, {
    ...Object.getOwnPropertyDescriptors(report),
    rollout: { value: rollout, enumerable: true },
  });
}

/** The waves with those of their DAGs that have a task here. */
function wavesIn(tasks: readonly TaskEntry[], { waves, owners }: Estate): readonly WaveEntry[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return waves.waves.flatMap(({ number, risk, tasks: ids }): WaveEntry[] => {
    const own = ids.flatMap((id) => byId.get(id) ?? []);
    if (own.length === 0) return [];
    const dags = waves.dags
      .filter((dag) => dag.wave === number && dag.tasks.some((id) => byId.has(id)))
      .map((dag) => ({ ...dag, tasks: dag.tasks.filter((id) => byId.has(id)) }));
    const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort(compareText);
    return [
      {
        number,
        risk,
        counts: countStates(own),
        minutes: own.reduce((sum, task) => sum + minutesFor(task), 0),
        owners: distinct(own.flatMap(({ id }) => owners.get(id) ?? [])),
        queues: distinct(own.flatMap(({ queue }) => queue ?? [])),
        dags,
      },
    ];
  });
}

/** The report of some of its tasks; what is about the whole project stays. */
export function reportOnly(report: Report, chosen: (task: TaskEntry) => boolean): Report {
  const tasks = report.tasks.filter(chosen);
  const ids = new Set(tasks.map(({ id }) => id));
  const sensors = report.sensors.filter(({ task }) => task !== null && ids.has(task));
  const counts = countStates(tasks);
  const { manual, review, safe, migrated, ignored } = counts;
  const legacy = manual + review + safe;
  return {
    ...report,
    summary: { ...report.summary, tasks: tasks.length, legacy, ...counts, sensors: sensors.length, migrated, ignored },
    tasks,
    sensors,
    findings: [],
    changes: report.changes.filter(({ task }) => ids.has(task)),
  };
}
