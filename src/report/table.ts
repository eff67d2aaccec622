/** `scan` for a terminal: file → DAG → task, every finding beneath what it is about, the counts at the end. */
import { kindOf } from '../findings/catalogue.ts';
import type { FindingEntry, OperatorGap, Report, SensorEntry, Severity, TaskEntry } from '../model.ts';
import { operatorGapLines } from './operator-gap.ts';
import {
  compareText,
  countCodes,
  groupBy,
  identityOf,
  rankFindings,
  type State,
  sortSensors,
  sortTasks,
  stateOf,
  states,
} from './order.ts';
import type { TerminalOptions } from './side-by-side.ts';
import { type Paint, padTo, painter, type Style, widthOf, wrap } from './terminal.ts';
import { visible } from './visible.ts';
import * as wording from './wording.ts';

interface Canvas {
  readonly paint: Paint;
  readonly width: number;
  readonly kinds: wording.FindKind;
  readonly brief: boolean;
}

/** `brief` names what is only told (info) in one line a task instead of a paragraph each. */
export interface TableOptions extends TerminalOptions {
  readonly brief?: boolean;
  /** What the target operator holds up: the summary begins with it. */
  readonly gap?: OperatorGap | null;
}

const stateStyles: Readonly<Record<State, Style>> = {
  safe: 'green',
  review: 'yellow',
  manual: 'red',
  migrated: 'cyan',
  ignored: 'dim',
};
const severityStyles: Readonly<Record<Severity, Style>> = { info: 'dim', warning: 'yellow', error: 'red' };

/**
 * The inventory as text with a newline at the end. Lines keep to `width`, except where a place, an id or a path alone is
 * longer (broken, nobody could copy it). Throws on a finding code that the catalogue lacks.
 */
export function renderTable(report: Report, options: TableOptions, kinds: wording.FindKind = kindOf): string {
  const { color, width, brief = false, gap = null } = options;
  const canvas: Canvas = { paint: painter(color), width: Math.max(40, width), kinds, brief };
  const blocks = [
    projectBlock(report, canvas),
    ...fileBlocks(report, canvas),
    skippedBlock(report, canvas),
    gap === null ? [] : operatorGapLines(gap, canvas.paint),
    countsBlock(report, canvas),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function projectBlock(report: Report, canvas: Canvas): string[] {
  if (report.findings.length === 0) return [];
  const findings = rankFindings(report.findings).flatMap((finding) => findingLines(finding, 2, canvas));
  return [canvas.paint('bold', 'Project'), ...findings];
}

function fileBlocks(report: Report, canvas: Canvas): string[][] {
  const tasks = groupBy(sortTasks(report.tasks), ({ file }) => file);
  const sensors = groupBy(sortSensors(report.sensors), ({ file }) => file);
  const files = [...new Set([...tasks.keys(), ...sensors.keys()])].toSorted(compareText);
  return files.map((file) => [
    canvas.paint('bold', visible(file)),
    ...dagLines(tasks.get(file) ?? [], sensors.get(file) ?? [], canvas),
  ]);
}

function dagLines(tasks: readonly TaskEntry[], sensors: readonly SensorEntry[], canvas: Canvas): string[] {
  const tasksOf = groupBy(tasks, ({ dagId }) => dagId);
  const sensorsOf = groupBy(sensors, ({ dagId }) => dagId);
  const told = new Set(tasks.flatMap((task) => task.findings.map(identityOf)));
  return [...new Set([...tasksOf.keys(), ...sensorsOf.keys()])].flatMap((dagId) => [
    `  ${dagId === null ? canvas.paint('dim', 'DAG unknown') : visible(dagId)}`,
    ...taskLines(tasksOf.get(dagId) ?? [], canvas),
    ...(sensorsOf.get(dagId) ?? []).flatMap((sensor) => sensorLines(sensor, told, canvas)),
  ]);
}

/** The tasks of one DAG: in aligned columns as far as they fit, the rest of each beneath its name. */
function taskLines(tasks: readonly TaskEntry[], canvas: Canvas): string[] {
  const cells = tasks.map(taskCells);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...cells.map((row) => widthOf(row[column] ?? ''))));
  const columns = [3, 2, 1].find((count) => widthOfColumns(widths.slice(0, count)) <= canvas.width) ?? 1;
  return tasks.flatMap((task, index) => {
    const row = cells[index] ?? [];
    const state = stateOf(task);
    const { glyph, letter } = wording.stateWords[state];
    const beside = row.slice(0, columns).map((cell, column) => padTo(cell, widths[column] ?? 0));
    return [
      `    ${canvas.paint(stateStyles[state], `${glyph} ${letter}`)} ${beside.join('  ')}`.trimEnd(),
      ...row.slice(columns).flatMap((cell) => paragraph(cell, 8, canvas)),
      ...findingsUnder(task.findings, canvas),
    ];
  });
}

/** Indent, mark, and the columns with two spaces between them. */
function widthOfColumns(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 2, 8) - 2;
}

function taskCells(task: TaskEntry): string[] {
  const many = wording.multiplicityText(task.multiplicity);
  const decision = task.decision === null ? '' : ` (${task.decision})`;
  const name = `${visible(wording.taskName(task))}${many === '' ? '' : ` ${many}`}${decision}:${task.line}:${task.column}`;
  if (task.status === 'migrated') return [name, visible(task.queue === null ? '' : `→ ${task.queue}`), ''];
  return [name, visible(wording.routeText(task)), visible(wording.payloadText(task.payload))];
}

/** A sensor with what its task has not said already. */
function sensorLines(sensor: SensorEntry, told: ReadonlySet<string>, canvas: Canvas): string[] {
  const name = `${visible(sensor.taskId ?? '?')}:${sensor.line}:${sensor.column}`;
  const outcome = wording.outcomeWords[sensor.outcome];
  const whole = `sensor ${name}  ${outcome}`;
  const lines =
    widthOf(whole) + 6 <= canvas.width ? [`    ${whole}`] : [`    sensor ${name}`, ...paragraph(outcome, 8, canvas)];
  const findings = sensor.findings.filter((finding) => !told.has(identityOf(finding)));
  return [...lines, ...findingsUnder(findings, canvas)];
}

function findingsUnder(findings: readonly FindingEntry[], canvas: Canvas): string[] {
  const notes = canvas.brief ? findings.filter(({ severity }) => severity === 'info') : [];
  const told = rankFindings(findings).filter((finding) => !notes.includes(finding));
  return [...told.flatMap((finding) => findingLines(finding, 8, canvas)), ...noteLines(notes, canvas)];
}

function noteLines(notes: readonly FindingEntry[], canvas: Canvas): string[] {
  if (notes.length === 0) return [];
  const codes = [...new Set(notes.map(({ code }) => code))].toSorted(compareText).map(visible);
  const glyph = wording.severityGlyphs.info;
  return paragraph(
    `${glyph} ${notes.length === 1 ? '1 note' : `${notes.length} notes`}: ${codes.join(', ')}`,
    8,
    canvas,
  ).map((line) => canvas.paint('dim', line));
}

/** Code and place, what is wrong, what to do. */
function findingLines(finding: FindingEntry, indent: number, canvas: Canvas): string[] {
  const { paint } = canvas;
  const mark = paint(
    severityStyles[finding.severity],
    `${wording.severityGlyphs[finding.severity]} ${visible(finding.code)}`,
  );
  const place = paint('dim', visible(wording.placeText(finding)));
  const space = ' '.repeat(indent);
  const head = `${space}${mark}  ${place}`;
  return [
    ...(widthOf(head) <= canvas.width ? [head] : [`${space}${mark}`, `${space}  ${place}`]),
    ...paragraph(visible(finding.message), indent + 2, canvas),
    ...paragraph(`→ ${visible(canvas.kinds(finding.code).remedy)}`, indent + 2, canvas),
  ];
}

function paragraph(text: string, indent: number, canvas: Canvas): string[] {
  return wrap(text, canvas.width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

function skippedBlock(report: Report, canvas: Canvas): string[] {
  const skipped = report.files
    .filter((entry) => entry.skipped !== null)
    .toSorted((left, right) => compareText(left.file, right.file));
  if (skipped.length === 0) return [];
  return [
    canvas.paint('bold', `Skipped (${skipped.length})`),
    ...skipped.flatMap(({ file, skipped: reason }) => {
      const line = `  ${visible(file)}: ${visible(reason ?? '')}`;
      return widthOf(line) <= canvas.width
        ? [line]
        : [`  ${visible(file)}`, ...paragraph(visible(reason ?? ''), 4, canvas)];
    }),
  ];
}

function countsBlock(report: Report, canvas: Canvas): string[] {
  const { summary } = report;
  const { paint } = canvas;
  const byState = states.map((state) => {
    const { glyph, letter, label } = wording.stateWords[state];
    return { state, text: `${glyph} ${letter} ${label} ${summary[state]}` };
  });
  const oneLine = byState.map(({ text }) => text).join('  ');
  const painted = byState.map(({ state, text }) => paint(summary[state] === 0 ? 'dim' : stateStyles[state], text));
  const codes = [...countCodes(report)].toSorted(([, left], [, right]) => right - left);
  const digits = Math.max(0, ...codes.map(([, count]) => String(count).length));
  const longest = Math.max(0, ...codes.map(([code]) => widthOf(visible(code))));
  return [
    paint(
      'bold',
      [
        wording.counted(summary.tasks, 'task'),
        wording.counted(summary.sensors, 'sensor'),
        `${wording.counted(summary.files, 'file')} (${summary.skippedFiles} skipped)`,
      ].join(' · '),
    ),
    ...(widthOf(oneLine) + 2 <= canvas.width ? [`  ${painted.join('  ')}`] : painted.map((text) => `  ${text}`)),
    ...codes.flatMap(([code, count]) => {
      const head = `  ${String(count).padStart(digits)} ${padTo(visible(code), longest)}  `;
      const [first = '', ...rest] = wrap(visible(canvas.kinds(code).title), canvas.width - widthOf(head));
      return [`${head}${first}`, ...rest.map((line) => ' '.repeat(widthOf(head)) + line)].map((line) => line.trimEnd());
    }),
  ];
}
