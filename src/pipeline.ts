/**
 * The whole program on one screen: discover → parse → decide → plan, and from a plan the files that accepted changes make.
 * Nothing here writes.
 */
import type { Change, FileFacts, Options, PlannedFile, Report } from './model.ts';
import { type Discovery, discover, type PathProblem } from './parser/discover.ts';
import { namesIn, type ProjectFile, readFilesNaming, readProjectFile } from './parser/project-files.ts';
import { readPythonFile } from './parser/read-file.ts';
import { SOURCE_WORDS } from './parser/spark-calls.ts';
import { loadPython, type Python } from './parser/syntax.ts';
import { assembleReport, type Selection } from './rewriter/assemble.ts';
import type { PlannedChange } from './rewriter/change.ts';
import { pinFiles, pinnedVersions } from './rewriter/deployment.ts';
import { eraOf } from './rewriter/era.ts';
import { type NeededNames, neededNames } from './rewriter/needed-names.ts';
import { indexFiles } from './rewriter/other-files.ts';
import { decideProject } from './rewriter/plan.ts';
import type { Project } from './rewriter/project.ts';
import { secondLookWords } from './rewriter/second-look.ts';
import { verify } from './rewriter/verify.ts';
import { findTarget } from './target/find.ts';
import { payloadStyle } from './target/payload-style.ts';
import { splitName } from './target/profiles.ts';
import { version } from './version.ts';

export type { Selection } from './rewriter/assemble.ts';

export interface PlanRequest {
  /** Relative to the root; empty: the configuration's, else `dags`, else everything. */
  readonly paths: readonly string[];
  readonly selection: Selection;
  /** Today as an ISO date; without it nothing that holds until a day expires. */
  readonly today?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Materialized {
  readonly files: readonly PlannedFile[];
  readonly withdrawn: readonly { readonly change: string; readonly reason: string }[];
}

export interface ProjectPlan {
  /** Paths that were asked for and are not there: a usage error. */
  readonly problems: readonly PathProblem[];
  /** True when a file that names a source class can't be read or does not parse. */
  readonly brokenSources: boolean;
  readonly isolationBroken: boolean;
  /** True when a document changed after it was translated: `apply --check` says no. */
  readonly drifted: boolean;
  readonly report: Report;
  /** Verified changes of the selected tasks, in the order of the report. */
  readonly changes: readonly Change[];
  /** Names that the documents of legacy tasks use, whatever queue they go to. */
  readonly names: NeededNames;
  /** What the accepted changes make of the project. Each file is verified with exactly these changes. */
  materialize(accepted: ReadonlySet<string>): Materialized;
}

/** Plans the project. Reads files, executes none of them, and never throws for what stands in them. */
export async function planProject(options: Options, request: PlanRequest): Promise<ProjectPlan> {
  const { root, target: targetOptions } = options;
  const python = await loadPython();
  const words = [...SOURCE_WORDS, splitName(targetOptions.operator).className];
  const found = discoverFrom(options, request.paths, words);
  const total = found.files.length * 2;
  let done = 0;
  const step = (): void => request.onProgress?.(++done, total);
  const files = found.files.map((source) => {
    const facts = readPythonFile(python, source, targetOptions.operator);
    step();
    return facts;
  });
  const project = openProject(options, python, files, found, request.today ?? null);
  const decisions = decideProject(project, step);
  const { report, planned, isolationBroken } = assembleReport(project, decisions, found, request.selection, version);
  return {
    problems: found.problems,
    brokenSources: isBroken(found, files),
    isolationBroken,
    drifted: report.findings.some(({ code }) => code === 'document-drifted'),
    report,
    changes: planned.map(({ id, task, file, verdict }) => ({ id, task, file, verdict })),
    names: neededNames(decisions),
    materialize: (accepted) =>
      materialize(
        project,
        planned.filter(({ id }) => accepted.has(id)),
      ),
  };

  function openProject(
    all: Options,
    parser: Python,
    facts: readonly FileFacts[],
    discovery: Discovery,
    today: string | null,
  ): Project {
    const { source } = all;
    const cache = new Map<string, ProjectFile>();
    const read = (path: string): ProjectFile => {
      const known = cache.get(path) ?? readProjectFile(root, path);
      cache.set(path, known);
      return known;
    };
    const pins = namesIn(root, '')
      .filter((name) => pinFiles.test(name))
      .map(read);
    const pinned = pinnedVersions(pins.flatMap((file) => (file.ok ? [file.text] : [])));
    const found = findTarget(all, parser, read);
    return {
      options: all,
      target: found.target,
      targetFindings: found.findings,
      style: payloadStyle(found.target, all.target.payload),
      era: eraOf(
        source.airflow ?? (source.provider === null ? pinned.airflow : null),
        source.provider ?? (source.airflow === null ? pinned.provider : null),
      ),
      files: facts,
      python: parser,
      today,
      read,
      others: indexFiles(
        () => readFilesNaming(root, discovery.paths, secondLookWords(facts, all), all.maxFileSize).files,
      ),
    };
  }
}

function discoverFrom(options: Options, asked: readonly string[], words: readonly string[]): Discovery {
  const { root, exclude, maxFileSize, source } = options;
  const from = (paths: readonly string[]): Discovery =>
    discover({ root, paths, exclude, maxFileSize, ignoreSyntax: source.ignoreSyntax, airflow: source.airflow }, words);
  if (asked.length > 0) return from(asked);
  if (options.paths.length > 0) return from(options.paths);
  const usual = from(['dags']);
  return usual.problems.length > 0 ? from(['.']) : usual;
}

/** A file that is skipped for its size is said and no more. */
function isBroken(found: Discovery, files: readonly FileFacts[]): boolean {
  const unreadable = found.skipped.some(({ namesSource, reason }) => namesSource && !reason.startsWith('larger than'));
  const sources = files.filter(({ source }) => SOURCE_WORDS.some((word) => source.text.includes(word)));
  return unreadable || sources.some(({ errors }) => errors.length > 0);
}

function materialize(project: Project, changes: readonly PlannedChange[]): Materialized {
  const files = new Map<string, PlannedFile>();
  const withdrawn: { change: string; reason: string }[] = [];
  for (const facts of new Set(changes.map((change) => change.facts))) {
    const own = changes.filter((change) => change.facts === facts);
    const made = verify(project.python, facts, own, project.options.target.operator);
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
