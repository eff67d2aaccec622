/** The documents of a task, instance by instance: translated where it was migrated, equal where it was not. */
import { otherOperator } from './difference.ts';
import type { Differences, Spot } from './differences.ts';
import { expectedRequests, type MigratedTask, type RequestOptions, type Translate } from './expected-request.ts';
import type { ObservedDocument, ObservedTask } from './observation.ts';
import { compareLeaves, type LeafDifference, readRequest } from './request-text.ts';

export interface DocumentContext {
  readonly options: RequestOptions;
  readonly translate: Translate;
  /** The queue of the plan; undefined where the plan does not know the task. */
  readonly queue: string | null | undefined;
}

type Known = Exclude<ObservedDocument, { kind: 'unknown' }>;

/** Places of one document that are told one by one. */
const mostPlaces = 20;

export function compareDocuments(
  before: ObservedTask,
  after: ObservedTask,
  spot: Spot,
  context: DocumentContext,
  found: Differences,
): void {
  for (const [position, old] of before.documents.entries()) {
    const fresh = after.documents.find(({ index }) => index === old.index) ?? after.documents[position];
    const where = old.index === null ? '' : `instance ${old.index}: `;
    if (fresh === undefined) {
      found.unexplained('document-unreadable', spot, { subject: `${where}there is none` });
    } else if (old.kind === 'unknown') {
      found.skip(spot, `${where}the document before can not be rendered: ${old.because}`);
    } else if (fresh.kind === 'unknown') {
      found.unexplained('document-unreadable', spot, { subject: `${where}${fresh.because}` });
    } else if (after.role === 'target' && before.role === 'operator') {
      compareMigrated(old, fresh, { where, seconds: after.own['application_timeout'] }, spot, context, found);
    } else {
      compareKept(old, fresh, where, spot, found);
    }
  }
}

/** The task was not migrated, so its document must be the same, comments and quotes apart. */
function compareKept(before: Known, after: Known, where: string, spot: Spot, found: Differences): void {
  if (textOf(before) === textOf(after)) return;
  const remedy = 'The task was not migrated, so this must be as before: restore it, or record that edit apart.';
  const [old, fresh] = [readRequest(textOf(before)), readRequest(textOf(after))];
  if (!old.ok || !fresh.ok) {
    found.unexplained('document-changed', spot, { subject: `${where}the document`, remedy });
    return;
  }
  for (const { path, before: was, after: is } of compareLeaves(old.leaves, fresh.leaves).slice(0, mostPlaces))
    found.unexplained('document-changed', spot, { subject: `${where}${path}`, before: was, after: is, remedy });
}

function compareMigrated(
  before: Known,
  after: Known,
  { where, seconds }: { readonly where: string; readonly seconds: unknown },
  spot: Spot,
  { options, translate, queue }: DocumentContext,
  found: Differences,
): void {
  const task: MigratedTask = {
    dagId: spot.dagId ?? '',
    taskId: spot.taskId ?? '',
    queue,
    applicationTimeout: typeof seconds === 'number' ? seconds : null,
    document: before,
  };
  const expected = expectedRequests(task, options, translate);
  if (!expected.ok) {
    found.skip(spot, `${where}${expected.because}`);
    return;
  }
  const read = readRequest(textOf(after));
  if (!read.ok) {
    const path = /^\s*(\S+\.(?:ya?ml|json))\s*$/.exec(textOf(after))?.[1];
    found.unexplained(
      'document-unreadable',
      spot,
      path === undefined
        ? { subject: `${where}${read.because}` }
        : { subject: `${where}it is the path ${path}, which the operator does not open`, remedy: otherOperator },
    );
    return;
  }
  const least = closest(expected.texts, read.leaves);
  for (const { path, before: wanted, after: is } of least.slice(0, mostPlaces))
    found.unexplained('document-changed', spot, { subject: `${where}${path}`, before: wanted, after: is });
  if (least.length > mostPlaces)
    found.unexplained('document-changed', spot, { subject: `${where}and ${least.length - mostPlaces} more places` });
  if (least.length === 0) {
    const standIns = before.standIns.length === 0 ? '' : `, ${before.standIns.join(', ')} standing for themselves`;
    found.explained('request-translated', spot, { subject: `${where}${read.leaves.size} places equal${standIns}` });
  }
}

/** The differences from the expected request that differs least. */
function closest(texts: readonly string[], after: ReadonlyMap<string, string>): readonly LeafDifference[] {
  let least: readonly LeafDifference[] | null = null;
  for (const text of texts) {
    const expected = readRequest(text);
    // Our own translation always reads; a request that does not would be a fault of ours.
    if (!expected.ok) throw new Error(`a translation can not be read: ${expected.because}`);
    const differences = compareLeaves(expected.leaves, after);
    if (least === null || differences.length < least.length) least = differences;
  }
  return least ?? [];
}

const textOf = (document: Known): string => (document.kind === 'text' ? document.text : JSON.stringify(document.value));
