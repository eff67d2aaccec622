/** What the target operator can do. */
import type { Place } from './places.ts';

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
