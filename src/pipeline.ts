/**
 * The whole program on one screen: discover → parse → decide → plan, and from a plan the files that accepted changes make.
 * Nothing here writes.
 */

import { estateOf, wavesFor } from './estate.ts';
import { type Amendments, type Materialized, makeFiles, noAmendments } from './make-files.ts';
import type {
  Alternatives,
  Change,
  ChangeGraph,
  FileFacts,
  FileView,
  OperatorSource,
  Options,
  ProfileSplit,
  Proof,
  PythonEnvironment,
  Report,
  SlotUse,
} from './model.ts';
import { type OpenedProject, openProject } from './open-project.ts';
import type { PathProblem } from './parser/discover.ts';
import type { Remember } from './parser/looks.ts';
import { profileSplits, slotUses } from './profile-splits.ts';
import { assembleReport, filesOf, graphFor, type Selection } from './rewriter/assemble.ts';
import { callContents } from './rewriter/call-content.ts';
import { filesWritten } from './rewriter/change.ts';
import { problemOfEdit } from './rewriter/edited.ts';
import { type NeededNames, neededNames } from './rewriter/needed-names.ts';
import { ownersOf } from './rewriter/owners.ts';
import { partOf } from './rewriter/part.ts';
import { decideProject } from './rewriter/plan.ts';
import type { ApplyMode, Project } from './rewriter/project.ts';
import { proofOf } from './rewriter/proof.ts';
import { type Codeowners, codeownersOf } from './rollout/codeowners.ts';
import { type Estate, waveNumbers } from './rollout/estate.ts';
import { withSwitchFiles } from './switch-files.ts';
import { version } from './version.ts';

export type { Amendments, Materialized } from './make-files.ts';
export type { Selection } from './rewriter/assemble.ts';

export interface PlanRequest {
  /** Relative to the root; empty: the configuration's, else `dags`, else everything. */
  readonly paths: readonly string[];
  readonly selection: Selection;
  /** Today as an ISO date; without it nothing that holds until a day expires. */
  readonly today?: string;
  /** What the Python that runs the DAGs holds, where it was asked. */
  readonly environment?: PythonEnvironment;
  readonly codeowners?: Codeowners;
  /** What people chose for single tasks over what the configuration says, by task id. */
  readonly alternatives?: ReadonlyMap<string, Alternatives>;
  /** How tasks change: anew, behind a switch, or without the one they have. Absent: anew. */
  readonly mode?: ApplyMode;
  /** The text of the Python module that a switch asks. */
  readonly switchModule?: string;
  readonly onProgress?: (done: number, total: number) => void;
  /** Told when a stage of the work is done. */
  readonly onStage?: (stage: 'read' | 'decide' | 'report') => void;
  /** Told all that the plan depends on beside options and this request, while it is read; `isStillSo` looks again. */
  readonly remember?: Remember;
}

export interface ProjectPlan {
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
  /** Where the source of the target operator was found, null for a built-in profile. */
  readonly operatorSource: OperatorSource | null;
  /** To whom the legacy tasks belong, by task id, as far as configuration or source say it. */
  readonly owners: ReadonlyMap<string, string>;
  /** What the call of each legacy or ignored task says, as a hash that layout and place do not change; by task id. */
  readonly contents: ReadonlyMap<string, string>;
  /** Worker slots of each legacy task while its job runs, by task id; `sumSlots` adds them up. */
  readonly slots: ReadonlyMap<string, SlotUse>;
  /** Verdicts of the selected tasks under the operator at hand and under each built-in one, worked out when asked for. */
  profiles(): readonly ProfileSplit[];
  /** What a rollout is planned by, worked out when it is first asked for; `waves` is the plan of waves. */
  estate(): Estate;
  /** Before and after of one change, worked out when it is asked for; null for an id that is none of `changes`. */
  view(change: string): readonly FileView[] | null;
  /** The order of tasks around one change, before and after, likewise. */
  graph(change: string): ChangeGraph | null;
  /** What the documents of one change come to on both sides, likewise; null also where it could not be computed. */
  proof(change: string): Proof | null;
  /** The same project, as it was read, with other choices of people; nothing that was decided before is lost. */
  replan(alternatives: ReadonlyMap<string, Alternatives>): ProjectPlan;
  /** Null, or why the result of a change does not hold as somebody left its file `path`. */
  problemOfEdit(change: string, path: string, edited: string): string | null;
  /** What the accepted changes make of the project. Each file is verified with exactly these changes. */
  materialize(accepted: ReadonlySet<string>, amendments?: Amendments): Materialized;
}

/** Plans the project. Reads files, executes none of them, and never throws for what stands in them. */
export async function planProject(options: Options, request: PlanRequest): Promise<ProjectPlan> {
  const { paths, today = null, onProgress = () => {}, onStage = () => {}, remember } = request;
  const { environment } = request;
  const onFile = (done: number, files: number): void => onProgress(done, files * 2);
  const opened = await openProject(options, paths, today, onFile, remember, environment);
  onStage('read');
  return planOpened(opened, options, request);
}

/** Decides what was read; once more with other alternatives it reads nothing a second time. */
function planOpened(opened: OpenedProject, options: Options, request: PlanRequest): ProjectPlan {
  const { selection, alternatives, onProgress = () => {}, onStage = () => {} } = request;
  const { discovery, brokenSources } = opened;
  const codeowners = codeownersOf(request.codeowners);
  const project: Project = { ...opened.project, codeowners, mode: request.mode ?? 'edit' };
  const { length } = project.files;
  // Waves are planned over all tasks.
  const shard = (selection.waves ?? []).length > 0 ? undefined : selection.shard;
  const decisions = decideProject(
    project,
    (done) => onProgress(length + done, length * 2),
    alternatives,
    undefined,
    shard,
  );
  onStage('decide');
  const owners = ownersOf(decisions, options, codeowners);
  const slots = slotUses(decisions);
  const part = partOf(project, discovery, selection);
  const { report, all, planned, isolationBroken } = assembleReport(
    part.project,
    decisions,
    part.discovery,
    part.selection,
    owners,
    version,
    (tasks) => waveNumbers(wavesFor(project, tasks, owners, slots)),
  );
  onStage('report');
  let estate: Estate | null = null;
  const byId = new Map(planned.toReversed().map((change) => [change.id, change]));
  return {
    problems: discovery.problems,
    brokenSources,
    isolationBroken,
    drifted: report.findings.some(({ code }) => code === 'document-drifted'),
    expires: options.accept.some(({ until }) => until !== undefined) || project.files.some(holdsIgnoreUntil),
    report,
    changes: planned.map((change) => {
      const { id, task, file, verdict } = change;
      return { id, task, file, files: filesWritten(change), verdict };
    }),
    names: neededNames(decisions),
    operatorSource: project.target.source,
    owners,
    contents: callContents(decisions),
    slots,
    profiles: () => {
      const selected = new Set(report.tasks.map(({ id }) => id));
      return profileSplits(project, decisions, (id) => selected.has(id));
    },
    estate: () => {
      estate ??= estateOf(project, decisions, all, owners, slots);
      return estate;
    },
    view: (id) => {
      const change = byId.get(id);
      return change === undefined ? null : filesOf(project, change);
    },
    graph: (id) => {
      const change = byId.get(id);
      return change === undefined ? null : graphFor(project, change);
    },
    proof: (id) => {
      const request = byId.get(id)?.request ?? null;
      return request === null ? null : proofOf(request, project.gateway);
    },
    replan: (alternatives) => planOpened(opened, options, { ...request, alternatives }),
    problemOfEdit: (id, path, edited) => {
      const change = byId.get(id);
      const file = change && filesOf(project, change).find(({ target }) => target === path);
      if (change === undefined || file === undefined) return `${path} is no file of this change`;
      return problemOfEdit(project, change, path, file.after, edited);
    },
    materialize: (accepted, amendments = noAmendments) => {
      const taken = planned.filter(({ id }) => accepted.has(id));
      const made = makeFiles(project, decisions.verify, taken, amendments);
      return withSwitchFiles(project, taken, request.switchModule, made);
    },
  };
}

const holdsIgnoreUntil = ({ tasks, sensors }: FileFacts): boolean =>
  [...tasks, ...sensors].some(({ ignoredUntil }) => ignoredUntil !== null);
