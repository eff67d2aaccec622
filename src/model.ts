/**
 * The vocabulary: types only, imports nothing. Every layer speaks in these words.
 *
 *   discover → parse → bind → find → decide → plan → apply → verify → report
 *
 * Facts (what stands in the source) come from the parser, decisions (what it becomes) from the rewriter, and a Report
 * (what is said about it) is what every reporter reads.
 */

// ---------------------------------------------------------------------------------------------------- places and text

/** Half-open range of UTF-16 code units, as tree-sitter reports in JavaScript and as `slice` takes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where something stands: path relative to the root with `/`, line and column 1-based, column in UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A decoded source file. `text` keeps a BOM and the line endings exactly as they were. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly encoding: 'utf-8' | 'latin-1';
}

/** What discovery found: files that could be read, and the others with the reason. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
  /** True when the file names a source class, so that leaving it out must raise the exit code. */
  readonly namesSource: boolean;
}

// ------------------------------------------------------------------------------------------------------------- verdicts

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

// ---------------------------------------------------------------------------------------------------------------- facts

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What is known of a Python expression: its value, its text only, or nothing (and because of what). */
export type Fact =
  | { readonly kind: 'known'; readonly value: Json }
  | { readonly kind: 'symbolic'; readonly text: string }
  | { readonly kind: 'unknown'; readonly because: string };

/** One argument of a call, in source order. `name` is null for positional and splatted ones. */
export interface Argument {
  readonly kind: 'keyword' | 'positional' | 'splat' | 'double-splat';
  readonly name: string | null;
  readonly span: Span;
  readonly valueSpan: Span;
  /** The source text of the value. */
  readonly text: string;
  readonly value: Fact;
  /** The value in seconds where it is a `timedelta(…)` or a number that can be computed. */
  readonly seconds: number | null;
  /** Of `**`: the argument is one entry of its dict. `span` is that of the whole `**…`; `constant` where it has a name. */
  readonly unpacked?: {
    readonly constant: boolean;
    /** The dict is a `**kwargs` parameter: the argument stands at the callers. */
    readonly passed?: boolean;
  };
}

export type SourceClass = 'SparkKubernetesOperator' | 'SparkKubernetesSensor';

/** What a class of the project is: a source class, or a subclass that does more than one. */
export type ClassMeaning = SourceClass | OverriddenClass;
export interface OverriddenClass {
  readonly className: SourceClass;
  readonly name: string;
  /** What it does beyond the source class. */
  readonly because: string;
}

/** A name that an import statement binds, with every place that reads it. */
export interface ImportedName {
  /** Dotted module of a `from` import, or of the module itself. */
  readonly module: string;
  /** The imported name, null for `import module`. */
  readonly name: string | null;
  /** The name bound in the file. */
  readonly local: string;
  /** The whole import statement, and this name's part in it (`a as b`). */
  readonly statement: Span;
  readonly clause: Span;
  /** How many names the statement imports. */
  readonly names: number;
  /** True at module level and not inside try, if, with or a function. */
  readonly topLevel: boolean;
  /** True when the same name is bound elsewhere too (`except ImportError: Name = None`). */
  readonly rebound: boolean;
  /** Every identifier in the file that this binding may supply. */
  readonly uses: readonly Span[];
}

/** The text of a document as it stands in Python: one plain string literal. */
export interface StringLiteral {
  /** Span of the whole literal, prefix and quotes included. */
  readonly span: Span;
  readonly prefix: string;
  /** `'`, `"`, `'''` or `"""`. */
  readonly quote: string;
  /** The decoded value. */
  readonly value: string;
  /** Offset in the file of the first character of the content. */
  readonly contentStart: number;
  /** True when the content stands in the file letter by letter (no escape was decoded). */
  readonly verbatim: boolean;
  /** Parts of the value that Python fills in; absent for a plain literal. */
  readonly holes?: readonly TextHole[];
  /** How they are filled in: what must be doubled to stand for itself depends on it. */
  readonly filledBy?: 'f-string' | 'format' | 'percent' | 'replace';
}
/** A part of a text that Python fills in: where it stands in the value, and how it is written (`{name}`, `%s`). */
export interface TextHole {
  readonly span: Span;
  readonly text: string;
  /** Its value where that is known. */
  readonly value: string | null;
}

/** A module constant that holds the text of a document. */
export interface TextConstant {
  readonly name: string;
  readonly literal: StringLiteral;
  /** The whole right side, with what stands around the literal (`dedent(…)`). */
  readonly valueSpan: Span;
  readonly statement: Span;
  /** Every place that reads the name, the assignment itself left out. */
  readonly uses: readonly Span[];
}

/** Where the SparkApplication of a task comes from. */
export type PayloadSource =
  | {
      readonly kind: 'file';
      readonly argument: Argument;
      /** As written, for messages. */
      readonly path: string;
      /** What the expression may come to; more than one in loops and wrappers. */
      readonly paths: readonly WrittenPath[];
      /** The path itself, or what is read from it where the DAG is parsed: the text, or YAML already loaded. */
      readonly form: 'path' | 'text' | 'data';
      /** Functions of this file whose callers were followed. */
      readonly callers: readonly string[];
      /** The literals in the argument of which each is a path by itself; absent where the paths come otherwise. */
      readonly choices?: readonly Span[];
    }
  /** `slot`: where its name stands in the argument. */
  | { readonly kind: 'constant'; readonly argument: Argument; readonly constant: TextConstant; readonly slot: Span }
  | { readonly kind: 'inline'; readonly argument: Argument; readonly literal: StringLiteral }
  /** `data` is null where a key of it is not known. */
  | { readonly kind: 'dict'; readonly argument: Argument; readonly data: PythonData | null }
  /** `late`: it is text to be rendered, a path, or the output of a task, so only the task itself can look at it; or it may be. */
  | {
      readonly kind: 'runtime';
      readonly argument: Argument;
      readonly because: string;
      readonly late?: 'surely' | 'perhaps';
    }
  | { readonly kind: 'none' };

/** A document that is a dict display, as such or dumped to text. */
export interface PythonData {
  readonly form: 'dict' | 'yaml' | 'json';
  /** The document as JSON, `⟦expression⟧` for what is no literal. */
  readonly text: string;
  /** These expressions; `value` is JSON. */
  readonly holes: readonly TextHole[];
  /** The display itself, and where it or the name of its constant stands in the argument. */
  readonly display: Span;
  readonly slot: Span;
  readonly constant: { readonly name: string; readonly statement: Span; readonly uses: readonly Span[] } | null;
  readonly hasComments: boolean;
  /** True when other constants are part of it: they are written out. */
  readonly hasConstants: boolean;
  readonly argumentSpan: Span;
}

/** A path as an expression comes to it. */
export interface WrittenPath {
  /** `written`: as the DAG gives it away; `project`: relative to the root, for it was reached from `__file__`. */
  readonly from: 'written' | 'project';
  /** U+FFFC stands for a piece that is not known. */
  readonly text: string;
}

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

/** A use of a source class that can not be followed: a base class, an alias, an argument, one of two possible classes. */
export interface OtherUse {
  readonly className: SourceClass;
  readonly place: Place;
  readonly text: string;
}

/** An import statement at module level, for «where does a new import go?». */
export interface TopImport {
  readonly span: Span;
  readonly module: string;
  readonly from: boolean;
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
export interface StringFact {
  readonly span: Span;
  readonly value: string;
  /** What the literal is given to, directly or inside a list, a dict, a condition or a concatenation. */
  readonly context: StringContext;
}
/** An argument of a call (`callee` is the text of what is called), the value of a `return`, or neither. */
export interface StringContext {
  readonly callee: string | null;
  /** The keyword, null for a positional argument. */
  readonly argument: string | null;
  /** Index of a positional argument, null otherwise. */
  readonly position: number | null;
  readonly returned: boolean;
}

// ---------------------------------------------------------------------------------------------------------- translation

/** Class of a field's way from SparkApplication to request. */
export type LossClass = 'moved' | 'changed' | 'server' | 'dead' | 'lost';

/** One line of the loss ledger; `path` is relative to `spec`, others from the root (`metadata.labels`). Secrets are masked. */
export interface Loss {
  readonly path: string;
  readonly value: Json;
  readonly class: LossClass;
  readonly why: string;
  readonly remedy: string;
  /** The reason given in the configuration, where this loss was accepted. */
  readonly accepted?: string;
}

/** A finding about a document; the caller knows where offset 0 stands. */
export interface DocumentFinding {
  readonly code: string;
  readonly args: FindingArguments;
  readonly offset: number | null;
}

/** Names that the gateway's namespace must hold for the job to start. */
export type ProvidedKind = 'serviceAccounts' | 'secrets' | 'configMaps' | 'claims' | 'pullSecrets';
export type ProvidedNames = Readonly<Record<ProvidedKind, readonly string[]>>;

/** What a route and the task's own arguments add to the document. */
export interface TranslateOptions {
  /** Null: no `queue` is written and the gateway chooses. */
  readonly queue: string | null;
  readonly spotInstance?: boolean;
  /** Merged into driver and executor labels (cost centre …). */
  readonly labels?: Readonly<Record<string, string>>;
  /** What a provider ≥ 7.14 writes over the document before it creates it. */
  readonly overrides?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly image?: string;
    readonly mainApplicationFile?: string;
  };
  /** Version of the Kubernetes provider that runs the document today, such as `9.0.1`; absent: not known. */
  readonly provider?: string;
  /** Written as sparkConf `bpg.maxRunningMillis`, over the document's own; absent: the document's own stays. */
  readonly maxRunningMillis?: number;
  /** How long the operator waits, in seconds; compared with what the document says. */
  readonly applicationTimeout?: number;
  /** Parts of the text that Python fills in before the document is used (f-string holes, `%s`): carried as they are. */
  readonly opaque?: readonly Span[];
  /** Format of the result; a JSON source can become YAML. */
  readonly format: 'yaml' | 'json';
}

export type Translation =
  | {
      readonly ok: true;
      /** The request document, ready to be sent, placeholders as they were. */
      readonly text: string;
      /** The resource that the source comes to today, as a value; placeholders stand in strings as text. */
      readonly document: Json;
      /** The request as a value, likewise. */
      readonly request: Json;
      readonly findings: readonly DocumentFinding[];
      readonly losses: readonly Loss[];
      readonly names: ProvidedNames;
      /** `metadata.name` of the source. */
      readonly name: string | null;
      /** `metadata.namespace` of the source. */
      readonly namespace: string | null;
      /** Jinja expressions that something must render before the request is sent. */
      readonly placeholders: readonly { readonly text: string; readonly offset: number }[];
    }
  | { readonly ok: false; readonly findings: readonly DocumentFinding[] };

// ------------------------------------------------------------------------------------------------------------ the target

/** How the request reaches the operator. */
export type PayloadStyle = 'templated' | 'content' | 'file-with-type' | 'file';

/** What the target operator can do; from a built-in profile or read from its source. */
export interface TargetOperator {
  readonly origin: 'published' | 'aws-blog' | 'standalone' | 'inspected';
  /** True when nothing said which operator it is. */
  readonly assumed: boolean;
  readonly module: string;
  readonly className: string;
  readonly parameters: ReadonlySet<string>;
  readonly templateFields: readonly string[];
  readonly templateExtensions: readonly string[];
  readonly deferrable: boolean;
  readonly cancels: boolean;
  readonly reattaches: boolean;
  readonly acceptsDict: boolean;
  /** Defaults of the constructor's parameters, as written. */
  readonly defaults: Readonly<Record<string, string>>;
  /** The Content-Type that goes with the document: BPG takes YAML only under one of YAML, and JSON under any. */
  readonly contentType: { readonly content: ContentType; readonly file: ContentType };
  /** States of the gateway that end the wait; null where the source does not show it. */
  readonly terminalStates: readonly string[] | null;
  /** What the source uses and not every Airflow has. */
  readonly breaks: readonly Breakage[];
  /** Where its source was found, null for a built-in profile. */
  readonly source: OperatorSource | null;
  /** Where the source says so, by the name of the property above; empty for a built-in profile. */
  readonly evidence: Readonly<Record<string, Place>>;
}
/** `by-text`: JSON or YAML as the text is; `by-parameter`: as `application_file_type` says. */
export type ContentType = 'yaml' | 'json' | 'by-text' | 'by-parameter' | 'none' | 'unknown';
/** A name that Airflow has from a version on, or up to one. */
export interface Breakage {
  readonly name: string;
  /** First version without it, else null. */
  readonly gone: string | null;
  /** First version with it, else null. */
  readonly since: string | null;
  readonly place: Place | null;
}
/** What a Python environment says as text; nothing of it was executed. */
export interface PythonEnvironment {
  /** Of modules that the target operator may be made of, by dotted name. */
  readonly modules: Readonly<Record<string, { readonly path: string; readonly text: string }>>;
  readonly airflow: string | null;
  readonly provider: string | null;
}
/** A version and who says so: the configuration, a file of the project, the environment asked, Airflow's constraints. */
export interface VersionFound {
  readonly version: string | null;
  readonly from: string;
}
export interface OperatorSource {
  readonly path: string;
  /** `configured` by `target.operatorSource`, else found by the module of `target.operator` in the project or in the environment asked. */
  readonly found: 'configured' | 'project' | 'environment';
}

// --------------------------------------------------------------------------------------------------------- configuration

/** `bpg-migrate.yaml`, with every default filled in. */
export interface Options {
  /** Absolute path of the root. */
  readonly root: string;
  /** The configuration file, relative to the root; null when there is none. */
  readonly configFile: string | null;
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  /** Bytes. */
  readonly maxFileSize: number;
  readonly source: {
    readonly airflow: string | null;
    readonly provider: string | null;
    readonly sourceRoots: readonly string[];
    readonly templateSearchPath: readonly string[];
    readonly ignoreSyntax: 'regexp' | 'glob' | null;
  };
  readonly target: {
    readonly operator: string;
    readonly operatorSource: string | null;
    readonly profile: 'published' | 'aws-blog' | 'standalone' | null;
    readonly connectionId: string;
    readonly payload: 'auto' | PayloadStyle;
    /** Seconds. */
    readonly applicationTimeout: number;
    readonly accountingLabels: boolean;
    readonly gatewayConfig: string | null;
  };
  readonly routing: readonly Route[];
  readonly isolation: readonly IsolationRule[];
  readonly queues: Readonly<Record<string, QueueOptions>>;
  readonly classes: readonly SourceClassOption[];
  readonly sharedDefinitions: 'twin' | 'in-place';
  readonly sensors: SensorsOption;
  readonly strict: readonly PromisedDifference[];
  readonly severity: Readonly<Record<string, SeverityOption>>;
  readonly accept: readonly AcceptedLoss[];
  readonly owners: Readonly<Record<string, string>>;
  readonly waves: Readonly<Record<string, number>>;
}
/** What becomes of a sensor whose task moves. */
export type SensorMode = 'remove' | 'placeholder' | 'keep';
/** One for all, or one by DAG: the first glob that matches, else the default. */
export type SensorsOption =
  | SensorMode
  | { readonly default: SensorMode; readonly dags: Readonly<Record<string, SensorMode>> };
/** What a person chose for one task over what the configuration would make of it. */
export interface Alternatives {
  readonly sensor?: 'remove' | 'placeholder';
  /** One of the queues that the configuration names. */
  readonly queue?: string;
  /** Seconds. */
  readonly timeout?: number;
}
/** One severity, or one per path glob. */
export type SeverityOption = Severity | Readonly<Record<string, Severity>>;
/** What a route or a rule looks at; globs, `"*"` matches the unknown too. */
export interface RouteCondition {
  readonly connection?: string;
  readonly namespace?: string;
  readonly dag?: string;
  readonly owner?: string;
  readonly 'not-connection'?: string;
  readonly 'not-namespace'?: string;
  readonly 'not-dag'?: string;
  readonly 'not-owner'?: string;
}
export interface Route extends RouteCondition {
  /** Null when the template of `init` has not been filled in yet: no route. */
  readonly queue: string | null;
  readonly spotInstance?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}
export interface IsolationRule {
  readonly match: RouteCondition;
  readonly queues: readonly string[];
}
export interface QueueOptions {
  /** Seconds; null: the gateway's default of 12 h. */
  readonly maxRunning: number | null;
  readonly provides: 'all' | Readonly<Partial<Record<ProvidedKind, readonly string[]>>>;
}
export interface SourceClassOption {
  readonly name: string;
  readonly as: 'operator' | 'sensor';
  readonly replace: 'call-site' | 'definition';
}
export interface AcceptedLoss {
  readonly field: string;
  readonly queue?: string;
  readonly connection?: string;
  readonly namespace?: string;
  readonly dag?: string;
  readonly reason: string;
  /** ISO date. */
  readonly until?: string;
}

/** A configuration error: where it stands, what is wrong, and what was perhaps meant. */
export interface ConfigurationProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

// ------------------------------------------------------------------------------------------------------ plan and changes

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

// ---------------------------------------------------------------------------------------------------------------- report

/** What every reporter reads; its JSON form is the contract of `scan --format json` (without `changes`). */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'bpg-migrate'; readonly version: string };
  /** Of a part of a project: which, until all are merged. */
  readonly shard?: Shard;
  readonly summary: Summary;
  readonly tasks: readonly TaskEntry[];
  readonly sensors: readonly SensorEntry[];
  readonly connections: readonly ConnectionEntry[];
  readonly files: readonly FileEntry[];
  /** Findings about the project as a whole (target assumed, era unknown …). */
  readonly findings: readonly FindingEntry[];
  /** Waves, owners, blockers and what else a rollout is steered by; `report` and `status` have it. */
  readonly rollout?: Rollout;
  /** Not part of the JSON: before and after of each change, for diffs and the HTML. */
  readonly changes: readonly ChangeView[];
}
/** Part `index` of `count`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}
export interface Summary {
  readonly files: number;
  readonly tasks: number;
  readonly legacy: number;
  readonly migrated: number;
  readonly ignored: number;
  readonly safe: number;
  readonly review: number;
  readonly manual: number;
  readonly sensors: number;
  readonly skippedFiles: number;
}
export interface FindingEntry {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
export interface TaskEntry {
  readonly id: string;
  readonly idParts: {
    readonly file: string;
    readonly dagId: string | null;
    readonly taskId: string | null;
    readonly ordinal: number;
  };
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly dagId: string | null;
  readonly taskId: string | null;
  readonly taskIds?: readonly string[];
  readonly status: 'legacy' | 'migrated' | 'ignored';
  readonly verdict: Verdict | null;
  readonly decision: 'accepted' | 'rejected' | 'skipped' | null;
  readonly connection: string | null;
  readonly namespace: string | null;
  readonly queue: string | null;
  readonly payload: PayloadEntry | null;
  readonly sensors: readonly string[];
  readonly multiplicity: number | 'dynamic';
  readonly losses: readonly Loss[];
  readonly findings: readonly FindingEntry[];
  readonly change: string | null;
}
export interface PayloadEntry {
  readonly kind: 'file' | 'constant' | 'inline' | 'dict' | 'runtime';
  /** Where the document stands; null where there is no file. */
  readonly path: string | null;
  /** Where the request will stand; null where nothing is written. */
  readonly target: string | null;
}
export interface SensorEntry {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly dagId: string | null;
  readonly taskId: string | null;
  readonly task: string | null;
  readonly outcome: 'removed' | 'placeholder' | 'kept' | 'manual';
  readonly findings: readonly FindingEntry[];
}
export interface ConnectionEntry {
  readonly name: string;
  readonly kind: 'kubernetes_conn_id' | 'in_cluster' | 'config_file' | 'unknown';
  readonly legacy: number;
  readonly migrated: number;
  readonly otherUsers: number;
  readonly queues: readonly string[];
  readonly retirable: boolean;
}
export interface FileEntry {
  readonly file: string;
  readonly tasks: number;
  readonly skipped: string | null;
}
/** Worker slots that one legacy task takes while its job runs: as it is today, and once it is migrated. */
export interface SlotUse {
  /** `TaskEntry.id`. */
  readonly task: string;
  readonly file: string;
  readonly dag: string | null;
  /** Null where its name is not known. */
  readonly pool: string | null;
  /** Task instances in one run of the DAG. */
  readonly instances: number | 'dynamic';
  /** Slots of one instance today, its sensors' included; null where it is not known. */
  readonly before: number | null;
  /** Slots of one instance once it is migrated; 0 where it waits in the triggerer. */
  readonly after: number;
  /** The schedule as written, null where the DAG has none or it is not known. */
  readonly schedule: string | null;
  /** Seconds between two runs, null where that can not be told. */
  readonly interval: number | null;
  /** Seconds that the task waits at most. */
  readonly longest: number;
  /** Runs of the DAG that may be active at once: `max_active_runs`, Airflow's 16 where it says nothing, null where not known. */
  readonly activeRuns: number | null;
}
/** What waiting tasks hold together. `atMost` counts the runs that can overlap as well, each task waiting as long as it may. */
export interface SlotSum {
  /** Calls that could be counted. */
  readonly tasks: number;
  /** Slots if every DAG is in one run and all its tasks wait at once; those whose present is not known count in `after` only. */
  readonly before: number;
  readonly after: number;
  readonly atMost: number;
  /** Calls whose slots today, or whose number of instances, is not known. */
  readonly beforeUnknown: number;
  readonly dynamic: number;
  readonly pools: readonly {
    readonly pool: string | null;
    readonly before: number;
    readonly after: number;
    readonly atMost: number;
  }[];
}
/** How risky a DAG is to move; `blocked`: a task of it has no change that could be applied. */
export type WaveRisk = 'low' | 'medium' | 'high' | 'blocked';
/** The order in which DAGs are moved. Counted from what is left: the first wave is always the next one. */
export interface WavePlan {
  /** By number; a number that pins leave out has no wave. */
  readonly waves: readonly Wave[];
  /** Every DAG with a legacy task: in which wave it is and why; by wave, then in the order in which they were taken. */
  readonly dags: readonly WaveDag[];
}
export interface Wave {
  readonly number: number;
  /** That of its riskiest DAG. */
  readonly risk: WaveRisk;
  readonly dags: readonly string[];
  /** Ids of the legacy tasks. */
  readonly tasks: readonly string[];
}
export interface WaveDag {
  /** The DAG id, the file where it is not known. */
  readonly dag: string;
  readonly wave: number;
  readonly risk: WaveRisk;
  readonly points: number;
  readonly pinned: boolean;
  readonly reasons: readonly string[];
  readonly tasks: readonly string[];
}
/** What a report says beyond single tasks; about the tasks of the report, but for `retirements`, which are about the project. */
export interface Rollout {
  /** In the order of the report's tasks. */
  readonly tasks: readonly TaskRollout[];
  readonly groups: readonly GroupEntry[];
  readonly waves: readonly WaveEntry[];
  readonly blockers: readonly Blocker[];
  readonly retirements: readonly Retirement[];
  readonly capacity: readonly QueueCapacity[];
  readonly effort: Effort;
  /** Null where nothing was recorded yet. */
  readonly history: HistoryEntry | null;
  /** Null where no runs were given. */
  readonly runs: RunsEntry | null;
}
export interface TaskRollout {
  readonly task: string;
  readonly owner: string | null;
  /** Null for a task that is not legacy. */
  readonly wave: number | null;
  /** Estimated, for a legacy task. */
  readonly minutes: number;
  /** What the runs that were given say; null where none were, or the task is not migrated, or its ids are not known. */
  readonly runs: TaskRuns | null;
}
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
export interface GroupEntry extends StateCounts {
  readonly by: 'owner' | 'dag' | 'connection' | 'namespace' | 'queue' | 'wave';
  /** Null where it is not known. */
  readonly name: string | null;
}
export interface WaveEntry {
  readonly number: number;
  readonly risk: WaveRisk;
  readonly counts: StateCounts;
  readonly minutes: number;
  readonly owners: readonly string[];
  readonly queues: readonly string[];
  readonly dags: readonly WaveDag[];
}
/** One thing to settle, and what it holds back. */
export interface Blocker {
  /** Code, or code and what it is about: stable. */
  readonly key: string;
  readonly code: string;
  readonly verdict: Verdict;
  /** What to do, in words: `map connection X`. */
  readonly action: string;
  readonly remedy: string;
  /** Ids of the legacy tasks that it holds back. */
  readonly tasks: readonly string[];
  /** Of these, those that nothing else holds back, and in how many DAGs they are. */
  readonly frees: readonly string[];
  readonly dags: number;
}
/** Whether a connection can be switched off. */
export interface Retirement {
  readonly name: string;
  readonly kind: ConnectionEntry['kind'];
  readonly migrated: number;
  /** Tasks that still use it, ignored ones too, each with its owner. */
  readonly left: readonly { readonly task: string; readonly owner: string | null; readonly place: Place }[];
  /** Other users: pod operators, hooks … */
  readonly others: readonly ConnectionUser[];
  readonly ready: boolean;
  /** Why, or why not. */
  readonly because: readonly string[];
}
/** What the jobs of one wave ask of one queue, if all run at once. Memory in MiB, without Spark's overhead. */
export interface QueueCapacity {
  readonly wave: number;
  /** Null: no queue yet. */
  readonly queue: string | null;
  readonly tasks: number;
  /** Tasks whose request does not tell its size; they count nothing in the sums. */
  readonly unknown: number;
  readonly cores: number;
  readonly memory: number;
  readonly executors: number;
  /** Worker slots that waiting tasks hold: today, afterwards, and at most. */
  readonly slots: { readonly before: number; readonly after: number; readonly atMost: number };
  /** Cores of the jobs that start in each hour of the DAG's timezone; null where no schedule tells one. */
  readonly hours: readonly number[] | null;
}
export interface Effort {
  readonly minutes: number;
  /** What is counted, and how many minutes each: assumptions, published so that they can be argued with. */
  readonly rules: readonly { readonly what: string; readonly minutes: number }[];
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
/** What one job asks of its queue. Memory in MiB, null where the document does not tell before it is rendered. */
export interface RequestSize {
  readonly driver: { readonly cores: number | null; readonly memory: number | null };
  readonly executor: { readonly cores: number | null; readonly memory: number | null };
  /** The most that may run at once. */
  readonly executors: number | null;
  readonly dynamic: boolean;
}
/** A use of a connection that is no Spark task: where it stands, and what is called there. */
export interface ConnectionUser extends Place {
  readonly callee: string | null;
}
/** What `doctor` says: the target operator under the loupe, and what it means for these DAGs. */
export interface Diagnosis {
  readonly schemaVersion: 1;
  readonly configuration: string | null;
  readonly airflow: string | null;
  readonly provider: string | null;
  /** Who says so. */
  readonly versions: { readonly airflow: VersionFound; readonly provider: VersionFound };
  /** What a task of that provider did: it submitted, followed the log, or waited. */
  readonly behaviour: 'submits' | 'streams' | 'waits' | 'unknown';
  readonly operator: {
    readonly name: string;
    readonly origin: TargetOperator['origin'];
    readonly assumed: boolean;
    readonly source: OperatorSource | null;
    readonly style: PayloadStyle | null;
    readonly parameters: readonly string[];
    readonly defaults: Readonly<Record<string, string>>;
    readonly contentType: TargetOperator['contentType'];
    readonly terminalStates: readonly string[] | null;
    readonly capabilities: readonly Capability[];
  };
  /** Verdicts of the legacy tasks under the operator at hand and under each built-in profile. */
  readonly profiles: readonly ProfileSplit[];
  /** Legacy tasks that are manual only for what the operator can't do. */
  readonly heldByOperator: number;
  readonly legacy: number;
  /** What the legacy tasks hold while they wait; a task that stays manual counts as if it moved. */
  readonly slots: SlotSum;
  /** What the gateway answered, null where it was not asked. */
  readonly gateway: { readonly ok: boolean; readonly what: string } | null;
  readonly routes: readonly RouteUse[];
  readonly matches: readonly RouteMatch[];
  readonly findings: readonly FindingEntry[];
  /** A legacy task is routed where an isolation rule forbids it. */
  readonly isolationBroken: boolean;
  /** The command that helps most. */
  readonly next: string;
}
export interface Capability {
  readonly name: string;
  readonly has: boolean;
  readonly evidence: Place | null;
  /** What it means for these DAGs, and how many legacy tasks it concerns. */
  readonly meaning: string;
  readonly tasks: number;
}
export interface ProfileSplit {
  readonly name: string;
  /** The built-in profile; null for the operator at hand. */
  readonly profile: 'published' | 'aws-blog' | 'standalone' | null;
  readonly safe: number;
  readonly review: number;
  readonly manual: number;
}
/** Legacy tasks that are manual only for what the target operator can't do, and what each built-in one would make of all. */
export interface OperatorGap {
  readonly held: number;
  readonly legacy: number;
  readonly profiles: readonly ProfileSplit[];
}
/** One rule of `routing`, in order. */
export interface RouteUse {
  readonly rule: number;
  readonly condition: string;
  readonly queue: string | null;
  readonly tasks: number;
  /** The number of an earlier rule that matches all that this one could; null where it can be reached. */
  readonly shadowedBy: number | null;
}
/** Which rule a legacy task matched; `rule` null for none. */
export interface RouteMatch {
  readonly task: string;
  readonly connection: string | null;
  readonly namespace: string | null;
  readonly dag: string | null;
  readonly owner: string | null;
  readonly rule: number | null;
  readonly queue: string | null;
  /** Why this rule, or why none. */
  readonly why: string;
  readonly spotInstance: boolean | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly isolationBroken: boolean;
}
/**
 * What both sides come to in the end, computed: the command line, the conf and the pods that Spark gets from the document
 * and from the request. Values of secrets are masked.
 */
export interface Proof {
  /** Places that are equal. */
  readonly equal: number;
  readonly differing: readonly ProofDifference[];
  /** Places that the gateway decides, whatever the request says. */
  readonly gatewayDecided: readonly ProofDifference[];
  readonly unknown: readonly { readonly path: string; readonly because: string }[];
}
export interface ProofDifference {
  readonly path: string;
  /** Null where one side has nothing there. */
  readonly before: Json;
  readonly after: Json;
}

/** One change before and after: the DAG with only this change made, and the document beside its translation. */
export interface ChangeView {
  readonly id: string;
  readonly task: string;
  readonly verdict: Verdict;
  readonly files: readonly FileView[];
  /** What the documents come to on both sides; null where it could not be computed. */
  readonly proof: Proof | null;
  /** The order of tasks on both sides; absent where nobody worked it out. */
  readonly graph?: ChangeGraph;
}
/**
 * The tasks around a change before and after it. Both are equal once the removed sensors are contracted (what ran before
 * one of them runs before all that ran after it), trigger rules and groups included; a change for which this does not hold
 * is withdrawn. `unknown`: why the source alone does not tell the order; a load in Airflow (`verify`) does.
 */
export type ChangeGraph =
  | {
      readonly before: TaskGraph;
      readonly after: TaskGraph;
      /** Nodes of `before` that are gone. */
      readonly removed: readonly string[];
      /** Neighbours that are left out because there are too many to draw; their edges were compared too. */
      readonly hidden: number;
    }
  | { readonly unknown: string };
/** The task, its sensors, and what runs right before and right after them. */
export interface TaskGraph {
  readonly nodes: readonly GraphNode[];
  /** `[before, after]`, by the ids of nodes. */
  readonly edges: readonly (readonly [string, string])[];
}
export interface GraphNode {
  /** The same task has the same id on both sides. */
  readonly id: string;
  /** The task id, else the variable or expression. */
  readonly label: string;
  readonly kind: 'task' | 'moved' | 'sensor' | 'placeholder';
  readonly triggerRule: string | null;
  readonly group: string | null;
}
export interface FileView {
  readonly kind: 'python' | 'document';
  /** The file before; for a document its source. */
  readonly path: string;
  /** The file after; differs from `path` for a document that is translated beside its source. */
  readonly target: string;
  readonly language: 'python' | 'yaml' | 'json';
  readonly before: string;
  readonly after: string;
}
