/** All facts of one file, the order of its tasks included. */
import type { Place, SourceFile, Span } from './places.ts';
import type { ClassMeaning, ImportedName, OtherUse, StringFact, TopImport } from './python.ts';
import type { MigratedTask, SparkSensor, SparkTask, Surroundings, SwitchFacts } from './tasks.ts';

/** A part of a dependency expression. `outer` is the span with the parentheses around it. */
export type Operand =
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly id: string;
      readonly span: Span;
      readonly outer: Span;
      /** What is known of the task behind it, where one call makes it. */
      readonly task?: OperandTask;
    }
  | OperandList
  | {
      readonly kind: 'label';
      readonly id: string;
      readonly span: Span;
      readonly outer: Span;
      readonly task?: undefined;
    }
  | OperandChain
  /** Anything else, known by its text; a call that makes a task by its `task_id`. */
  | {
      readonly kind: 'other';
      readonly id: string;
      readonly span: Span;
      readonly outer: Span;
      readonly task?: OperandTask;
    };

/** A task as its call tells of it: id and group are null where they are not known, the rule where none is given. */
export interface OperandTask {
  readonly taskId: string | null;
  /** The value, or the text of an expression. */
  readonly triggerRule: string | null;
  /** Id of the innermost TaskGroup around the call. */
  readonly group: string | null;
}

export interface OperandList {
  readonly kind: 'list';
  readonly tuple: boolean;
  readonly items: readonly Operand[];
  readonly span: Span;
  readonly outer: Span;
}

/** `a >> b` in parentheses, inside another chain or an argument: it makes edges, and stands for its last operand. */
export interface OperandChain {
  readonly kind: 'chain';
  readonly operands: readonly Operand[];
  readonly operators: readonly ('>>' | '<<')[];
  readonly span: Span;
  readonly outer: Span;
}

/**
 * An expression that makes edges: `a >> [b, c] << d`, `a.set_upstream(b)` (two operands, one operator), `chain(a, b)`,
 * `chain_linear(…)`, `cross_downstream(…)`; or a variable alone, which makes none.
 */
export interface DependencyStatement {
  /** The whole statement, and the expression in it without parentheses around. */
  readonly span: Span;
  readonly expression: Span;
  readonly form: 'shift' | 'method' | 'chain' | 'chain-linear' | 'cross' | 'bare';
  /** False where the expression is part of a larger statement, which may use its value. */
  readonly whole: boolean;
  readonly around: Surroundings;
  readonly operands: readonly Operand[];
  /** One fewer than operands; `>>` points to the right operand. */
  readonly operators: readonly ('>>' | '<<')[];
}

/** All that the parser says about one file. */
export interface FileFacts {
  readonly source: SourceFile;
  readonly lineEnding: string;
  /** Places where the file does not parse; then nothing in it is edited. */
  readonly errors: readonly Place[];
  readonly tasks: readonly SparkTask[];
  readonly sensors: readonly SparkSensor[];
  readonly migrated: readonly MigratedTask[];
  readonly otherUses: readonly OtherUse[];
  /** Names of the module that stand for a source class: another file may import them. */
  readonly exports: readonly { readonly name: string; readonly className: ClassMeaning }[];
  /** Dotted names of this project that the file was read with, beside those of the provider. */
  readonly classes: ReadonlyMap<string, ClassMeaning>;
  /** Calls that stand beside their successor, with the question which of the two it is. */
  readonly switches: readonly SwitchFacts[];
  /** Ignore comments that speak of no call. */
  readonly unusedIgnores: readonly Place[];
  /** Every import of the file, in source order, those of functions and guards included. */
  readonly imports: readonly ImportedName[];
  readonly topImports: readonly TopImport[];
  /** Where a first import can go: behind docstring, comments and `__future__`. */
  readonly importStart: number;
  readonly dependencies: readonly DependencyStatement[];
  /** Every string literal but docstrings, f-strings whose value is known among them. */
  readonly strings: readonly StringFact[];
  /** What its DAGs say of other DAGs, of datasets, and their tags. */
  readonly mentions: readonly DagMention[];
  /** Names bound or read anywhere in the file: a name that a change adds must not be one of them. */
  readonly boundNames: ReadonlySet<string>;
}

/** What a DAG says of another (by its id), of a dataset (by its URI), or of itself (a tag). `dag`: who says it. */
export interface DagMention {
  readonly kind: 'waits-for' | 'triggers' | 'produces' | 'consumes' | 'tag';
  readonly dag: string | null;
  readonly name: string;
  readonly place: Place;
}
