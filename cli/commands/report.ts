import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Report, renderHtml, renderJson, renderMarkdown } from '../../src/index.ts';
import type { Run } from '../description.ts';
import type { Flags } from '../flags.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';
import { reasonOf } from '../write-failure.ts';

type Format = 'html' | 'md' | 'json';

/** Formats by the end of a file's name, which are also the names in a folder. */
const extensions: Readonly<Record<string, Format>> = { '.html': 'html', '.htm': 'html', '.md': 'md', '.json': 'json' };
const renderers: Readonly<Record<Format, (report: Report) => string>> = {
  html: renderHtml,
  md: renderMarkdown,
  json: renderJson,
};

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
  const planned = await planFor(session, paths, flags);
  if (!planned.ok) return 2;
  for (const { format, path } of chosen.targets) {
    const text = renderers[format](planned.plan.report);
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
    session.print(`${path}\n`);
  }
  const printed = chosen.targets.some(({ format, path }) => path === null && format !== 'json');
  tellPlan(session, planned, flags, printed ? 'shown' : 'unsaid');
  return exitCodeOf(planned, flags);
};

/** Which format goes where; decided before anything is planned. */
function targetsOf(cwd: string, { format, output }: Flags): Targets {
  const formats = [...new Set(Array.isArray(format) ? (format as readonly Format[]) : [])];
  if (output === undefined) {
    if (formats.length > 1) return refused('several formats need --output, a folder to write them in');
    return { ok: true, targets: [{ format: formats[0] ?? 'md', path: null }] };
  }
  const absolute = resolve(cwd, output);
  const byName = extensions[extname(output).toLowerCase()];
  const isFolder = existsSync(absolute)
    ? statSync(absolute).isDirectory()
    : byName === undefined || /[/\\]$/.test(output);
  if (isFolder) {
    const all = formats.length === 0 ? (['html'] as const) : formats;
    return { ok: true, targets: all.map((one) => ({ format: one, path: join(output, `report.${one}`) })) };
  }
  // Also keeps a slip from writing a report over a DAG.
  if (byName === undefined) return refused(`${output} is a file, and no report: reports end in .html, .md or .json`);
  if (formats.length > 1) return refused(`${output} holds one format; several need a folder`);
  if (formats[0] !== undefined && formats[0] !== byName)
    return refused(`--format ${formats[0]} and --output ${output} contradict each other`);
  return { ok: true, targets: [{ format: byName, path: output }] };
}

const refused = (reason: string): Targets => ({ ok: false, reason });
