/** `accept` takes losses and changes off a route, with a reason that the report repeats. */
import { kindOf } from '../findings/catalogue.ts';
import type { AcceptedLoss, Finding, Loss } from '../model.ts';
import { isMatch, type Subject } from './routing.ts';

export interface Acceptance {
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
  /** The entries that matched something. */
  readonly used: readonly AcceptedLoss[];
}

/** Findings with a `path` argument and losses that an entry names are agreed for this subject and queue. */
export function acceptLosses(
  entries: readonly AcceptedLoss[],
  subject: Subject,
  queue: string | null,
  today: string | null,
  findings: readonly Finding[],
  losses: readonly Loss[],
): Acceptance {
  const holding = entries.filter((entry) => holds(entry, subject, queue) && !hasExpired(entry, today));
  const used = new Set<AcceptedLoss>();
  const entryFor = (path: unknown): AcceptedLoss | undefined => {
    if (typeof path !== 'string') return undefined;
    const entry = holding.find(({ field }) => covers(field, path));
    if (entry !== undefined) used.add(entry);
    return entry;
  };
  const kept = findings.filter(
    ({ code, args }) => kindOf(code).verdict !== 'review' || entryFor(args['path']) === undefined,
  );
  const told = losses.map((loss) => {
    const entry = loss.class === 'lost' || loss.class === 'changed' ? entryFor(loss.path) : undefined;
    return entry === undefined ? loss : { ...loss, accepted: entry.reason };
  });
  return { findings: kept, losses: told, used: [...used] };
}

/** True when the day of `until` is over. */
export function hasExpired(entry: AcceptedLoss, today: string | null): boolean {
  return entry.until !== undefined && today !== null && entry.until < today;
}

/** `driver.tolerations` covers itself and all below it (`driver.tolerations[0].key`). */
function covers(field: string, path: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`) || isMatch(path, field);
}

function holds(entry: AcceptedLoss, subject: Subject, queue: string | null): boolean {
  const conditions: [string | undefined, string | null][] = [
    [entry.queue, queue],
    [entry.connection, subject.connection],
    [entry.namespace, subject.namespace],
    [entry.dag, subject.dag],
  ];
  return conditions.every(
    ([glob, value]) => glob === undefined || glob === '*' || (value !== null && isMatch(value, glob)),
  );
}
