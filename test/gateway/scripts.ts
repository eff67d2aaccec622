/** What happens to a submission of the test gateway: data, so that another process can hand it over as JSON. */
export interface SubmissionScript {
  /** Answers of the status calls one by one; the last one stays. Null is a status without a state. */
  readonly states: readonly (string | null)[];
  readonly errorMessage: string | null;
  /** Chunks of the driver log; null: there is none. */
  readonly log: readonly string[] | null;
  readonly logChunkMillis: number;
  /** The connection breaks after so many chunks; null: never. */
  readonly dropLogAfter: number | null;
  /** Only so many log calls break; null: all of them. */
  readonly logDrops: number | null;
  /** Status calls (0 is the first) that are answered with an error code instead. */
  readonly statusErrors: Readonly<Record<string, number>>;
  /** Status calls that are answered so many milliseconds late. */
  readonly statusDelays: Readonly<Record<string, number>>;
  /** Address of the Spark UI in every status that has a time. */
  readonly sparkUIUrl: string | null;
  readonly logError: number | null;
  readonly submitError: number | null;
}

export const completed: SubmissionScript = {
  states: ['UNKNOWN', 'SUBMITTED', 'RUNNING', 'COMPLETED'],
  errorMessage: null,
  log: ['Starting driver\n', 'Pi is roughly 3.14\n', 'Done\n'],
  logChunkMillis: 1,
  dropLogAfter: null,
  logDrops: null,
  statusErrors: {},
  statusDelays: {},
  sparkUIUrl: null,
  logError: null,
  submitError: null,
};

export const failedSubmission: SubmissionScript = {
  ...completed,
  states: ['UNKNOWN', 'FAILED_SUBMISSION'],
  errorMessage: 'failed to run spark-submit',
  log: null,
};

/** Scripts by name; each differs from `completed` in what its name says. */
export const scenarios: Readonly<Record<string, SubmissionScript>> = {
  completed,
  failed: {
    ...completed,
    states: ['UNKNOWN', 'SUBMITTED', 'RUNNING', 'FAILED'],
    errorMessage: 'driver container failed with ExitCode: 1, Reason: Error',
  },
  'failed-submission': failedSubmission,
  'unknown-for-ever': { ...completed, states: ['UNKNOWN'], log: null },
  'state-null': { ...completed, states: [null, null, 'RUNNING', 'COMPLETED'] },
  'no-log': { ...completed, log: null },
  'log-dropped': { ...completed, dropLogAfter: 1 },
  'log-500': { ...completed, logError: 500 },
  'status-500': { ...completed, statusErrors: { 1: 500 } },
  'submit-500': { ...completed, submitError: 500 },
  'running-for-ever': { ...completed, states: ['UNKNOWN', 'SUBMITTED', 'RUNNING'] },
};

/** Completes a partial script, or a name of `scenarios`; null for a name that there is none of. */
export function scriptFrom(given: string | Partial<SubmissionScript>): SubmissionScript | null {
  if (typeof given === 'string') return Object.hasOwn(scenarios, given) ? (scenarios[given] ?? null) : null;
  return { ...completed, ...given };
}
