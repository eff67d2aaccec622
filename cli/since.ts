import { spawnSync } from 'node:child_process';
import type { Options } from '../src/index.ts';
import { changedSince } from './verify-tree.ts';

export type ChangedFiles =
  /** Null: something changed that means all files, which `because` names. */
  | { readonly ok: true; readonly changed: ReadonlySet<string> | null; readonly because: string }
  | { readonly ok: false; readonly reason: string };

/**
 * What changed since the branch left `ref` (their merge base), in commits or not, untracked files too; both names of
 * what was renamed. Relative to the root.
 */
export function filesChangedSince({ root, configFile, target }: Options, ref: string): ChangedFiles {
  const base = mergeBase(root, ref);
  if (!base.ok) return base;
  const files = changedSince(root, base.commit);
  if (files === null) return { ok: false, reason: `git does not say what changed since ${ref}` };
  const changed = new Set(files);
  const wide = [configFile, target.operatorSource, target.gatewayConfig].find(
    (file) => file !== null && changed.has(file),
  );
  return wide == null ? { ok: true, changed, because: '' } : { ok: true, changed: null, because: wide };
}

type Base = { readonly ok: true; readonly commit: string } | { readonly ok: false; readonly reason: string };

function mergeBase(root: string, ref: string): Base {
  const ran = spawnSync('git', ['--no-optional-locks', 'merge-base', '--end-of-options', ref, 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (ran.error !== undefined) return { ok: false, reason: `git can not be run (${ran.error.message})` };
  const commit = ran.stdout.trim();
  if (ran.status === 0 && commit !== '') return { ok: true, commit };
  const said = ran.stderr.trim().split('\n')[0] ?? '';
  // A shallow clone, as CI makes it, ends before the two meet.
  const why = said === '' ? 'it has no commit in common with HEAD that is known here (a shallow clone?)' : said;
  return { ok: false, reason: `--since ${ref}: ${why}` };
}
