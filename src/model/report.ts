/** What every reporter reads. */
import type { ChangeView } from './change-view.ts';
import type { ConnectionEntry, FileEntry, FindingEntry, SensorEntry, Shard, Summary, TaskEntry } from './entries.ts';
import type { Rollout } from './rollout.ts';

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
