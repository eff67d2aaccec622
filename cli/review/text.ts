/** Lines of exactly so many columns. */
import { cut, padTo, visible, widthOf, wrap } from '../../src/index.ts';

/** A plain text of users in at most `width` columns, made harmless, `…` where it was cut. */
export function shorten(text: string, width: number): string {
  const safe = visible(text);
  if (width <= 0) return '';
  return widthOf(safe) <= width ? safe : `${cut(safe, Math.max(1, width - 1))[0] ?? ''}…`;
}

/** The same, filled with spaces up to the width. */
export function field(text: string, width: number): string {
  return padTo(shorten(text, width), width);
}

/** A paragraph of users' text behind a lead of ours, later lines under its beginning; at most `width` columns. */
export function paragraph(lead: string, text: string, width: number): string[] {
  const indent = ' '.repeat(widthOf(lead));
  return wrap(visible(text), width - indent.length).map((line, index) => (index === 0 ? lead : indent) + line);
}

/** The lines from `scroll` on, exactly `height` of them. */
export function windowOf(lines: readonly string[], scroll: number, height: number): string[] {
  const shown = lines.slice(scroll, scroll + height);
  return [...shown, ...Array.from({ length: Math.max(0, height - shown.length) }, () => '')];
}

/** How far a list can be scrolled so that its last line is still on the screen. */
export function lastScroll(lines: number, height: number): number {
  return Math.max(0, lines - height);
}

/** The index of the first line that has the text, styles left aside, upper and lower case alike; -1 for none. */
export function lineWith(lines: readonly string[], text: string): number {
  const wanted = text.toLowerCase();
  return lines.findIndex((line) => line.replace(styles, '').toLowerCase().includes(wanted));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what is left aside
const styles = /\u001b\[[\d;]*m/g;
