/** A few lines of a text, or of what a migration changes in it, around a place. */
import { diffArrays } from 'diff';

interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Line before the change, from 1; of an added row: the line that it stands before. */
  readonly line: number;
}
export interface Excerpt {
  /** The first line of the text before, from 1. */
  readonly line: number;
  /** Each line after a blank, `-` or `+`. */
  readonly text: string;
}

const most = 14;
const widest = 240;

/** At most 14 rows: of the stretches that hold the place, the one with most changes near it. Null where the text has no such line. */
export function excerptOf(before: string, after: string | null, line: number): Excerpt | null {
  const rows = after === null ? plainRows(before) : changedRows(before, after);
  const place = rows.findIndex((row) => row.line === line && row.sign !== '+');
  if (place === -1) return null;
  const [start, end] = trimmed(rows, place, bestStart(rows, place));
  const shown = rows.slice(start, end);
  return { line: shown[0]?.line ?? line, text: shown.map(({ sign, text }) => `${sign}${cut(text)}`).join('\n') };
}

const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r?\n/);
const cut = (text: string): string => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text).trimEnd();
const plainRows = (text: string): Row[] =>
  linesOf(text).map((one, index) => ({ sign: ' ', text: one, line: index + 1 }));

function changedRows(before: string, after: string): Row[] {
  let line = 1;
  return diffArrays(linesOf(before), linesOf(after)).flatMap(({ value, added, removed }) =>
    value.map((text): Row => {
      if (added) return { sign: '+', text, line };
      line += 1;
      return { sign: removed ? '-' : ' ', text, line: line - 1 };
    }),
  );
}

/** Where the stretch begins that holds the place and most changes near it. */
function bestStart(rows: readonly Row[], place: number): number {
  const last = Math.max(0, rows.length - most);
  let [best, score] = [Math.min(Math.max(0, place - 3), last), 0];
  for (let start = Math.max(0, place - most + 1); start <= Math.min(place, last); start += 1) {
    const nearness = rows
      .slice(start, start + most)
      .map(({ sign }, index) => (sign === ' ' ? 0 : Math.max(0, 12 - Math.abs(start + index - place))));
    const own = nearness.reduce((sum, one) => sum + one, 0);
    if (own > score) [best, score] = [start, own];
  }
  return best;
}

/** Without what stands more than two rows from the place and from every change, and without blank rows at both ends. */
function trimmed(rows: readonly Row[], place: number, from: number): readonly [number, number] {
  const to = Math.min(rows.length, from + most);
  const told = [
    place,
    ...rows.flatMap(({ sign }, index) => (sign !== ' ' && index >= from && index < to ? [index] : [])),
  ];
  const around = told.length > 1 ? 2 : 4;
  let start = Math.max(from, Math.min(...told) - 2);
  let end = Math.min(to, Math.max(...told) + around + 1);
  const isBlank = (row: Row | undefined): boolean => row?.sign === ' ' && row.text.trim() === '';
  while (start < place && isBlank(rows[start])) start += 1;
  while (end > place + 1 && isBlank(rows[end - 1])) end -= 1;
  return [start, end];
}

/** The document with what stands below `spec:` moved to the left, as it stands in a request; its lines stay what they are. */
export function outdented(document: string): string {
  const lines = linesOf(document);
  const spec = lines.findIndex((line) => /^spec:\s*(?:#.*)?$/.test(line));
  const indent = /^ +/.exec(lines.slice(spec + 1).find((line) => /^ +[^\s#]/.test(line)) ?? '')?.[0] ?? '';
  if (spec === -1 || indent === '') return document;
  const end = lines.findIndex((line, index) => index > spec && /^[^\s#]/.test(line));
  return lines
    .map((line, index) =>
      index > spec && (end === -1 || index < end) && line.startsWith(indent) ? line.slice(indent.length) : line,
    )
    .join('\n');
}
