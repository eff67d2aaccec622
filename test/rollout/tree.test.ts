import { describe, expect, it } from 'vitest';
import type { Decided } from '../../src/rollout/decisions.ts';
import { matchesGlob } from '../../src/rollout/glob.ts';
import { tallyOf, triStateOf } from '../../src/rollout/tally.ts';
import { orderOf, treeOf } from '../../src/rollout/tree.ts';
import { candidate } from './candidates.ts';

const decided = (name: string, decision: Decided['decision']): [string, Decided] => [
  candidate(name).entry.id,
  { change: `change-of-${name}`, verdict: 'safe', decision },
];
const two = [candidate('a'), candidate('b')];
const stateOf = (...decisions: [string, Decided][]) => triStateOf(tallyOf(two, new Map(decisions)));

describe('what stands on a parent', () => {
  it('is what all below it share, else mixed', () => {
    expect(stateOf()).toBe('undecided');
    expect(stateOf(decided('a', 'accepted'))).toBe('mixed');
    expect(stateOf(decided('a', 'accepted'), decided('b', 'accepted'))).toBe('accepted');
    expect(stateOf(decided('a', 'accepted'), decided('b', 'rejected'))).toBe('mixed');
    expect(stateOf(decided('a', 'skipped'), decided('b', 'skipped'))).toBe('skipped');
  });

  it('leaves out tasks that can not be decided', () => {
    const manual = candidate('m', { verdict: 'manual', change: null });
    const tally = tallyOf([...two, manual], new Map([decided('a', 'rejected'), decided('b', 'rejected')]));
    expect(triStateOf(tally)).toBe('rejected');
    expect(tally).toMatchObject({ tasks: 3, rejected: 2, undecidable: 1, verdicts: { safe: 2, review: 0, manual: 1 } });
    expect(triStateOf(tallyOf([manual], new Map()))).toBe('none');
  });

  it('counts what changed since it was decided', () => {
    const [id, old] = decided('a', 'accepted');
    expect(tallyOf(two, new Map([[id, { ...old, change: 'older' }]]))).toMatchObject({ undecided: 2, changed: 1 });
  });
});

describe('the tree', () => {
  it('goes by team, DAG and source, those without an owner last', () => {
    const tasks = [
      candidate('x', { owner: null }),
      candidate('late', { owner: 'b', line: 20 }),
      candidate('early', { owner: 'b', line: 2 }),
      candidate('other', { owner: 'b', dagId: 'another' }),
      candidate('y', { owner: 'a', dagId: null, file: 'dags/z.py' }),
    ];
    const tree = treeOf(tasks);
    expect(tree.map(({ name, dags }) => [name, dags.map((dag) => dag.name)])).toEqual([
      ['a', ['dags/z.py']],
      ['b', ['another', 'dag']],
      ['(no owner)', ['dag']],
    ]);
    expect(orderOf(tree).map(({ entry }) => entry.taskId)).toEqual(['y', 'other', 'early', 'late', 'x']);
  });
});

describe('a glob', () => {
  it.each([
    ['dags/a/b.py', 'dags/*', true],
    ['dags/a/b.py', '*b.py', true],
    ['abc', 'a?c', true],
    ['abc', 'a?d', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['', '*', true],
    ['abc', 'ab', false],
    ['aaab', '*a*b', true],
  ])('%j by %j: %j', (value, pattern, matches) => {
    expect(matchesGlob(value, pattern)).toBe(matches);
  });

  it('comes to an end for a pattern that would keep a naive search busy for ever', () => {
    expect(matchesGlob('a'.repeat(5_000), '*a*a*a*a*a*a*a*b')).toBe(false);
  });
});
