/** What `doctor` tells. */
import type { FindingEntry } from './entries.ts';
import type { Place } from './places.ts';
import type { SlotSum } from './rollout.ts';
import type { OperatorSource, PayloadStyle, TargetOperator, VersionFound } from './target.ts';

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
