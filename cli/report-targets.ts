import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  cutMarkdown,
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
} from '../src/index.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';
import { reasonOf } from './write-failure.ts';

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

export const formats: Readonly<Record<Format, FormatDescription>> = {
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

export type Target = { readonly format: Format; readonly path: string | null };
type Targets =
  | { readonly ok: true; readonly targets: readonly Target[]; readonly inFolder: boolean }
  | { readonly ok: false; readonly reason: string };

/** Writes a format where it goes. False, and said, when it can not be written. */
export function deliver(
  session: Session,
  targets: readonly Target[],
  { format, path }: Target,
  report: Report,
  options: ExchangeOptions,
): boolean {
  const text = formats[format].render(report, options);
  if (path === null) session.print(format === 'md' ? fitting(text) : text);
  else if (!written(session, path, text)) return false;
  // What is read as annotations or lines must not be mixed with names.
  else if (targets.some((target) => target.path === null)) session.say(path);
  else session.print(`${path}\n`);
  return true;
}

/** Bytes that GitHub takes for the summary of a step; a longer one is refused as a whole. */
const summaryLimit = 1_048_576;

/** In a step of GitHub Actions what is printed goes into its summary, which may hold something already. */
function fitting(text: string): string {
  const summary = process.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary === '') return text;
  const held = statSync(summary, { throwIfNoEntry: false })?.size ?? 0;
  return cutMarkdown(text, Math.max(0, summaryLimit - held));
}

/** False where the file can not be written, which is said. */
export function written(session: Session, path: string, text: string): boolean {
  try {
    mkdirSync(dirname(resolve(session.cwd, path)), { recursive: true });
    writeFileAtomic.sync(resolve(session.cwd, path), text);
    return true;
  } catch (error) {
    session.warn(`bpg-migrate: ${path} can not be written: ${reasonOf(error)}`);
    return false;
  }
}

/** Which format goes where; decided before anything is planned. `usual`: what is printed where nothing is said. */
export function targetsOf(cwd: string, { format, output }: Flags, usual: Format = 'md'): Targets {
  const asked = [...new Set(Array.isArray(format) ? (format as readonly Format[]) : [])];
  const printed = asked.filter((one) => formats[one].file === null);
  const filed = asked.filter((one) => formats[one].file !== null);
  const toStdout = printed.map((one): Target => ({ format: one, path: null }));
  if (output === undefined) {
    if (asked.length > 1 && filed.length > 0)
      return refused('several formats need --output, a folder to write them in');
    return taken(asked.length === 0 ? [onStdout(usual)] : asked.map(onStdout), false);
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
