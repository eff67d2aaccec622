/** Recorded runs, and what tasks did in Airflow. */

/** Runs of one migrated task. Times are ISO, as they were given. */
export interface TaskRuns {
  /** Successful runs by the target operator. */
  readonly proven: number;
  readonly failed: number;
  readonly lastFailed: string | null;
  readonly lastProven: string | null;
  /** End of the last run by the old operator. */
  readonly lastOld: string | null;
  /** Runs that name no operator. */
  readonly unclear: number;
}

export interface StateCounts {
  readonly manual: number;
  readonly review: number;
  readonly safe: number;
  readonly migrated: number;
  readonly ignored: number;
}

/** One recorded run as a point of the burndown. */
export interface HistoryPoint extends StateCounts {
  /** ISO. */
  readonly time: string;
  readonly commit: string | null;
}

export interface HistoryEntry {
  /** Recorded runs, oldest first; the last is this report where its time is known. */
  readonly points: readonly HistoryPoint[];
  /** Since the last recorded run before this report. */
  readonly since: HistoryChanges;
  readonly forecast: Forecast;
}

/** What is different from a recorded run; ids of tasks, regressions first. */
export interface HistoryChanges {
  readonly time: string;
  readonly commit: string | null;
  /** Legacy tasks that were not there. */
  readonly appeared: readonly string[];
  /** Migrated ones that are legacy again. */
  readonly relapsed: readonly string[];
  readonly worse: readonly string[];
  readonly better: readonly string[];
  readonly migrated: readonly string[];
  readonly gone: readonly string[];
}

/** `done` is an ISO date; null where the records do not tell one. */
export interface Forecast {
  readonly done: string | null;
  readonly perWeek: number | null;
  readonly days: number;
  readonly sentence: string;
}

export interface RunsEntry {
  readonly runs: number;
  /** Migrated tasks that at least one successful run on the gateway proves, and those that none does. */
  readonly proven: number;
  readonly unproven: number;
  /** Of the proven ones, those whose last run on the gateway failed. */
  readonly failing: number;
}
