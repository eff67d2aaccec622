import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { SkippedFile, SourceFile } from '../model.ts';
import { decodePython, decodeUtf8 } from './decode.ts';

export type ProjectFile =
  | { readonly ok: true; readonly text: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** Reads a UTF-8 file that a DAG or the configuration names. A path that leads out of the root, also by a link, is refused. */
export function readProjectFile(root: string, path: string): ProjectFile {
  if (isAbsolute(path) || path.includes('\0')) return { ok: false, reason: 'not a path inside the root' };
  const absolute = join(root, path);
  if (!isWithin(root, absolute)) return { ok: false, reason: 'outside the root' };
  try {
    const real = realpathSync(absolute);
    if (!isWithin(realpathSync(root), real)) return { ok: false, reason: 'a link that leads out of the root' };
    if (!statSync(real).isFile()) return { ok: false, reason: 'not a file' };
    const bytes = readFileSync(real);
    const decoded = decodeUtf8(bytes);
    return decoded.ok ? { ok: true, text: decoded.text, bytes } : decoded;
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** Names of the files in a folder of the project, sorted; empty where there is no such folder. */
export function namesIn(root: string, folder: string): string[] {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
  } catch {
    return [];
  }
}

const neverListed = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', '.bpg-migrate', 'site-packages']);
/** More folders than any project has: keeps a link farm from being walked for ever. */
const MOST_FOLDERS = 50_000;

/** Paths of all YAML and JSON files of the project, relative to the root, sorted. Links to folders are not followed. */
export function listDocuments(root: string): readonly string[] {
  return listFiles(root, DOCUMENT);
}

/** Paths of all files of the project whose name matches, likewise, whatever git or Airflow ignore. */
export function listFiles(root: string, names: RegExp): readonly string[] {
  const found: string[] = [];
  const folders = [''];
  for (let at = 0; at < folders.length && at < MOST_FOLDERS; at += 1) {
    const folder = folders[at] ?? '';
    let entries: Dirent[] = [];
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!neverListed.has(entry.name)) folders.push(path);
      } else if (names.test(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

/** Files that can be a document; what this program wrote itself is none. */
const DOCUMENT = /(?<!\.bpg)\.(?:ya?ml|json)(?:\.(?:j2|jinja2?|tmpl|tpl|template))?$|\.(?:j2|tmpl|tpl|template)$/;

export interface NamingFiles {
  readonly files: readonly SourceFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Told every byte of every file that can be read, those of a large file in pieces; valid until it returns. */
export type OnBytes = (path: string, bytes: Uint8Array, isLast: boolean) => void;

/**
 * Of the Python files at `paths`, those whose bytes hold one of `words`, decoded. Bytes are read once and searched before
 * anything is decoded, for most files of a tree name no Spark class. What can't be read, is larger than `maxFileSize`
 * bytes, or can't be written back as it was, is listed with the reason.
 */
export function readFilesNaming(
  root: string,
  paths: readonly string[],
  words: readonly string[],
  maxFileSize: number,
  onBytes?: OnBytes,
): NamingFiles {
  const needles = words.map((word) => Buffer.from(word, 'utf8'));
  const files: SourceFile[] = [];
  const skipped: SkippedFile[] = [];
  space ??= Buffer.allocUnsafe(262_145);
  let buffer: Buffer = space.subarray(0, maxFileSize + 1);

  for (const path of paths) {
    let length = 0;
    try {
      const descriptor = openSync(join(root, path), 'r');
      try {
        for (;;) {
          const count = readSync(descriptor, buffer, length, buffer.length - length, null);
          length += count;
          if (count === 0 || length > maxFileSize) break;
          if (length === buffer.length) buffer = grown(buffer, maxFileSize);
        }
        if (length > maxFileSize) {
          onBytes?.(path, buffer.subarray(0, length), false);
          const onRest = onBytes && ((bytes: Uint8Array, isLast: boolean) => onBytes(path, bytes, isLast));
          const begins = holds(buffer.subarray(0, length), needles);
          const namesSource =
            (begins && onRest === undefined) || restHolds(descriptor, buffer, length, needles, onRest) || begins;
          skipped.push({ path, reason: `larger than ${maxFileSize} bytes (maxFileSize)`, namesSource });
          continue;
        }
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      skipped.push({ path, reason: reasonOf(error), namesSource: false });
      continue;
    }
    const bytes = buffer.subarray(0, length);
    onBytes?.(path, bytes, true);
    if (!holds(bytes, needles)) continue;
    const decoded = decodePython(bytes);
    if (decoded.ok) files.push({ path, text: decoded.text, encoding: decoded.encoding });
    else skipped.push({ path, reason: decoded.reason, namesSource: true });
  }
  return { files, skipped };
}

/** Where files are read to, one after the other: made once, for single files are read over and over. */
let space: Buffer | null = null;

const holds = (bytes: Buffer, needles: readonly Buffer[]): boolean => needles.some((needle) => bytes.includes(needle));

function grown(buffer: Buffer, maxFileSize: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(maxFileSize + 1, buffer.length * 4));
  buffer.copy(larger);
  return larger;
}

/** Looks for the words in what is left of a file too large to be kept; neighbouring pieces overlap by a word. */
function restHolds(
  descriptor: number,
  buffer: Buffer,
  length: number,
  needles: readonly Buffer[],
  onRest?: (bytes: Uint8Array, isLast: boolean) => void,
): boolean {
  const overlap = Math.max(0, ...needles.map((needle) => needle.length - 1));
  const piece = Buffer.allocUnsafe(1_048_576 + overlap);
  let kept = buffer.copy(piece, 0, Math.max(0, length - overlap), length);
  let found = false;
  for (;;) {
    const count = readSync(descriptor, piece, kept, piece.length - kept, null);
    onRest?.(piece.subarray(kept, kept + count), count === 0);
    if (count === 0) return found;
    const end = kept + count;
    found ||= holds(piece.subarray(0, end), needles);
    if (found && onRest === undefined) return true;
    kept = Math.min(overlap, end);
    piece.copy(piece, 0, end - kept, end);
  }
}

/** True for the folder itself and all below it; both paths absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
  ELOOP: 'a link that leads to itself',
};

/** Why the system would not give a file, in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return reasons[code] ?? `it can not be read (${code})`;
}
