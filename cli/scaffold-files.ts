import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ExitCode } from './exit-codes.ts';
import type { Session } from './session.ts';
import { reasonOf } from './write-failure.ts';

/** What a scaffold writes, by paths relative to its folder, and what to do next. */
export interface NewFiles {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly next: readonly string[];
}

/** Writes files that are not there yet; when one is, none. */
export function writeNewFiles(session: Session, folder: string, { files, next }: NewFiles): ExitCode {
  const shown = (path: string): string => relative(session.cwd, join(folder, path));
  const there = files.filter(({ path }) => existsSync(join(folder, path)));
  for (const { path } of there) session.warn(`bpg-migrate: ${shown(path)} is there already; nothing was written`);
  if (there.length > 0) return 2;
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { flag: 'wx' });
      session.print(`new     ${shown(path)}\n`);
    }
  } catch (error) {
    session.warn(`bpg-migrate: ${reasonOf(error)}`);
    return 2;
  }
  for (const line of next) session.say(line);
  return 0;
}
