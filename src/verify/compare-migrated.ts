/** A task of the Spark operator that became one of the gateway's: what must be kept, and what must not. */
import type { Json } from '../model.ts';
import { compareDocuments, type DocumentContext } from './compare-documents.ts';
import { compareValues, kindOfArgument } from './compare-values.ts';
import type { Differences, Spot } from './differences.ts';
import type { ObservedTask } from './observation.ts';
import { isSame } from './same.ts';

/** Arguments that hold a document; they are compared where they are rendered. */
export const payloadNames: readonly string[] = ['application_file', 'application_content', 'template_spec'];
/** Keywords of the gateway's operator that a migration writes. */
const written = [
  'application_content',
  // What it makes is compared.
  'translate',
  'application_file',
  'application_file_type',
  'application_timeout',
  'log_poll_interval',
  'connection_id',
  // Where the sensor gave its slot back while it waited.
  'deferrable',
];
/** Seconds that `execution_timeout` leaves beyond the job's own limit. */
const MARGIN = 300;

export function compareMigrated(
  before: ObservedTask,
  after: ObservedTask,
  spot: Spot,
  context: DocumentContext,
  found: Differences,
): void {
  found.explained('operator-replaced', spot, { before: before.class, after: after.class });
  compareValues(before.base, after.base, before, spot, found, (name) => isExplained(name, before, after, spot, found));
  compareKeywords(before, after, spot, found);
  compareConnection(after, context.options.target.connectionId, spot, found);
  compareExpand(before, after, spot, found);
  compareDocuments(before, after, spot, context, found);
}

function compareKeywords(before: ObservedTask, after: ObservedTask, spot: Spot, found: Differences): void {
  const isOwn = (name: string): boolean => !(name in before.base) && !(name in after.base);
  const dropped = before.given.filter((name) => isOwn(name) && !after.given.includes(name));
  if (dropped.length > 0) found.explained('keywords-dropped', spot, { subject: dropped.join(', ') });
  const fresh = after.given.filter((name) => isOwn(name) && !before.given.includes(name));
  const known = fresh.filter((name) => written.includes(name));
  if (known.length > 0) found.explained('keywords-written', spot, { subject: known.join(', ') });
  for (const name of fresh.filter((one) => !written.includes(one)))
    found.unexplained(kindOfArgument(name, before), spot, { subject: name, after: after.own[name] ?? null });
  const [old, now] = [[...before.templateFields], [...after.templateFields]];
  if (!isSame(old, now)) found.explained('template-fields', spot, { before: old, after: now });
}

function compareConnection(after: ObservedTask, wanted: string, spot: Spot, found: Differences): void {
  const is = after.own['connection_id'];
  if (is === wanted || is === undefined) return;
  const remedy = 'It is not the `target.connectionId` of the configuration: correct one of them.';
  found.unexplained('argument-changed', spot, { subject: 'connection_id', before: wanted, after: is, remedy });
}

/** Of a mapped task the literals, those of the document left out. */
function compareExpand(before: ObservedTask, after: ObservedTask, spot: Spot, found: Differences): void {
  if (!isSame(withoutPayload(before.expand), withoutPayload(after.expand)))
    found.unexplained('mapped-changed', spot, { subject: '`expand`', before: before.expand, after: after.expand });
  const [old, fresh] = [before.documents.length, after.documents.length];
  if (old !== fresh)
    found.unexplained('mapped-changed', spot, { subject: 'the number of instances', before: old, after: fresh });
}

function withoutPayload(value: Json): Json {
  if (Array.isArray(value)) return value.map((row: Json) => withoutPayload(row));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !payloadNames.includes(name)));
}

/** True for an argument of BaseOperator whose difference belongs to the migration; then it is told as that. */
function isExplained(name: string, before: ObservedTask, after: ObservedTask, spot: Spot, found: Differences): boolean {
  const [old, fresh] = [before.base[name] ?? null, after.base[name] ?? null];
  if (name === 'do_xcom_push' && !(before.given.includes(name) && old === false)) {
    found.explained('xcom-gone', spot, { subject: name, before: old, after: fresh });
    return true;
  }
  const limit = after.own['application_timeout'];
  if (name !== 'execution_timeout' || typeof limit !== 'number') return false;
  const [less, more] = [secondsOf(old), secondsOf(fresh)];
  if (less === null || more === null || more <= less || more < limit + MARGIN) return false;
  found.explained('execution-timeout-raised', spot, { subject: name, before: old, after: fresh });
  return true;
}

function secondsOf(value: Json): number | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { seconds } = value as { readonly seconds?: Json };
  return typeof seconds === 'number' ? seconds : null;
}
