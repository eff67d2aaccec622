import { operatorGap, renderJson, renderTable } from '../../src/index.ts';
import type { Run } from '../description.ts';
import { linked } from '../links.ts';
import { exitCodeOf, tellFor, tellPlan } from '../planning.ts';

/** `scan`: the inventory, to stdout. */
export const run: Run = async (session, paths, flags) => {
  const planned = await tellFor(session, paths, flags);
  if (!planned.ok) return 2;
  const { report, profiles } = planned.plan;
  const asTable = flags.format !== 'json';
  const gap = asTable ? operatorGap(report.tasks, profiles) : null;
  session.print(
    asTable
      ? linked(
          session,
          renderTable(report, { color: session.color, width: session.width, brief: !session.verbose, gap }),
        )
      : renderJson(report),
  );
  tellPlan(session, planned, flags, asTable ? 'shown' : 'unsaid');
  return exitCodeOf(planned, flags);
};
