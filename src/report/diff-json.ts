/** `diff --format json`: the same hunks as the patch, for programs. */
import type { PlannedFile } from '../model.ts';
import { type DiffLine, type Hunk, hunksOf } from './diff/lines.ts';
import { compareText } from './order.ts';

/**
 * The differences as JSON with a newline at the end:
 * `{ schemaVersion: 1, files: [{ path, status: "added" | "modified" | "deleted", encoding, hunks: [{ beforeStart, beforeCount,
 * afterStart, afterCount, lines: [{ kind: "same" | "removed" | "added", text, terminated, before, after }] }] }] }`.
 * `text` has no `\n` (a `\r` stays), `terminated` says whether one follows, `before` and `after` are line numbers from 1
 * or null. Files are sorted by path; one without a difference is left out.
 */
export function renderDiffJson(files: readonly PlannedFile[]): string {
  const changed = files
    .filter(({ before, after }) => before !== after)
    .toSorted((left, right) => compareText(left.path, right.path))
    .map(({ path, before, after, encoding, gone }) => ({
      path,
      status: before === null ? 'added' : gone === true ? 'deleted' : 'modified',
      encoding,
      hunks: hunksOf(before ?? '', after).map(hunkMember),
    }));
  return `${JSON.stringify({ schemaVersion: 1, files: changed }, null, 2)}\n`;
}

function hunkMember({ beforeStart, beforeCount, afterStart, afterCount, lines }: Hunk): unknown {
  return { beforeStart, beforeCount, afterStart, afterCount, lines: lines.map(lineMember) };
}

function lineMember({ kind, text, terminated, before, after }: DiffLine): unknown {
  return { kind, text, terminated, before, after };
}
