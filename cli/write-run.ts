import type { PlannedFile } from '../src/index.ts';
import { beginRun, type OpenRun } from './undo-journal.ts';
import { type WriteOutcome, writeFiles } from './write-files.ts';

export interface WrittenRun {
  readonly outcome: WriteOutcome;
  /** The run that `undo` takes back; null where nothing was written. */
  readonly run: string | null;
}

/** Writes all files or none, recorded before the first, so that `undo` and whoever finds it interrupted can take it back. */
export function writeRun(root: string, files: readonly PlannedFile[]): WrittenRun {
  const opened: OpenRun[] = [];
  const outcome = writeFiles(root, files, (writes) => {
    const begun = beginRun(root, writes);
    if (!begun.ok) return begun.reason;
    opened.push(begun.run);
    return null;
  });
  const [run] = opened;
  if (run === undefined) return { outcome, run: null };
  if (outcome.ok) {
    const problem = run.finish();
    // Written, but not said to be: the next command would take it back, so it is better without a way back.
    if (problem !== null) run.discard();
    return { outcome, run: problem === null ? run.id : null };
  }
  // What could not be taken back stays recorded as interrupted.
  if (!outcome.changed) run.discard();
  return { outcome, run: null };
}
