/** Comments that say to leave a call alone: for how long they hold, and what must be said of them. */
import type { FileFacts, Finding, SparkCall } from '../model.ts';
import { finding } from './project.ts';

/** The facts without the ignores that ended before `today`; null: none has ended. They keep their `ignoredUntil`. */
export function withoutExpiredIgnores(facts: FileFacts, today: string | null): FileFacts {
  const lift = <Call extends SparkCall>(call: Call): Call =>
    hasExpired(call, today) ? { ...call, ignored: null } : call;
  if (![...facts.tasks, ...facts.sensors].some((call) => hasExpired(call, today))) return facts;
  return { ...facts, tasks: facts.tasks.map(lift), sensors: facts.sensors.map(lift) };
}

function hasExpired({ ignored, ignoredUntil }: SparkCall, today: string | null): boolean {
  return ignored !== null && ignoredUntil !== null && today !== null && ignoredUntil < today;
}

/** Ignores that ended, that speak of no call, and whose end can not be read. */
export function ignoreFindings(facts: FileFacts): readonly Finding[] {
  const calls = [...facts.tasks, ...facts.sensors];
  return [
    ...facts.unusedIgnores.map((place) => finding('unused-ignore', place, {})),
    ...calls.flatMap(({ ignored, ignoredUntil, place }) => {
      if (ignored === null)
        return ignoredUntil === null ? [] : finding('expired-ignore', place, { until: ignoredUntil });
      const unread = /;\s*until\b\s*(.*)$/s.exec(ignored);
      return unread === null ? [] : finding('ignore-end-unreadable', place, { until: unread[1] ?? '' });
    }),
  ];
}
