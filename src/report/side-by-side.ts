/** The difference for a terminal: two columns where there is room, else unified, changed words marked in both. */
import type { PlannedFile } from '../model.ts';
import { type Hunk, hunksOf } from './diff/lines.ts';
import { type Cell, type Row, rowsOf } from './diff/rows.ts';
import { compareText } from './order.ts';
import { cut, graphemes, type Paint, padTo, painter, widthOf, wrapGlyphs } from './terminal.ts';
import { visible, visibleCode } from './visible.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Two columns or one; absent: by the width. */
  readonly twoColumns?: boolean;
}

/** Below this many columns two columns of code can't be read. */
const minimumWidth = 100;
const tabSize = 8;

/**
 * All files with a difference, sorted by path; a new file has no other side and takes the whole width. No line is longer than `width` (at least 20): long code goes on below
 * itself. Without colour changed words stand between `[-`…`-]` and `{+`…`+}`.
 */
export function renderSideBySide(files: readonly PlannedFile[], options: TerminalOptions): string {
  const paint = painter(options.color);
  const width = Math.max(20, options.width);
  const blocks = files
    .filter(({ before, after }) => before !== after)
    .toSorted((left, right) => compareText(left.path, right.path))
    .map((file) => [...title(file, paint, width), ...body(file, { ...options, width }, paint)].join('\n'));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function title(file: PlannedFile, paint: Paint, width: number): string[] {
  const name = `${visible(file.path)}${file.before === null ? ' (new file)' : file.gone === true ? ' (removed)' : ''}`;
  return [...cut(name, width).map((piece) => paint('bold', piece)), paint('dim', '─'.repeat(width))];
}

function body(file: PlannedFile, options: TerminalOptions, paint: Paint): string[] {
  const hunks = hunksOf(file.before ?? '', file.after);
  if (hunks.length === 0) return [paint('dim', 'empty file')];
  const highest = Math.max(
    ...hunks.flatMap((hunk) => [hunk.beforeStart + hunk.beforeCount, hunk.afterStart + hunk.afterCount]),
  );
  const digits = String(highest).length;
  const wide = options.twoColumns ?? options.width >= minimumWidth;
  const draw = file.before !== null && wide ? columnsOf : unifiedOf;
  return hunks.flatMap((hunk, index) => [
    ...(index === 0 ? [] : [paint('dim', '⋯')]),
    ...draw(hunk, { ...options, digits, paint }),
  ]);
}

interface Canvas extends TerminalOptions {
  readonly digits: number;
  readonly paint: Paint;
}

function columnsOf(hunk: Hunk, canvas: Canvas): string[] {
  const half = Math.floor((canvas.width - 3) / 2);
  return rowsOf(hunk).flatMap((row) => {
    const left = cellLines(row, 'before', half, canvas);
    const right = cellLines(row, 'after', half, canvas);
    const height = Math.max(left.length, right.length);
    return Array.from({ length: height }, (_, index) => {
      const line = `${padTo(left[index] ?? '', half)} ${canvas.paint('dim', '│')} ${right[index] ?? ''}`;
      return canvas.color ? line : line.trimEnd();
    });
  });
}

/** Unified keeps a replaced stretch together: what goes, then what comes. */
function unifiedOf(hunk: Hunk, canvas: Canvas): string[] {
  const lines: string[] = [];
  let pending: string[] = [];
  for (const row of rowsOf(hunk)) {
    if (row.kind === 'same') {
      lines.push(...pending, ...cellLines(row, 'after', canvas.width, canvas));
      pending = [];
    } else {
      lines.push(...cellLines(row, 'before', canvas.width, canvas));
      pending.push(...cellLines(row, 'after', canvas.width, canvas));
    }
  }
  return [...lines, ...pending];
}

/** One side of a row as lines of at most `width` columns: number, sign, code; later lines stand under the code. */
function cellLines(row: Row, side: 'before' | 'after', width: number, canvas: Canvas): string[] {
  const cell = row[side];
  if (cell === null) return [];
  const sign = row.kind === 'same' ? ' ' : side === 'before' ? '-' : '+';
  const gutter = `${String(cell.number).padStart(canvas.digits)} ${sign} `;
  const rest = ' '.repeat(gutter.length);
  const color = row.kind === 'same' ? 'dim' : side === 'before' ? 'red' : 'green';
  const code = codeLines(cell, row.kind === 'changed' ? side : null, Math.max(8, width - gutter.length), canvas);
  return code.map((line, index) => canvas.paint(color, index === 0 ? gutter : rest) + line);
}

/** One grapheme of code as it is shown, and whether it belongs to a changed word. */
interface Glyph {
  readonly text: string;
  readonly changed: boolean;
}

function codeLines(cell: Cell, side: 'before' | 'after' | null, room: number, canvas: Canvas): string[] {
  const glyphs = [...glyphsOf(cell, side, canvas.color)];
  if (cell.ending !== '') glyphs.push(...graphemes(` ${cell.ending}`).map((text) => ({ text, changed: false })));
  return wrapGlyphs(glyphs, room).map((line) => paintGlyphs(line, side, canvas.paint));
}

function glyphsOf(cell: Cell, side: 'before' | 'after' | null, color: boolean): Glyph[] {
  const glyphs: Glyph[] = [];
  let column = 0;
  const push = (text: string, changed: boolean): void => {
    glyphs.push({ text, changed });
    column += widthOf(text);
  };
  for (const segment of cell.segments) {
    const bracketed = segment.changed && !color && side !== null;
    if (bracketed) push(side === 'before' ? '[-' : '{+', true);
    for (const grapheme of graphemes(visibleCode(segment.text))) {
      push(grapheme === '\t' ? ' '.repeat(tabSize - (column % tabSize)) : grapheme, segment.changed);
    }
    if (bracketed) push(side === 'before' ? '-]' : '+}', true);
  }
  return glyphs;
}

function paintGlyphs(glyphs: readonly Glyph[], side: 'before' | 'after' | null, paint: Paint): string {
  let text = '';
  for (let start = 0; start < glyphs.length; ) {
    const changed = glyphs[start]?.changed ?? false;
    let end = start;
    while (end < glyphs.length && glyphs[end]?.changed === changed) end++;
    const run = glyphs
      .slice(start, end)
      .map((glyph) => glyph.text)
      .join('');
    if (side === null) text += run;
    else if (side === 'before') text += paint(changed ? 'removed' : 'red', run);
    else text += paint(changed ? 'added' : 'green', run);
    start = end;
  }
  return text;
}
