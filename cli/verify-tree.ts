/** The tree that Airflow loads: always a copy at one place, so that both sides stand at the same path. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { encodeText, type PlannedFile } from '../src/index.ts';
import { prefixInRepository } from './git-state.ts';

/** Folders that hold no DAGs and may be large. */
const leftOut = new Set([
  '.git',
  '.bpg-migrate',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
]);

export class TemporaryTree {
  readonly place: string = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-migrate-verify-')));
  readonly root: string = join(this.place, 'tree');
  readonly #stop = (signal: NodeJS.Signals): void => {
    this.remove();
    process.kill(process.pid, signal);
  };

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, this.#stop);
  }

  /** Becomes a copy of the folder as it is now. */
  copy(folder: string): void {
    this.#empty();
    const isWanted = (path: string): boolean => {
      if (path !== folder && leftOut.has(basename(path))) return false;
      const entry = lstatSync(path);
      return entry.isDirectory() || entry.isFile() || entry.isSymbolicLink();
    };
    cpSync(folder, this.root, { recursive: true, verbatimSymlinks: true, filter: isWanted });
  }

  /** Becomes what git has recorded of the folder under `ref`; else says why it can't. */
  checkOut(folder: string, ref: string): string | null {
    this.#empty();
    const prefix = prefixInRepository(folder);
    if (prefix === null) return `${folder} is in no git repository, so there is nothing before it`;
    const gitFolder = git(folder, ['rev-parse', '--absolute-git-dir']);
    if (!gitFolder.ok) return gitFolder.reason;
    const around = {
      GIT_DIR: gitFolder.output.trim(),
      GIT_WORK_TREE: this.root,
      GIT_INDEX_FILE: join(this.place, 'index'),
    };
    // An index of its own, so that the user's is not touched.
    const tree = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    if (!tree.ok) return `git knows no commit '${ref}'`;
    const read = git(this.root, ['read-tree', `${tree.output.trim()}:${prefix}`], around);
    if (!read.ok) return `${ref}: ${read.reason}`;
    const written = git(this.root, ['checkout-index', '--all', '--force'], around);
    return written.ok ? null : written.reason;
  }

  /** Writes what a plan makes; else says which file can not be written in its encoding. */
  write(files: readonly PlannedFile[]): string | null {
    for (const { path, after, encoding, gone } of files) {
      if (gone === true) {
        rmSync(join(this.root, path), { force: true });
        continue;
      }
      const bytes = encodeText(after, encoding);
      if (bytes === null) return `${path} can not be written as ${encoding}`;
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    return null;
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  remove(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.#stop);
    rmSync(this.place, { recursive: true, force: true, maxRetries: 3 });
  }

  #empty(): void {
    rmSync(this.root, { recursive: true, force: true });
    mkdirSync(this.root);
  }
}

/** Files of the folder (relative to it) that differ from `ref`, untracked ones among them; null outside of git. */
export function changedSince(folder: string, ref: string): readonly string[] | null {
  if (prefixInRepository(folder) === null) return null;
  const tracked = git(folder, ['diff', '--name-only', '--no-renames', '-z', '--relative', ref, '--']);
  const untracked = git(folder, ['ls-files', '--others', '--exclude-standard', '-z']);
  if (!tracked.ok || !untracked.ok) return null;
  return `${tracked.output}${untracked.output}`.split('\0').filter((path) => path !== '');
}

type GitAnswer = { readonly ok: true; readonly output: string } | { readonly ok: false; readonly reason: string };

function git(cwd: string, args: readonly string[], around: Readonly<Record<string, string>> = {}): GitAnswer {
  const options = { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, env: { ...process.env, ...around } } as const;
  const ran = spawnSync('git', ['--no-optional-locks', ...args], options);
  if (ran.error !== undefined) return { ok: false, reason: `git can not be run (${ran.error.message})` };
  if (ran.status !== 0) return { ok: false, reason: ran.stderr.trim().split('\n')[0] ?? 'git failed' };
  return { ok: true, output: ran.stdout };
}
