/** The lines that a statement takes, where it has them to itself. */
import type { Span } from '../model.ts';

/**
 * From the start of the statement's first line to the start of the line behind it; with blank lines on both sides one of
 * them goes too. Null where something else stands on these lines.
 */
export function lineSpan(text: string, statement: Span): Span | null {
  const start = text.lastIndexOf('\n', statement.start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  if (/[^ \t\f\uFEFF]/.test(text.slice(start, statement.start))) return null;
  if (/\S/.test(text.slice(statement.end, end))) return null;
  const next = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0] ?? '';
  const blankBefore =
    start === 0 || /\n[ \t]*\r?\n$/.test(text.slice(0, start)) || /^[ \t]*\r?\n$/.test(text.slice(0, start));
  return { start, end: blankBefore && next !== '' ? end + next.length : end };
}
