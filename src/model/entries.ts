/** The entries of a report. */
import type { Severity, Verdict } from './findings.ts';
import type { Loss } from './translation.ts';

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
