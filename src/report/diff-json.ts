/** `diff --format json`: the same hunks as the patch, for programs. */
import type { ChangeGraph, PlannedFile } from '../model.ts';
import { type DiffLine, type Hunk, hunksOf } from './diff/lines.ts';
import { compareText } from './order.ts';

/**
 * The differences as JSON with a newline at the end:
 * `{ schemaVersion: 1, files: [{ path, status: "added" | "modified" | "deleted", encoding, hunks: [{ beforeStart, beforeCount,
 * afterStart, afterCount, lines: [{ kind: "same" | "removed" | "added", text, terminated, before, after }] }] }] }`.
 * `text` has no `\n` (a `\r` stays), `terminated` says whether one follows, `before` and `after` are line numbers from 1
 * or null. Files are sorted by path; one without a difference is left out. `changes: [{ id, task, graph }]` are the changes
 * that these files come of, each with the order of tasks before and after (as in the model), null where nobody asked.
 */
export function renderDiffJson(files: readonly PlannedFile[], changes: readonly GraphedChange[] = []): string {
  const changed = files
    .filter(({ before, after }) => before !== after)
    .toSorted((left, right) => compareText(left.path, right.path))
    .map(({ path, before, after, encoding, gone }) => ({
      path,
      status: before === null ? 'added' : gone === true ? 'deleted' : 'modified',
      encoding,
      hunks: hunksOf(before ?? '', after).map(hunkMember),
    }));
  return `${JSON.stringify({ schemaVersion: 1, files: changed, changes }, null, 2)}\n`;
}

/** A change with the order of tasks around it. */
export interface GraphedChange {
  readonly id: string;
  readonly task: string;
  readonly graph: ChangeGraph | null;
}

function hunkMember({ beforeStart, beforeCount, afterStart, afterCount, lines }: Hunk): unknown {
  return { beforeStart, beforeCount, afterStart, afterCount, lines: lines.map(lineMember) };
}

function lineMember({ kind, text, terminated, before, after }: DiffLine): unknown {
  return { kind, text, terminated, before, after };
}
