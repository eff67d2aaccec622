/** Taking statements out of a file: their lines, what stands beside them, and blocks that would be left empty. */
import type { Edit, Span } from '../model.ts';

/** A statement that goes, and all those of its block (null at module level). */
export interface GoneStatement {
  readonly span: Span;
  readonly siblings: readonly Span[] | null;
}

/** True when the statement can be taken out by itself: nothing but a comment shares its lines. */
export function standsAlone(text: string, statement: Span): boolean {
  return /^[ \t\f\uFEFF]*$/.test(before(text, statement)) && /^[ \t]*(?:#.*)?$/.test(behind(text, statement));
}

/** The edits that take the statements out, null where one shares its lines with another. */
export function takeOut(text: string, gone: readonly GoneStatement[]): readonly Edit[] | null {
  if (!gone.every(({ span }) => standsAlone(text, span))) return null;
  const starts = new Set(gone.map(({ span }) => span.start));
  return gone.map(({ span, siblings }) => {
    const emptied = siblings?.every(({ start }) => starts.has(start)) === true;
    // A block needs a statement.
    if (emptied && siblings?.[0]?.start === span.start) return { span, text: 'pass' };
    const comment = /#.*$/.exec(behind(text, span));
    if (comment !== null) return { span: { start: span.start, end: span.end + comment.index }, text: '' };
    return { span: linesOf(text, span), text: '' };
  });
}

const before = (text: string, { start }: Span): string => text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
const behind = (text: string, { end }: Span): string => /[^\r\n]*/.exec(text.slice(end, lineEnd(text, end)))?.[0] ?? '';

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The lines of a statement that has them to itself, null where anything else stands on them. */
export function lineSpan(text: string, statement: Span): Span | null {
  const alone = standsAlone(text, statement) && behind(text, statement).trim() === '';
  return alone ? linesOf(text, statement) : null;
}

/** The statement's lines with the line break behind them; with blank lines on both sides one of these goes too. */
function linesOf(text: string, statement: Span): Span {
  const start = text.lastIndexOf('\n', statement.start - 1) + 1;
  const end = lineEnd(text, statement.end);
  const next = /^[ \t]*\r?\n/.exec(text.slice(end, end + 1000))?.[0] ?? '';
  const above = text.slice(Math.max(0, start - 1000), start);
  const blankBefore = start === 0 || /\n[ \t]*\r?\n$/.test(above) || /^[ \t]*\r?\n$/.test(above);
  return { start, end: blankBefore && next !== '' ? end + next.length : end };
}
