import { optionsFor } from '../configuration.ts';
import type { Run } from '../description.ts';
import { settleInterrupted, takenBack, tellTakenBack } from '../settle-runs.ts';
import { finishRun, listRuns, markUndone, reopenRun, type UndoRun } from '../undo-journal.ts';
import { takeBackRun } from '../undo-run.ts';

/** `undo`: takes an apply back, also when its files were edited elsewhere since. */
export const run: Run = async (session, args, flags) => {
  const options = optionsFor(session, flags);
  if (options === null) return 2;
  const { root } = options;
  const [named] = args;
  const settled = await settleInterrupted(session, options);
  if (settled === 'blocked') return 2;
  if (settled === 'taken back' && named === undefined) return 0;
  const runs = listRuns(root);
  const open = runs.filter(isOpen);
  if (named === undefined && open.length === 0) {
    session.say('nothing to undo: no run of apply is left');
    return 0;
  }
  const chosen = named === undefined ? open.at(-1) : runs.find(({ id }) => id === named.padStart(4, '0'));
  if (chosen === undefined || !isOpen(chosen)) {
    session.warn(
      `bpg-migrate: ${chosen === undefined ? `there is no run ${named}` : `run ${chosen.id} was taken back already`}`,
    );
    session.warn(open.length === 0 ? 'nothing is left to undo' : `runs: ${open.map(({ id }) => id).join(', ')}`);
    return 2;
  }
  const unopened = reopenRun(root, chosen.id);
  if (unopened !== null) {
    session.warn(`bpg-migrate: ${unopened}`);
    return 2;
  }
  const results = await takeBackRun(options, chosen);
  tellTakenBack(session, results);
  const done = takenBack(results);
  const problem = markUndone(root, chosen, done) ?? finishRun(root, chosen.id);
  if (problem !== null) {
    session.warn(`bpg-migrate: ${problem}`);
    return 2;
  }
  session.say(`run ${chosen.id}: ${done.length} of ${results.length} files taken back`);
  if (done.length < results.length) session.say('`bpg-migrate undo` tries the others again');
  if (results.some(({ path, outcome }) => outcome === 'restored' && path.endsWith('.py')))
    session.say('For each DAG: pause, let runs finish, deploy, unpause.');
  return results.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
};

const isOpen = ({ files, undone }: UndoRun): boolean => files.some(({ path }) => !undone.has(path));
