/** Puts decisions together as the one Report that every reporter reads. */

import type {
  ChangeGraph,
  ChangeView,
  FileEntry,
  FileFacts,
  FileView,
  Finding,
  Report,
  SensorEntry,
  Shard,
  SkippedFile,
  Summary,
  TaskEntry,
} from '../model.ts';
import { readPythonFile } from '../parser/read-file.ts';
import { affectedFiles } from './affected.ts';
import { filesTouched, type PlannedChange } from './change.ts';
import { graphOfChange } from './change-graph.ts';
import { connectionEntries } from './connections.ts';
import { applyEdits } from './edits.ts';
import { findingEntries, migratedEntry, order, sensorEntry, taskEntry } from './entries.ts';
import { editsFor } from './materialize.ts';
import type { ProjectDecisions } from './plan.ts';
import type { Project } from './project.ts';
import { projectFindings } from './project-findings.ts';
import { proofOf } from './proof.ts';
import { isMatch } from './routing.ts';
import { inShard } from './shard.ts';

/** Globs; empty takes all. */
export interface Selection {
  readonly dags: readonly string[];
  readonly tasks: readonly string[];
  readonly connections: readonly string[];
  readonly verdicts: readonly string[];
  readonly owners?: readonly string[];
  /** Numbers of waves. */
  readonly waves?: readonly string[];
  /** Files that changed: only what they can mean something for. Absent: all. */
  readonly changed?: ReadonlySet<string>;
  /** Only the files of this part of the project. */
  readonly shard?: Shard;
}

interface Looked {
  readonly skipped: readonly SkippedFile[];
  readonly seen: number;
}

export interface Assembled {
  readonly report: Report;
  /** The tasks of the whole project. */
  readonly all: readonly TaskEntry[];
  /** Changes of the selected tasks, in the order of the report. */
  readonly planned: readonly PlannedChange[];
  readonly isolationBroken: boolean;
}

export function assembleReport(
  project: Project,
  decisions: ProjectDecisions,
  looked: Looked,
  selection: Selection,
  owners: ReadonlyMap<string, string>,
  version: string,
  wavesOf: (tasks: readonly TaskEntry[]) => ReadonlyMap<string, number> = () => new Map(),
): Assembled {
  const { options } = project;
  const all = allTasks(project, decisions);
  const entries = all.map(({ entry }) => entry);
  const { waves = [] } = selection;
  const numbers = waves.length === 0 ? null : wavesOf(entries);
  const { changed, shard } = selection;
  const own = { ...decisions, files: decisions.files.filter(({ facts }) => inShard(facts.source.path, shard)) };
  const ownEntries = entries.filter(({ file }) => inShard(file, shard));
  const affected = changed === undefined ? null : affectedFiles(project.files, changed);
  const selected = all.filter(
    ({ entry }) =>
      isSelected(entry, selection, owners.get(entry.id) ?? null) &&
      inShard(entry.file, shard) &&
      (affected === null || affected.has(entry.file)) &&
      (numbers === null || matchesAny(String(numbers.get(entry.id) ?? ''), waves)),
  );
  const tasks = selected.map(({ entry }) => entry);
  const planned = selected.flatMap(({ change }) => change ?? []);
  const chosen = numbers === null ? null : new Set(tasks.map(({ id }) => id));
  const sensors = allSensors(project, own).filter(
    ({ dagId, file, task }) =>
      (selection.dags.length === 0 || matchesAny(dagId, selection.dags)) &&
      (affected === null || affected.has(file)) &&
      (chosen === null || (task !== null && chosen.has(task))),
  );
  const findings: Finding[] = projectFindings(project, own);
  const files = fileEntries(project, looked, ownEntries);
  const report = {
    schemaVersion: 1 as const,
    tool: { name: 'bpg-migrate' as const, version },
    ...(shard === undefined ? {} : { shard }),
    summary: summarize(tasks, sensors, looked, files),
    tasks,
    sensors,
    connections: connectionEntries(project, own, ownEntries),
    files,
    findings: findingEntries(findings, options),
  };
  let views: readonly ChangeView[] | null = null;
  // Views hold every file twice, and only some reporters look at them.
  const withViews: Report = Object.defineProperty({ ...report, changes: [] }, 'changes', {
    get: () => {
      views ??= planned.map((change) => viewOf(project, change));
      return views;
    },
  });
  const isolationBroken =
    findings.some(({ code }) => code === 'route-breaks-isolation') ||
    own.files.some(({ tasks: plans }) => plans.some(({ prepared }) => prepared.routed.isolationBroken));
  return { report: withViews, all: entries, planned, isolationBroken };
}

interface Told {
  readonly entry: TaskEntry;
  readonly change: PlannedChange | null;
}

function allTasks(project: Project, decisions: ProjectDecisions): readonly Told[] {
  const told: Told[] = [];
  for (const { facts, tasks } of decisions.files) {
    for (const plan of tasks) {
      const identity = decisions.identities.get(plan.prepared.task);
      if (identity !== undefined)
        told.push({ entry: taskEntry(plan, identity, decisions, project.options), change: plan.change });
    }
    for (const task of facts.migrated) {
      const identity = decisions.identities.get(task);
      if (identity !== undefined) told.push({ entry: migratedEntry(task, identity), change: null });
    }
  }
  return told.sort(
    (a, b) => order(a.entry.file, b.entry.file) || a.entry.line - b.entry.line || a.entry.column - b.entry.column,
  );
}

function allSensors(project: Project, decisions: ProjectDecisions): readonly SensorEntry[] {
  const entries = decisions.files.flatMap(({ sensors, tasks }) =>
    sensors.flatMap((plan) => {
      const identity = decisions.identities.get(plan.sensor);
      return identity === undefined ? [] : [sensorEntry(plan, identity, tasks, decisions, project.options)];
    }),
  );
  return entries.sort((a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function matchesAny(value: string | null, globs: readonly string[]): boolean {
  return globs.some((glob) => glob === '*' || (value !== null && isMatch(value, glob)));
}

function isSelected(
  entry: TaskEntry,
  { dags, tasks, connections, verdicts, owners = [] }: Selection,
  owner: string | null,
): boolean {
  const one = (value: string | null, globs: readonly string[]): boolean =>
    globs.length === 0 || matchesAny(value, globs);
  const named = one(entry.taskId, tasks) || tasks.includes(entry.id);
  return (
    named &&
    one(entry.dagId, dags) &&
    one(entry.connection, connections) &&
    one(entry.verdict ?? entry.status, verdicts) &&
    // A file may be several people's.
    (one(owner, owners) || (owner ?? '').split(' ').some((name) => name !== '' && matchesAny(name, owners)))
  );
}

function summarize(
  tasks: readonly TaskEntry[],
  sensors: readonly SensorEntry[],
  { seen }: Looked,
  files: readonly FileEntry[],
): Summary {
  const count = (test: (task: TaskEntry) => boolean): number => tasks.filter(test).length;
  const legacy = (verdict: TaskEntry['verdict']) =>
    count((task) => task.status === 'legacy' && task.verdict === verdict);
  return {
    files: seen,
    tasks: tasks.length,
    legacy: count(({ status }) => status === 'legacy'),
    migrated: count(({ status }) => status === 'migrated'),
    ignored: count(({ status }) => status === 'ignored'),
    safe: legacy('safe'),
    review: legacy('review'),
    manual: legacy('manual'),
    sensors: sensors.length,
    skippedFiles: files.filter(({ skipped }) => skipped !== null).length,
  };
}

/** Files with tasks of either kind, files that do not parse, and files that were skipped. */
export function fileEntries(
  project: Project,
  { skipped }: Pick<Looked, 'skipped'>,
  tasks: readonly TaskEntry[],
): readonly FileEntry[] {
  const entries = new Map<string, FileEntry>();
  const counts = new Map<string, number>();
  for (const { file } of tasks) counts.set(file, (counts.get(file) ?? 0) + 1);
  for (const { path, reason } of skipped) entries.set(path, { file: path, tasks: 0, skipped: reason });
  for (const { source, errors } of project.files) {
    const own = counts.get(source.path) ?? 0;
    const [error] = errors;
    const reason = error === undefined ? null : `does not parse at line ${error.line}, column ${error.column}`;
    if (own > 0 || reason !== null) entries.set(source.path, { file: source.path, tasks: own, skipped: reason });
  }
  return [...entries.values()].sort((a, b) => order(a.file, b.file));
}

/** The file with only this change made, and the document beside its translation. */
export function filesOf(project: Project, change: PlannedChange): readonly FileView[] {
  const python = filesTouched(change).map((facts) => pythonView(facts, change));
  const documents = change.documents.map(({ path, text }): FileView => {
    const origin = change.documentSource ?? path;
    const before = project.read(origin);
    const language = path.endsWith('.json') ? 'json' : 'yaml';
    return {
      kind: 'document',
      path: origin,
      target: path,
      language,
      before: before.ok ? before.text : '',
      after: text,
    };
  });
  return [...python, ...documents];
}

function pythonView(facts: FileFacts, change: PlannedChange): FileView {
  const { path, text } = facts.source;
  const made = editsFor(facts, [change]);
  const after = made.ok ? applyEdits(text, made.edits) : text;
  return { kind: 'python', path, target: path, language: 'python', before: text, after };
}

/** The order of tasks around this change, read from the file with only it made. */
export function graphFor(project: Project, change: PlannedChange): ChangeGraph {
  const { source, classes } = change.facts;
  // without a sensor nothing of the order changes: what the file says now is what it will say
  if (change.sensors.length === 0) return graphOfChange(change, change.facts);
  const made = editsFor(change.facts, [change]);
  if (!made.ok) return { unknown: made.reason };
  const text = applyEdits(source.text, made.edits);
  const now = readPythonFile(project.python, { ...source, text }, project.options.target.operator, classes);
  return graphOfChange(change, now);
}

function viewOf(project: Project, change: PlannedChange): ChangeView {
  return {
    id: change.id,
    task: change.task,
    verdict: change.verdict,
    files: filesOf(project, change),
    proof: change.request === null ? null : proofOf(change.request, project.gateway),
    graph: graphFor(project, change),
  };
}
