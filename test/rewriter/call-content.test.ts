import { describe, expect, test } from 'vitest';
import { contentHash } from '../../src/rewriter/call-content.ts';

const plain = `Op(task_id="a", file="x y.yaml", labels={"k": [1, 2]}, on=lambda x: not x)`;

describe('the content of a call', () => {
  test.each([
    [
      'other lines and a trailing comma',
      'Op(\n    task_id="a",\n    file="x y.yaml",\n    labels={"k": [1, 2,],},\n    on=lambda x: not x,\n)',
    ],
    ['comments', 'Op( # why\n  task_id="a", file="x y.yaml", # there\r\n labels={"k": [1, 2]}, on=lambda x: not x)'],
    ['a joined line', 'Op(task_id="a", file="x y.yaml", \\\n labels={"k": [1, 2]}, on=lambda x: not x)'],
    ['quotes that a formatter chooses', `Op(task_id='a', file='x y.yaml', labels={'k': [1, 2]}, on=lambda x: not x)`],
  ])('is the same with %s', (_, same) => {
    expect(contentHash(same)).toBe(contentHash(plain));
  });

  test.each([
    ['another value', plain.replace('"a"', '"b"')],
    ['white space inside of a string', plain.replace('x y', 'x  y')],
    ['a sign of a comment inside of a string', plain.replace('x y', 'x#y')],
    ['another prefix', plain.replace('"a"', 'f"a"')],
    ['words run together', plain.replace('not x', 'notx')],
    ['another order', plain.replace('[1, 2]', '[2, 1]')],
  ])('is another with %s', (_, other) => {
    expect(contentHash(other)).not.toBe(contentHash(plain));
  });

  test('knows strings of several lines, and what only looks like their end', () => {
    const long = `Op(file="""a: 'b' # c\n  d: "e"\n""", x='\\'', y="it's")`;
    expect(contentHash(long.replace(', x', ',  # no\n  x'))).toBe(contentHash(long));
    expect(contentHash(long.replace('# c', '# d'))).not.toBe(contentHash(long));
    expect(contentHash(long.replace('\n  d', '\n d'))).not.toBe(contentHash(long));
    expect(contentHash(long.replace(`"it's"`, `'it s'`))).not.toBe(contentHash(long));
  });

  test('keeps the comma that makes a tuple of one', () => {
    expect(contentHash('Op(a=(1,))')).not.toBe(contentHash('Op(a=(1))'));
    expect(contentHash('Op(a=(1, 2,))')).toBe(contentHash('Op(a=(1, 2))'));
    expect(contentHash('Op(a=f(1,))')).toBe(contentHash('Op(a=f(1))'));
  });
});
