/**
 * The library: what the command line does, for programs. Four functions: `plan` looks and decides, `report` tells,
 * `apply` writes, `translate` turns one document into a request. All of them answer with values; what users got wrong is
 * never thrown.
 */
import { acceptedChanges } from '../cli/accepted.ts';
import { findCodeowners } from '../cli/codeowners-file.ts';
import { decidedPlan } from '../cli/decided-plan.ts';
import { loadDecisions } from '../cli/decision-store.ts';
import { writeRun } from '../cli/write-run.ts';
import {
  alternativesIn,
  loadOptions,
  planProject,
  renderCsv,
  renderHtml,
  renderJson,
  renderMarkdown,
  translate as translateDocument,
} from '../src/index.ts';
import type { Change, PlannedFile, Report, TranslateOptions, Translation, Verdict } from '../src/model.ts';

export type * from '../src/model.ts';

/** Where to look, and for what. */
export interface PlanOptions {
  /** Folder to begin in (default: the working directory): `bpg-migrate.yaml` is looked for there and above. */
  readonly cwd?: string;
  /** The configuration, instead of looking for one; relative to `cwd`. */
  readonly config?: string;
  /** Folders and files, relative to the root (default: the configuration's, else `dags`, else everything). */
  readonly paths?: readonly string[];
  /** Today as `2026-11-25`; without it nothing that holds until a day expires. */
  readonly today?: string;
}

/** What could be done, with the reasons. Nothing has been written. */
export interface Plan {
  /** Absolute; every path of the plan is relative to it. */
  readonly root: string;
  readonly report: Report;
  /** One for each task that can be moved, in the order of the report. */
  readonly changes: readonly Change[];
  /** What these changes (by id) make of the project; each file is verified with exactly them. */
  files(changes: ReadonlySet<string>): PlannedFiles;
}
export interface PlannedFiles {
  readonly files: readonly PlannedFile[];
  /** Changes that do not hold together with the others, and why. */
  readonly withdrawn: readonly { readonly change: string; readonly reason: string }[];
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  /** What is wrong with the configuration, the paths or the decisions, a sentence each. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads a project and decides what becomes of every Spark task in it, as `bpg-migrate scan` does: with its configuration
 * and with what people decided in `.bpg-migrate/decisions.json`. Executes no DAG and writes nothing.
 *
 * @example
 * const planned = await plan({ cwd: 'airflow' });
 * if (planned.ok) console.log(planned.plan.report.summary.safe);
 */
export async function plan({ cwd = process.cwd(), config, paths = [], today }: PlanOptions = {}): Promise<Planned> {
  const loaded = loadOptions({ cwd, ...(config === undefined ? {} : { config }) });
  if (!loaded.ok) {
    const problems = loaded.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
    return { ok: false, problems };
  }
  const { options } = loaded;
  const decided = loadDecisions(options.root);
  if (!decided.ok) return { ok: false, problems: [decided.reason] };
  const codeowners = findCodeowners(options.root);
  const made = await planProject(options, {
    paths,
    selection: { dags: [], tasks: [], connections: [], verdicts: [] },
    alternatives: alternativesIn(decided.decisions),
    ...(codeowners === null ? {} : { codeowners }),
    ...(today === undefined ? {} : { today }),
  });
  if (made.problems.length > 0) return { ok: false, problems: made.problems.map(({ message }) => message) };
  const { report: told, changes, materialize } = decidedPlan(made, decided.decisions);
  return { ok: true, plan: { root: options.root, report: told, changes, files: (ids) => materialize(ids) } };
}

/** Which changes to write: those of a verdict and better, what a review accepted, or these very ids. */
export type Accept = Exclude<Verdict, 'manual'> | 'accepted' | ReadonlySet<string>;

export type Applied =
  | {
      readonly ok: true;
      readonly written: readonly PlannedFile[];
      readonly withdrawn: PlannedFiles['withdrawn'];
      /** What `bpg-migrate undo` takes back; null where nothing was written. */
      readonly run: string | null;
    }
  | {
      readonly ok: false;
      readonly problems: readonly string[] /** False: every file is as it was. */;
      readonly changed: boolean;
    };

/**
 * Writes the accepted changes of a plan, all files or none, and records them so that `bpg-migrate undo` takes them back.
 * A file that changed since it was planned is refused. Whether git has recorded the files is for the caller to ask.
 *
 * @example
 * const planned = await plan();
 * if (planned.ok) {
 *   const applied = apply(planned.plan, 'safe');
 *   if (!applied.ok) console.error(applied.problems.join('\n'));
 * }
 */
export function apply(made: Plan, accept: Accept = 'safe'): Applied {
  const flags = accept === 'accepted' ? { accepted: true } : accept === 'review' ? { include: 'review' } : {};
  const ids = typeof accept === 'string' ? acceptedChanges(made, flags) : accept;
  const { files, withdrawn } = made.files(ids);
  const { outcome, run } = writeRun(made.root, files);
  if (!outcome.ok) return { ok: false, problems: outcome.problems, changed: outcome.changed };
  return { ok: true, written: outcome.written, withdrawn, run };
}

/**
 * Translates the text of one SparkApplication (YAML or JSON, with or without Jinja) into the request that the gateway
 * takes, with the ledger of what happened to each field.
 *
 * @example
 * const made = translate(text, { queue: 'poc' });
 * if (made.ok) console.log(made.text);
 */
export function translate(text: string, options: Partial<TranslateOptions> = {}): Translation {
  return translateDocument(text, { queue: null, format: 'yaml', ...options });
}

export type ReportFormat = 'json' | 'html' | 'md' | 'csv';

const renderers: Readonly<Record<ReportFormat, (told: Report) => string>> = {
  json: renderJson,
  html: renderHtml,
  md: renderMarkdown,
  csv: renderCsv,
};

/**
 * A plan's report as text, the same to the byte for the same project.
 *
 * @example
 * const planned = await plan();
 * if (planned.ok) await writeFile('report.html', report(planned.plan, 'html'));
 */
export function report(made: Pick<Plan, 'report'>, format: ReportFormat = 'json'): string {
  return renderers[format](made.report);
}
