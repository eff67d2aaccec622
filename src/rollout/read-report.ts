/** Reads the JSON of a report that this program wrote, in this version or another of the same schema. */
import * as v from 'valibot';
import type { Report } from '../model.ts';

export type ReadReport =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly reason: string };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.nullable(v.string());
const severity = v.picklist(['info', 'warning', 'error']);
const place = { file: v.string(), line: count, column: count };
const finding = v.looseObject({ code: v.string(), severity, message: v.string(), ...place });
const loss = v.looseObject({
  path: v.string(),
  value: v.unknown(),
  class: v.picklist(['moved', 'changed', 'server', 'dead', 'lost']),
  why: v.string(),
  remedy: v.string(),
});
const task = v.looseObject({
  id: v.string(),
  idParts: v.looseObject({ file: v.string(), dagId: name, taskId: name, ordinal: count }),
  ...place,
  dagId: name,
  taskId: name,
  status: v.picklist(['legacy', 'migrated', 'ignored']),
  verdict: v.nullable(v.picklist(['safe', 'review', 'manual'])),
  decision: v.nullable(v.picklist(['accepted', 'rejected', 'skipped'])),
  connection: name,
  namespace: name,
  queue: name,
  payload: v.nullable(v.looseObject({ kind: v.string(), path: name, target: name })),
  sensors: v.array(v.string()),
  multiplicity: v.union([v.number(), v.literal('dynamic')]),
  losses: v.array(loss),
  findings: v.array(finding),
  change: name,
});
const sensor = v.looseObject({
  id: v.string(),
  ...place,
  dagId: name,
  taskId: name,
  task: name,
  outcome: v.picklist(['removed', 'placeholder', 'kept', 'manual']),
  findings: v.array(finding),
});
const connection = v.looseObject({
  name: v.string(),
  kind: v.picklist(['kubernetes_conn_id', 'in_cluster', 'config_file', 'unknown']),
  legacy: count,
  migrated: count,
  otherUsers: count,
  queues: v.array(v.string()),
  retirable: v.boolean(),
});
const summary = v.looseObject({
  files: count,
  tasks: count,
  legacy: count,
  migrated: count,
  ignored: count,
  safe: count,
  review: count,
  manual: count,
  sensors: count,
  skippedFiles: count,
});
/** Loose: what a later version says more stays, and is told again. */
const reportSchema = v.looseObject({
  schemaVersion: v.literal(1),
  tool: v.looseObject({ name: v.literal('bpg-migrate'), version: v.string() }),
  shard: v.optional(v.looseObject({ index: v.pipe(count, v.minValue(1)), count: v.pipe(count, v.minValue(1)) })),
  summary,
  tasks: v.array(task),
  sensors: v.array(sensor),
  connections: v.array(connection),
  files: v.array(v.looseObject({ file: v.string(), tasks: count, skipped: name })),
  findings: v.array(finding),
});

/** The report, without the changes themselves, which no JSON holds; or where the text is something else. */
export function readReport(text: string): ReadReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'it is no JSON' };
  }
  const read = v.safeParse(reportSchema, value);
  if (!read.success) {
    const [issue] = read.issues;
    const at = v.getDotPath(issue);
    return { ok: false, reason: `it is no report of this schema (${at === null ? '' : `${at}: `}${issue.message})` };
  }
  return { ok: true, report: { ...(read.output as unknown as Omit<Report, 'changes'>), changes: [] } };
}
