/** Calls of the source classes, and what is known around them. */
import type { Place, Span } from './places.ts';
import type {
  Argument,
  Fact,
  ImportedName,
  OverriddenClass,
  PayloadSource,
  SourceClass,
  WrittenPath,
} from './python.ts';

/** A DAG as far as the source tells. */
export interface DagFacts {
  readonly id: Fact;
  readonly templateSearchPath: Fact | null;
  /** The same folders as paths: those reached from `__file__` or from the environment among them. */
  readonly searchFolders: readonly WrittenPath[];
  readonly defaultArgs: DefaultArguments;
  readonly renderNative: boolean;
  /** `schedule`, `schedule_interval` or `timetable`; null where the DAG has none. */
  readonly schedule?: DefaultArgument | null;
  readonly maxActiveRuns?: Fact | null;
}

/** Effective `default_args` around a call: what is known of each key; `complete` is false when keys may be missing. */
export interface DefaultArguments {
  readonly entries: ReadonlyMap<string, DefaultArgument>;
  readonly complete: boolean;
}

export interface DefaultArgument {
  readonly value: Fact;
  readonly seconds: number | null;
  readonly text: string;
  readonly span: Span;
}

/** What every call of a source class has in common. */
export interface SparkCall {
  readonly file: string;
  readonly className: SourceClass;
  /** The whole call expression, its callee, and the argument list with its parentheses. */
  readonly span: Span;
  readonly callee: Span;
  readonly argumentList: Span;
  readonly arguments: readonly Argument[];
  /** Comments inside the argument list. */
  readonly comments: readonly Span[];
  readonly form: 'call' | 'partial';
  /** Of `.partial(…)`: what it is expanded over; null where that stands elsewhere. */
  readonly expansion: Expansion | null;
  readonly import: ImportedName;
  /** What it is assigned to, where the call is the whole right side of a simple assignment. */
  readonly variable: Variable | null;
  /** The call with `.expand(…)` and the like behind it, and whether an `if … else` can stand there without parentheses. */
  readonly whole: Span;
  readonly takesConditional: boolean;
  /** The statement that holds the call, and whether the call (or its assignment) is all of it. */
  readonly statement: Span;
  readonly statementIsCall: boolean;
  readonly around: Surroundings;
  readonly dag: DagFacts | null;
  /** With the prefixes of TaskGroups around it. */
  readonly taskId: Fact;
  /** All ids where one call makes several known ones. */
  readonly taskIds?: readonly string[];
  /** Functions whose callers gave a value that is taken as known. */
  readonly callers: readonly string[];
  /**
   * The task id, and the name of the application (`name` of an operator, `application_name` of a sensor), in a form to be
   * compared: equal keys are equal texts where both calls run in one pass. A known text is its own key; null: not known.
   */
  readonly idKey: string | null;
  readonly nameKey: string | null;
  /** Effective defaults: the DAG's, under those of TaskGroups. */
  readonly defaults: DefaultArguments;
  /** Calls of a loop or a factory make several tasks or an unknown number. */
  readonly multiplicity: number | 'dynamic';
  /** Span of the function body that holds it, null at module level. */
  readonly functionBody: Span | null;
  /** The subclass that is called, where it does more than the source class. */
  readonly overridden?: OverriddenClass;
  /** How it is reached where a function or class holds it that is called from elsewhere, and the calls are all known. */
  readonly reached?: Reached;
  /** `# bpg-migrate: ignore[reason]` on the call. */
  readonly ignored: string | null;
  /** ISO date of `ignore[reason; until 2027-03-31]`; the reason above is without it. */
  readonly ignoredUntil: string | null;
  readonly place: Place;
}

/** The way from a DAG to a call that stands in a definition. */
export interface Reached {
  /** The file of the DAG: paths of templates are looked up beside it. */
  readonly dagFile: string;
  /** All DAGs that reach the call, this one among them: by id, by file where the id is not known. */
  readonly dags: readonly string[];
  /** The definition that holds the call, then those that lead to it. */
  readonly definitions: readonly ReachedDefinition[];
}

/** A function at module level, or a class, on the way to a call. */
export interface ReachedDefinition {
  readonly file: string;
  readonly name: string;
  /** The whole definition, decorators included, and its name. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** True where other DAGs reach it too. */
  readonly shared: boolean;
  readonly parameters: readonly DefinitionParameter[];
  /** Definitions of the file that are named after it (`job_bpg` beside `job`), with their texts. */
  readonly twins: ReadonlyMap<string, string>;
  /** The calls of it that belong to this way. */
  readonly calls: readonly ReachingCall[];
}

export interface DefinitionParameter {
  readonly name: string;
  /** Every place in the definition that reads it. */
  readonly uses: readonly Span[];
  readonly default: WrittenLiteral | null;
}

/** A value as it stands in a file; `value` where it is one plain string literal. */
export interface WrittenLiteral {
  readonly span: Span;
  readonly text: string;
  readonly value: string | null;
}

export interface PassedKeyword {
  readonly name: Span;
  readonly value: WrittenLiteral;
  /** The argument with the comma that goes with it; null where a comment stands beside. */
  readonly removal: Span | null;
}

export interface ReachingCall {
  readonly file: string;
  readonly span: Span;
  /** What names the definition there: `job`, or the last part of `spark.job`; and the import, null for such a part. */
  readonly nameSpan: Span;
  readonly import: ImportedName | null;
  /**
   * The module from which a copy of the definition can be imported, where the call has the definition from a module that
   * passes it on; `unknown` where none is, null where it imports from the definition's own.
   */
  readonly from: string | null;
  /** What it gives, by parameter; null where that can not be told. */
  readonly given: ReadonlyMap<string, WrittenLiteral> | null;
  /** Keywords that no parameter takes, which go on through `**kwargs`. */
  readonly passed: ReadonlyMap<string, PassedKeyword>;
}

/** `.expand(…)` with its arguments, or `.expand_kwargs(…)` with those of its dicts where their keys are known. */
export interface Expansion {
  readonly method: string;
  readonly arguments: readonly Argument[];
  /** False where there may be arguments that can not be seen. */
  readonly complete: boolean;
}

/** What stands around a statement and decides whether, how often and for whom it runs. */
export interface Surroundings {
  /** Offset of the innermost branch, loop, function or comprehension; -1 at module level (`with` does not count). */
  readonly region: number;
  /** All statements of the block that it stands in, shared by them; null at module level. */
  readonly siblings: readonly Span[] | null;
  /** TaskGroups around it, innermost first; `held` where an expression may speak of the group. */
  readonly groups: readonly { readonly at: number; readonly held: boolean }[];
}

/** A variable that holds a task. */
export interface Variable {
  readonly name: string;
  /** Tells this binding from others of the same name, and survives edits elsewhere in the file. */
  readonly id: string;
  /** True where another name holds the task too (`a = b = Op(…)`). */
  readonly shared: boolean;
  /** Every place that reads it; `attribute` is what follows the dot, if anything does. */
  readonly uses: readonly VariableUse[];
  /** True when the same name is bound more than once in its scope, or may be read from elsewhere. */
  readonly rebound: boolean;
}

export interface VariableUse {
  readonly span: Span;
  readonly attribute: string | null;
}

export interface SparkTask extends SparkCall {
  readonly payload: PayloadSource;
}

export interface SparkSensor extends SparkCall {
  /** Keys of the task ids in the XCom idiom of `application_name`, null where it is not the idiom. */
  readonly watches: readonly string[] | null;
}

/** A call of the target operator that is already there. */
export interface MigratedTask {
  readonly file: string;
  readonly place: Place;
  readonly dag: DagFacts | null;
  readonly taskId: Fact;
  readonly multiplicity: number | 'dynamic';
  readonly span?: Span;
  /** As of a `SparkCall`. */
  readonly functionBody?: Span | null;
}

/** `New(…) if on_bpg("id") else Old(…)`: all other facts see the old side only. */
export interface SwitchFacts {
  /** The whole expression, with the parentheses around it. */
  readonly span: Span;
  readonly fresh: Span;
  readonly condition: Span;
  readonly old: Span;
  /** The names that are read by what the other facts do not see. */
  readonly names: ReadonlySet<string>;
}
