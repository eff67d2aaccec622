import { baselineOf } from '../../src/index.ts';
import { baselineFile, compareWith, entryText, isSelecting, loadBaseline, saveBaseline } from '../baseline.ts';
import type { Run } from '../description.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';

/** `baseline`: records the legacy tasks of today. What lies outside of paths and selection stays recorded as it was. */
export const run: Run = async (session, paths, flags) => {
  const planned = await planFor(session, paths, flags, 'write');
  if (!planned.ok) return 2;
  const { plan, options } = planned;
  const before = loadBaseline(options.root);
  if (!before.ok) {
    session.warn(`bpg-migrate: ${before.reason}`);
    return 2;
  }
  const { known, gone, unseen } = compareWith(planned, before.entries ?? [], isSelecting(flags));
  const found = baselineOf(plan.report.tasks, plan.contents);
  const added = plan.report.tasks.filter(({ id, status }) => status === 'legacy' && !known.has(id)).length;
  const problem = saveBaseline(options.root, [...found, ...unseen]);
  if (problem !== null) {
    session.warn(`bpg-migrate: ${problem}`);
    return 2;
  }
  session.print(`${baselineFile}\n`);
  for (const entry of gone) session.say(`taken off: ${entryText(entry)}`);
  session.say(`${found.length + unseen.length} legacy tasks recorded: ${added} new, ${gone.length} taken off`);
  tellPlan(session, planned, flags);
  return exitCodeOf(planned, flags);
};
