/** What stands in Python: values as far as they are known, names, texts. */
import type { Place, Span } from './places.ts';

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
