/** One row a task, for spreadsheets: RFC 4180, with a header. */
import type { Report, TaskEntry, TaskRollout } from '../model.ts';
import { compareText, rankLosses, sortFindings, sortTasks, stateOf } from './order.ts';
import { visible } from './visible.ts';
import * as wording from './wording.ts';

/** What stands in each column; several values of one cell are separated by `; `. */
const columns: readonly (readonly [string, (task: TaskEntry, rollout: TaskRollout | null) => string])[] = [
  ['id', ({ id }) => id],
  ['file', ({ file }) => file],
  ['line', ({ line }) => String(line)],
  ['column', ({ column }) => String(column)],
  ['dag', ({ dagId }) => dagId ?? ''],
  ['task', (task) => (task.taskId === null && task.taskIds === undefined ? '' : wording.taskName(task))],
  ['state', stateOf],
  ['verdict', ({ verdict }) => verdict ?? ''],
  ['decision', ({ decision }) => decision ?? ''],
  ['connection', ({ connection }) => connection ?? ''],
  ['namespace', ({ namespace }) => namespace ?? ''],
  ['queue', ({ queue }) => queue ?? ''],
  ['document', ({ payload }) => payload?.path ?? payload?.kind ?? ''],
  ['request', ({ payload }) => payload?.target ?? ''],
  ['sensors', ({ sensors }) => sensors.toSorted(compareText).join('; ')],
  ['instances', ({ multiplicity }) => String(multiplicity)],
  ['codes', ({ findings }) => [...new Set(findings.map(({ code }) => code))].sort(compareText).join('; ')],
  ['reasons', reasonsOf],
  [
    'losses',
    ({ losses }) =>
      rankLosses(losses)
        .map((one) => `${one.class} ${one.path}`)
        .join('; '),
  ],
  ['change', ({ change }) => change ?? ''],
  ['owner', (_, rollout) => rollout?.owner ?? ''],
  ['wave', (_, rollout) => String(rollout?.wave ?? '')],
  ['minutes', (_, rollout) => String(rollout?.minutes ?? '')],
  ['proven', (_, rollout) => String(rollout?.runs?.proven ?? '')],
  ['lastFailed', (_, rollout) => rollout?.runs?.lastFailed ?? ''],
];

/** The tasks in source order. Lines end in CRLF, the format's own. */
export function renderCsv(report: Report): string {
  const head = columns.map(([name]) => name);
  const rollout = new Map((report.rollout?.tasks ?? []).map((one) => [one.task, one]));
  const rows = sortTasks(report.tasks).map((task) =>
    columns.map(([, read]) => read(task, rollout.get(task.id) ?? null)),
  );
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** What keeps the task from being `safe`. */
function reasonsOf({ findings }: TaskEntry): string {
  return sortFindings(findings)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, message }) => `${code}: ${message}`)
    .join('; ');
}

/** A text on one line; one that a spreadsheet would calculate gets an apostrophe in front, which makes it text there. */
function cell(value: string): string {
  const shown = visible(value);
  const text = /^[=+\-@]/.test(shown.trimStart()) ? `'${shown}` : shown;
  return /[",;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
