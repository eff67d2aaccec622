/** What a row of the field table says. */
export type FieldClass = 'same' | 'moved' | 'changed' | 'server' | 'dead' | 'lost';
export type FieldType = 'string' | 'integer' | 'boolean' | 'any';

/** Which rule takes the field: `copy` and `drop` are done while walking, the others by the rule of that name. */
export type FieldRule =
  | 'copy'
  | 'drop'
  | 'affinity'
  | 'config-maps'
  | 'cores'
  | 'dynamic-allocation'
  | 'environment'
  | 'gpu'
  | 'into-spark-conf'
  | 'memory'
  | 'metadata'
  | 'monitoring'
  | 'secrets'
  | 'security-context'
  | 'spark-conf'
  | 'spark-version'
  | 'volumes';

export interface FieldRow {
  /**
   * Relative to `spec`. `<role>` stands for driver and executor, `*` for any key of a map, `[]` for any item of a list, a
   * last `**` for the field with everything below it.
   */
  readonly path: string;
  readonly type: FieldType;
  /** What it is unless its value says otherwise; the rule decides then, and records it. */
  readonly class: FieldClass;
  /** Where it goes in the request; null where nowhere. */
  readonly target: string | null;
  readonly rule: FieldRule;
  readonly why: string;
  readonly remedy: string;
  /** Where the fact comes from: the programs that were run. */
  readonly source: FactSource;
}

/** `crd`: the custom resource's schema; `operator`: Spark operator; `spark`: Spark's pod builders; `gateway`: the gateway's server; `pair`: both paths compared. */
export type FactSource = 'crd' | 'operator' | 'spark' | 'gateway' | 'pair';

export const nothingToDo = 'Nothing.';

/** A field that the request has under the same name with the same meaning. */
export function same(path: string, type: FieldType = 'string'): FieldRow {
  return {
    path,
    type,
    class: 'same',
    target: path,
    rule: 'copy',
    why: 'The request has the same field with the same meaning.',
    remedy: nothingToDo,
    source: 'pair',
  };
}

/** A field that the gateway decides for every job. */
export function server(path: string, why: string): FieldRow {
  return {
    path,
    type: 'any',
    class: 'server',
    target: null,
    rule: 'drop',
    why,
    remedy: nothingToDo,
    source: 'gateway',
  };
}

/** A field that had no effect before either. */
export function dead(path: string, why: string): FieldRow {
  return { path, type: 'any', class: 'dead', target: null, rule: 'drop', why, remedy: nothingToDo, source: 'operator' };
}

/** A field that has no way through the gateway. */
export function lost(path: string, why: string, remedy: string): FieldRow {
  return { path, type: 'any', class: 'lost', target: null, rule: 'drop', why, remedy, source: 'pair' };
}
