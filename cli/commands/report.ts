import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  type Estate,
  type ExchangeOptions,
  ownerReports,
  type Report,
  type RolloutOptions,
  renderCsv,
  renderGithub,
  renderHtml,
  renderJson,
  renderJsonl,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderText,
} from '../../src/index.ts';
import { compareWith, isSelecting, loadBaseline } from '../baseline.ts';
import type { Run } from '../description.ts';
import type { Flags } from '../flags.ts';
import { prefixInRepository } from '../git-state.ts';
import { exitCodeOf, planFor, tellFor, tellPlan } from '../planning.ts';
import { record, rolloutRequest, rolloutState } from '../rollout-state.ts';
import type { Session } from '../session.ts';
import { reasonOf } from '../write-failure.ts';

type Format = 'html' | 'json' | 'md' | 'csv' | 'sarif' | 'junit' | 'jsonl' | 'github' | 'text';

interface FormatDescription {
  /** Its name in a folder; null: it always goes to stdout. */
  readonly file: string | null;
  /** The ends of a file's name that stand for it. */
  readonly extensions: readonly string[];
  /** It tells of the rollout or shows changes, so what an earlier run kept is not enough. */
  readonly whole: boolean;
  render(report: Report, options: ExchangeOptions): string;
}

const formats: Readonly<Record<Format, FormatDescription>> = {
  html: { file: 'report.html', extensions: ['.html', '.htm'], whole: true, render: (report) => renderHtml(report) },
  json: { file: 'report.json', extensions: ['.json'], whole: true, render: renderJson },
  md: { file: 'report.md', extensions: ['.md'], whole: true, render: (report) => renderMarkdown(report) },
  csv: { file: 'report.csv', extensions: ['.csv'], whole: true, render: renderCsv },
  sarif: {
    file: 'report.sarif',
    extensions: ['.sarif'],
    whole: false,
    render: (report, options) => renderSarif(report, options),
  },
  junit: { file: 'junit.xml', extensions: ['.xml'], whole: false, render: renderJunit },
  jsonl: { file: 'events.jsonl', extensions: ['.jsonl'], whole: false, render: renderJsonl },
  github: { file: null, extensions: [], whole: false, render: (report, options) => renderGithub(report, options) },
  text: { file: null, extensions: [], whole: false, render: renderText },
};
const extensions: ReadonlyMap<string, Format> = new Map(
  Object.entries(formats).flatMap(([format, { extensions: own }]) => own.map((end) => [end, format as Format])),
);

type Target = { readonly format: Format; readonly path: string | null };
type Targets =
  | { readonly ok: true; readonly targets: readonly Target[]; readonly inFolder: boolean }
  | { readonly ok: false; readonly reason: string };

/** `report`: the whole state in one or more formats, to stdout, a file or a folder. */
export const run: Run = async (session, paths, flags) => {
  const chosen = targetsOf(session.cwd, flags);
  if (!chosen.ok) {
    session.warn(`bpg-migrate: ${chosen.reason}`);
    return 2;
  }
  const request = rolloutRequest(session, flags);
  if (request === null) return 2;
  // What shows changes or the rollout needs the plan itself; what an earlier run found will do for the rest.
  const whole = request.record || chosen.targets.some(({ format }) => formats[format].whole);
  const made = whole ? await planFor(session, paths, flags) : null;
  const planned = made ?? (await tellFor(session, paths, flags));
  if (!planned.ok) return 2;
  const { options } = planned;
  const state =
    made?.ok === true ? rolloutState(session, made, request, flags) : { report: planned.plan.report, line: null };
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
    const text = formats[format].render(state.report, exchange);
    if (path === null) session.print(text);
    else if (!written(session, path, text)) return 2;
    // What is read as annotations or lines must not be mixed with names.
    else if (chosen.targets.some((target) => target.path === null)) session.say(path);
    else session.print(`${path}\n`);
    if (path === null || format !== 'md' || !chosen.inFolder || made?.ok !== true) continue;
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

/** False where the file can not be written, which is said. */
function written(session: Session, path: string, text: string): boolean {
  try {
    mkdirSync(dirname(resolve(session.cwd, path)), { recursive: true });
    writeFileAtomic.sync(resolve(session.cwd, path), text);
    return true;
  } catch (error) {
    session.warn(`bpg-migrate: ${path} can not be written: ${reasonOf(error)}`);
    return false;
  }
}

/** Which format goes where; decided before anything is planned. */
function targetsOf(cwd: string, { format, output }: Flags): Targets {
  const asked = [...new Set(Array.isArray(format) ? (format as readonly Format[]) : [])];
  const printed = asked.filter((one) => formats[one].file === null);
  const filed = asked.filter((one) => formats[one].file !== null);
  const toStdout = printed.map((one): Target => ({ format: one, path: null }));
  if (output === undefined) {
    if (asked.length > 1 && filed.length > 0)
      return refused('several formats need --output, a folder to write them in');
    return taken(asked.length === 0 ? [{ format: 'md', path: null }] : asked.map(onStdout), false);
  }
  if (asked.length > 0 && filed.length === 0)
    return refused(`${printed.join(' and ')} is printed, so --output says nothing beside it`);
  const absolute = resolve(cwd, output);
  const byName = extensions.get(extname(output).toLowerCase());
  const isFolder = existsSync(absolute)
    ? statSync(absolute).isDirectory()
    : byName === undefined || /[/\\]$/.test(output);
  if (isFolder) {
    const all = filed.length === 0 ? (['html'] as const) : filed;
    return taken([...all.map((one) => inFolder(output, one)), ...toStdout], true);
  }
  // Also keeps a slip from writing a report over a DAG.
  if (byName === undefined)
    return refused(`${output} is a file, and no report: reports end in ${[...extensions.keys()].join(', ')}`);
  if (filed.length > 1) return refused(`${output} holds one format; several need a folder`);
  if (filed[0] !== undefined && filed[0] !== byName)
    return refused(`--format ${filed[0]} and --output ${output} contradict each other`);
  return taken([{ format: byName, path: output }, ...toStdout], false);
}

const onStdout = (format: Format): Target => ({ format, path: null });
const inFolder = (folder: string, format: Format): Target => ({
  format,
  path: join(folder, formats[format].file ?? ''),
});
const taken = (targets: readonly Target[], folder: boolean): Targets => ({ ok: true, targets, inFolder: folder });
const refused = (reason: string): Targets => ({ ok: false, reason });
