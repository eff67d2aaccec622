/** Between the picture and the world: keys come in, decisions are saved before they show, and the end is told. */
import type { Decisions } from '../../src/index.ts';
import type { Action, Command, Effect } from './commands.ts';
import { createDeciding, type Office } from './deciding.ts';
import { commandFor } from './keys.ts';
import { reduce } from './reduce.ts';
import { type Brushes, drawScreen, type Screen } from './screen.ts';
import { currentRow, type Preview, type ReviewState } from './state.ts';
import { lineWith } from './text.ts';

/** The world as the review needs it. */
export interface World extends Office {
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
  const put = (next: ReviewState): void => {
    if (next === state) return;
    state = next;
    screen = null;
    if (!held) for (const listener of listeners) listener();
  };
  const dispatch = (action: Action): void => {
    const before = state;
    put(reduce(state, action));
    if (state.cursor !== before.cursor && isSearch(action)) showMatch();
  };
  const current = (): Screen => {
    screen ??= drawScreen(state, brushes);
    return screen;
  };
  const deciding = createDeciding({ state: () => state, dispatch, put }, world);

  /** Scrolls to what was searched for. */
  const showMatch = (): void => {
    if (state.lastSearch === '') return;
    const { texts } = current();
    for (const pane of ['change', 'why'] as const) {
      const at = lineWith(texts[pane], state.lastSearch);
      if (at !== -1) dispatch({ type: 'scroll', pane, to: Math.max(0, at - 2) });
    }
  };
  const confirm = (): void => {
    const { mode } = state;
    if (mode.kind === 'apply') world.end('apply');
    if (mode.kind === 'bulk') deciding.decide(null, mode.tasks, mode.wish);
    deciding.takeWay();
  };
  const askApply = (): void => {
    const preview = world.preview(state.decisions);
    if (preview.changes > 0) dispatch({ type: 'preview', preview });
    else dispatch({ type: 'say', message: 'nothing is accepted yet: y accepts' });
  };
  const scrollBy = (pane: 'change' | 'why', by: number | 'page' | 'page-back'): void => {
    const { last, page, from } = current().extents[pane];
    const lines = by === 'page' ? page : by === 'page-back' ? -page : by;
    dispatch({ type: 'scroll', pane, to: Math.min(Math.max(0, from + lines), last) });
  };
  const otherFile = (): void => {
    const { starts, extents } = current();
    if (starts.length < 2) {
      dispatch({ type: 'say', message: 'this change has one file: the document stands in the DAG' });
      return;
    }
    const { from, last } = extents.change;
    const next = starts.find((start) => start > from && Math.min(start, last) > from);
    // Round again: back to the call, where the change opens.
    dispatch({ type: 'scroll', pane: 'change', to: next === undefined ? null : Math.min(next, last) });
  };

  const effects: { readonly [Type in Effect['type']]: (effect: Extract<Effect, { type: Type }>) => void } = {
    decide: ({ wish }) => {
      const row = currentRow(state);
      deciding.decide(row, row?.tasks ?? [], wish);
    },
    confirm,
    undo: () => deciding.step('undo'),
    redo: () => deciding.step('redo'),
    'ways-open': deciding.openWays,
    edit: deciding.edit,
    'document-first': deciding.documentFirst,
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
      if (state !== before) for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const isSearch = ({ type }: Action): boolean => type === 'submit' || type === 'next-match';
