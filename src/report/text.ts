/** The report as lines that every log and editor understands: `file:line:column: severity code message`. */
import type { Report } from '../model.ts';
import { compareText, sortTasks, stateOf } from './order.ts';
import { hasPlace, toldFindings } from './told.ts';
import { visible } from './visible.ts';
import * as wording from './wording.ts';

/** A line for each finding (by place), each task with its state, each file that was left out, and the totals. No colour. */
export function renderText(report: Report): string {
  const findings = toldFindings(report).map(({ finding, subject }) => {
    const place = hasPlace(finding) ? `${wording.placeText(finding)}: ` : '';
    return `${place}${finding.severity} ${finding.code} ${finding.message}${subject === null ? '' : ` [${subject}]`}`;
  });
  const tasks = sortTasks(report.tasks).map((task) => `${wording.placeText(task)}: ${stateOf(task)} ${task.id}`);
  const skipped = report.files
    .filter((entry) => entry.skipped !== null)
    .toSorted((left, right) => compareText(left.file, right.file))
    .map(({ file, skipped: why }) => `${file}: left out: ${why ?? ''}`);
  const { legacy, safe, review, manual, migrated, ignored, skippedFiles } = report.summary;
  const totals = `${wording.counted(legacy, 'legacy task')} (${safe} safe, ${review} review, ${manual} manual), ${migrated} migrated, ${ignored} ignored, ${wording.counted(skippedFiles, 'file')} left out`;
  return [...findings, ...tasks, ...skipped, totals].map((line) => `${visible(line)}\n`).join('');
}
