/** What saves: decisions, other ways, edits, and the steps back and forth. Nothing shows that was not saved before. */
import {
  type Alternatives,
  type Candidate,
  counted,
  type Decided,
  type Decisions,
  decidedOn,
  type History,
  type Step,
  secondsFrom,
} from '../../src/index.ts';
import type { Action } from './commands.ts';
import { leaveTrail, nextUndecided, reveal } from './reduce.ts';
import { currentRow, type ReviewState, type Row, type Wish, wantedFor } from './state.ts';
import { decisionMarks } from './theme.ts';
import { choiceText, type Way } from './ways.ts';

/** What saving answers; the decision store of the command line is one. */
export type Saved =
  | { readonly ok: true; readonly decisions: Decisions; readonly history: History; readonly moved: Step }
  | { readonly ok: false; readonly reason: string };

/** What is to be saved for a task that was planned another way or edited, or why not. */
export type Wanted =
  | { readonly ok: true; readonly wanted: ReadonlyMap<string, Decided | null> }
  | { readonly ok: false; readonly reason: string };

/** What deciding needs of the world. */
export interface Office {
  readonly store: {
    decide(wanted: ReadonlyMap<string, Decided | null>): Saved;
    undo(): Saved;
    redo(): Saved;
  };
  /** The tasks as planned with these decisions; the very same list where nothing had to be planned again. */
  readonly candidatesFor: (decisions: Decisions) => readonly Candidate[];
  readonly waysOf: (task: Candidate, decisions: Decisions) => readonly Way[];
  /** Plans a task with these alternatives, to see whether they may be. */
  readonly choose: (task: Candidate, set: Alternatives, decisions: Decisions) => Wanted;
  /** Null, or why the document of a task can not go first. */
  readonly whyNotFirst: (task: Candidate) => string | null;
  /** Lends the screen to an editor; null where nothing was changed there. */
  readonly edit: (task: Candidate, decisions: Decisions) => Wanted | null;
}

/** The picture as deciding sees it. */
export interface Desk {
  readonly state: () => ReviewState;
  readonly dispatch: (action: Action) => void;
  readonly put: (state: ReviewState) => void;
}

export interface Deciding {
  readonly decide: (row: Row | null, tasks: readonly Candidate[], wish: Wish) => void;
  readonly step: (way: 'undo' | 'redo') => void;
  readonly openWays: () => void;
  /** Takes the way under the cursor, or the time that was typed. */
  readonly takeWay: () => void;
  readonly documentFirst: () => void;
  readonly edit: () => void;
}

export function createDeciding({ state, dispatch, put }: Desk, office: Office): Deciding {
  const say = (message: string): void => dispatch({ type: 'say', message });
  const jump = (id: string): void => put(reveal(state(), id));

  const settle = (saved: Saved, what: string): boolean => {
    if (!saved.ok) {
      say(`NOT SAVED, nothing was decided: ${saved.reason}`);
      return false;
    }
    const { decisions, history, moved } = saved;
    dispatch({ type: 'saved', decisions, steps: { undo: history.done.length, redo: history.undone.length } });
    const candidates = office.candidatesFor(decisions);
    if (candidates !== state().candidates) dispatch({ type: 'planned', candidates });
    say(moved.length === 0 ? `${what}: as it was already` : what);
    return true;
  };
  const goOn = (before: ReviewState): void => {
    // The next one as the tree was: what is decided may have left it.
    const { decisions, message } = state();
    const next = nextUndecided({ ...before, decisions }, 1);
    const said = next.cursor === before.cursor ? `${message}; nothing shown is undecided, \`a\` applies` : message;
    const task = next.rows.find(({ key }) => key === next.cursor);
    if (task?.kind === 'task') put(leaveTrail(before, reveal(state(), next.cursor)));
    say(said);
  };
  const decide: Deciding['decide'] = (row, tasks, wish) => {
    const before = state();
    const wanted = wantedFor(tasks, wish, before.decisions);
    if (wanted.size === 0) {
      say('nothing to decide here: the reasons say what to do');
      return;
    }
    const saved = office.store.decide(wanted);
    if (!settle(saved, `${wanted.size === 1 ? '' : `${counted(wanted.size, 'task')} `}${meaning(wish)}`)) return;
    if (row !== null && wish !== 'reset') goOn(before);
  };
  const step = (way: 'undo' | 'redo'): void => {
    if (state().steps[way] === 0) {
      say(way === 'undo' ? 'no step is left to undo' : 'no step is left to redo');
      return;
    }
    const saved = office.store[way]();
    const word = way === 'undo' ? 'undone' : 'done again';
    if (!settle(saved, saved.ok ? `${word}: ${counted(saved.moved.length, 'task')}` : '') || !saved.ok) return;
    const first = saved.moved[0]?.task;
    if (first !== undefined) jump(first);
    say(`${word}: ${counted(saved.moved.length, 'task')} (${state().steps.undo} more to undo)`);
  };

  /** The task under the cursor; said where there is none. */
  const current = (): Candidate | null => {
    const row = currentRow(state());
    if (row?.kind === 'task' && row.tasks[0] !== undefined) return row.tasks[0];
    say('go to a task first: this is done for one at a time');
    return null;
  };
  const named = (id: string): Candidate | undefined => state().candidates.find(({ entry }) => entry.id === id);
  const keep = (answer: Wanted, what: string): void => {
    if (answer.ok) settle(office.store.decide(answer.wanted), what);
    else say(`not done: ${answer.reason}`);
  };
  const set = (task: Candidate, alternatives: Alternatives): void => {
    const answer = office.choose(task, alternatives, state().decisions);
    const text = choiceText(alternatives);
    const what = text === '' ? 'as planned again' : `planned again with ${text}: look at it, y accepts`;
    put({ ...state(), mode: { kind: 'browse' } });
    keep(answer, what);
    jump(task.entry.id);
  };

  return {
    decide,
    step,
    openWays: () => {
      const task = current();
      if (task !== null) dispatch({ type: 'ways', task: task.entry.id, ways: office.waysOf(task, state().decisions) });
    },
    takeWay: () => {
      const { mode, decisions } = state();
      if (mode.kind !== 'ways' && mode.kind !== 'timeout') return;
      const task = named(mode.task);
      if (task === undefined) return;
      if (mode.kind === 'timeout') {
        const timeout = secondsFrom(mode.text.trim());
        if (timeout === null)
          dispatch({ type: 'timeout', task: mode.task, problem: 'write 90m, 2h, 1h30m or seconds' });
        else set(task, { ...decisions.get(mode.task)?.alternatives, timeout });
        return;
      }
      const choice = mode.ways[mode.at]?.choice;
      if (choice === 'timeout') dispatch({ type: 'timeout', task: mode.task, problem: null });
      else if (choice !== undefined) set(task, choice.set);
    },
    documentFirst: () => {
      const task = current();
      if (task === null) return;
      const why = office.whyNotFirst(task);
      if (why !== null) {
        say(`it can not go first: ${why}`);
        return;
      }
      const before = state();
      const wanted = new Map([[task.entry.id, decidedOn(task.entry, 'accepted', before.decisions, 'document')]]);
      if (settle(office.store.decide(wanted), 'the document goes first, its call stays for later')) goOn(before);
    },
    edit: () => {
      const task = current();
      if (task === null) return;
      const answer = office.edit(task, state().decisions);
      if (answer === null) say('nothing was changed in the editor');
      else keep(answer, 'edited and verified: y accepts it as it is now');
    },
  };
}

function meaning(wish: Wish): string {
  return wish === 'reset' ? 'undecided again' : wish === 'skipped' ? 'skipped' : decisionMarks[wish].meaning;
}
