import { dirname, join } from 'node:path';
import {
  type Estate,
  type ExchangeOptions,
  ownerReports,
  type Report,
  type RolloutOptions,
  renderMarkdown,
} from '../../src/index.ts';
import { compareWith, isSelecting, loadBaseline } from '../baseline.ts';
import type { Run } from '../description.ts';
import { prefixInRepository } from '../git-state.ts';
import { exitCodeOf, planFor, tellFor, tellPlan } from '../planning.ts';
import { deliver, formats, targetsOf, written } from '../report-targets.ts';
import { record, rolloutRequest, rolloutState } from '../rollout-state.ts';
import type { Session } from '../session.ts';

/** `report`: the whole state in one or more formats, to stdout, a file or a folder. */
export const run: Run = async (session, paths, flags) => {
  const chosen = targetsOf(session.cwd, flags);
  if (!chosen.ok) {
    session.warn(`bpg-migrate: ${chosen.reason}`);
    return 2;
  }
  const request = rolloutRequest(session, flags);
  if (request === null) return 2;
  if (request.record && flags.shard !== undefined) {
    session.warn('bpg-migrate: a shard is no state of the project, so --record says nothing beside --shard');
    return 2;
  }
  // What shows changes or the rollout needs the plan itself; what an earlier run found will do for the rest.
  const whole = request.record || chosen.targets.some(({ format }) => formats[format].whole);
  const made = whole ? await planFor(session, paths, flags) : null;
  const planned = made ?? (await tellFor(session, paths, flags));
  if (!planned.ok) return 2;
  const { options } = planned;
  // A part of a project has no rollout of its own.
  const state =
    made?.ok === true && flags.shard === undefined
      ? rolloutState(session, made, request, flags)
      : { report: planned.plan.report, line: null };
  if (state === null) return 2;
  const baseline = loadBaseline(options.root);
  if (!baseline.ok) {
    session.warn(`bpg-migrate: ${baseline.reason}`);
    return 2;
  }
  const exchange: ExchangeOptions = {
    prefix: prefixInRepository(options.root) ?? '',
    baseline: baseline.entries === null ? null : compareWith(planned, baseline.entries, isSelecting(flags)).known,
  };
  for (const { format, path } of chosen.targets) {
    if (!deliver(session, chosen.targets, { format, path }, state.report, exchange)) return 2;
    if (path === null || format !== 'md' || !chosen.inFolder || made?.ok !== true || flags.shard !== undefined)
      continue;
    if (!writeOwners(session, dirname(path), state.report, made.plan.estate(), request.runs)) return 2;
  }
  if (state.line !== null && !record(session, options.root, state.line)) return 2;
  const printed = chosen.targets.some(({ format, path }) => path === null && format !== 'json');
  tellPlan(session, planned, flags, printed ? 'shown' : 'unsaid');
  return exitCodeOf(planned, flags);
};

/** A page for each owner, beside the report of all. */
function writeOwners(
  session: Session,
  folder: string,
  report: Report,
  estate: Estate,
  runs: RolloutOptions['runs'],
): boolean {
  const pages = ownerReports(report, estate, { records: [], now: null, runs });
  const owners = join(folder, 'owners');
  if (!pages.every(({ file, report: own }) => written(session, join(owners, file), renderMarkdown(own)))) return false;
  if (pages.length > 0) session.say(`${owners}: ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`);
  return true;
}
