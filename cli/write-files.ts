import { accessSync, constants, lstatSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { encodeText, type PlannedFile } from '../src/index.ts';
import { reasonOf } from './write-failure.ts';

export type WriteOutcome =
  | { readonly ok: true; readonly written: readonly PlannedFile[] }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /** True when a file could not be taken back; the problems say which. */
      readonly changed: boolean;
    };

/** A file that may be written: where it truly lies, what is there (null: nothing) and what will be. */
interface Write {
  readonly file: PlannedFile;
  readonly path: string;
  readonly before: Buffer | null;
  readonly after: Uint8Array;
}

/**
 * Writes all files or none. Every file is looked at before the first is written: it must be as it was when it was read,
 * inside the root also by its links, and writable. Each is replaced in one step, with its permissions; should the system
 * fail in between (a full disk), what was written is taken back. `begin` is told what will be written
 * before it is, and may object. Paths are relative to `root`.
 */
export function writeFiles(
  root: string,
  files: readonly PlannedFile[],
  begin: (writes: readonly PlannedFile[]) => string | null = () => null,
): WriteOutcome {
  const looks = files.map((file) => look(root, file));
  const problems = looks.filter((one) => typeof one === 'string');
  if (problems.length > 0) return { ok: false, problems, changed: false };
  const writes = looks.filter((one) => typeof one !== 'string').filter(({ before, after }) => !before?.equals(after));
  const objection = writes.length === 0 ? null : begin(writes.map(({ file }) => file));
  if (objection !== null) return { ok: false, problems: [objection], changed: false };
  const done: Write[] = [];
  for (const write of writes) {
    try {
      if (write.file.gone === true) rmSync(write.path);
      else writeFileAtomic.sync(write.path, Buffer.from(write.after));
      done.push(write);
    } catch (error) {
      const kept = done.reverse().flatMap(takeBack);
      return { ok: false, problems: [`${write.file.path}: ${reasonOf(error)}`, ...kept], changed: kept.length > 0 };
    }
  }
  return { ok: true, written: writes.map(({ file }) => file) };
}

/** Removes a file that still is what `after` says. Null, or why it is not removed. */
export function removeFile(root: string, { path, after, encoding }: PlannedFile): string | null {
  const looked = look(root, { path, before: after, after, encoding });
  if (typeof looked === 'string') return looked.replace(`${path}: `, '');
  try {
    rmSync(looked.path);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The write, or why it must not be. */
function look(root: string, file: PlannedFile): Write | string {
  const problem = (reason: string): string => `${file.path}: ${reason}`;
  const named = resolve(root, file.path);
  if (isAbsolute(file.path) || !isWithin(root, named)) return problem('outside of the root');
  try {
    const folder = realpathSync(dirname(named));
    const entry = lstatSync(join(folder, basename(named)), { throwIfNoEntry: false });
    if (entry?.isSymbolicLink() && file.before === null) return problem('a link stands where a new file would go');
    const path = entry === undefined ? join(folder, basename(named)) : realpathSync(named);
    if (!isWithin(realpathSync(root), path)) return problem('a link that leads out of the root');
    const after = encodeText(file.after, file.encoding);
    if (after === null) throw new Error(`${file.path} was planned with characters that ${file.encoding} lacks`);
    accessSync(dirname(path), constants.W_OK);
    if (entry === undefined) {
      return file.before === null ? { file, path, before: null, after } : problem('gone since it was read');
    }
    const before = readFileSync(path);
    accessSync(path, constants.W_OK);
    if (before.equals(after)) return { file, path, before, after };
    if (file.before === null) return problem('exists already, with another content');
    if (/\.bpg\.(?:ya?ml|json)$/.test(file.path)) return problem('an existing request document is never overwritten');
    const read = encodeText(file.before, file.encoding);
    if (read === null || !before.equals(read)) return problem('changed since it was read; run the command again');
    return { file, path, before, after };
  } catch (error) {
    return problem(reasonOf(error));
  }
}

/** Restores what was there. What can't be restored is said. */
function takeBack({ file, path, before }: Write): string[] {
  try {
    if (before === null) rmSync(path);
    else writeFileAtomic.sync(path, before);
    return [];
  } catch (error) {
    return [`${file.path}: was written and could not be taken back: ${reasonOf(error)}`];
  }
}

/** True for what lies below the folder, and for itself; both absolute. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
