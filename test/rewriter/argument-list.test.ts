import { describe, expect, it } from 'vitest';
import type { Span } from '../../src/index.ts';
import { type ItemOutcome, printItems } from '../../src/rewriter/argument-list.ts';

/** Prints `(…)` with what becomes of each item, found by its text. */
function print(source: string, outcomes: Readonly<Record<string, ItemOutcome>>): string {
  const items: Span[] = [...source.matchAll(/\w+=(?:\w+|"[^"]*")/g)]
    .filter(({ index }) => !source.slice(source.lastIndexOf('\n', index) + 1, index).includes('#'))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const comments = [...source.matchAll(/#[^\r\n]*/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const region = { start: 1, end: source.length - 1 };
  return `(${printItems(source, region, items, comments, (index) => outcomes[source.slice(items[index]?.start, items[index]?.end)] ?? 'keep')})`;
}

describe('printItems', () => {
  it.each([
    ['keeps every byte of what is kept', '( a=1 ,\tb=2,)', {}, '( a=1 ,\tb=2,)'],
    ['drops in the middle', '(a=1, b=2, c=3)', { 'b=2': [] }, '(a=1, c=3)'],
    ['drops the first', '(a=1, b=2)', { 'a=1': [] }, '(b=2)'],
    ['drops the last', '(a=1, b=2)', { 'b=2': [] }, '(a=1)'],
    ['keeps a trailing comma', '(a=1, b=2,)', { 'b=2': [] }, '(a=1,)'],
    ['adds no trailing comma', '(\n    a=1,\n    b=2\n)', { 'b=2': [] }, '(\n    a=1\n)'],
    ['adds behind what it replaces', '(a=1, b=2)', { 'a=1': ['x=1', 'y=2'] }, '(x=1, y=2, b=2)'],
    ['adds on lines of their own', '(\n\ta=1,\n\tb=2\n)', { 'a=1': ['x=1', 'y=2'] }, '(\n\tx=1,\n\ty=2,\n\tb=2\n)'],
    ['adds where the others are aligned', '(a=1,\n   b=2)', { 'a=1': ['x=1', 'y=2'] }, '(x=1,\n   y=2,\n   b=2)'],
    ['adds behind a lonely item', '(a=1)', { 'a=1': ['x=1', 'y=2'] }, '(x=1, y=2)'],
    ['keeps CRLF', '(\r\n  a=1,\r\n  b=2,\r\n)', { 'a=1': ['x=1', 'y=2'] }, '(\r\n  x=1,\r\n  y=2,\r\n  b=2,\r\n)'],
    [
      'leaves the comment beside what takes the place',
      '(\n  a=1,  # one\n  b=2\n)',
      { 'a=1': ['x=1', 'y=2'] },
      '(\n  x=1,  # one\n  y=2,\n  b=2\n)',
    ],
    [
      'keeps the comments of what is dropped',
      '(\n  # above\n  a=1,  # beside\n  b=2\n)',
      { 'a=1': [] },
      '(\n  # above\n  # beside\n  b=2\n)',
    ],
    [
      'keeps the comment of a dropped last item',
      '(\n  a=1,\n  b=2  # beside\n)',
      { 'b=2': [] },
      '(\n  a=1\n  # beside\n)',
    ],
    [
      'is not misled by a comma in a comment',
      '(\n  a=1  # one, two\n  , b=2\n)',
      { 'b=2': ['x=1'] },
      '(\n  a=1  # one, two\n  , x=1\n)',
    ],
  ])('%s', (_, source, outcomes, expected) => {
    expect(print(source, outcomes)).toBe(expected);
  });
});
