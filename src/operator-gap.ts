/** What only another target operator would change, told of a report: it loads no parser, for an earlier run may have planned. */
import type { OperatorGap, ProfileSplit, TaskEntry } from './model.ts';

/** Findings that another target operator would not raise, and that make a task manual. */
const ofTheOperator: ReadonlySet<string> = new Set([
  'jinja-not-rendered',
  'target-not-on-airflow-3',
  'payload-at-run-time',
  'payload-is-dict',
  'native-rendering',
]);

/** Legacy tasks that are manual for what the target operator can't do. */
export function heldByOperator(tasks: readonly Pick<TaskEntry, 'status' | 'verdict' | 'findings'>[]): number {
  return tasks.filter(
    ({ status, verdict, findings }) => status === 'legacy' && verdict === 'manual' && isOfTheOperator(findings),
  ).length;
}

/** True where one of the findings is the operator's. */
export const isOfTheOperator = (findings: readonly { readonly code: string }[]): boolean =>
  findings.some(({ code }) => ofTheOperator.has(code));

/** What the target operator holds up, null where it is nothing; `profiles` is asked only where there is something. */
export function operatorGap(
  tasks: readonly Pick<TaskEntry, 'status' | 'verdict' | 'findings'>[],
  profiles: () => readonly ProfileSplit[],
): OperatorGap | null {
  const held = heldByOperator(tasks);
  if (held === 0) return null;
  return { held, legacy: tasks.filter(({ status }) => status === 'legacy').length, profiles: profiles() };
}
