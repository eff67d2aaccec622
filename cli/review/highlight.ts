/**
 * A little colour in code that did not change: strings, comments, numbers, keywords and keys. Line by line and without a
 * parser, for it is drawn while somebody waits; what a line changed keeps the colours of the difference.
 */
import { createTheme, type Look } from './theme.ts';

/** In the order of the groups below. */
const looks: readonly Look[] = ['string', 'dim', 'keyword', 'key', 'number'];

const tokens = new RegExp(
  [
    String.raw`("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`,
    String.raw`((?<=^|\s)#.*)`,
    String.raw`\b(and|as|class|def|elif|else|except|False|finally|for|from|if|import|in|is|lambda|None|not|or|raise|return|True|try|while|with|yield)\b`,
    String.raw`([A-Za-z_][\w.-]*(?=:(?:\s|$)))`,
    String.raw`\b(\d[\d._]*)\b`,
  ].join('|'),
  'g',
);

const paint = createTheme(true);

/** The same line, with colour in those parts that have no style yet. Nothing but styles is added. */
export function highlight(line: string): string {
  let styled = false;
  return line
    .split(styles)
    .map((part) => {
      const codes = part.startsWith('\u001b[') ? part.slice(2, -1).split(';') : null;
      if (codes === null) return styled ? part : part.replace(tokens, paintToken);
      styled = !codes.every((code) => closing.has(code));
      return part;
    })
    .join('');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what the line is cut at
const styles = /(\u001b\[[\d;]*m)/;
const closing: ReadonlySet<string> = new Set(['0', '22', '27', '39']);

function paintToken(token: string, ...groups: readonly unknown[]): string {
  const index = looks.findIndex((_, group) => typeof groups[group] === 'string');
  return paint(looks[index] ?? 'plain', token);
}
