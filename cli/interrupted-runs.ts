import type { Session } from './session.ts';
import { listRuns, type UndoRun } from './undo-journal.ts';

/** Runs of `apply` that ended before they said that they were done. */
export const interruptedRuns = (root: string): readonly UndoRun[] =>
  listRuns(root).filter(({ state }) => state === 'interrupted');

/** Says which runs were interrupted; nothing is changed. */
export function reportInterrupted(session: Session, root: string): void {
  for (const { id } of interruptedRuns(root))
    session.warn(
      `bpg-migrate: apply was interrupted (run ${id}), so some of its files may be written and others not; \`bpg-migrate undo\` takes it back, and so does the next apply`,
    );
}
