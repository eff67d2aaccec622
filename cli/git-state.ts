import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export type GitState =
  | { readonly ok: true; readonly dirty: readonly { readonly path: string; readonly state: string }[] }
  | { readonly ok: false; readonly reason: string };

/** Paths in one call of git, far below what a command line may hold. */
const atOnce = 200;

/**
 * Which of the files hold what git has not recorded, so that overwriting them would lose it: changed, untracked or
 * ignored ones. Outside of a work tree: none. Paths are relative to `root`. Where git can't tell, neither can we.
 */
export function uncommitted(root: string, paths: readonly string[]): GitState {
  if (paths.length === 0 || prefixInRepository(root) === null) return { ok: true, dirty: [] };
  const dirty: { path: string; state: string }[] = [];
  const top = git(root, ['rev-parse', '--show-prefix']);
  if (!top.ok) return top;
  const prefix = top.output.replace(/\n$/, '');
  for (let from = 0; from < paths.length; from += atOnce) {
    const some = paths.slice(from, from + atOnce);
    const status = git(root, [
      'status',
      '--porcelain',
      '-z',
      '--untracked-files=all',
      '--ignored=matching',
      '--',
      ...some,
    ]);
    if (!status.ok) return status;
    dirty.push(...dirtyOf(status.output, prefix, some));
  }
  return { ok: true, dirty };
}

/** Reads `XY path` entries; an entry of a renamed file is followed by its old name. */
function dirtyOf(output: string, prefix: string, paths: readonly string[]): { path: string; state: string }[] {
  const entries = output.split('\0');
  const found: { path: string; state: string }[] = [];
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? '';
    const code = entry.slice(0, 2);
    if (entry === '') continue;
    if (/[RC]/.test(code)) index += 1;
    const path = entry.slice(3 + prefix.length);
    const state = code === '??' ? 'untracked' : code === '!!' ? 'ignored by git' : 'uncommitted changes';
    // An ignored folder is named instead of the files in it.
    const named = path.endsWith('/') ? paths.filter((one) => one.startsWith(path)) : [path];
    found.push(...named.map((one) => ({ path: one, state })));
  }
  return found;
}

/** The root as git names it in its work tree: `` for its top, `team/airflow/` below it, null outside of any. */
export function prefixInRepository(root: string): string | null {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git')))
      return folder === root ? '' : `${relative(folder, root).replaceAll(sep, '/')}/`;
    if (dirname(folder) === folder) return null;
  }
}

type GitAnswer = { readonly ok: true; readonly output: string } | { readonly ok: false; readonly reason: string };

function git(cwd: string, args: readonly string[]): GitAnswer {
  const result = spawnSync('git', ['--literal-pathspecs', '--no-optional-locks', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (result.error !== undefined) return { ok: false, reason: `git can not be run (${result.error.message})` };
  if (result.status !== 0) return { ok: false, reason: result.stderr.trim().split('\n')[0] ?? 'git failed' };
  return { ok: true, output: result.stdout };
}
