/**
 * One order for every reporter: by code unit, never by locale, so that two machines write the same bytes.
 */
import type {
  FindingEntry,
  FindingKind,
  Loss,
  LossClass,
  Report,
  SensorEntry,
  Severity,
  TaskEntry,
  Verdict,
} from '../model.ts';

/** Compares two strings by code unit: negative, zero or positive. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function comparePlace(left: Placed, right: Placed): number {
  return compareText(left.file, right.file) || left.line - right.line || left.column - right.column;
}

/** Tasks in source order: file, line, column, then id (one call can make several). */
export function sortTasks(tasks: readonly TaskEntry[]): TaskEntry[] {
  return tasks.toSorted((left, right) => comparePlace(left, right) || compareText(left.id, right.id));
}

/** Sensors in source order. */
export function sortSensors(sensors: readonly SensorEntry[]): SensorEntry[] {
  return sensors.toSorted((left, right) => comparePlace(left, right) || compareText(left.id, right.id));
}

/** Findings by place, then code, then sentence. */
export function sortFindings(findings: readonly FindingEntry[]): FindingEntry[] {
  return findings.toSorted(
    (left, right) =>
      comparePlace(left, right) || compareText(left.code, right.code) || compareText(left.message, right.message),
  );
}

const severities: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Findings as a person reads them: what weighs most first, then by place. */
export function rankFindings(findings: readonly FindingEntry[]): FindingEntry[] {
  return sortFindings(findings).sort((left, right) => severities[left.severity] - severities[right.severity]);
}

/** Losses by path, then class. */
export function sortLosses(losses: readonly Loss[]): Loss[] {
  return losses.toSorted((left, right) => compareText(left.path, right.path) || compareText(left.class, right.class));
}

const lossClasses: Readonly<Record<LossClass, number>> = { lost: 0, changed: 1, moved: 2, server: 3, dead: 4 };

/** Losses as a person reads them: what is gone first, then by path. */
export function rankLosses(losses: readonly Loss[]): Loss[] {
  return sortLosses(losses).sort((left, right) => lossClasses[left.class] - lossClasses[right.class]);
}

/** A task's state in one word: its verdict while it is legacy, else what it is. */
export type State = Verdict | 'migrated' | 'ignored';

/** The states, the one that needs people most first. */
export const states: readonly State[] = ['manual', 'review', 'safe', 'migrated', 'ignored'];

/** The state of a task. A legacy task without a verdict was never judged, which is no state to show as safe. */
export function stateOf(task: Pick<TaskEntry, 'status' | 'verdict'>): State {
  return task.status === 'legacy' ? (task.verdict ?? 'manual') : task.status;
}

/** What makes two findings the same one: a sensor's are told with its task as well. */
export function identityOf({ code, message, file, line, column }: FindingEntry): string {
  return JSON.stringify([code, message, file, line, column]);
}

/** How many findings of each code the whole report has (project, tasks, sensors), each counted once; by code. */
export function countCodes(report: Report): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const distinct = new Map(allFindings(report).map((finding) => [identityOf(finding), finding.code]));
  for (const code of distinct.values()) counts.set(code, (counts.get(code) ?? 0) + 1);
  return new Map([...counts].toSorted(([left], [right]) => compareText(left, right)));
}

/** How many legacy tasks have a finding of each code that is not `safe`, most first. */
export function blockersOf(
  report: Report,
  kinds: (code: string) => Pick<FindingKind, 'verdict'>,
): { readonly code: string; readonly tasks: number }[] {
  const counts = new Map<string, number>();
  for (const task of report.tasks.filter(({ status }) => status === 'legacy')) {
    for (const code of new Set(task.findings.map((finding) => finding.code))) {
      if (kinds(code).verdict !== 'safe') counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([code, tasks]) => ({ code, tasks }))
    .toSorted((left, right) => right.tasks - left.tasks || compareText(left.code, right.code));
}

/** Members under a key of their own, keys and members in order of appearance. */
export function groupBy<Key, Member>(members: readonly Member[], keyOf: (member: Member) => Key): Map<Key, Member[]> {
  const groups = new Map<Key, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return groups;
}

/** Every finding of a report: the project's, the tasks', the sensors'. */
function allFindings(report: Report): readonly FindingEntry[] {
  return [
    ...report.findings,
    ...report.tasks.flatMap((task) => task.findings),
    ...report.sensors.flatMap((sensor) => sensor.findings),
  ];
}
