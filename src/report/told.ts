/** Findings one by one with what they are about, as formats need them that know no tasks. */
import type { FindingEntry, Report } from '../model.ts';
import { identityOf, sortFindings, sortSensors, sortTasks } from './order.ts';

export interface ToldFinding {
  readonly finding: FindingEntry;
  /** Id of the task or sensor; null for the project. */
  readonly subject: string | null;
  /** Why nobody has to act on it now: a comment in the source, or the baseline; null: somebody has to. */
  readonly settled: 'ignored' | 'baseline' | null;
}

/** What programs that look at changes must know beside the report. */
export interface ExchangeOptions {
  /** The root as the repository's top names it: `` or `team/airflow/`. */
  readonly prefix: string;
  /** Ids of the legacy tasks that the baseline knows; null: there is no baseline. */
  readonly baseline: ReadonlySet<string> | null;
}

/** Every finding once (a sensor's are told with its task as well, a document's with each of its tasks), by place. */
export function toldFindings(report: Report, baseline: ExchangeOptions['baseline'] = null): readonly ToldFinding[] {
  const told = new Map<string, ToldFinding>();
  const add = (findings: readonly FindingEntry[], subject: string | null, settled: ToldFinding['settled']): void => {
    for (const finding of findings) {
      const identity = identityOf(finding);
      const before = told.get(identity);
      // What concerns two tasks is settled only when it is for both.
      if (before === undefined || (before.settled !== null && settled === null))
        told.set(identity, { finding, subject, settled });
    }
  };
  const known = (task: string | null): ToldFinding['settled'] =>
    task !== null && baseline?.has(task) === true ? 'baseline' : null;
  for (const sensor of sortSensors(report.sensors)) add(sensor.findings, sensor.id, known(sensor.task));
  for (const task of sortTasks(report.tasks))
    add(task.findings, task.id, task.status === 'ignored' ? 'ignored' : known(task.id));
  add(report.findings, null, null);
  const order = sortFindings([...told.values()].map(({ finding }) => finding));
  return order.flatMap((finding) => told.get(identityOf(finding)) ?? []);
}

/** Findings about the project as a whole have the root as their file, which is no place that a program can open. */
export const hasPlace = ({ file }: Pick<FindingEntry, 'file'>): boolean => file !== '.';

/** The path from the top of the repository: what annotates a change knows no other root. `prefix` ends in `/` or is ''. */
export const fromTop = (prefix: string, file: string): string => `${prefix}${file}`;
