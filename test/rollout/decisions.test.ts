import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptedIn,
  alternativesIn,
  type Decided,
  decidedOn,
  editsOf,
  readDecisions,
  standingOf,
  withDecisions,
  writeDecisions,
} from '../../src/rollout/decisions.ts';
import { report as sampleReport } from '../report/sample.ts';
import { candidate } from './candidates.ts';

const accepted: Decided = { change: 'c1', verdict: 'safe', decision: 'accepted' };

describe('the file of decisions', () => {
  it('is sorted, one decision a line, whatever order they were made in', () => {
    const text = writeDecisions(
      new Map([
        ['b', accepted],
        ['a', { ...accepted, decision: 'rejected' }],
      ]),
    );
    expect(text).toBe(`{
  "version": 1,
  "decisions": [
    {"task":"a","change":"c1","verdict":"safe","decision":"rejected"},
    {"task":"b","change":"c1","verdict":"safe","decision":"accepted"}
  ]
}
`);
    expect(writeDecisions(new Map())).toBe('{\n  "version": 1,\n  "decisions": []\n}\n');
  });

  it('gives back what was written, for any names', () => {
    const decided = fc.record(
      {
        change: fc.string(),
        verdict: fc.constantFrom('safe' as const, 'review' as const, 'manual' as const),
        decision: fc.constantFrom('accepted' as const, 'rejected' as const, 'skipped' as const, null),
        alternatives: fc.record(
          {
            sensor: fc.constantFrom('remove' as const, 'placeholder' as const),
            queue: fc.string(),
            timeout: fc.integer({ min: 1 }),
          },
          { requiredKeys: [], noNullPrototype: true },
        ),
        edits: fc.array(
          fc.record({ path: fc.string(), base: fc.string(), patch: fc.string() }, { noNullPrototype: true }),
        ),
        part: fc.constant('document' as const),
      },
      { requiredKeys: ['change', 'verdict', 'decision'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), decided)), (list) => {
        const decisions = new Map(list);
        const read = readDecisions(writeDecisions(decisions));
        expect(read).toEqual({ ok: true, decisions });
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it.each([
    ['', 'no JSON object'],
    ['[]', 'no JSON object'],
    ['<<<<<<< HEAD', 'no JSON object'],
    ['{"version": 3, "decisions": []}', 'version is not 1 or 2'],
    ['{"version": 1}', 'no list'],
    ['{"version": 1, "decisions": [{"task": "a"}]}', 'entry 1'],
    ['{"version": 1, "decisions": [{"task":"a","change":"c","verdict":"safe","decision":"yes"}]}', 'entry 1'],
    ...[
      '"alternatives":{"sensor":"keep"}',
      '"alternatives":{"queues":"a"}',
      '"alternatives":{"timeout":0}',
      '"part":"call"',
      '"edits":[{"path":"a.py"}]',
    ].map((extra) => [
      `{"version": 2, "decisions": [{"task":"a","change":"c","verdict":"safe","decision":null,${extra}}]}`,
      'entry 1',
    ]),
  ])('refuses %j and says why', (text, reason) => {
    const read = readDecisions(text);
    expect(read).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('says version 2 only where it holds what version 1 does not have', () => {
    const versionOf = (decided: Decided) => JSON.parse(writeDecisions(new Map([['a', decided]]))).version;
    expect(versionOf(accepted)).toBe(1);
    expect(versionOf({ ...accepted, alternatives: { queue: 'poc' } })).toBe(2);
    expect(versionOf({ ...accepted, decision: null })).toBe(2);
  });

  it('refuses a task that is decided twice, as a merge can leave it', () => {
    const entry = JSON.stringify({ task: 'a', ...accepted });
    const read = readDecisions(`{"version": 1, "decisions": [${entry}, ${entry}]}`);
    expect(read).toEqual({ ok: false, reason: 'a is decided twice' });
  });
});

describe('what a decision is worth', () => {
  const task = { id: 'a', change: 'c1', verdict: 'safe' as const };

  it('holds for the change that it was made on', () => {
    expect(standingOf(task, new Map([['a', accepted]]))).toEqual({ decision: 'accepted', changedSince: null });
    expect(standingOf(task, new Map())).toEqual({ decision: null, changedSince: null });
  });

  it('is void, and remembered, when the change became another', () => {
    const standing = standingOf({ ...task, change: 'c2' }, new Map([['a', accepted]]));
    expect(standing).toEqual({ decision: null, changedSince: 'accepted' });
  });

  it('keeps what was chosen when it is decided on, and an edit only with the change that was edited', () => {
    const edit = { path: 'a.py', base: 'b', patch: 'p' };
    const chosen: Decided = {
      change: 'c1',
      verdict: 'safe',
      decision: null,
      alternatives: { queue: 'q' },
      edits: [edit],
    };
    const decisions = new Map([['a', chosen]]);
    expect(standingOf(task, decisions)).toEqual({ decision: null, changedSince: null });
    expect(decidedOn(task, 'accepted', decisions)).toEqual({ ...chosen, decision: 'accepted' });
    expect(decidedOn({ ...task, change: 'c2' }, 'accepted', decisions)).toEqual({
      ...accepted,
      change: 'c2',
      alternatives: { queue: 'q' },
    });
    expect(decidedOn({ ...task, change: null }, 'accepted', decisions)).toBeNull();
    expect(alternativesIn(decisions)).toEqual(new Map([['a', { queue: 'q' }]]));
    expect([editsOf(task, decisions), editsOf({ ...task, change: 'c2' }, decisions)]).toEqual([[edit], []]);
  });

  it('is void when the same change is judged more severely, not when less', () => {
    const decisions = new Map([['a', { ...accepted, verdict: 'review' as const }]]);
    expect(standingOf(task, decisions).decision).toBe('accepted');
    expect(standingOf({ ...task, verdict: 'review' }, new Map([['a', accepted]]))).toEqual({
      decision: null,
      changedSince: 'accepted',
    });
  });

  it('says nothing of a task that has no change (any more)', () => {
    expect(standingOf({ ...task, change: null }, new Map([['a', accepted]]))).toEqual({
      decision: null,
      changedSince: null,
    });
  });

  it('shows in the report, and leaves the views unmade', () => {
    const { entry } = candidate('t');
    let views = 0;
    const report = Object.defineProperty({ ...sampleReport(), tasks: [entry] }, 'changes', {
      get: () => {
        views++;
        return [];
      },
    });
    const decided = new Map([[entry.id, { ...accepted, change: entry.change ?? '' }]]);
    expect(withDecisions(report, decided).tasks.map(({ decision }) => decision)).toEqual(['accepted']);
    expect(withDecisions(report, new Map()).tasks.map(({ decision }) => decision)).toEqual([null]);
    expect(views).toBe(0);
    expect(withDecisions(report, decided).changes).toEqual([]);
    expect(views).toBe(1);
  });

  it('accepts a change that two tasks share only when both are accepted', () => {
    const both = [
      { change: 'c', decision: 'accepted' as const },
      { change: 'c', decision: 'accepted' as const },
    ];
    expect([...acceptedIn(both)]).toEqual(['c']);
    expect([...acceptedIn([...both, { change: 'c', decision: null }])]).toEqual([]);
    expect([...acceptedIn([{ change: 'd', decision: 'rejected' }])]).toEqual([]);
  });
});
