import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract, edgesOf, isBelow, rename } from '../../src/verify/graph.ts';
import type { ObservedDag } from '../../src/verify/observation.ts';
import { task } from './observations.ts';

/** A DAG of these edges. */
function dagOf(edges: readonly (readonly [string, string])[]): ObservedDag {
  const ids = [...new Set(edges.flat())];
  const tasks = ids.map((id) => [
    id,
    task({
      downstream: edges.filter(([from]) => from === id).map(([, to]) => to),
      upstream: edges.filter(([, to]) => to === id).map(([from]) => from),
    }),
  ]);
  return { file: 'dags/a.py', attributes: {}, tasks: Object.fromEntries(tasks) as ObservedDag['tasks'] };
}
const names = (dag: ObservedDag, removed: readonly string[]): string[] =>
  [...contract(edgesOf(dag), new Set(removed)).keys()].sort();

describe('contract', () => {
  it('leads the edges past a removed task', () => {
    const dag = dagOf([
      ['a', 'b'],
      ['b', 's'],
      ['s', 'c'],
      ['s', 'd'],
    ]);
    expect(names(dag, ['s'])).toEqual(['a >> b', 'b >> c', 'b >> d']);
    expect(names(dag, [])).toEqual(['a >> b', 'b >> s', 's >> c', 's >> d']);
  });

  it('removes a task at an end with its edges, and several in a row', () => {
    expect(names(dagOf([['a', 's']]), ['s'])).toEqual([]);
    expect(
      names(
        dagOf([
          ['a', 's'],
          ['s', 't'],
          ['t', 'b'],
        ]),
        ['s', 't'],
      ),
    ).toEqual(['a >> b']);
  });

  it('keeps who stands before whom, in whatever order tasks are removed', () => {
    const ids = 'abcdefgh'.split('');
    const edge = fc.tuple(fc.nat(7), fc.nat(7)).filter(([from, to]) => from < to);
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 20 }), fc.subarray(ids), (pairs, removed) => {
        const dag = dagOf(pairs.map(([from, to]) => [ids[from] ?? '', ids[to] ?? '']));
        const left = [...contract(edgesOf(dag), new Set(removed)).values()];
        const other = [...contract(edgesOf(dag), new Set([...removed].reverse())).keys()].sort();
        expect(left.map(({ from, to }) => `${from} >> ${to}`).sort()).toEqual(other);
        const smaller = dagOf(left.map(({ from, to }) => [from, to]));
        const kept = Object.keys(dag.tasks).filter((id) => !removed.includes(id));
        for (const one of kept)
          for (const above of kept)
            expect(isBelow(smaller, one, (id) => id === above)).toBe(isBelow(dag, one, (id) => id === above));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('rename', () => {
  it('gives tasks other ids, and leaves the others theirs', () => {
    const edges = edgesOf(
      dagOf([
        ['a', 'b'],
        ['b', 'c'],
      ]),
    );
    expect([...rename(edges, new Map([['b', 'x']])).keys()]).toEqual(['a >> x', 'x >> c']);
  });
});
