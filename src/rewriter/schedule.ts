/** How far two runs of a DAG are apart, as far as its schedule tells without a calendar. */
import type { DefaultArgument } from '../model.ts';

const DAY = 86_400;
const presets: Readonly<Record<string, number>> = {
  '@hourly': 3_600,
  '@daily': DAY,
  '@weekly': 7 * DAY,
  '@monthly': 28 * DAY,
  '@quarterly': 90 * DAY,
  '@yearly': 365 * DAY,
};

/** Seconds between two runs at their closest; null for a timetable, a dataset, `@continuous` or what is not known. */
export function intervalOf(schedule: DefaultArgument): number | null {
  const { value, seconds } = schedule;
  if (value.kind === 'known' && typeof value.value === 'string')
    return presets[value.value] ?? cronInterval(value.value);
  return seconds !== null && seconds > 0 ? seconds : null;
}

/** The smallest gap between two firings of a day; days, months and weekdays only make it longer, a day at the least. */
function cronInterval(text: string): number | null {
  const [minute = '', hour = '', ...days] = text.trim().split(/\s+/);
  if (days.length !== 3) return null;
  const [minutes, hours] = [fieldValues(minute, 60), fieldValues(hour, 24)];
  if (minutes === null || hours === null) return null;
  const firings = hours.flatMap((h) => minutes.map((m) => h * 60 + m)).sort((a, b) => a - b);
  const [first = 0] = firings;
  const gaps = [...firings.slice(1), first + 24 * 60].map((at, index) => at - (firings[index] ?? 0));
  return Math.min(...gaps) * 60;
}

/** The values of one field of a cron expression below `limit`; null for a form that is not read here. */
function fieldValues(field: string, limit: number): readonly number[] | null {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const found = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (found === null) return null;
    const [, from, to, step] = found.map((group) => (group === undefined ? undefined : Number(group)));
    const last = to ?? (from === undefined || step !== undefined ? limit - 1 : from);
    for (let value = from ?? 0; value <= Math.min(last, limit - 1); value += Math.max(1, step ?? 1)) values.add(value);
  }
  return values.size === 0 ? null : [...values];
}
