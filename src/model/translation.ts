/** Documents, requests and the ledger between them. */
import type { FindingArguments } from './findings.ts';
import type { Span } from './places.ts';
import type { Json } from './python.ts';

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
