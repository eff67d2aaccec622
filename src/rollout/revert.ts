/** Takes edits back out of a text that others may have edited since: a three-way merge by lines. */
import { diffArrays } from 'diff';

export interface Versions {
  /** The text before the edits, with them, and as it is now. */
  readonly before: string;
  readonly after: string;
  readonly current: string;
}
export type Reverted =
  | { readonly ok: true; readonly text: string }
  /** Line of the text as the edits left it, 1-based, that is no longer there or can't be told from others. */
  | { readonly ok: false; readonly line: number };

/** Lines [start, end) of the text with the edits are `lines` on another side. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Steps after which two texts are taken for too different to be compared. */
const maxEditLength = 20_000;

/**
 * The text without the edits, and with everything that was changed elsewhere. Refused where a line that the edits wrote
 * was changed, where lines were added inside of what they wrote, and where it can't be told on which side of added lines
 * something that they removed belongs.
 */
export function revertEdits({ before, after, current }: Versions): Reverted {
  if (current === after) return { ok: true, text: before };
  const base = linesOf(after);
  const undone = hunksBetween(base, linesOf(before));
  const others = hunksBetween(base, linesOf(current));
  if (undone === null || others === null) return { ok: false, line: 1 };
  const broken = undone.find((hunk) => others.some((other) => touches(hunk, other)));
  if (broken !== undefined) return { ok: false, line: Math.min(broken.start + 1, Math.max(1, base.length)) };
  const all = [...undone, ...others].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, lines } of all) {
    pieces.push(...base.slice(at, start), ...lines);
    at = end;
  }
  return { ok: true, text: [...pieces, ...base.slice(at)].join('') };
}

function touches(hunk: Hunk, other: Hunk): boolean {
  const isInsertion = other.start === other.end;
  if (hunk.start === hunk.end) {
    if (isInsertion) return other.start === hunk.start;
    return other.start < hunk.start && hunk.start < other.end;
  }
  if (isInsertion) return hunk.start < other.start && other.start < hunk.end;
  return other.start < hunk.end && hunk.start < other.end;
}

function hunksBetween(base: readonly string[], side: readonly string[]): readonly Hunk[] | null {
  const parts = diffArrays([...base], [...side], { maxEditLength });
  if (parts === undefined) return null;
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { start: number; end: number; lines: string[] } | null = null;
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      if (open !== null) hunks.push(open);
      open = null;
      at += value.length;
      continue;
    }
    open ??= { start: at, end: at, lines: [] };
    if (added) open.lines.push(...value);
    else {
      at += value.length;
      open.end = at;
    }
  }
  if (open !== null) hunks.push(open);
  return hunks;
}

/** Lines with their ends, so that joined they are the text. */
const linesOf = (text: string): readonly string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
