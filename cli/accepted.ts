import { acceptedIn, type Materialized, type ProjectPlan } from '../src/index.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';

/**
 * The ids of the changes that `apply` writes and `diff` shows: safe ones, with `--include review` also those, never what
 * a review rejected; with `--accepted` exactly what a review accepted; with `--mode final` all whose switch can go.
 */
export function acceptedChanges(
  { changes, report }: Pick<ProjectPlan, 'changes' | 'report'>,
  flags: Flags,
): ReadonlySet<string> {
  if (flags.accepted === true) return acceptedIn(report.tasks);
  // Its word in the routing file is the consent.
  const all = ['safe', 'review', 'manual'];
  const verdicts = flags.mode === 'final' ? all : flags.include === 'review' ? ['safe', 'review'] : ['safe'];
  const rejected = new Set(
    report.tasks.flatMap(({ change, decision }) => (decision === 'rejected' ? (change ?? []) : [])),
  );
  const taken = changes.filter(({ id, verdict }) => verdicts.includes(verdict) && !rejected.has(id));
  return new Set(taken.map(({ id }) => id));
}

/** Says which changes their verification withdrew; then a check has said no. */
export function tellWithdrawn(session: Session, plan: ProjectPlan, { withdrawn }: Materialized): ExitCode {
  for (const { change, reason } of withdrawn) {
    const task = plan.changes.find(({ id }) => id === change)?.task ?? change;
    session.warn(`${task}: withdrawn: ${reason}`);
  }
  return withdrawn.length > 0 ? 1 : 0;
}
