/** Colour and measure of terminal text. Colour is only ever added to text that `visible` has made harmless. */
import stringWidth from 'string-width';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'removed' | 'added';
/** Puts a text in a style; without colour it gives the text back. */
export type Paint = (style: Style, text: string) => string;

/** Opening and closing SGR parameters. */
const codes: Readonly<Record<Style, readonly [string, string]>> = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  red: ['31', '39'],
  green: ['32', '39'],
  yellow: ['33', '39'],
  cyan: ['36', '39'],
  removed: ['31;7', '39;27'],
  added: ['32;7', '39;27'],
};

/** The painter for a terminal with or without colour. */
export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (style, text) => {
    const [open, close] = codes[style];
    return text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;
  };
}

/** Width in terminal columns; escape sequences count nothing, wide characters two. */
export function widthOf(text: string): number {
  return asciiOnly.test(text) ? text.length : stringWidth(text);
}

/** The text with spaces up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Printable ASCII, by far the most: one character, one column. */
const asciiOnly = /^[ -~]*$/;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader sees as characters, so that no accent or emoji is cut in two. */
export function graphemes(text: string): string[] {
  if (asciiOnly.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Lines of at most `width` columns, broken at spaces, and inside a word only where it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const columns = widthOf(word);
    if (line !== '' && used + 1 + columns <= room) {
      line += ` ${word}`;
      used += 1 + columns;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = columns <= room ? [word] : cut(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
    used = pieces.length === 1 ? columns : widthOf(line);
  }
  return line === '' ? lines : [...lines, line];
}

/** Pieces of at most `width` columns. */
export function cut(text: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const columns = widthOf(grapheme);
    if (used + columns > width && piece !== '') {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += grapheme;
    used += columns;
  }
  return piece === '' && pieces.length > 0 ? pieces : [...pieces, piece];
}

/** Glyphs in lines of at most `room` columns; one that is wider than the room has a line of its own. */
export function wrapGlyphs<G extends { readonly text: string }>(glyphs: readonly G[], room: number): G[][] {
  const lines: G[][] = [[]];
  let used = 0;
  for (const glyph of glyphs) {
    const columns = widthOf(glyph.text);
    if (used + columns > room && used > 0) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(glyph);
    used += columns;
  }
  return lines;
}
