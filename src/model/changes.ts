/** What a change does to files. */
import type { Verdict } from './findings.ts';
import type { Span } from './places.ts';

/** One replacement in a file, in the offsets of its original text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A document that `apply` writes beside its source. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** The unit of acceptance: call, import, sensor, edges and request document move together or not at all. */
export interface Change {
  /** Hash of content, not of position. */
  readonly id: string;
  /** `TaskEntry.id` of the task that it moves. */
  readonly task: string;
  readonly file: string;
  /** Every file that it edits or writes, its own first. */
  readonly files: readonly string[];
  readonly verdict: Verdict;
}

/** One file as a set of accepted changes leaves it; `before` is null for a file that does not exist yet. */
export interface PlannedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  readonly encoding: 'utf-8' | 'latin-1';
  /** The file goes: `after` is empty then. */
  readonly gone?: true;
}
