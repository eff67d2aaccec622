/** Between the picture and the world: keys come in, decisions are saved before they show, and the end is told. */
import type { Decided, Decisions, History, Step } from '../../src/index.ts';
import type { Action, Command, Effect } from './commands.ts';
import { commandFor } from './keys.ts';
import { nextUndecided, reduce, reveal } from './reduce.ts';
import { type Brushes, drawScreen, type Screen } from './screen.ts';
import { currentRow, type Preview, type ReviewState, type Row, type Wish, wantedFor } from './state.ts';
import { counted } from './text.ts';
import { decisionMarks } from './theme.ts';

/** What saving answers; the decision store of the command line is one. */
export type Saved =
  | { readonly ok: true; readonly decisions: Decisions; readonly history: History; readonly moved: Step }
  | { readonly ok: false; readonly reason: string };

/** The world as the review needs it. */
export interface World {
  readonly store: {
    decide(wanted: ReadonlyMap<string, Decided | null>): Saved;
    undo(): Saved;
    redo(): Saved;
  };
  /** What `apply` would do with these decisions. */
  readonly preview: (decisions: Decisions) => Preview;
  /** Called once: by `apply` after consent, else by quitting. */
  readonly end: (how: 'apply' | 'quit') => void;
  /** Goes to the shell; comes back by `redraw`. */
  readonly suspend: () => void;
  readonly redraw: () => void;
}

export interface Controller {
  readonly state: () => ReviewState;
  readonly screen: () => Screen;
  readonly press: (key: string) => void;
  readonly dispatch: (action: Action) => void;
  /** Calls back after each change; gives the way to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createController(first: ReviewState, brushes: Brushes, world: World): Controller {
  let state = first;
  let screen: Screen | null = null;
  const listeners = new Set<() => void>();
  // One key, one picture, whatever it takes in between.
  let held = false;
  const show = (): void => {
    if (!held) for (const listener of listeners) listener();
  };

  const dispatch = (action: Action): void => {
    const next = reduce(state, action);
    if (next === state) return;
    state = next;
    screen = null;
    show();
  };
  const current = (): Screen => {
    screen ??= drawScreen(state, brushes);
    return screen;
  };

  const decide = (row: Row | null, tasks: Row['tasks'], wish: Wish): void => {
    const wanted = wantedFor(tasks, wish);
    if (wanted.size === 0) {
      dispatch({ type: 'say', message: 'nothing to decide here: the reasons say what to do' });
      return;
    }
    const saved = world.store.decide(wanted);
    const before = state;
    if (!settle(saved, `${wanted.size === 1 ? '' : `${counted(wanted.size, 'task')} `}${meaning(wish)}`)) return;
    if (row === null || wish === 'reset') return;
    // The next one as the tree was: what is decided may have left it.
    const next = nextUndecided({ ...before, decisions: state.decisions }, 1);
    const said =
      next.cursor === before.cursor ? `${state.message}; nothing shown is undecided, \`a\` applies` : state.message;
    const task = next.rows.find(({ key }) => key === next.cursor);
    if (task?.kind === 'task') jump(next.cursor);
    dispatch({ type: 'say', message: said });
  };
  const jump = (id: string): void => {
    state = reveal(state, id);
    screen = null;
  };
  const settle = (saved: Saved, what: string): boolean => {
    if (!saved.ok) {
      dispatch({ type: 'say', message: `NOT SAVED, nothing was decided: ${saved.reason}` });
      return false;
    }
    const { decisions, history, moved } = saved;
    dispatch({ type: 'saved', decisions, steps: { undo: history.done.length, redo: history.undone.length } });
    dispatch({ type: 'say', message: moved.length === 0 ? `${what}: as it was already` : what });
    return true;
  };
  const step = (way: 'undo' | 'redo'): void => {
    if (state.steps[way] === 0) {
      dispatch({ type: 'say', message: way === 'undo' ? 'no step is left to undo' : 'no step is left to redo' });
      return;
    }
    const saved = world.store[way]();
    const word = way === 'undo' ? 'undone' : 'done again';
    if (!settle(saved, saved.ok ? `${word}: ${counted(saved.moved.length, 'task')}` : '') || !saved.ok) return;
    const first = saved.moved[0]?.task;
    if (first !== undefined) jump(first);
    dispatch({
      type: 'say',
      message: `${word}: ${counted(saved.moved.length, 'task')} (${state.steps.undo} more to undo)`,
    });
  };
  const confirm = (): void => {
    const { mode } = state;
    if (mode.kind === 'apply') world.end('apply');
    if (mode.kind === 'bulk') decide(null, mode.tasks, mode.wish);
  };
  const askApply = (): void => {
    const preview = world.preview(state.decisions);
    if (preview.changes > 0) dispatch({ type: 'preview', preview });
    else dispatch({ type: 'say', message: 'nothing is accepted yet: y accepts' });
  };
  const scrollBy = (pane: 'change' | 'why', by: number | 'page' | 'page-back'): void => {
    const { last, page } = current().extents[pane];
    const lines = by === 'page' ? page : by === 'page-back' ? -page : by;
    const from = Math.min(pane === 'change' ? state.scroll : state.whyScroll, last);
    dispatch({ type: 'scroll', pane, to: Math.min(Math.max(0, from + lines), last) });
  };
  const otherFile = (): void => {
    const { starts, extents } = current();
    if (starts.length < 2) {
      dispatch({ type: 'say', message: 'this change has one file: the document stands in the DAG' });
      return;
    }
    const at = Math.min(state.scroll, extents.change.last);
    const next = starts.find((start) => start > at && Math.min(start, extents.change.last) > at) ?? 0;
    dispatch({ type: 'scroll', pane: 'change', to: Math.min(next, extents.change.last) });
  };

  const effects: { readonly [Type in Effect['type']]: (effect: Extract<Effect, { type: Type }>) => void } = {
    decide: ({ wish }) => {
      const row = currentRow(state);
      decide(row, row?.tasks ?? [], wish);
    },
    confirm,
    undo: () => step('undo'),
    redo: () => step('redo'),
    apply: askApply,
    quit: () => world.end('quit'),
    suspend: world.suspend,
    redraw: world.redraw,
    'scroll-by': ({ pane, by }) => scrollBy(pane, by),
    'other-file': otherFile,
  };
  const run = (command: Command): void => {
    if (isEffect(command)) (effects[command.type] as (effect: Effect) => void)(command);
    else dispatch(command);
  };
  const isEffect = (command: Command): command is Effect => Object.hasOwn(effects, command.type);

  return {
    state: () => state,
    screen: current,
    dispatch,
    press: (key) => {
      const command = commandFor(state.mode.kind, key);
      if (command === null) return;
      const before = state;
      held = true;
      try {
        run(command);
      } finally {
        held = false;
      }
      if (state !== before) show();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function meaning(wish: Wish): string {
  return wish === 'reset' ? 'undecided again' : wish === 'skipped' ? 'skipped' : decisionMarks[wish].meaning;
}
