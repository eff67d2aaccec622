import type { Change, Materialized, ProjectPlan } from '../src/index.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';

/** The ids of the changes that `apply` writes and `diff` shows: safe ones, with `--include review` also those. */
export function acceptedChanges(changes: readonly Change[], flags: Flags): ReadonlySet<string> {
  const verdicts = flags.include === 'review' ? ['safe', 'review'] : ['safe'];
  return new Set(changes.filter((change) => verdicts.includes(change.verdict)).map((change) => change.id));
}

/** Says which changes their verification withdrew; then a check has said no. */
export function tellWithdrawn(session: Session, plan: ProjectPlan, { withdrawn }: Materialized): ExitCode {
  for (const { change, reason } of withdrawn) {
    const task = plan.changes.find(({ id }) => id === change)?.task ?? change;
    session.warn(`${task}: withdrawn: ${reason}`);
  }
  return withdrawn.length > 0 ? 1 : 0;
}
