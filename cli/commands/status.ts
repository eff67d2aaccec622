import { renderStatus } from '../../src/index.ts';
import type { Run } from '../description.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';
import { record, rolloutRequest, rolloutState } from '../rollout-state.ts';

/** `status`: the rollout on one screen, to stdout. */
export const run: Run = async (session, paths, flags) => {
  const request = rolloutRequest(session, flags);
  if (request === null) return 2;
  const planned = await planFor(session, paths, flags);
  if (!planned.ok) return 2;
  const state = rolloutState(session, planned, request, flags);
  if (state === null) return 2;
  const recording = state.line !== null;
  session.print(renderStatus(state.report, { color: session.color, width: session.width, recording }));
  if (state.line !== null && !record(session, planned.options.root, state.line)) return 2;
  tellPlan(session, planned, flags);
  return exitCodeOf(planned, flags);
};
