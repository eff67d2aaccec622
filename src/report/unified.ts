/** The patch that `git apply` takes: headers, quoting and hunks as git writes them, without times. */
import { createHash } from 'node:crypto';
import type { PlannedFile } from '../model.ts';
import { type DiffLine, type Hunk, hunksOf } from './diff/lines.ts';
import { quoteGitPath } from './git-path.ts';
import { compareText } from './order.ts';

/**
 * One patch over all files, sorted by path, as bytes: the hunks of a latin-1 file are latin-1, those of the others
 * UTF-8, so no single string could hold both. Files without a difference are left out; no file, no byte.
 */
export function renderUnified(files: readonly PlannedFile[]): Uint8Array {
  const sorted = files.toSorted((left, right) => compareText(left.path, right.path));
  return Buffer.concat(sorted.map(filePatch));
}

function filePatch(file: PlannedFile): Buffer {
  if (file.before === file.after) return Buffer.alloc(0);
  const encoding = file.encoding === 'latin-1' ? 'latin1' : 'utf8';
  const hunks = hunksOf(file.before ?? '', file.after);
  const header = Buffer.from(`${headerLines(file, hunks.length > 0).join('\n')}\n`, 'utf8');
  return Buffer.concat([header, Buffer.from(hunks.map(hunkText).join(''), encoding)]);
}

function headerLines(file: PlannedFile, withHunks: boolean): string[] {
  const old = quoteGitPath(`a/${file.path}`);
  const fresh = quoteGitPath(`b/${file.path}`);
  const created = file.before === null;
  return [
    `diff --git ${old} ${fresh}`,
    ...(created ? ['new file mode 100644'] : []),
    ...(file.gone === true ? ['deleted file mode 100644'] : []),
    // The blobs let `git apply --3way` merge into a file that has changed since; no mode, for it is not known here.
    `index ${blobId(file.before, file.encoding)}..${blobId(file.gone === true ? null : file.after, file.encoding)}`,
    ...(withHunks
      ? [`--- ${created ? '/dev/null' : ended(old)}`, `+++ ${file.gone === true ? '/dev/null' : ended(fresh)}`]
      : []),
  ];
}

/** git ends a name that holds a space with a tab, so that it can't be taken for a name and a time. */
function ended(name: string): string {
  return name.includes(' ') ? `${name}\t` : name;
}

/** The name that git gives to a text: the hash of a header and its bytes; zeros where there is no file. */
function blobId(text: string | null, encoding: PlannedFile['encoding']): string {
  if (text === null) return '0'.repeat(40);
  const bytes = Buffer.from(text, encoding === 'latin-1' ? 'latin1' : 'utf8');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '-', added: '+' };

function hunkText(hunk: Hunk): string {
  const head = `@@ -${range(hunk.beforeStart, hunk.beforeCount)} +${range(hunk.afterStart, hunk.afterCount)} @@\n`;
  return head + hunk.lines.map(lineText).join('');
}

function lineText({ kind, text, terminated }: DiffLine): string {
  return `${signs[kind]}${text}\n${terminated ? '' : '\\ No newline at end of file\n'}`;
}

function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${start},${count}`;
}
