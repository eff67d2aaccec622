/** A change as people see it: files, proof and graph before and after. */
import type { Verdict } from './findings.ts';
import type { Json } from './python.ts';

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
