/** The configuration, with its defaults filled in. */
import type { PromisedDifference, Severity } from './findings.ts';
import type { PayloadStyle } from './target.ts';
import type { ProvidedKind } from './translation.ts';

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
