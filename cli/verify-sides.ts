/** Both sides of a verification as Airflow sees them, one after the other in the same place. */
import { type Options, planProject, type TaskEntry, type Verification } from '../src/index.ts';
import { acceptedChanges, tellWithdrawn } from './accepted.ts';
import { findCodeowners } from './codeowners-file.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Flags } from './flags.ts';
import type { Planned } from './planning.ts';
import type { Session } from './session.ts';
import { allNew, routingFileAbove } from './switch-mode.ts';
import { type Probed, type ProbeRequest, probe } from './verify-probe.ts';
import { changedSince, type TemporaryTree } from './verify-tree.ts';

export type Sides = Pick<Verification, 'mode' | 'before' | 'after'> & {
  /** The tasks of the plan over the tree before. */
  readonly tasks: readonly TaskEntry[];
  readonly changedFiles: ReadonlySet<string>;
  readonly code: ExitCode;
  readonly observed: readonly [Probed, Probed];
  /** Of `--mode switch`: the side after once more, with every switched task on the new path. */
  readonly newPath?: Probed;
};

/** Null: nothing would be changed, which is said. A text: what stands in the way. */
export async function observePlanned(
  session: Session,
  tree: TemporaryTree,
  { plan, options }: Extract<Planned, { ok: true }>,
  request: ProbeRequest,
  flags: Flags,
): Promise<Sides | string | null> {
  const accepted = acceptedChanges(plan, flags);
  const materialized = plan.materialize(accepted);
  const code = tellWithdrawn(session, plan, materialized);
  const files = materialized.files;
  if (files.length === 0) {
    const others = plan.changes.length === 0 ? '' : ` (${plan.changes.length} changes need --include review)`;
    session.say(`apply would change nothing${others}; --before <ref> verifies what was applied`);
    return null;
  }
  tree.copy(options.root);
  tellExecution(session, request);
  const before = await probe(tree, request);
  const problem = tree.write(files);
  if (problem !== null) return problem;
  const after = before.ok ? await probe(tree, request) : before;
  const newPath =
    flags.mode === 'switch' && after.ok
      ? await probeNewPath(
          tree,
          request,
          plan.report.tasks.filter(({ change }) => change !== null && accepted.has(change)),
        )
      : null;
  const changed = files.filter((file) => file.before !== null).length;
  return {
    mode: 'planned',
    before: 'the work tree',
    after: `what apply would make of it (${changed} files changed, ${files.length - changed} new)`,
    tasks: plan.report.tasks,
    changedFiles: new Set(files.map(({ path }) => path)),
    code,
    observed: [before, after],
    ...(newPath === null ? {} : { newPath }),
  };
}

/** The switched tree with a routing file that has these tasks on the new path. */
async function probeNewPath(tree: TemporaryTree, request: ProbeRequest, tasks: readonly TaskEntry[]): Promise<Probed> {
  const routes = allNew(tasks);
  const files = new Set(tasks.flatMap(({ file }) => routingFileAbove(file, (path) => tree.has(path)) ?? []));
  const problem = tree.write([...files].map((path) => ({ path, before: null, after: routes, encoding: 'utf-8' })));
  return problem === null ? probe(tree, request) : { ok: false, usage: false, reason: problem };
}

/** A text: why there is no tree before. */
export async function observeApplied(
  session: Session,
  tree: TemporaryTree,
  options: Options,
  request: ProbeRequest,
  ref: string,
): Promise<Sides | string> {
  const problem = tree.checkOut(options.root, ref);
  if (problem !== null) return problem;
  const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
  const paths = request.paths.filter((path) => tree.has(path));
  const codeowners = findCodeowners(options.root);
  const plan = await planProject(
    { ...options, root: tree.root },
    { paths, selection, ...(codeowners === null ? {} : { codeowners }) },
  );
  tellExecution(session, request);
  const before = await probe(tree, request);
  if (before.ok) tree.copy(options.root);
  const after = before.ok ? await probe(tree, request) : before;
  return {
    mode: 'applied',
    before: ref,
    after: 'the work tree',
    tasks: plan.report.tasks,
    changedFiles: new Set(changedSince(options.root, ref) ?? []),
    code: 0,
    observed: [before, after],
  };
}

function tellExecution(session: Session, { python }: ProbeRequest): void {
  session.say(`verify executes the DAG files with ${python}: in a copy, without your environment (--pass-env)`);
}
