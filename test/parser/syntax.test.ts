import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { loadPython, type Node } from '../../src/parser/syntax.ts';

const example = readFileSync(new URL('../../fixtures/example/dags/clinical/clinical_load.py', import.meta.url), 'utf8');

/** The tree as the library's own cursor tells it, node by node. */
function told(cursor: TreeCursor): unknown {
  const node = [cursor.nodeType, cursor.nodeIsNamed, cursor.startIndex, cursor.endIndex, cursor.currentFieldName];
  const children: unknown[] = [];
  if (cursor.gotoFirstChild()) {
    do children.push(told(cursor));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return [...node, children];
}

const copied = ({ type, named, start, end, field, children }: Node): unknown => [
  type,
  named,
  start,
  end,
  field,
  children.map(copied),
];

describe('The copy of a tree', () => {
  const cases = {
    'of a DAG': example,
    'of an empty text': '',
    'with an error': 'a = (1,\nb = 2\nif x\n  pass\n',
    'with a missing token': 'def f(:\n  pass\n',
    'with characters of two units': '# 🚀\nx = "é🚀"  # 日本\ny = [f"{x!r:>{4}}", *x]\n',
    'with CRLF and a byte order mark': '\uFEFFx = 1\r\n\r\ndef f():\r\n\treturn x\r\n',
  };
  it.each(Object.entries(cases))('is what the library says, %s', async (_, text) => {
    const python = await loadPython();
    const parser = new Parser();
    const require = createRequire(import.meta.url);
    parser.setLanguage(await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));
    const tree = parser.parse(text);
    expect(tree).not.toBeNull();
    if (tree !== null) expect(copied(python.parse(text).root)).toEqual(told(tree.walk()));
  });

  it('lists what does not parse, in source order', async () => {
    const { parse } = await loadPython();
    expect(parse('def f(:\n  pass\n').errors.map(({ start, end }) => end - start)).toContain(0);
    expect(parse('x = 1\n').errors).toEqual([]);
    const offsets = parse('a = = 1\nb = = 2\n').errors.map(({ start }) => start);
    expect(offsets.length).toBeGreaterThan(1);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  });
});
