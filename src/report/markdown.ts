/** The status report for a platform lead, in GitHub's Markdown. */
import { kindOf } from '../findings/catalogue.ts';
import type { FindingEntry, Report, TaskEntry } from '../model.ts';
import { code, heading, limited, list, prose, table, text } from './markdown-parts.ts';
import { blockerSection, retirementSection, rolloutSections } from './markdown-rollout.ts';
import {
  blockersOf,
  compareText,
  countCodes,
  rankFindings,
  rankLosses,
  sortSensors,
  sortTasks,
  stateOf,
  states,
} from './order.ts';
import { supplyByQueue } from './supply.ts';
import * as wording from './wording.ts';

/**
 * The report as Markdown with a newline at the end: totals, tasks, connections, sensors, losses, what each queue's
 * cluster must supply, project findings, skipped files. At most as long as GitHub takes: then tables are cut, which is said. All text of users is escaped. Throws on a finding code that the
 * catalogue lacks.
 */
export function renderMarkdown(report: Report, kinds: wording.FindKind = kindOf): string {
  for (const most of rowLimits) {
    const whole = written(report, kinds, most);
    if (whole.length <= mostCharacters) return whole;
  }
  const note = '\n\nThe rest does not fit here: see the HTML, JSON or CSV report.\n';
  return (
    written(report, kinds, 0)
      .slice(0, mostCharacters - note.length)
      .replace(/\n[^\n]*$/, '') + note
  );
}

/** What GitHub takes in a comment. */
const mostCharacters = 65_536;
/** Rows of each table, tried in turn until the whole fits. */
const rowLimits: readonly number[] = [Number.POSITIVE_INFINITY, 200, 100, 50, 25, 10, 5, 2];

function written(report: Report, kinds: wording.FindKind, most: number): string {
  const sections = [
    [heading(1, 'Migration from SparkKubernetesOperator to BPGOperator')],
    totals(report),
    ...rolloutSections(report),
    blockers(report, kinds),
    connections(report),
    tasks(report, kinds),
    sensors(report, kinds),
    losses(report),
    supply(report),
    codes(report, kinds),
    project(report, kinds),
    skipped(report),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.map((part) => limited(part, most)).join('\n\n'))
    .join('\n\n')}\n`;
}

function totals({ summary, files }: Report): string[] {
  const open = summary.legacy;
  const done = summary.migrated;
  const withTasks = files.filter((entry) => entry.tasks > 0).length;
  const rows = states.map((state) => [
    `${wording.stateWords[state].glyph} ${wording.stateWords[state].label}`,
    String(summary[state]),
    percent(summary[state], summary.tasks),
    wording.stateWords[state].meaning,
  ]);
  return [
    heading(2, 'Totals'),
    `**${done} of ${done + open}** ${done + open === 1 ? 'task is' : 'tasks are'} migrated (ignored ones left aside), ${open} still to do. ` +
      `Looked at ${wording.counted(summary.files, 'file')}: ${withTasks} with Spark tasks, ` +
      `${Math.max(0, summary.files - withTasks - summary.skippedFiles)} without, ${summary.skippedFiles} skipped. ` +
      `${wording.counted(summary.sensors, 'sensor')}.`,
    table(['State', 'Tasks', 'Share', 'Meaning'], [...rows, ['**all**', `**${summary.tasks}**`, percent(1, 1), '']]),
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

function blockers(report: Report, kinds: wording.FindKind): string[] {
  if (report.rollout !== undefined) return blockerSection(report.rollout);
  const rows = blockersOf(report, kinds).map(({ code: name, tasks: count }) => {
    const { title, verdict, remedy } = kinds(name);
    return [String(count), code(name), verdict, prose(title), prose(remedy)];
  });
  if (rows.length === 0) return [];
  return [heading(2, 'What holds tasks back'), table(['Tasks', 'Code', 'Verdict', 'What', 'What to do'], rows)];
}

function tasks(report: Report, kinds: wording.FindKind): string[] {
  if (report.tasks.length === 0) return [heading(2, 'Tasks'), 'No Spark task was found.'];
  const sorted = sortTasks(report.tasks);
  const rows = states.flatMap((state) =>
    sorted
      .filter((task) => stateOf(task) === state)
      .map((task) => [
        `${wording.stateWords[state].glyph} ${state}`,
        code(taskLabel(task)),
        code(task.dagId ?? '?'),
        code(`${task.file}:${task.line}`),
        task.connection === null ? '?' : code(task.connection),
        task.queue === null ? '?' : code(task.queue),
        task.decision ?? '',
        reasons(task.findings, kinds),
      ]),
  );
  return [
    heading(2, 'Tasks'),
    table(['State', 'Task', 'DAG', 'Where', 'Connection', 'Queue', 'Decision', 'Reasons'], rows),
  ];
}

function taskLabel(task: TaskEntry): string {
  return `${wording.taskName(task)} ${wording.multiplicityText(task.multiplicity)}`.trimEnd();
}

/** Sentences of what holds the task back; what is only told is named by its code. */
function reasons(findings: readonly FindingEntry[], kinds: wording.FindKind): string {
  const sorted = rankFindings(findings);
  const told = [
    ...new Set(sorted.filter(({ code: name }) => kinds(name).verdict === 'safe').map(({ code: name }) => name)),
  ];
  const holding = sorted
    .filter(({ code: name }) => kinds(name).verdict !== 'safe')
    .map(({ code: name, message }) => `${code(name)} ${prose(message)}`);
  return [...holding, ...(told.length === 0 ? [] : [told.map(code).join(', ')])].join('<br>');
}

function connections(report: Report): string[] {
  if (report.rollout !== undefined) return retirementSection(report.rollout);
  if (report.connections.length === 0) return [];
  const rows = report.connections
    .toSorted((left, right) => compareText(left.name, right.name) || compareText(left.kind, right.kind))
    .map((entry) => [
      code(entry.name),
      text(entry.kind),
      String(entry.legacy),
      String(entry.migrated),
      String(entry.otherUsers),
      entry.queues.length === 0 ? '–' : entry.queues.toSorted(compareText).map(code).join(', '),
      entry.retirable ? '**yes**' : 'no',
    ]);
  return [
    heading(2, 'Connections'),
    table(['Connection', 'Kind', 'Legacy tasks', 'Migrated tasks', 'Other users', 'Queues', 'Can retire'], rows),
  ];
}

function sensors(report: Report, kinds: wording.FindKind): string[] {
  if (report.sensors.length === 0) return [];
  const rows = sortSensors(report.sensors).map((sensor) => [
    code(sensor.taskId ?? '?'),
    code(sensor.dagId ?? '?'),
    code(`${sensor.file}:${sensor.line}`),
    sensor.task === null ? 'unknown' : code(sensor.task),
    wording.outcomeWords[sensor.outcome],
    reasons(sensor.findings, kinds),
  ]);
  return [heading(2, 'Sensors'), table(['Sensor', 'DAG', 'Where', 'Waits for', 'Outcome', 'Reasons'], rows)];
}

function losses(report: Report): string[] {
  const rows = sortTasks(report.tasks).flatMap((task) =>
    rankLosses(task.losses).map((loss) => [
      code(task.id),
      code(loss.path),
      code(wording.valueText(loss.value)),
      loss.class,
      prose(loss.why),
      prose(loss.accepted === undefined ? loss.remedy : `accepted: ${loss.accepted}`),
    ]),
  );
  if (rows.length === 0) return [];
  return [heading(2, 'Losses by task'), table(['Task', 'Field', 'Value', 'Class', 'Why', 'What to do'], rows)];
}

function supply(report: Report): string[] {
  const queues = supplyByQueue(report);
  if (queues.length === 0) return [];
  return [
    heading(2, 'What each cluster must supply'),
    'The gateway has no field for these: the cluster behind the queue has to bring them, or the loss has to be accepted.',
    ...queues.flatMap(({ queue, needs }) => [
      heading(3, queue === null ? 'No queue yet' : `Queue ${code(queue)}`),
      table(
        ['Field', 'Value', 'Tasks', 'Why', 'What to do'],
        needs.map((need) => [
          code(need.path),
          code(wording.valueText(need.value)),
          String(need.tasks.length),
          prose(need.why),
          prose(need.remedy),
        ]),
      ),
    ]),
  ];
}

function codes(report: Report, kinds: wording.FindKind): string[] {
  const counts = [...countCodes(report)].toSorted(([, left], [, right]) => right - left);
  if (counts.length === 0) return [];
  const rows = counts.map(([name, count]) => {
    const { title, verdict, remedy } = kinds(name);
    return [code(name), String(count), verdict, prose(title), prose(remedy)];
  });
  return [heading(2, 'Findings by code'), table(['Code', 'Count', 'Verdict', 'What', 'What to do'], rows)];
}

function project(report: Report, kinds: wording.FindKind): string[] {
  if (report.findings.length === 0) return [];
  const rows = rankFindings(report.findings).map((finding) => [
    code(finding.code),
    finding.severity,
    code(wording.placeText(finding)),
    prose(finding.message),
    prose(kinds(finding.code).remedy),
  ]);
  return [heading(2, 'Project findings'), table(['Code', 'Severity', 'Where', 'What is wrong', 'What to do'], rows)];
}

function skipped(report: Report): string[] {
  const entries = report.files
    .filter((entry) => entry.skipped !== null)
    .toSorted((left, right) => compareText(left.file, right.file))
    .map((entry) => `${code(entry.file)}: ${text(entry.skipped ?? '')}`);
  return entries.length === 0 ? [] : [heading(2, 'Skipped files'), list(entries)];
}
