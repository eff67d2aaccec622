/** What Airflow saw of one tree: the answer of `scaffold/verify/probe.py`, in its own words. */
import type { Json } from '../model.ts';

export interface Observation {
  /** Version of Airflow, null where it is not installed. */
  readonly airflow: string | null;
  /** Version of `apache-airflow-providers-cncf-kubernetes`, null where it is not installed. */
  readonly provider: string | null;
  readonly python: string;
  readonly problem?: 'not-installed' | 'unsupported' | 'broken';
  readonly traceback?: string;
  /** By file, relative to the root: the last words of Airflow about it. */
  readonly importErrors: Readonly<Record<string, string>>;
  readonly dags: Readonly<Record<string, ObservedDag>>;
}

export interface ObservedDag {
  readonly file: string;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly tasks: Readonly<Record<string, ObservedTask>>;
}

export interface ObservedTask {
  readonly class: string;
  readonly module: string;
  /** `operator` and `sensor`: the provider's or derived from it; `target`: the gateway's operator. */
  readonly role: 'operator' | 'sensor' | 'target' | 'other';
  readonly mapped: boolean;
  /** Id of the task group, null at the top. */
  readonly group: string | null;
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
  /** Keywords of the call, those from `default_args` among them. */
  readonly given: readonly string[];
  /** What BaseOperator takes; of a mapped task only what `partial` said. */
  readonly base: Readonly<Record<string, Json>>;
  /** What the class itself holds. */
  readonly own: Readonly<Record<string, Json>>;
  /** The literals of `expand`, null where it is no mapped task. */
  readonly expand: Json;
  readonly templateFields: readonly string[];
  /** One per instance; none for tasks without a document. */
  readonly documents: readonly ObservedDocument[];
}

export type ObservedDocument = { readonly index: number | null } & (
  | ({ readonly kind: 'text'; readonly text: string } & RenderedDocument)
  | ({ readonly kind: 'value'; readonly value: Json } & RenderedDocument)
  | { readonly kind: 'unknown'; readonly because: string }
);

export interface RenderedDocument {
  /** What the call gave besides the document: the source operator may write it over the document. */
  readonly overrides: Readonly<Partial<Record<'name' | 'namespace' | 'image' | 'code_path', string>>>;
  /** Values of a run that a text stands for, the same before and after. */
  readonly standIns: readonly string[];
}

/** Reads the probe's answer; null for a text that is none (the interpreter was stopped while it wrote). */
export function readObservation(text: string): Observation | null {
  try {
    const value = JSON.parse(text) as Partial<Observation>;
    if (typeof value.python !== 'string') return null;
    const { airflow = null, provider = null, python, importErrors = {}, dags = {}, problem, traceback } = value;
    return {
      airflow,
      provider,
      python,
      importErrors,
      dags,
      ...(problem === undefined ? {} : { problem }),
      ...(traceback === undefined ? {} : { traceback }),
    };
  } catch {
    return null;
  }
}
