import {
  type PlannedFile,
  type ProjectPlan,
  renderDiffJson,
  renderSideBySide,
  renderUnified,
} from '../../src/index.ts';
import { acceptedChanges, tellWithdrawn } from '../accepted.ts';
import type { Run } from '../description.ts';
import { highest } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { prefixInRepository } from '../git-state.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';
import { tellRunsInFlight } from '../runs-in-flight.ts';
import type { Session } from '../session.ts';
import { type SplitBy, writeSplit } from '../split-patches.ts';
import { modeContradiction } from '../switch-mode.ts';

/** `diff`: the patch to stdout and nothing else there, so that `git apply` takes it. */
export const run: Run = async (session, paths, flags) => {
  const contradiction = modeContradiction(flags) ?? splitContradiction(flags);
  if (contradiction !== null) {
    session.warn(`bpg-migrate: ${contradiction}`);
    return 2;
  }
  const planned = await planFor(session, paths, flags);
  if (!planned.ok) return 2;
  const { plan } = planned;
  const accepted = acceptedChanges(plan, flags);
  const materialized = plan.materialize(accepted);
  const gone = new Set(materialized.withdrawn.map(({ change }) => change));
  const made = new Set([...accepted].filter((id) => !gone.has(id)));
  const { split, output } = flags;
  if (split === undefined || output === undefined)
    session.print(rendered(plan, made, materialized.files, flags.format, session));
  else if (!writeSplit(session, planned, made, materialized.files, split as SplitBy, output)) return 2;
  tellPlan(session, planned, flags);
  const withdrawn = tellWithdrawn(session, plan, materialized);
  const shown = accepted.size - materialized.withdrawn.length;
  const waiting = plan.changes.filter(({ id, verdict }) => verdict === 'review' && !accepted.has(id)).length;
  session.say(
    `${shown} ${shown === 1 ? 'change' : 'changes'}${waiting > 0 ? `; ${waiting} more with --include review` : ''}`,
  );
  const tasks = new Set(plan.changes.filter(({ id }) => made.has(id)).map(({ task }) => task));
  if (split === undefined) tellRunsInFlight(session, plan.report.sensors, tasks);
  // git takes the paths of a patch from the top of the work tree, and passes over all others without a word.
  const prefix = prefixInRepository(planned.options.root);
  if (prefix !== null && prefix !== '' && shown > 0)
    session.say(`paths are relative to ${prefix}: use \`git apply --directory=${prefix.slice(0, -1)}\``);
  return highest(withdrawn, exitCodeOf(planned, flags));
};

function splitContradiction({ split, output, format }: Flags): string | null {
  if (split === undefined) return output === undefined ? null : '--output is where --split writes: it needs one';
  if (output === undefined) return '--split writes a folder of patches: name it with --output';
  return format === undefined || format === 'unified'
    ? null
    : `--split writes patches, so --format ${format} says nothing`;
}

function rendered(
  plan: ProjectPlan,
  made: ReadonlySet<string>,
  files: readonly PlannedFile[],
  format: unknown,
  session: Session,
): string | Uint8Array {
  if (format === 'json') {
    const shown = plan.changes.filter(({ id }) => made.has(id));
    const changes = shown.map(({ id, task }) => ({ id, task, graph: plan.graph(id) }));
    return renderDiffJson(files, changes);
  }
  if (format === 'side-by-side') return renderSideBySide(files, { width: session.width, color: session.color });
  return renderUnified(files);
}
