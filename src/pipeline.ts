/**
 * The whole program on one screen: discover → parse → decide → plan, and from a plan the files that accepted changes make.
 * Nothing here writes.
 */
import type { Alternatives, Change, ChangeGraph, FileFacts, FileView, Options, PlannedFile, Report, SlotUse } from './model.ts';
import { openProject } from './open-project.ts';
import type { PathProblem } from './parser/discover.ts';
import type { Remember } from './parser/looks.ts';
import { assembleReport, filesOf, graphFor, type Selection } from './rewriter/assemble.ts';
import { callContents } from './rewriter/call-content.ts';
import type { PlannedChange } from './rewriter/change.ts';
import { type NeededNames, neededNames } from './rewriter/needed-names.ts';
import { ownersOf } from './rewriter/owners.ts';
import { decideProject, type ProjectDecisions } from './rewriter/plan.ts';
import type { Verifier } from './rewriter/verify.ts';
import { readCodeowners } from './rollout/codeowners.ts';
import { version } from './version.ts';

export type { Selection } from './rewriter/assemble.ts';

export interface PlanRequest {
  /** Relative to the root; empty: the configuration's, else `dags`, else everything. */
  readonly paths: readonly string[];
  readonly selection: Selection;
  /** Today as an ISO date; without it nothing that holds until a day expires. */
  readonly today?: string;
  /** The text of CODEOWNERS, and the root as the top of its repository names it (`` or `team/airflow/`). */
  readonly codeowners?: { readonly text: string; readonly prefix: string };
  readonly onProgress?: (done: number, total: number) => void;
  /** Told when a stage of the work is done. */
  readonly onStage?: (stage: 'read' | 'decide' | 'report') => void;
  /** Told all that the plan depends on beside options and this request, while it is read; `isStillSo` looks again. */
  readonly remember?: Remember;
}

export interface Materialized {
  readonly files: readonly PlannedFile[];
  readonly withdrawn: readonly { readonly change: string; readonly reason: string }[];
}

export interface ProjectPlan {
  /** What people chose for single tasks over what the configuration says, by task id. */
  readonly alternatives?: ReadonlyMap<string, Alternatives>;
  /** Paths that were asked for and are not there: a usage error. */
  readonly problems: readonly PathProblem[];
  /** True when a file that names a source class can't be read or does not parse. */
  readonly brokenSources: boolean;
  readonly isolationBroken: boolean;
  /** True when a document changed after it was translated: `apply --check` says no. */
  readonly drifted: boolean;
  /** True when something holds until a day, so that the plan of another day may be another. */
  readonly expires: boolean;
  readonly report: Report;
  /** Verified changes of the selected tasks, in the order of the report. */
  readonly changes: readonly Change[];
  /** Names that the documents of legacy tasks use, whatever queue they go to. */
  readonly names: NeededNames;
  /** To whom the legacy tasks belong, by task id, as far as configuration or source say it. */
  readonly owners: ReadonlyMap<string, string>;
  /** What the call of each legacy or ignored task says, as a hash that layout and place do not change; by task id. */
  readonly contents: ReadonlyMap<string, string>;
  /** Worker slots of each legacy task while its job runs, by task id; `sumSlots` adds them up. */
  readonly slots: ReadonlyMap<string, SlotUse>;
  /** Before and after of one change, worked out when it is asked for; null for an id that is none of `changes`. */
  view(change: string): readonly FileView[] | null;
  /** The order of tasks around one change, before and after, likewise. */
  graph(change: string): ChangeGraph | null;
  /** What the accepted changes make of the project. Each file is verified with exactly these changes. */
  materialize(accepted: ReadonlySet<string>): Materialized;
}

/** Plans the project. Reads files, executes none of them, and never throws for what stands in them. */
export async function planProject(options: Options, request: PlanRequest): Promise<ProjectPlan> {
  const { paths, selection, today = null, onProgress = () => {}, onStage = () => {}, remember } = request;
  const opened = await openProject(options, paths, today, (done, files) => onProgress(done, files * 2), remember);
  onStage('read');
  const { project, discovery, brokenSources } = opened;
  const { length } = project.files;
  const decisions = decideProject(project, (done) => onProgress(length + done, length * 2), request.alternatives);
  onStage('decide');
  const owners = ownersOf(decisions, options, codeownersOf(request));
  const { report, planned, isolationBroken } = assembleReport(
    project,
    decisions,
    discovery,
    selection,
    owners,
    version,
  );
  onStage('report');
  return {
    problems: discovery.problems,
    brokenSources,
    isolationBroken,
    drifted: report.findings.some(({ code }) => code === 'document-drifted'),
    expires: options.accept.some(({ until }) => until !== undefined) || project.files.some(holdsIgnoreUntil),
    report,
    changes: planned.map(({ id, task, file, verdict }) => ({ id, task, file, verdict })),
    names: neededNames(decisions),
    owners,
    contents: callContents(decisions),
    slots: slotUses(decisions),
    view: (id) => {
      const change = planned.find((one) => one.id === id);
      return change === undefined ? null : filesOf(project, change);
    },
    graph: (id) => {
      const change = planned.find((one) => one.id === id);
      return change === undefined ? null : graphFor(project, change);
    },
    materialize: (accepted) =>
      materialize(
        decisions.verify,
        planned.filter(({ id }) => accepted.has(id)),
      ),
  };
}

/** Of all legacy tasks, by id. */
export function slotUses({ files, identities }: ProjectDecisions): ReadonlyMap<string, SlotUse> {
  const plans = files.flatMap(({ tasks }) => tasks.filter(({ prepared }) => prepared.task.ignored === null));
  return new Map(
    plans.flatMap(({ prepared, slots }) => {
      const id = identities.get(prepared.task)?.id;
      return id === undefined ? [] : [[id, { task: id, ...slots }]];
    }),
  );
}

const holdsIgnoreUntil = ({ tasks, sensors }: FileFacts): boolean =>
  [...tasks, ...sensors].some(({ ignoredUntil }) => ignoredUntil !== null);

function codeownersOf({ codeowners }: PlanRequest): (file: string) => string | null {
  if (codeowners === undefined) return () => null;
  const ownerOf = readCodeowners(codeowners.text);
  return (file) => ownerOf(codeowners.prefix + file);
}

function materialize(verify: Verifier, changes: readonly PlannedChange[]): Materialized {
  const files = new Map<string, PlannedFile>();
  const withdrawn: { change: string; reason: string }[] = [];
  for (const facts of new Set(changes.map((change) => change.facts))) {
    const own = changes.filter((change) => change.facts === facts);
    const made = verify(facts, own);
    if (!made.ok) {
      withdrawn.push(...own.map(({ id }) => ({ change: id, reason: made.reason })));
      continue;
    }
    const { path, text, encoding } = facts.source;
    files.set(path, { path, before: text, after: made.after, encoding });
    for (const { path: target, text: after } of own.flatMap(({ documents }) => documents))
      files.set(target, { path: target, before: null, after, encoding: 'utf-8' });
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), withdrawn };
}
