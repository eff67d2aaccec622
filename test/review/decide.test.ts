import { describe, expect, it } from 'vitest';
import { candidate } from '../rollout/candidates.ts';
import { openReview } from './review.ts';

const a1 = candidate('a1', { owner: 'alpha', dagId: 'one', line: 1 });
const a2 = candidate('a2', { owner: 'alpha', dagId: 'one', line: 2 });
const a3 = candidate('a3', { owner: 'alpha', dagId: 'two', verdict: 'review' });
const b1 = candidate('b1', { owner: 'beta', dagId: 'three' });
const manual = candidate('m', { owner: 'beta', dagId: 'three', verdict: 'manual', change: null, line: 99 });
const candidates = [a1, a2, a3, b1, manual];
const nameOf = (id: string): string => id.split('.').at(-1) ?? '';

describe('deciding', () => {
  it('begins at the first undecided task and goes on to the next one', () => {
    const review = openReview({ candidates });
    const seen: string[] = [];
    for (const key of ['y', 'x', 's', 'y']) {
      seen.push(nameOf(review.cursor()));
      review.press(key);
    }
    expect(seen).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect(review.decided()).toEqual(['a1: accepted', 'a2: rejected', 'a3: skipped', 'b1: accepted']);
    expect(review.message()).toContain('nothing shown is undecided');
  });

  it('takes all below a DAG or a team, and shows what it comes to', () => {
    const review = openReview({ candidates });
    review.press('left', 'y');
    expect(review.decided()).toEqual(['a1: accepted', 'a2: accepted']);
    expect(nameOf(review.cursor())).toBe('a3');
    expect(review.text()).toMatch(/\[~P\] ▾ alpha +2\/3/);
    expect(review.text()).toMatch(/\[\+A\] {2}▾ one +2\/2/);
    review.press('g', 'x');
    expect(review.decided()).toEqual(['a1: rejected', 'a2: rejected', 'a3: rejected']);
    expect(review.text()).toMatch(/\[-X\] ▾ alpha +3\/3/);
  });

  it('resets, undoes and redoes without limit, and says when there is nothing left', () => {
    const review = openReview({ candidates });
    review.press('y', 'x');
    review.press('g', 'r');
    expect(review.decided()).toEqual([]);
    review.press('u');
    expect(review.decided()).toEqual(['a1: accepted', 'a2: rejected']);
    review.press('u', 'u');
    expect(review.decided()).toEqual([]);
    expect(nameOf(review.cursor())).toBe('a1');
    review.press('u');
    expect(review.message()).toContain('no step is left to undo');
    review.press('U', 'ctrl-r', 'U', 'U');
    expect(review.decided()).toEqual([]);
    expect(review.message()).toContain('no step is left to redo');
    review.press('u');
    expect(review.decided()).toEqual(['a1: accepted', 'a2: rejected']);
  });

  it('can not accept what has no change, and says so', () => {
    const review = openReview({ candidates: [manual] });
    review.press('G', 'y');
    expect(review.decided()).toEqual([]);
    expect(review.message()).toContain('nothing to decide');
  });

  it('does not pretend when saving fails', () => {
    let reason: string | null = null;
    const review = openReview({ candidates, failure: () => reason });
    review.press('y');
    reason = 'the disk is full';
    review.press('y');
    expect(review.decided()).toEqual(['a1: accepted']);
    expect(nameOf(review.cursor())).toBe('a2');
    expect(review.text()).toContain('NOT SAVED, nothing was decided: the disk is full');
    expect(review.text()).toMatch(/›\[ {2}\]/);
  });

  it('shows what changed since it was accepted as undecided, marked, and begins there', () => {
    const decisions = new Map([
      [a1.entry.id, { change: 'change-of-a1', verdict: 'safe' as const, decision: 'accepted' as const }],
      [a2.entry.id, { change: 'an earlier one', verdict: 'safe' as const, decision: 'accepted' as const }],
    ]);
    const review = openReview({ candidates, decisions, rows: 30 });
    expect(nameOf(review.cursor())).toBe('a2');
    expect(review.message()).toContain('welcome back: 1 decided; 1 changed since');
    expect(review.text()).toMatch(/›\[!C\] +✔S a2/);
    expect(review.text()).toContain('changed since you accepted it');
    review.press('y');
    expect(review.text()).not.toContain('[!C]');
  });
});

describe('in bulk', () => {
  it('shows number and list before it does anything', () => {
    const review = openReview({ candidates });
    review.press('f');
    review.type('verdict:safe owner:alpha');
    expect(review.text()).toContain('2 tasks');
    review.press('return', 'Y');
    expect(review.text()).toContain('accept 2 tasks?');
    expect(review.text()).toContain('dags/one.py#one.a1');
    expect(review.text()).not.toContain('a3');
    expect(review.decided()).toEqual([]);
    review.press('y', 'escape');
    expect(review.decided()).toEqual([]);
    review.press('Y', 'return');
    expect(review.decided()).toEqual(['a1: accepted', 'a2: accepted']);
    review.press('u');
    expect(review.decided()).toEqual([]);
  });

  it('says what it takes along: those that need consent, those decided before', () => {
    const review = openReview({ candidates });
    review.press('x', 'Y');
    expect(review.text()).toContain('accept 4 tasks?');
    expect(review.text()).toContain('1 need consent');
    expect(review.text()).toContain('1 decided before');
  });

  it('keeps the last right filter while a wrong one is typed, and does not take the wrong one', () => {
    const review = openReview({ candidates });
    review.press('f');
    review.type('owner:beta vredict:x');
    review.press('return');
    expect(review.text()).toContain('there is no `vredict:`');
    expect(review.controller.state().mode.kind).toBe('filter');
    review.press('escape');
    expect(review.text()).toContain('alpha');
  });

  it('only takes what is shown below a parent', () => {
    const review = openReview({ candidates });
    review.press('f');
    review.type('verdict:review');
    review.press('return', 'g', 'y');
    expect(review.decided()).toEqual(['a3: accepted']);
  });
});

describe('the end', () => {
  it('applies after consent, with what will be written', () => {
    const preview = {
      changes: 1,
      files: [{ path: 'dags/one.bpg.yaml', isNew: true }],
      warnings: ['dags/one.py: dirty'],
    };
    const review = openReview({ candidates, preview: () => preview });
    review.press('y', 'a');
    expect(review.text()).toContain('apply 1 accepted change?');
    expect(review.text()).toContain('new     dags/one.bpg.yaml');
    expect(review.text()).toContain('! dags/one.py: dirty');
    review.press('escape');
    expect(review.told).toEqual([]);
    review.press('a', 'return');
    expect(review.told).toEqual(['apply']);
  });

  it('asks nothing when nothing is accepted; quits by q and Ctrl-C, also out of a prompt', () => {
    const review = openReview({ candidates });
    review.press('a');
    expect(review.message()).toContain('nothing is accepted yet');
    review.press('q', 'f', 'q', 'ctrl-c', 'ctrl-z', 'ctrl-l');
    expect(review.told).toEqual(['quit', 'quit', 'suspend', 'redraw']);
  });
});
