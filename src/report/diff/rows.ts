/** A hunk as rows of two columns: what stands beside what. */
import { align } from './align.ts';
import type { DiffLine, Hunk } from './lines.ts';
import { markWords, type Segment, similarity, sortedWords } from './words.ts';

/** One side of a row. */
export interface Cell {
  readonly number: number;
  readonly segments: readonly Segment[];
  /** The line without `\r` and `\n`. */
  readonly text: string;
  /** How the line ends where that is the only difference or the file's last line lacks a newline, else ''. */
  readonly ending: string;
}
export interface Row {
  readonly kind: 'same' | 'changed';
  readonly before: Cell | null;
  readonly after: Cell | null;
}

/** Two lines that share less than this of their words are shown as different lines, without word marks. */
const similarEnough = 0.4;
/** Past this many pairs of lines, lines are paired by position. */
const maxPairs = 10_000;

/** The rows of a hunk, in order: each line of the hunk stands in exactly one row. */
export function rowsOf(hunk: Hunk): Row[] {
  const rows: Row[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = (): void => {
    rows.push(...pairRun(removed, added));
    removed = [];
    added = [];
  };
  for (const line of hunk.lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else {
      flush();
      rows.push({ kind: 'same', before: plainCell(line, line.before), after: plainCell(line, line.after) });
    }
  }
  flush();
  return rows;
}

/** A replaced stretch: similar lines side by side, what lies between them by position. */
function pairRun(removed: readonly DiffLine[], added: readonly DiffLine[]): Row[] {
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  const between = (iEnd: number, jEnd: number): void => {
    while (i < iEnd || j < jEnd) {
      const old = i < iEnd ? removed[i++] : undefined;
      const fresh = j < jEnd ? added[j++] : undefined;
      rows.push({
        kind: 'changed',
        before: old === undefined ? null : plainCell(old, old.before),
        after: fresh === undefined ? null : plainCell(fresh, fresh.after),
      });
    }
  };
  for (const [oldIndex, freshIndex] of similarLines(removed, added)) {
    between(oldIndex, freshIndex);
    const old = removed[i++];
    const fresh = added[j++];
    if (old !== undefined && fresh !== undefined) rows.push(markedRow(old, fresh));
  }
  between(removed.length, added.length);
  return rows;
}

function similarLines(removed: readonly DiffLine[], added: readonly DiffLine[]): [number, number][] {
  if (removed.length * added.length > maxPairs) {
    return Array.from({ length: Math.min(removed.length, added.length) }, (_, index) => [index, index]);
  }
  const old = removed.map(({ text }) => sortedWords(text));
  const fresh = added.map(({ text }) => sortedWords(text));
  return align(old.length, fresh.length, (i, j) => {
    const score = similarity(old[i] ?? [], fresh[j] ?? []);
    return score >= similarEnough ? score : 0;
  });
}

function markedRow(old: DiffLine, fresh: DiffLine): Row {
  const before = withoutReturn(old.text);
  const after = withoutReturn(fresh.text);
  const marks = markWords(before, after);
  const endings = before === after;
  return {
    kind: 'changed',
    before: { number: old.before ?? 0, text: before, segments: marks.before, ending: ending(old, endings) },
    after: { number: fresh.after ?? 0, text: after, segments: marks.after, ending: ending(fresh, endings) },
  };
}

function plainCell(line: DiffLine, number: number | null): Cell {
  const text = withoutReturn(line.text);
  const segments = text === '' ? [] : [{ text, changed: false }];
  return { number: number ?? 0, text, segments, ending: ending(line, false) };
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function ending(line: DiffLine, spelled: boolean): string {
  if (!line.terminated) return '⏎ missing';
  return spelled ? (line.text.endsWith('\r') ? 'CRLF' : 'LF') : '';
}
