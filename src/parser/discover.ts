import { existsSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { SkippedFile, SourceFile } from '../model.ts';
import {
  type AirflowIgnoreSyntax,
  airflowIgnoreRules,
  airflowIgnoreSyntax,
  gitIgnoreRules,
  type IgnoreRules,
  isIgnored,
} from './ignore-files.ts';
import { isWithin, type OnBytes, readFilesNaming, reasonOf } from './project-files.ts';

export interface DiscoverOptions {
  /** Absolute path of the root. */
  readonly root: string;
  /** Files and folders to look at, relative to the root. */
  readonly paths: readonly string[];
  /** Globs over paths relative to the root. */
  readonly exclude: readonly string[];
  /** Bytes. */
  readonly maxFileSize: number;
  readonly ignoreSyntax: AirflowIgnoreSyntax | null;
  /** Version of Airflow, null where unknown. */
  readonly airflow: string | null;
}

/** A path that was asked for and can't be looked at. */
export interface PathProblem {
  readonly path: string;
  readonly message: string;
}

export interface Discovery {
  /** Those that hold one of the words, sorted by path. */
  readonly files: readonly SourceFile[];
  readonly skipped: readonly SkippedFile[];
  /** How many Python files there are, read or not. */
  readonly seen: number;
  /** Their paths, for a second look with other words (`readFilesNaming`). */
  readonly paths: readonly string[];
  readonly problems: readonly PathProblem[];
}

/** Finds the Python files below the paths asked for, and reads those whose bytes hold one of `words`. */
export function discover(options: DiscoverOptions, words: readonly string[], onBytes?: OnBytes): Discovery {
  const { paths, skipped, problems } = listPythonFiles(options);
  const read = readFilesNaming(options.root, paths, words, options.maxFileSize, onBytes);
  const all = [...skipped, ...read.skipped].sort((a, b) => order(a.path, b.path));
  return { files: read.files, skipped: all, seen: paths.length, paths, problems };
}

export interface PythonFiles {
  readonly paths: readonly string[];
  readonly skipped: readonly SkippedFile[];
  readonly problems: readonly PathProblem[];
}

const neverWalked = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', '.bpg-migrate']);

/** Ignore rules that hold in a folder, outermost first. */
interface Chain {
  readonly git: readonly IgnoreRules[];
  readonly airflow: readonly IgnoreRules[];
  /** The DAGs folder as far as it shows: the first folder named `dags`, else the outermost with an `.airflowignore`. */
  readonly dagsFolder: string | null;
}

/**
 * The paths of all Python files below those asked for: sorted, without what is ignored or excluded. A file that is asked
 * for by name is taken even if it is ignored. A link is followed only inside the root, and only to what is not found
 * without it, so no file is listed twice and no loop is endless.
 */
function listPythonFiles(options: DiscoverOptions): PythonFiles {
  const { root } = options;
  const realRoot = realpathSync(root);
  const top = topOf(root);
  const above = top === root ? '' : `${toSlashes(relative(top, root))}/`;
  const syntax = airflowIgnoreSyntax(options.ignoreSyntax, options.airflow);
  const excluded = picomatch(
    options.exclude.map((glob) => glob.replace(/\/+$/, '')),
    { dot: true },
  );
  const found = new Map<string, string>();
  const skipped = new Map<string, SkippedFile>();
  const problems: PathProblem[] = [];
  const walked = new Set<string>();
  const links: { path: string; chain: Chain }[] = [];

  const skip = (path: string, reason: string): void => {
    skipped.set(path, { path, reason, namesSource: false });
  };

  /** `folder` is relative to the root, `real` is where it truly lies. */
  const walk = (folder: string, real: string, outer: Chain): void => {
    if (walked.has(real)) return;
    walked.add(real);
    let entries: ReturnType<typeof entriesOf>;
    try {
      entries = entriesOf(join(root, folder));
    } catch (error) {
      skip(folder, reasonOf(error));
      return;
    }
    const chain = extended(outer, above + folder, entries, join(root, folder), syntax);
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) links.push({ path, chain });
      else if (isOfInterest(entry)) visit(entry, path, real, chain);
    }
  };

  const visit = (entry: Entry, path: string, real: string, chain: Chain): void => {
    const isFolder = entry.isDirectory();
    if (excluded(path) || ignoredBy(chain, above + path, isFolder)) return;
    if (isFolder) walk(path, join(real, entry.name), chain);
    else if (entry.isFile()) found.set(join(real, entry.name), path);
    else skip(path, 'it is no regular file');
  };

  const follow = ({ path, chain }: { path: string; chain: Chain }): void => {
    const isPython = path.endsWith('.py');
    const target = targetOf(join(root, path));
    if (!target.ok) {
      if (isPython && !excluded(path) && !ignoredBy(chain, above + path, false)) skip(path, target.reason);
      return;
    }
    const isFolder = target.stats.isDirectory();
    if (isFolder ? neverWalked.has(path.slice(path.lastIndexOf('/') + 1)) : !isPython) return;
    if (excluded(path) || ignoredBy(chain, above + path, isFolder)) return;
    if (!isWithin(realRoot, target.real)) skip(path, 'a link that leads out of the root');
    else if (isFolder) walk(path, target.real, chain);
    else if (!target.stats.isFile()) skip(path, 'it is no regular file');
    else if (!found.has(target.real)) found.set(target.real, path);
  };

  for (const asked of [...options.paths].sort(order)) {
    const absolute = resolve(root, asked);
    const path = toSlashes(relative(root, absolute));
    const target = targetOf(absolute);
    if (!isWithin(root, absolute)) problems.push({ path: asked, message: `'${asked}' is outside the root` });
    else if (!target.ok) problems.push({ path: asked, message: `'${asked}': ${target.reason}` });
    else if (!isWithin(realRoot, target.real))
      problems.push({ path: asked, message: `'${asked}' leads out of the root` });
    else if (target.stats.isDirectory()) {
      const chain = chainAbove(top, above + path, syntax);
      const inIgnored = path !== '' && (excluded(path) || ignoredBy(chain, above + path, true));
      if (!inIgnored) walk(path, target.real, chain);
    } else if (!path.endsWith('.py')) problems.push({ path: asked, message: `'${asked}' is no Python file` });
    else if (target.stats.isFile()) found.set(target.real, path);
    else skip(path, 'it is no regular file');
  }
  for (let link = links.shift(); link !== undefined; link = links.shift()) follow(link);
  return {
    paths: [...found.values()].sort(order),
    skipped: [...skipped.values()].sort((a, b) => order(a.path, b.path)),
    problems,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const toSlashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));
const entriesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).sort((a, b) => order(a.name, b.name));

type Entry = ReturnType<typeof entriesOf>[number];

const isOfInterest = (entry: Entry): boolean =>
  entry.isDirectory() ? !neverWalked.has(entry.name) : entry.name.endsWith('.py');

/** Where ignore files begin to count: the git root around the root, else the root itself. */
function topOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return root;
  }
}

const ignoredBy = (chain: Chain, path: string, isFolder: boolean): boolean =>
  isIgnored(chain.git, path, isFolder) || isIgnored(chain.airflow, path, isFolder);

/** The rules of all folders above `path`, from the top down. */
function chainAbove(top: string, path: string, syntax: AirflowIgnoreSyntax): Chain {
  let chain: Chain = { git: [], airflow: [], dagsFolder: null };
  const parts = path.split('/').filter((part) => part !== '');
  for (let depth = 0; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const names = ['.gitignore', '.airflowignore'].filter((name) => existsSync(join(top, folder, name)));
    chain = extended(
      chain,
      folder,
      names.map((name) => ({ name })),
      join(top, folder),
      syntax,
    );
  }
  return chain;
}

/** The chain with what the ignore files of one folder add. `folder` is relative to the top. */
function extended(
  chain: Chain,
  folder: string,
  entries: readonly { readonly name: string }[],
  absolute: string,
  syntax: AirflowIgnoreSyntax,
): Chain {
  const plain = folder.replace(/\/$/, '');
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  const isDags = plain === 'dags' || plain.endsWith('/dags');
  const dagsFolder = chain.dagsFolder ?? (isDags || has('.airflowignore') ? plain : null);
  const git = has('.gitignore') ? [gitIgnoreRules(textOf(join(absolute, '.gitignore')), plain)] : [];
  const airflow = has('.airflowignore')
    ? [airflowIgnoreRules(textOf(join(absolute, '.airflowignore')), plain, dagsFolder ?? plain, syntax)]
    : [];
  if (git.length + airflow.length === 0 && dagsFolder === chain.dagsFolder) return chain;
  return { git: [...chain.git, ...git], airflow: [...chain.airflow, ...airflow], dagsFolder };
}

/** An ignore file that can't be read says nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

type Target =
  | { readonly ok: true; readonly real: string; readonly stats: Stats }
  | { readonly ok: false; readonly reason: string };

function targetOf(absolute: string): Target {
  try {
    const real = realpathSync(absolute);
    return { ok: true, real, stats: statSync(real) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}
