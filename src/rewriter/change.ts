/** A planned change: everything that applying it needs, with what depends on its neighbours still open. */
import type { Change, Edit, FileFacts, NewFile, Span, SparkSensor, SparkTask, TextConstant } from '../model.ts';
import type { ImportNeed } from './imports.ts';
import type { Request } from './prepare.ts';
import type { Replacement } from './rewire.ts';

/** The text of a constant that a task reads, translated. Where it goes depends on who else reads it. */
export interface ConstantRequest {
  readonly constant: TextConstant;
  /** The literal, quotes included. */
  readonly literal: string;
  /** The name of the second constant, where the first must stay. */
  readonly twin: string;
  /** True when something outside the file may read the constant. */
  readonly shared: boolean;
}

export interface SensorEdit {
  readonly sensor: SparkSensor;
  /** Null for a placeholder. */
  readonly removal: { readonly replacement: Replacement | null; readonly lines: Span } | null;
  /** Edits of a placeholder. */
  readonly edits: readonly Edit[];
}

export interface PlannedChange extends Change {
  readonly facts: FileFacts;
  readonly sparkTask: SparkTask;
  /** The call with its new callee; `reference` is what stands for the document where a constant holds it. */
  readonly callEdits: (reference: string) => readonly Edit[];
  readonly constant: ConstantRequest | null;
  /** The translation, for the proof. */
  readonly request: Request;
  readonly documents: readonly NewFile[];
  /** The file that they are translated from. */
  readonly documentSource: string | null;
  readonly sensors: readonly SensorEdit[];
  readonly needs: readonly ImportNeed[];
  /** Spans whose names are no longer read: the callees that were replaced, the sensors that went. */
  readonly released: readonly Span[];
}
