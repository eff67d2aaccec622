/** One file's difference as lines: two columns or one, changed words marked, code in the colours of its language. */
import {
  type Cell,
  type FileView,
  graphemes,
  type Hunk,
  hunksOf,
  padTo,
  quotesOpenAt,
  type Row,
  rowsOf,
  visibleCode,
  widthOf,
  wrapGlyphs,
} from '../../src/index.ts';
import { looksOf } from './highlight.ts';
import type { Look, Theme } from './theme.ts';

export interface DifferenceStyle {
  readonly color: boolean;
  readonly width: number;
  readonly twoColumns: boolean;
  readonly theme: Theme;
}

/** A line, and the number that its code has before and after where it has one. */
export interface DrawnLine {
  readonly text: string;
  readonly before: number | null;
}

const tabSize = 8;
type Side = 'before' | 'after';
/** The looks of the lines of one side of a hunk, by number. */
type Looks = ReadonlyMap<number, readonly Look[]>;
interface Canvas extends DifferenceStyle {
  readonly digits: number;
  readonly looks: Readonly<Record<Side, Looks>>;
}

export function drawDifference(file: FileView, style: DifferenceStyle): DrawnLine[] {
  const hunks = hunksOf(file.before, file.after);
  const last = hunks.at(-1);
  const highest =
    last === undefined ? 1 : Math.max(last.beforeStart + last.beforeCount, last.afterStart + last.afterCount);
  const digits = String(highest).length;
  return hunks.flatMap((hunk, index) => {
    const looks = { before: sideLooks(file, hunk, 'before', style), after: sideLooks(file, hunk, 'after', style) };
    const canvas = { ...style, digits, looks };
    const lines = style.twoColumns ? twoColumns(hunk, canvas) : oneColumn(hunk, canvas);
    return index === 0 ? lines : [{ text: style.theme('dim', '⋯'), before: null }, ...lines];
  });
}

function sideLooks(file: FileView, hunk: Hunk, side: Side, { color }: DifferenceStyle): Looks {
  if (!color) return new Map();
  const lines = hunk.lines.filter((line) => line[side] !== null);
  const first = lines[0]?.[side] ?? 1;
  const [open] = file.language === 'python' ? quotesOpenAt(file[side], [first]) : [''];
  const prefix = open === 'd' ? '"""' : open === 's' ? "'''" : '';
  const looks = looksOf(lines.map(({ text }) => text).join('\n'), file.language, prefix);
  return new Map(lines.map((line, index) => [line[side] ?? 0, looks[index] ?? []]));
}

function twoColumns(hunk: Hunk, canvas: Canvas): DrawnLine[] {
  const half = Math.floor((canvas.width - 3) / 2);
  const bar = canvas.theme('dim', '│');
  return rowsOf(hunk).flatMap((row) => {
    const left = cellLines(row, 'before', half, canvas);
    const right = cellLines(row, 'after', half, canvas);
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
      const line = `${padTo(left[index] ?? '', half)} ${bar} ${right[index] ?? ''}`;
      return { text: canvas.color ? line : line.trimEnd(), before: index === 0 ? (row.before?.number ?? null) : null };
    });
  });
}

/** Keeps a replaced stretch together: what goes, then what comes. */
function oneColumn(hunk: Hunk, canvas: Canvas): DrawnLine[] {
  const lines: DrawnLine[] = [];
  let pending: DrawnLine[] = [];
  const draw = (row: Row, side: Side): DrawnLine[] =>
    cellLines(row, side, canvas.width, canvas).map((text, index) => ({
      text,
      before: index === 0 ? (row.before?.number ?? null) : null,
    }));
  for (const row of rowsOf(hunk)) {
    if (row.kind === 'same') {
      lines.push(...pending, ...draw(row, 'after'));
      pending = [];
    } else {
      lines.push(...draw(row, 'before'));
      pending.push(...draw(row, 'after'));
    }
  }
  return [...lines, ...pending];
}

/** One side of a row as lines of at most `width` columns: number, sign, code; a long line goes on below its code. */
function cellLines(row: Row, side: Side, width: number, canvas: Canvas): string[] {
  const cell = row[side];
  if (cell === null) return [];
  const sign = row.kind === 'same' ? ' ' : side === 'before' ? '-' : '+';
  const gutter = `${String(cell.number).padStart(canvas.digits)} ${sign} `;
  const look: Look = row.kind === 'same' ? 'dim' : side === 'before' ? 'bad' : 'good';
  const glyphs = glyphsOf(cell, row, side, canvas);
  const lines = wrapGlyphs(glyphs, Math.max(8, width - gutter.length));
  return lines.map((line, index) => {
    const lead = canvas.theme(look, index === 0 ? gutter : ' '.repeat(gutter.length));
    return lead + paintGlyphs(line, canvas.theme);
  });
}

interface Glyph {
  readonly text: string;
  readonly look: Look;
}

function glyphsOf(cell: Cell, row: Row, side: Side, { color, looks }: Canvas): Glyph[] {
  const own = looks[side].get(cell.number) ?? [];
  const base = baseLook(cell, row, side);
  const [open, close, word] = side === 'before' ? (['[-', '-]', 'removed'] as const) : (['{+', '+}', 'added'] as const);
  const glyphs: Glyph[] = [];
  let column = 0;
  let at = 0;
  const push = (text: string, look: Look): void => {
    glyphs.push({ text, look });
    column += widthOf(text);
  };
  const pushCode = (grapheme: string, look: Look): void => {
    if (grapheme === '\t') push(' '.repeat(tabSize - (column % tabSize)), look);
    else for (const shown of graphemes(visibleCode(grapheme))) push(shown, look);
  };
  for (const { text, changed } of cell.segments) {
    if (changed && !color) push(open, 'plain');
    for (const grapheme of graphemes(text)) {
      const said = own[at] ?? 'plain';
      pushCode(grapheme, changed ? word : said === 'plain' ? base : said);
      at += grapheme.length;
    }
    if (changed && !color) push(close, 'plain');
  }
  if (cell.ending !== '') for (const text of ` ${cell.ending}`) push(text, 'dim');
  return glyphs;
}

/** The colour of code that its language gives none: a line that came or went as a whole has that of its side. */
function baseLook({ segments }: Cell, { kind }: Row, side: Side): Look {
  if (kind === 'same' || segments.some(({ changed }) => changed)) return 'plain';
  return side === 'before' ? 'bad' : 'good';
}

function paintGlyphs(glyphs: readonly Glyph[], theme: Theme): string {
  let text = '';
  for (let start = 0; start < glyphs.length; ) {
    const look = glyphs[start]?.look ?? 'plain';
    let end = start;
    let run = '';
    while (end < glyphs.length && glyphs[end]?.look === look) run += glyphs[end++]?.text ?? '';
    text += theme(look, run);
    start = end;
  }
  return text;
}
