import { beforeAll, describe, expect, it } from 'vitest';
import { readPythonFile } from '../../src/parser/read-file.ts';
import { loadPython, type Python } from '../../src/parser/syntax.ts';
import { applyEdits } from '../../src/rewriter/edits.ts';
import { contract, edgesOf, sameEdges } from '../../src/rewriter/graph.ts';
import { rewire } from '../../src/rewriter/rewire.ts';
import { takeOut } from '../../src/rewriter/statement-lines.ts';

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

function read(text: string) {
  return readPythonFile(python, { path: 'dags/a.py', text, encoding: 'utf-8' }, 'bpg_operator.BPGOperator');
}

/** The names are bound nowhere, so they are their own ids. */
function rewired(text: string, removed: readonly string[]): string | null {
  const made = rewire(read(text).dependencies, new Set(), removed, text);
  if (made === null) return null;
  const gone = made.gone.map(({ span, around }) => ({ span, siblings: around.siblings }));
  const lines = takeOut(text, gone);
  return lines === null ? null : applyEdits(text, [...made.edits, ...lines]);
}

const airflow = 'from airflow.models.baseoperator import chain, chain_linear, cross_downstream\n';

describe('rewire', () => {
  it.each<[string, string, string | null]>([
    ['in a chain', 'a >> t >> m >> b\n', 'a >> t >> b\n'],
    ['before a list', 'a >> t >> m >> [b, c]\n', 'a >> t >> [b, c]\n'],
    ['to the left', 'b << m << t\n', 'b << t\n'],
    ['over two statements', 't >> m\nm >> b\n', 't >> b\n'],
    ['as a leaf', 'a >> t >> m\n', 'a >> t\n'],
    ['as a leaf behind others', '[a, t] >> m\nx >> y\n', 'x >> y\n'],
    ['as a leaf behind one', 't >> m\nx >> y\n', 'x >> y\n'],
    ['by methods', 't.set_downstream(m)\nb.set_upstream(m)\n', 'b.set_upstream(t)\n'],
    ['by methods with lists', 'm.set_upstream([t, a])\nm.set_downstream(b)\n', null],
    ['by methods from lists', 'm.set_upstream([t, a])\nb.set_upstream(m)\n', 'b.set_upstream([t, a])\n'],
    ['by a method inside a list', 't >> m\nb.set_upstream([m, x])\n', 'b.set_upstream([t, x])\n'],
    ['over lines in parentheses', '(\n    t\n    >> m\n    >> b\n)\n', '(\n    t\n    >> b\n)\n'],
    ['with operators at the ends', '(\n    t >>\n    m >>\n    b\n)\n', '(\n    t >>\n    b\n)\n'],
    [
      'with comments',
      '(\n    t  # one\n    # now wait\n    >> m  # two\n    >> b  # three\n)\n',
      '(\n    t  # one\n    # now wait\n    # two\n    >> b  # three\n)\n',
    ],
    ['over lines by backslashes', 't \\\n    >> m \\\n    >> b\n', 't \\\n    >> b\n'],
    ['at the end of backslashes', 'a \\\n    >> t \\\n    >> m\n', 'a \\\n    >> t\n'],
    ['at the start of backslashes', 't >> m\nm >> \\\n    b\n', 't >> \\\n    b\n'],
    ['inside a list, after its task', 't >> [m, x]\n', 't >> [x]\n'],
    ['inside a list, before others', 't >> m\n[m, x] >> b\n', '[t, x] >> b\n'],
    ['inside a list, its task there too', 't >> m\n[x, t, m] >> b\n', '[x, t] >> b\n'],
    ['as a leaf inside a list', 't >> [x, m, y]\n', 't >> [x, y]\n'],
    ['as all of a list', 'a >> t >> [m] >> b\n', 'a >> t >> b\n'],
    ['inside a tuple', 't >> m\n(m, x) >> b\n', '(t, x) >> b\n'],
    ['out of a tuple of two', 't >> (m, x)\n', 't >> (x,)\n'],
    ['inside a nested list', 't >> m\n[[m, y], x] >> b\n', '[[t, y], x] >> b\n'],
    [
      'inside a list over lines',
      't >> [\n    x,  # one\n    m,  # two\n    y,\n]\n',
      't >> [\n    x,  # one\n    # two\n    y,\n]\n',
    ],
    ['behind several', 'a >> m\nt >> m\nm >> b\n', '[a, t] >> b\n'],
    ['behind several, among others', 't >> m << a\n[m, x] >> b\n', null],
    ['behind a list', '[a, t] >> m >> b\n', '[a, t] >> b\n'],
    ['between lists', '[a, t] >> m >> [b, c]\n', null],
    ['in inner parentheses', '(t >> m) >> b\n', '(t) >> b\n'],
    ['around inner parentheses', 'm >> (t << x) >> b\n', '(t << x) >> b\n'],
    ['alone', 't >> m >> b\nm\n', 't >> b\n'],
    ['in chain()', `${airflow}chain(a, t, m, b)\n`, `${airflow}chain(a, t, b)\n`],
    [
      'in chain() over lines',
      `${airflow}chain(\n    a,\n    t,\n    m,  # wait\n    b,\n)\n`,
      `${airflow}chain(\n    a,\n    t,\n    # wait\n    b,\n)\n`,
    ],
    ['in chain() beside lists', `${airflow}chain(t, m, [b, c])\n`, `${airflow}chain(t, [b, c])\n`],
    ['in chain() as a leaf', `${airflow}chain(t, m)\nx >> y\n`, `${airflow}x >> y\n`],
    ['in chain() pair by pair', `${airflow}chain([t, a], [m, b], [c, d])\n`, null],
    ['in chain_linear()', `${airflow}chain_linear(t, [m, x], [b, c])\n`, null],
    ['in chain_linear(), alone', `${airflow}chain_linear(t, m, [b, c])\n`, `${airflow}chain_linear(t, [b, c])\n`],
    [
      'in cross_downstream()',
      `${airflow}t >> m\ncross_downstream([m, x], [b, c])\n`,
      `${airflow}cross_downstream([t, x], [b, c])\n`,
    ],
    [
      'in cross_downstream() as a leaf',
      `${airflow}cross_downstream([t, a], [m, b])\n`,
      `${airflow}cross_downstream([t, a], [b])\n`,
    ],
    ['behind a label', 't >> Label("ok") >> m >> b\n', 't >> Label("ok") >> b\n'],
    ['before a label', 't >> m >> Label("ok") >> b\n', 't >> Label("ok") >> b\n'],
    ['between labels', 't >> Label("a") >> m >> Label("b") >> b\n', null],
    ['as a leaf behind a label', 't >> Label("a") >> m\n', null],
    ['in an assignment', 'x = t >> m >> b\n', 'x = t >> b\n'],
    ['as the value of an assignment', 'x = t >> m\n', null],
    ['as the value of an argument', 'f(t >> m)\n', null],
    ['in an argument', 'f(t >> m >> b)\n', 'f(t >> b)\n'],
    ['as all of a block', 'if x:\n    t >> m\ny\n', 'if x:\n    pass\ny\n'],
    ['with a comment behind', 't >> m  # wait\nx >> y\n', '# wait\nx >> y\n'],
    ['not at all', 'a >> b\n', 'a >> b\n'],
    ['between opposite arrows', 't >> m << b\n', null],
    ['after inner parentheses', 'a >> (t >> m) >> b\n', null],
    ['a statement that shares its line', 't >> m; print(1)\n', null],
    ['comments in a statement that goes', '(\n    t  # one\n    >> m\n)\n', null],
  ])('%s', (_, before, after) => {
    expect(rewired(before, ['m'])).toBe(after);
    if (after === null) return;
    const [old, now] = [before, after].map((text) => edgesOf(read(text).dependencies));
    expect(sameEdges(contract(old ?? new Set(), ['m']), now ?? new Set())).toBe(true);
    expect(read(after).errors).toEqual([]);
  });

  it.each([
    ['twice in a row', 't >> m >> n >> b\n', 't >> b\n'],
    ['one behind the other', 't >> m\nm >> n\nn >> b\n', 't >> b\n'],
    ['in pairs', `${airflow}chain([t, u], [m, n], [b, c])\n`, `${airflow}chain([t, u], [b, c])\n`],
    ['both in a list', 't >> m\nu >> n\n[m, n] >> b\n', '[t, u] >> b\n'],
  ])('takes out two: %s', (_, before, after) => {
    expect(rewired(before, ['m', 'n'])).toBe(after);
  });
});

describe('contract', () => {
  it('joins all that ran before with all that runs after', () => {
    const edges = edgesOf(read('[a, b] >> m >> [c, d]\n').dependencies);
    expect([...contract(edges, ['m'])].map((key) => key.replace('\0', '→')).sort()).toEqual([
      'a→c',
      'a→d',
      'b→c',
      'b→d',
    ]);
  });
});
