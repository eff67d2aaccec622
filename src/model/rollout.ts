/** How far a rollout is, and what is in its way. */
import type { ConnectionEntry } from './entries.ts';
import type { Verdict } from './findings.ts';
import type { HistoryEntry, RunsEntry, StateCounts, TaskRuns } from './history.ts';
import type { Place } from './places.ts';

/** Worker slots that one legacy task takes while its job runs: as it is today, and once it is migrated. */
export interface SlotUse {
  /** `TaskEntry.id`. */
  readonly task: string;
  readonly file: string;
  readonly dag: string | null;
  /** Null where its name is not known. */
  readonly pool: string | null;
  /** Task instances in one run of the DAG. */
  readonly instances: number | 'dynamic';
  /** Slots of one instance today, its sensors' included; null where it is not known. */
  readonly before: number | null;
  /** Slots of one instance once it is migrated; 0 where it waits in the triggerer. */
  readonly after: number;
  /** The schedule as written, null where the DAG has none or it is not known. */
  readonly schedule: string | null;
  /** Seconds between two runs, null where that can not be told. */
  readonly interval: number | null;
  /** Seconds that the task waits at most. */
  readonly longest: number;
  /** Runs of the DAG that may be active at once: `max_active_runs`, Airflow's 16 where it says nothing, null where not known. */
  readonly activeRuns: number | null;
}

/** What waiting tasks hold together. `atMost` counts the runs that can overlap as well, each task waiting as long as it may. */
export interface SlotSum {
  /** Calls that could be counted. */
  readonly tasks: number;
  /** Slots if every DAG is in one run and all its tasks wait at once; those whose present is not known count in `after` only. */
  readonly before: number;
  readonly after: number;
  readonly atMost: number;
  /** Calls whose slots today, or whose number of instances, is not known. */
  readonly beforeUnknown: number;
  readonly dynamic: number;
  readonly pools: readonly {
    readonly pool: string | null;
    readonly before: number;
    readonly after: number;
    readonly atMost: number;
  }[];
}

/** How risky a DAG is to move; `blocked`: a task of it has no change that could be applied. */
export type WaveRisk = 'low' | 'medium' | 'high' | 'blocked';

/** The order in which DAGs are moved. Counted from what is left: the first wave is always the next one. */
export interface WavePlan {
  /** By number; a number that pins leave out has no wave. */
  readonly waves: readonly Wave[];
  /** Every DAG with a legacy task: in which wave it is and why; by wave, then in the order in which they were taken. */
  readonly dags: readonly WaveDag[];
}

export interface Wave {
  readonly number: number;
  /** That of its riskiest DAG. */
  readonly risk: WaveRisk;
  readonly dags: readonly string[];
  /** Ids of the legacy tasks. */
  readonly tasks: readonly string[];
}

export interface WaveDag {
  /** The DAG id, the file where it is not known. */
  readonly dag: string;
  readonly wave: number;
  readonly risk: WaveRisk;
  readonly points: number;
  readonly pinned: boolean;
  readonly reasons: readonly string[];
  readonly tasks: readonly string[];
}

/** What a report says beyond single tasks; about the tasks of the report, but for `retirements`, which are about the project. */
export interface Rollout {
  /** In the order of the report's tasks. */
  readonly tasks: readonly TaskRollout[];
  readonly groups: readonly GroupEntry[];
  readonly waves: readonly WaveEntry[];
  readonly blockers: readonly Blocker[];
  readonly retirements: readonly Retirement[];
  readonly capacity: readonly QueueCapacity[];
  readonly effort: Effort;
  /** Null where nothing was recorded yet. */
  readonly history: HistoryEntry | null;
  /** Null where no runs were given. */
  readonly runs: RunsEntry | null;
}

export interface TaskRollout {
  readonly task: string;
  readonly owner: string | null;
  /** Null for a task that is not legacy. */
  readonly wave: number | null;
  /** Estimated, for a legacy task. */
  readonly minutes: number;
  /** What the runs that were given say; null where none were, or the task is not migrated, or its ids are not known. */
  readonly runs: TaskRuns | null;
}

export interface GroupEntry extends StateCounts {
  readonly by: 'owner' | 'dag' | 'connection' | 'namespace' | 'queue' | 'wave';
  /** Null where it is not known. */
  readonly name: string | null;
}

export interface WaveEntry {
  readonly number: number;
  readonly risk: WaveRisk;
  readonly counts: StateCounts;
  readonly minutes: number;
  readonly owners: readonly string[];
  readonly queues: readonly string[];
  readonly dags: readonly WaveDag[];
}

/** One thing to settle, and what it holds back. */
export interface Blocker {
  /** Code, or code and what it is about: stable. */
  readonly key: string;
  readonly code: string;
  readonly verdict: Verdict;
  /** What to do, in words: `map connection X`. */
  readonly action: string;
  readonly remedy: string;
  /** Ids of the legacy tasks that it holds back. */
  readonly tasks: readonly string[];
  /** Of these, those that nothing else holds back, and in how many DAGs they are. */
  readonly frees: readonly string[];
  readonly dags: number;
}

/** Whether a connection can be switched off. */
export interface Retirement {
  readonly name: string;
  readonly kind: ConnectionEntry['kind'];
  readonly migrated: number;
  /** Tasks that still use it, ignored ones too, each with its owner. */
  readonly left: readonly { readonly task: string; readonly owner: string | null; readonly place: Place }[];
  /** Other users: pod operators, hooks … */
  readonly others: readonly ConnectionUser[];
  readonly ready: boolean;
  /** Why, or why not. */
  readonly because: readonly string[];
}

/** What the jobs of one wave ask of one queue, if all run at once. Memory in MiB, without Spark's overhead. */
export interface QueueCapacity {
  readonly wave: number;
  /** Null: no queue yet. */
  readonly queue: string | null;
  readonly tasks: number;
  /** Tasks whose request does not tell its size; they count nothing in the sums. */
  readonly unknown: number;
  readonly cores: number;
  readonly memory: number;
  readonly executors: number;
  /** Worker slots that waiting tasks hold: today, afterwards, and at most. */
  readonly slots: { readonly before: number; readonly after: number; readonly atMost: number };
  /** Cores of the jobs that start in each hour of the DAG's timezone; null where no schedule tells one. */
  readonly hours: readonly number[] | null;
}

export interface Effort {
  readonly minutes: number;
  /** What is counted, and how many minutes each: assumptions, published so that they can be argued with. */
  readonly rules: readonly { readonly what: string; readonly minutes: number }[];
}

/** What one job asks of its queue. Memory in MiB, null where the document does not tell before it is rendered. */
export interface RequestSize {
  readonly driver: { readonly cores: number | null; readonly memory: number | null };
  readonly executor: { readonly cores: number | null; readonly memory: number | null };
  /** The most that may run at once. */
  readonly executors: number | null;
  readonly dynamic: boolean;
}

/** A use of a connection that is no Spark task: where it stands, and what is called there. */
export interface ConnectionUser extends Place {
  readonly callee: string | null;
}
