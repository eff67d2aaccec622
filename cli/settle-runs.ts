import type { Options } from '../src/index.ts';
import { interruptedRuns } from './interrupted-runs.ts';
import type { Session } from './session.ts';
import { discardRun, finishRun, isAtWork, markUndone, undoFolder, unfinishedRuns } from './undo-journal.ts';
import { removeTemporaryFiles, type TakenBack, takeBackRun } from './undo-run.ts';

export type Settled = 'none' | 'taken back' | 'blocked';

/** Takes back what interrupted runs wrote, before anything else is written. `blocked`: one may still be at work. */
export async function settleInterrupted(session: Session, options: Options): Promise<Settled> {
  const { root } = options;
  for (const { id, process: owner } of unfinishedRuns(root)) if (!isAtWork(owner)) discardRun(root, id);
  let settled: Settled = 'none';
  for (const run of interruptedRuns(root)) {
    if (isAtWork(run.process)) {
      session.warn(
        `bpg-migrate: another apply is at work (run ${run.id}, process ${run.process}); if that process is something else, delete ${undoFolder}/${run.id}/process`,
      );
      return 'blocked';
    }
    session.warn(`bpg-migrate: run ${run.id} of apply was interrupted; what it wrote is taken back`);
    const results = await takeBackRun(options, run);
    removeTemporaryFiles(root, run);
    tellTakenBack(session, results);
    const done = takenBack(results);
    if (done.length === results.length) discardRun(root, run.id);
    else {
      // Its files are as its user left them: from now on it is a run like others, with these files left to take back.
      const problem = markUndone(root, run, done) ?? finishRun(root, run.id);
      if (problem !== null) session.warn(`bpg-migrate: ${problem}`);
    }
    settled = 'taken back';
  }
  return settled;
}

/** The paths of which nothing is left to take back. */
export const takenBack = (results: readonly TakenBack[]): readonly string[] =>
  results.flatMap(({ path, outcome }) => (outcome === 'refused' || outcome === 'kept' ? [] : [path]));

/** What became of each file: results on stdout, refusals on stderr. */
export function tellTakenBack(session: Session, results: readonly TakenBack[]): void {
  for (const { path, outcome, reason } of results) {
    if (outcome === 'same') continue;
    const line = `${outcome.padEnd(8)} ${path}${reason === '' ? '' : `: ${reason}`}`;
    if (outcome === 'refused') session.warn(line);
    else session.print(`${line}\n`);
  }
}
