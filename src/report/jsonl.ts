/** `events.jsonl`: one JSON object a line, for log pipelines and queries. Members as in the JSON report. */
import type { Report } from '../model.ts';
import { compareText, sortSensors, sortTasks } from './order.ts';
import { hasPlace, toldFindings } from './told.ts';

/**
 * The events in this order: `start`, then `file`, `task`, `sensor`, `finding` and `connection` for each there is, then
 * `summary`. A finding names its task or sensor by id in `subject` (null: the project), so each line can be read alone.
 */
export function renderJsonl(report: Report): string {
  const events: readonly object[] = [
    { event: 'start', schemaVersion: report.schemaVersion, tool: report.tool },
    ...report.files
      .toSorted((left, right) => compareText(left.file, right.file))
      .map(({ file, tasks, skipped }) => ({ event: 'file', file, tasks, skipped })),
    ...sortTasks(report.tasks).map(({ findings, ...task }) => ({
      event: 'task',
      ...task,
      codes: codesOf(findings),
    })),
    ...sortSensors(report.sensors).map(({ findings, ...sensor }) => ({
      event: 'sensor',
      ...sensor,
      codes: codesOf(findings),
    })),
    ...toldFindings(report).map(({ finding, subject }) => ({
      event: 'finding',
      subject,
      ...finding,
      ...(hasPlace(finding) ? {} : { file: null, line: null, column: null }),
    })),
    ...report.connections
      .toSorted((left, right) => compareText(left.name, right.name) || compareText(left.kind, right.kind))
      .map((connection) => ({ event: 'connection', ...connection })),
    { event: 'summary', ...report.summary },
  ];
  return events.map((event) => `${oneLine(JSON.stringify(event))}\n`).join('');
}

const codesOf = (findings: readonly { readonly code: string }[]): string[] =>
  [...new Set(findings.map(({ code }) => code))].sort(compareText);

/** The two separators that JSON allows in a string and some readers of lines take for an end of line. */
const oneLine = (json: string): string =>
  json.replace(/[\u0085\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
