/** What stands around a call. */
import type { DagFacts, DefaultArguments } from '../model.ts';

export interface CallContext {
  readonly dag: DagFacts | null;
  readonly defaults: DefaultArguments;
  /** Prefix of the task id, null when a group's id is not known. */
  readonly prefix: string | null;
  readonly multiplicity: number | 'dynamic';
  /** Functions whose callers were asked for it. */
  readonly callers: readonly string[];
  /** The file of the DAG, where that is another one. */
  readonly file?: string;
}
