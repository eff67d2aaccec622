import type { JsonObject } from '../../src/effective/json.ts';
import type { SubmissionScript } from './scripts.ts';

/** A submission that the test gateway accepted. */
export interface AcceptedSubmission {
  readonly id: string;
  readonly cr: JsonObject;
  readonly script: SubmissionScript;
}

/** Answer of a status call; `error` is an HTTP status that replaces it, `delay` are milliseconds before it. */
export type StatusAnswer =
  | { readonly error: number; readonly delay: number }
  | {
      readonly error: null;
      readonly state: string | null;
      readonly message: string | null;
      readonly ended: boolean;
      readonly sparkUIUrl: string | null;
      readonly delay: number;
    };

const ends = new Set(['COMPLETED', 'FAILED', 'FAILED_SUBMISSION', 'SUBMISSION_FAILED']);

/** The submissions of one gateway; every status call moves its submission one state on. */
export class Submissions {
  private readonly accepted = new Map<
    string,
    { readonly submission: AcceptedSubmission; polls: number; logCalls: number }
  >();

  add(submission: AcceptedSubmission): void {
    this.accepted.set(submission.id, { submission, polls: 0, logCalls: 0 });
  }

  find(id: string): AcceptedSubmission | null {
    return this.accepted.get(id)?.submission ?? null;
  }

  /** Counts a call of the log; after how many chunks it breaks, null: not at all. */
  dropLogAfter(id: string): number | null {
    const entry = this.accepted.get(id);
    if (entry === undefined) return null;
    const { dropLogAfter, logDrops } = entry.submission.script;
    return logDrops === null || entry.logCalls++ < logDrops ? dropLogAfter : null;
  }

  remove(id: string): void {
    this.accepted.delete(id);
  }

  /** The next status of a submission; null for one that there is none of. */
  poll(id: string): StatusAnswer | null {
    const entry = this.accepted.get(id);
    if (entry === undefined) return null;
    const { script } = entry.submission;
    const poll = entry.polls++;
    const error = script.statusErrors[poll];
    const delay = script.statusDelays[poll] ?? 0;
    if (error !== undefined) return { error, delay };
    const state = script.states[Math.min(poll, script.states.length - 1)] ?? null;
    const ended = state !== null && ends.has(state);
    const message = ended && state !== 'COMPLETED' ? script.errorMessage : null;
    return { error: null, state, message, ended, sparkUIUrl: script.sparkUIUrl, delay };
  }
}
