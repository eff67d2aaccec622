import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decided, Decisions } from '../../src/rollout/decisions.ts';
import {
  applyStep,
  emptyHistory,
  type History,
  lineOf,
  nextStep,
  readHistory,
  remember,
  stepTo,
} from '../../src/rollout/steps.ts';

const yes: Decided = { change: 'c', verdict: 'safe', decision: 'accepted' };
const no: Decided = { change: 'c', verdict: 'safe', decision: 'rejected' };

/** Makes one step after the other, as the store does. */
function makeSteps(wanted: readonly (readonly [string, Decided | null])[]) {
  let decisions: Decisions = new Map();
  let history: History = emptyHistory;
  let log = '';
  const states = [decisions];
  for (const one of wanted) {
    const step = stepTo(decisions, new Map([one]));
    if (step.length === 0) continue;
    decisions = applyStep(decisions, step);
    history = remember(history, 'do', step);
    log += lineOf('do', step);
    states.push(decisions);
  }
  return { decisions, history, log, states };
}

const wishes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(yes, no, null)), { maxLength: 12 });

describe('steps', () => {
  it('undo to the first and redo to the last, through every state between', () => {
    fc.assert(
      fc.property(wishes, (wanted) => {
        const made = makeSteps(wanted);
        let { decisions, history } = made;
        for (const state of made.states.slice(0, -1).reverse()) {
          const step = nextStep(history, 'undo') ?? [];
          decisions = applyStep(decisions, step);
          history = remember(history, 'undo', step);
          expect(decisions).toEqual(state);
        }
        expect(nextStep(history, 'undo')).toBeNull();
        for (const state of made.states.slice(1)) {
          const step = nextStep(history, 'redo') ?? [];
          decisions = applyStep(decisions, step);
          history = remember(history, 'redo', step);
          expect(decisions).toEqual(state);
        }
        expect(nextStep(history, 'redo')).toBeNull();
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it('are read from the log as they were made, undone and redone', () => {
    const { log, history } = makeSteps([
      ['a', yes],
      ['b', no],
      ['a', null],
    ]);
    expect(readHistory(log)).toEqual(history);
    const undone = `${log}${lineOf('undo', [])}${lineOf('undo', [])}${lineOf('redo', [])}`;
    expect(readHistory(undone)).toEqual({ done: history.done.slice(0, 2), undone: history.done.slice(2) });
    expect(readHistory(`${undone}${lineOf('do', stepTo(new Map(), new Map([['z', yes]])))}`).undone).toEqual([]);
  });

  it('pass over what a crash tore and what is no step', () => {
    const { log, history } = makeSteps([['a', yes]]);
    expect(readHistory(`${log}{"way":"do","moves":[{"ta`)).toEqual(history);
    expect(readHistory(`null\n7\n{"way":"do","moves":[{"task":"a","before":{},"after":null}]}\n${log}`)).toEqual(
      history,
    );
    expect(readHistory(lineOf('undo', []))).toEqual(emptyHistory);
  });

  it('leave alone what somebody else decided meanwhile', () => {
    const step = stepTo(new Map(), new Map([['a', yes]]));
    const elsewhere = new Map([['a', no]]);
    expect(applyStep(elsewhere, step)).toEqual(elsewhere);
  });

  it('hold only moves that change something', () => {
    expect(stepTo(new Map([['a', yes]]), new Map([['a', yes]]))).toEqual([]);
    expect(stepTo(new Map(), new Map([['a', null]]))).toEqual([]);
  });
});
