import { renderJson, renderTable } from '../../src/index.ts';
import type { Run } from '../description.ts';
import { operatorHint } from '../operator-hint.ts';
import { exitCodeOf, tellFor, tellPlan } from '../planning.ts';

/** `scan`: the inventory, to stdout. */
export const run: Run = async (session, paths, flags) => {
  const planned = await tellFor(session, paths, flags);
  if (!planned.ok) return 2;
  const { report } = planned.plan;
  const asTable = flags.format !== 'json';
  session.print(
    asTable
      ? renderTable(report, { color: session.color, width: session.width, brief: !session.verbose })
      : renderJson(report),
  );
  tellPlan(session, planned, flags, asTable ? 'shown' : 'unsaid');
  const hint = operatorHint(report);
  if (hint !== null) session.say(hint);
  return exitCodeOf(planned, flags);
};
