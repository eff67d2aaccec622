import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  type ExchangeOptions,
  type Report,
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
import { reasonOf } from '../write-failure.ts';

type Format = 'html' | 'json' | 'md' | 'csv' | 'sarif' | 'junit' | 'jsonl' | 'github' | 'text';

interface FormatDescription {
  /** Its name in a folder; null: it always goes to stdout. */
  readonly file: string | null;
  /** The ends of a file's name that stand for it. */
  readonly extensions: readonly string[];
  render(report: Report, options: ExchangeOptions): string;
}

const formats: Readonly<Record<Format, FormatDescription>> = {
  html: { file: 'report.html', extensions: ['.html', '.htm'], render: (report) => renderHtml(report) },
  json: { file: 'report.json', extensions: ['.json'], render: renderJson },
  md: { file: 'report.md', extensions: ['.md'], render: (report) => renderMarkdown(report) },
  csv: { file: 'report.csv', extensions: ['.csv'], render: renderCsv },
  sarif: { file: 'report.sarif', extensions: ['.sarif'], render: (report, options) => renderSarif(report, options) },
  junit: { file: 'junit.xml', extensions: ['.xml'], render: renderJunit },
  jsonl: { file: 'events.jsonl', extensions: ['.jsonl'], render: renderJsonl },
  github: { file: null, extensions: [], render: (report, options) => renderGithub(report, options) },
  text: { file: null, extensions: [], render: renderText },
};
const extensions: ReadonlyMap<string, Format> = new Map(
  Object.entries(formats).flatMap(([format, { extensions: own }]) => own.map((end) => [end, format as Format])),
);

type Target = { readonly format: Format; readonly path: string | null };
type Targets =
  | { readonly ok: true; readonly targets: readonly Target[] }
  | { readonly ok: false; readonly reason: string };

/** `report`: the whole state in one or more formats, to stdout, a file or a folder. */
export const run: Run = async (session, paths, flags) => {
  const chosen = targetsOf(session.cwd, flags);
  if (!chosen.ok) {
    session.warn(`bpg-migrate: ${chosen.reason}`);
    return 2;
  }
  // Only the page shows the changes themselves, so only it needs the plan.
  const withChanges = chosen.targets.some(({ format }) => format === 'html');
  const planned = await (withChanges ? planFor : tellFor)(session, paths, flags);
  if (!planned.ok) return 2;
  const { plan, options } = planned;
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
    const text = formats[format].render(plan.report, exchange);
    if (path === null) {
      session.print(text);
      continue;
    }
    try {
      mkdirSync(dirname(resolve(session.cwd, path)), { recursive: true });
      writeFileAtomic.sync(resolve(session.cwd, path), text);
    } catch (error) {
      session.warn(`bpg-migrate: ${path} can not be written: ${reasonOf(error)}`);
      return 2;
    }
    // What is read as annotations or lines must not be mixed with names.
    if (chosen.targets.some((target) => target.path === null)) session.say(path);
    else session.print(`${path}\n`);
  }
  const printed = chosen.targets.some(({ format, path }) => path === null && format !== 'json');
  tellPlan(session, planned, flags, printed ? 'shown' : 'unsaid');
  return exitCodeOf(planned, flags);
};

/** Which format goes where; decided before anything is planned. */
function targetsOf(cwd: string, { format, output }: Flags): Targets {
  const asked = [...new Set(Array.isArray(format) ? (format as readonly Format[]) : [])];
  const printed = asked.filter((one) => formats[one].file === null);
  const filed = asked.filter((one) => formats[one].file !== null);
  const toStdout = printed.map((one): Target => ({ format: one, path: null }));
  if (output === undefined) {
    if (asked.length > 1 && filed.length > 0)
      return refused('several formats need --output, a folder to write them in');
    return { ok: true, targets: asked.length === 0 ? [{ format: 'md', path: null }] : asked.map(onStdout) };
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
    return { ok: true, targets: [...all.map((one) => inFolder(output, one)), ...toStdout] };
  }
  // Also keeps a slip from writing a report over a DAG.
  if (byName === undefined)
    return refused(`${output} is a file, and no report: reports end in ${[...extensions.keys()].join(', ')}`);
  if (filed.length > 1) return refused(`${output} holds one format; several need a folder`);
  if (filed[0] !== undefined && filed[0] !== byName)
    return refused(`--format ${filed[0]} and --output ${output} contradict each other`);
  return { ok: true, targets: [{ format: byName, path: output }, ...toStdout] };
}

const onStdout = (format: Format): Target => ({ format, path: null });
const inFolder = (folder: string, format: Format): Target => ({
  format,
  path: join(folder, formats[format].file ?? ''),
});
const refused = (reason: string): Targets => ({ ok: false, reason });
