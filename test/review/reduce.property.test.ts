import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindings } from '../../cli/review/keys.ts';
import { standingOf } from '../../src/index.ts';
import { candidate } from '../rollout/candidates.ts';
import { type OpenedReview, openReview } from './review.ts';

const finding = { severity: 'warning', message: 'm', file: 'dags/a.py', line: 1, column: 1 } as const;
const candidates = Array.from({ length: 14 }, (_, index) =>
  candidate(`task_${index}`, {
    owner: index % 5 === 0 ? null : `team ${index % 3}`,
    dagId: `dag_${index % 4}`,
    line: index,
    verdict: (['safe', 'review', 'manual'] as const)[index % 3] ?? 'safe',
    sensors: index % 4 === 0 ? ['a sensor'] : [],
    findings: index % 2 === 0 ? [{ ...finding, code: 'retry-resubmits' }] : [],
    ...(index % 3 === 2 ? { change: null } : {}),
  }),
);
const typed = ['verdict:safe', 'owner:team', 'task_1', 'zzz', 'decision:accepted', '2h', '-verdict:safe'];
const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...bindings.flatMap(({ bindings: own }) => own.flatMap(({ keys }) => keys))),
  },
  { weight: 2, arbitrary: fc.constantFrom('return', 'escape', 'down', 'space') },
  { weight: 1, arbitrary: fc.constantFrom(...typed).map((text) => ({ text })) },
);
const keys = fc.array(key, { maxLength: 60 });

function play(review: OpenedReview, sequence: readonly (string | { readonly text: string })[]): void {
  for (const one of sequence) {
    if (typeof one === 'string') review.press(one);
    else review.type(one.text);
  }
}
/** Out of whatever is open, with everything shown. */
function leave(review: OpenedReview): void {
  for (let step = 0; step < 5; step++) review.press('escape');
}

describe('any keys', () => {
  it('leave a picture that fits and whose cursor is in the tree', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom([80, 24] as const, [130, 30] as const), (sequence, [columns, rows]) => {
        const review = openReview({ candidates, columns, rows });
        play(review, sequence);
        const state = review.controller.state();
        expect(review.lines().length).toBe(rows - 1);
        expect(state.rows.length === 0 || state.rows.some((row) => row.key === state.cursor)).toBe(true);
        expect(state.candidates).toBe(candidates);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('are undone to the very beginning, and redone to where they had led', () => {
    fc.assert(
      fc.property(keys, (sequence) => {
        const review = openReview({ candidates, whyNotFirst: 'nothing goes first here' });
        play(review, sequence);
        leave(review);
        const reached = review.controller.state().decisions;
        const { undo, redo } = review.controller.state().steps;
        for (let step = 0; step < undo; step++) review.press('u');
        expect([...review.controller.state().decisions]).toEqual([]);
        expect(review.controller.state().steps).toEqual({ undo: 0, redo: redo + undo });
        for (let step = 0; step < undo; step++) review.press('U');
        expect(new Map(review.controller.state().decisions)).toEqual(new Map(reached));
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it('decide nothing that is not shown, unless its number stands on the screen before', () => {
    fc.assert(
      fc.property(keys, (sequence) => {
        const review = openReview({ candidates });
        for (const one of sequence) {
          const before = review.controller.state();
          const text = review.text();
          play(review, [one]);
          const now = review.controller.state();
          const moved = candidates.filter(
            ({ entry }) => before.decisions.get(entry.id)?.decision !== now.decisions.get(entry.id)?.decision,
          );
          if (moved.length === 0 || now.message.startsWith('undone') || now.message.startsWith('done again')) continue;
          const shown = new Set(before.tree.flatMap(({ tasks }) => tasks));
          expect(moved.filter((task) => !shown.has(task))).toEqual([]);
          const visible = new Set(before.rows.map((row) => row.key));
          const hidden = moved.filter(({ entry }) => !visible.has(entry.id));
          const row = before.rows.find((line) => line.key === before.cursor);
          // Folded away below a parent, which tells how many it holds; or in bulk, which asks with the number first.
          if (hidden.length > 0 && before.mode.kind === 'browse')
            expect(row?.tasks).toEqual(expect.arrayContaining(hidden));
          if (before.mode.kind === 'bulk') expect(text).toContain(`${before.mode.tasks.length} task`);
        }
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it('never decide on what has no change', () => {
    fc.assert(
      fc.property(keys, (sequence) => {
        const review = openReview({ candidates });
        play(review, sequence);
        const { decisions } = review.controller.state();
        for (const { entry } of candidates)
          if (entry.change === null) expect(standingOf(entry, decisions).decision).toBeNull();
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});
