/** Findings one by one with what they are about, as formats need them that know no tasks. */
import type { FindingEntry, Report } from '../model.ts';
import { identityOf, sortFindings } from './order.ts';

export interface ToldFinding {
  readonly finding: FindingEntry;
  /** Id of the task or sensor; null for the project. */
  readonly subject: string | null;
  /** True when a comment in the source says to leave the task alone. */
  readonly ignored: boolean;
}

/** Every finding once (a sensor's are told with its task as well), by place. */
export function toldFindings(report: Report): readonly ToldFinding[] {
  const told = new Map<string, ToldFinding>();
  const add = (findings: readonly FindingEntry[], subject: string | null, ignored: boolean): void => {
    for (const finding of findings) {
      const identity = identityOf(finding);
      if (!told.has(identity)) told.set(identity, { finding, subject, ignored });
    }
  };
  for (const sensor of report.sensors) add(sensor.findings, sensor.id, false);
  for (const task of report.tasks) add(task.findings, task.id, task.status === 'ignored');
  add(report.findings, null, false);
  const order = sortFindings([...told.values()].map(({ finding }) => finding));
  return order.flatMap((finding) => told.get(identityOf(finding)) ?? []);
}

/** Findings about the project as a whole have the root as their file, which is no place that a program can open. */
export const hasPlace = ({ file }: Pick<FindingEntry, 'file'>): boolean => file !== '.';

/** The path from the top of the repository: what annotates a change knows no other root. `prefix` ends in `/` or is ''. */
export const fromTop = (prefix: string, file: string): string => `${prefix}${file}`;
