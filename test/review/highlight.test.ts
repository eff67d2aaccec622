import { describe, expect, it } from 'vitest';
import { highlight } from '../../cli/review/highlight.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what is taken out
const plain = (line: string): string => line.replace(/\u001b\[[\d;]*m/g, '');

describe('colour in code', () => {
  it.each([
    ['with DAG("a # b"):', '\u001b[35mwith\u001b[39m DAG(\u001b[36m"a # b"\u001b[39m):'],
    ['x = 12  # why', 'x = \u001b[33m12\u001b[39m  \u001b[2m# why\u001b[22m'],
    ['  memory: 512m', '  \u001b[34mmemory\u001b[39m: 512m'],
    ['plain words', 'plain words'],
    ['"open string', '"open string'],
  ])('%j', (line, coloured) => {
    expect(highlight(line)).toBe(coloured);
    expect(plain(highlight(line))).toBe(line);
  });

  it('leaves alone what has a style: the colours of the difference say more', () => {
    const line =
      '\u001b[2m 4 - \u001b[22m\u001b[31mimport \u001b[39m\u001b[31;7m"a"\u001b[39;27m\u001b[31m 1\u001b[39m import';
    expect(highlight(line)).toBe(line.replace(/ import$/, ' \u001b[35mimport\u001b[39m'));
  });
});
