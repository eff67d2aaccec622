/** Where a Python file stands inside a triple-quoted string, so that a hunk from its middle is not read as code. */

/** Comments, triple quotes with what they hold (or all that follows), and strings of one line. */
const opaque = /#[^\n]*|("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(\1|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;

/**
 * For each line number (1-based, ascending) the triple quotes that are open at its beginning: `d` for `"""`, `s` for
 * `'''`, else ''.
 */
export function quotesOpenAt(text: string, lines: readonly number[]): ('d' | 's' | '')[] {
  const open: ('d' | 's' | '')[] = lines.map(() => '');
  if (!/"""|'''/.test(text)) return open;
  const starts = offsetsOf(text, lines);
  for (const match of text.matchAll(opaque)) {
    const quotes = match[1];
    if (quotes === undefined) continue;
    const end = match.index + match[0].length;
    starts.forEach((offset, index) => {
      if (offset > match.index && offset < end) open[index] = quotes === '"""' ? 'd' : 's';
    });
  }
  return open;
}

function offsetsOf(text: string, lines: readonly number[]): number[] {
  const offsets: number[] = [];
  let line = 1;
  let offset = 0;
  for (const wanted of lines) {
    while (line < wanted) {
      const next = text.indexOf('\n', offset);
      if (next === -1) break;
      offset = next + 1;
      line++;
    }
    offsets.push(offset);
  }
  return offsets;
}
