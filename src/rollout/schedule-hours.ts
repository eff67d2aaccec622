/** In which hours of a day a schedule starts runs, in the DAG's own timezone. */

const presets: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@quarterly': '0 0 1 */3 *',
  '@yearly': '0 0 1 1 *',
};

/** Hours from 0 to 23, sorted; null for what is no cron expression (a dataset, a timetable, a `timedelta`). */
export function hoursOf(schedule: string | null): readonly number[] | null {
  if (schedule === null) return null;
  const fields = (presets[schedule] ?? schedule).trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const hours = new Set<number>();
  for (const part of (fields[1] ?? '').split(',')) {
    const found = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (found === null) return null;
    const [, from, to, step] = found.map((group) => (group === undefined ? undefined : Number(group)));
    const last = to ?? (from === undefined || step !== undefined ? 23 : from);
    for (let hour = from ?? 0; hour <= Math.min(last, 23); hour += Math.max(1, step ?? 1)) hours.add(hour);
  }
  return hours.size === 0 ? null : [...hours].sort((a, b) => a - b);
}
