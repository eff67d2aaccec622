import { beforeAll, describe, expect, it } from 'vitest';
import { readPythonFile } from '../../src/parser/read-file.ts';
import { loadPython, type Python } from '../../src/parser/syntax.ts';
import { applyEdits } from '../../src/rewriter/edits.ts';
import { contract, edgesOf, sameEdges } from '../../src/rewriter/graph.ts';
import { type Replacement, rewire } from '../../src/rewriter/rewire.ts';

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

function read(text: string) {
  return readPythonFile(python, { path: 'dags/a.py', text, encoding: 'utf-8' }, 'bpg_operator.BPGOperator');
}

function rewired(text: string, replacements: readonly Replacement[]): string | null {
  const edits = rewire(read(text).dependencies, replacements, text);
  return edits === null ? null : applyEdits(text, edits.edits);
}

describe('rewire', () => {
  const byTask = [{ name: 'm', by: 't' }];
  const byNothing = [{ name: 'm', by: null }];
  it.each([
    ['in a chain', 'a >> t >> m >> b\n', byTask, 'a >> t >> b\n'],
    ['before a list', 'a >> t >> m >> [b, c]\n', byTask, 'a >> t >> [b, c]\n'],
    ['to the left', 'b << m << t\n', byTask, 'b << t\n'],
    ['over two statements', 't >> m\nm >> b\n', byTask, 't >> b\n'],
    ['as a leaf', 'a >> t >> m\n', byNothing, 'a >> t\n'],
    ['as a leaf behind others', '[a, t] >> m\nx >> y\n', byNothing, 'x >> y\n'],
    ['by methods', 't.set_downstream(m)\nb.set_upstream(m)\n', byTask, 'b.set_upstream(t)\n'],
    ['over lines in parentheses', '(\n    t\n    >> m\n    >> b\n)\n', byTask, '(\n    t\n    >> b\n)\n'],
    [
      'twice in a row',
      't >> m >> n >> b\n',
      [
        { name: 'm', by: 't' },
        { name: 'n', by: 't' },
      ],
      't >> b\n',
    ],
    ['inside a list, after its task', 't >> [m, x]\n', byTask, 't >> [x]\n'],
    ['inside a list, before others', 't >> m\n[m, x] >> b\n', byTask, '[t, x] >> b\n'],
    ['inside a list, its task there too', 't >> m\n[x, t, m] >> b\n', byTask, '[x, t] >> b\n'],
    ['as a leaf inside a list', 't >> [x, m, y]\n', byNothing, 't >> [x, y]\n'],
    ['as all of a list', 'a >> t >> [m] >> b\n', byTask, 'a >> t >> b\n'],
    ['not at all', 'a >> b\n', byTask, 'a >> b\n'],
  ])('%s', (_, before, replacements, after) => {
    expect(rewired(before, replacements)).toBe(after);
    const [old, now] = [before, after].map((text) => edgesOf(read(text).dependencies, text));
    const names = replacements.map(({ name }) => name);
    expect(sameEdges(contract(old ?? new Set(), names), now ?? new Set())).toBe(true);
  });

  it.each([
    ['a name inside a nested list', 't >> [[m, y], x]\n'],
    ['a comment in the part that goes', '(\n    t\n    # now wait\n    >> m\n    >> b\n)\n'],
    ['a statement that shares its line', 't >> m; print(1)\n'],
    ['inner parentheses', 'a >> (t >> m) >> b\n'],
  ])('refuses %s', (_, text) => {
    const made = rewired(text, [{ name: 'm', by: 't' }]);
    expect(made === null || made === text).toBe(true);
  });
});

describe('contract', () => {
  it('joins all that ran before with all that runs after', () => {
    const edges = edgesOf(read('[a, b] >> m >> [c, d]\n').dependencies, '');
    expect([...contract(edges, ['m'])].map((key) => key.replace('\0', '→')).sort()).toEqual([
      'a→c',
      'a→d',
      'b→c',
      'b→d',
    ]);
  });
});
