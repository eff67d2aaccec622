/** A planned change: everything that applying it needs, with what depends on its neighbours still open. */
import type { Change, Edit, FileFacts, NewFile, Span, SparkSensor, SparkTask, TextConstant } from '../model.ts';
import type { Edges } from './graph.ts';
import type { ImportNeed } from './imports.ts';
import type { Request } from './prepare.ts';
import type { GoneStatement } from './statement-lines.ts';

/** The text of a constant that a task reads, translated. Where it goes depends on who else reads it. */
export interface ConstantRequest {
  readonly constant: Pick<TextConstant, 'name' | 'statement' | 'uses'> & { readonly literal: { readonly span: Span } };
  /** The literal, quotes included. */
  readonly literal: string;
  /** The name of the second constant, where the first must stay. */
  readonly twin: string;
  /** Indentation of its statement. */
  readonly indent: string;
  /** True when something outside the file may read the constant. */
  readonly shared: boolean;
}

export interface SensorEdit {
  readonly sensor: SparkSensor;
  /** All tasks that it waits for: it changes when all of them do. */
  readonly tasks: readonly SparkTask[];
  /** By which expressions know the task, null where none can; edges that its arguments make by themselves. */
  readonly id: string | null;
  readonly implied: Edges;
  /** The statement that goes (null where the call is part of an expression that is rewired), or null for a placeholder. */
  readonly removal: { readonly statement: GoneStatement | null } | null;
  /** Edits of a placeholder. */
  readonly edits: readonly Edit[];
  /** The empty task in its place where the sensors that must go with it stay. */
  readonly fallback?: { readonly edits: readonly Edit[]; readonly need: ImportNeed };
}

/** What a change does at the calls that lead to its own: in another file, or in its own one outside the definition. */
export interface FilePart {
  readonly facts: FileFacts;
  readonly edits: readonly Edit[];
  readonly needs: readonly ImportNeed[];
  /** Spans whose names are no longer read. */
  readonly released: readonly Span[];
  /** Null: the edits are made where they stand. */
  readonly twin: Twin | null;
}

/** A definition that others reach too: it stays as it is, and a copy with the edits of the change is written below it. */
export interface Twin {
  /** The whole definition, decorators included, and its name. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** The name of the copy. */
  readonly name: string;
  /** True where the very same copy is there already. */
  readonly isThere: boolean;
}

/** The second constant that a switch needed, right below the first. */
export interface LeftTwin {
  readonly name: string;
  /** From the end of the first statement to the end of the twin's. */
  readonly statement: Span;
  readonly value: string;
  readonly uses: readonly Span[];
  readonly first: { readonly name: string; readonly value: Span; readonly uses: readonly Span[] };
}

export interface PlannedChange extends Omit<Change, 'files'> {
  /** Both operators stay behind a switch, or a switch is taken away; absent: the call is written anew. */
  readonly form?: 'switch' | 'final';
  readonly leftTwin?: LeftTwin | null;
  readonly facts: FileFacts;
  readonly sparkTask: SparkTask;
  /** The call with its new callee; `reference` is what stands for the document where a constant holds it. */
  readonly callEdits: (reference: string) => readonly Edit[];
  readonly constant: ConstantRequest | null;
  /** The translation, for the proof; null where the document is translated at run time. */
  readonly request: Request | null;
  readonly documents: readonly NewFile[];
  /** The file that they are translated from. */
  readonly documentSource: string | null;
  readonly sensors: readonly SensorEdit[];
  /** Edits of those who read the XCom of the task; absent: nobody does. */
  readonly readers?: readonly Edit[];
  readonly needs: readonly ImportNeed[];
  readonly callers: readonly FilePart[];
  /** Null: the call is edited where it stands. */
  readonly twin: Twin | null;
  /** Spans whose names are no longer read: the callees that were replaced, the sensors that went. */
  readonly released: readonly Span[];
}

/** The files that a change edits, each once, its own first. */
export function filesTouched({ facts, callers }: PlannedChange): readonly FileFacts[] {
  const byPath = new Map([facts, ...callers.map((part) => part.facts)].map((one) => [one.source.path, one]));
  return [...byPath.values()];
}

/** True where the change edits the file. */
export function touches(change: PlannedChange, { source }: FileFacts): boolean {
  return filesTouched(change).some((facts) => facts.source.path === source.path);
}

/** Paths of all that the change edits or writes, its own file first. */
export function filesWritten(change: PlannedChange): readonly string[] {
  const edited = filesTouched(change).map(({ source }) => source.path);
  return [...new Set([...edited, ...change.documents.map(({ path }) => path)])];
}
