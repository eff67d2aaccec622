/** Verdicts, and what can be said: the sentences live in `findings/`. */
import type { Place } from './places.ts';

export type Verdict = 'safe' | 'review' | 'manual';

export type Severity = 'info' | 'warning' | 'error';

/** The closed list of differences that a `safe` change may show; the names are those of `strict:`. */
export type PromisedDifference =
  | 'gateway-decides'
  | 'provided-names'
  | 'log-and-xcom'
  | 'waits'
  | 'pod-keywords'
  | 'core-limit'
  | 'time-limit';

export type FindingArguments = Readonly<Record<string, string | number>>;

/** Why, as data. The sentences live in `findings/`. */
export interface Finding {
  readonly code: string;
  readonly args: FindingArguments;
  readonly place: Place;
}

/** One code of the catalogue. `{name}` in `message` is replaced by the finding's argument of that name. */
export interface FindingKind {
  readonly verdict: Verdict;
  /** Set when the finding is one of the promised differences: `strict` may demote it. */
  readonly promised?: PromisedDifference;
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
}
