import { describe, expect, it } from 'vitest';
import type { PythonData } from '../../src/index.ts';
import { writeDisplay } from '../../src/rewriter/python-data.ts';

function data(source: string, holes: readonly string[] = []): PythonData {
  const display = { start: source.indexOf('{'), end: source.lastIndexOf('}') + 1 };
  return {
    form: 'dict',
    text: '',
    holes: holes.map((text) => ({ text: `⟦${text}⟧`, span: { start: 0, end: 0 }, value: null })),
    display,
    slot: display,
    constant: null,
    hasComments: false,
    hasConstants: false,
    argumentSpan: display,
  };
}

describe('writeDisplay', () => {
  it.each([
    ['on one line, in its quotes', "x = {'a': 1}", { b: [1, 2.5, null], c: true }, "{'b': [1, 2.5, None], 'c': True}"],
    [
      'spread as it was',
      'x = {\n  "a": 1,\n}',
      { b: { c: 1 }, d: [] },
      '{\n  "b": {\n    "c": 1,\n  },\n  "d": [],\n}',
    ],
    ['short parts on one line', 'x = {\n  "a": {"b": 1},\n}', { b: { c: 1 } }, '{\n  "b": {"c": 1},\n}'],
    ['indented', '  x = {\n      "a": 1}', { b: 1 }, '{\n      "b": 1,\n  }'],
    ['with the line ends of the file', 'x = {\r\n  "a": 1,\r\n}', { b: 1 }, '{\r\n  "b": 1,\r\n}'],
    ['with texts escaped', 'x = {"a": 1}', { b: 'say "hi"\n\\' }, '{"b": "say \\"hi\\"\\n\\\\"}'],
  ])('prints %s', (_, source, request, expected) => {
    expect(writeDisplay(source, data(source), request)).toBe(expected);
  });

  it('puts expressions back, and gives up where one became a part of a text', () => {
    const source = 'x = {"a": f(1)}';
    expect(writeDisplay(source, data(source, ['f(1)']), { b: '⟦f(1)⟧' })).toBe('{"b": f(1)}');
    expect(writeDisplay(source, data(source, ['f(1)']), { b: '⟦f(1)⟧m' })).toBeNull();
  });
});
