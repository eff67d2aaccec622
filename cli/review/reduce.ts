/** How the picture follows from what happens. Pure: nothing is saved or drawn here. */
import { hasText, orderOf, parseFilter } from '../../src/index.ts';
import type { Action } from './commands.ts';
import { currentRow, isUndecided, type ReviewState, type Row, withRows } from './state.ts';

export function reduce(state: ReviewState, action: Action): ReviewState {
  switch (action.type) {
    case 'move':
      return moveBy(quiet(state), action.by);
    case 'edge':
      return moveBy(quiet(state), action.to === 'first' ? -state.rows.length : state.rows.length);
    case 'next':
      return nextUndecided(quiet(state), action.by);
    case 'fold':
      return fold(quiet(state), action.to);
    case 'scroll':
      return action.pane === 'change' ? { ...state, scroll: action.to } : { ...state, whyScroll: action.to };
    case 'zoom':
      return { ...state, zoom: state.zoom === action.to ? 'none' : action.to };
    case 'hide':
      return hide(state);
    case 'open':
      return open(state, action.what);
    case 'bulk':
      return askBulk(state, action.wish);
    case 'list':
      return list(state, action.by);
    case 'text':
    case 'erase':
      return edit(state, action);
    case 'submit':
      return submit(state);
    case 'cancel':
      return cancel(state);
    case 'say':
      return { ...state, message: action.message };
    case 'preview':
      return { ...state, mode: { kind: 'apply', preview: action.preview, scroll: 0 } };
    case 'saved':
      return saved({ ...state, decisions: action.decisions, steps: action.steps, mode: { kind: 'browse' } });
    case 'resize':
      return { ...state, size: action.size };
  }
}

/** With new decisions; the tree is only made anew where they say what is in it. */
function saved(state: ReviewState): ReviewState {
  return state.hideDecided || state.filterText.includes('decision:') ? withRows(state) : state;
}

const quiet = (state: ReviewState): ReviewState => (state.message === '' ? state : { ...state, message: '' });

function goTo(state: ReviewState, cursor: string): ReviewState {
  return cursor === state.cursor ? state : { ...state, cursor, scroll: 0, whyScroll: 0 };
}

function moveBy(state: ReviewState, by: number): ReviewState {
  const index = state.rows.findIndex(({ key }) => key === state.cursor);
  const target = Math.min(Math.max(index + by, 0), state.rows.length - 1);
  return goTo(state, state.rows[target]?.key ?? '');
}

/** The next undecided task behind the cursor (behind all of a DAG or team), around the end; parents are unfolded. */
export function nextUndecided(state: ReviewState, by: 1 | -1): ReviewState {
  const order = orderOf(state.tree);
  const row = currentRow(state);
  const edge = by === 1 && row?.kind !== 'task' ? row?.tasks[0] : row?.tasks.at(by === 1 ? -1 : 0);
  const at = order.findIndex(({ entry }) => entry.id === edge?.entry.id);
  const from = row?.kind !== 'task' && by === 1 ? at - 1 : at;
  for (let step = 1; step <= order.length; step++) {
    const index = (from + by * step + order.length * 2) % order.length;
    const task = order[index];
    if (task !== undefined && isUndecided(task, state.decisions)) return reveal(state, task.entry.id);
  }
  return { ...state, message: 'nothing shown is undecided; `a` applies what is accepted' };
}

/** Puts the cursor on a task, unfolding what hides it. */
export function reveal(state: ReviewState, id: string): ReviewState {
  const team = state.tree.find(({ tasks }) => tasks.some(({ entry }) => entry.id === id));
  const dag = team?.dags.find(({ tasks }) => tasks.some(({ entry }) => entry.id === id));
  if (team === undefined || dag === undefined) return state;
  if (!state.closed.has(team.key) && !state.closed.has(dag.key)) return goTo(state, id);
  const closed = new Set([...state.closed].filter((key) => key !== team.key && key !== dag.key));
  return goTo(withRows({ ...state, closed }), id);
}

function fold(state: ReviewState, to: 'open' | 'closed' | 'other'): ReviewState {
  const row = currentRow(state);
  if (row === null) return state;
  if (row.kind === 'task') return to === 'closed' ? goTo(state, parentOf(state, row)) : state;
  if (to === 'closed' && !row.open) return goTo(state, parentOf(state, row));
  const shut = to === 'other' ? row.open : to === 'closed';
  const closed = new Set(state.closed);
  if (shut) closed.add(row.key);
  else closed.delete(row.key);
  return withRows({ ...state, closed });
}

/** Key of the row that holds this one; its own for a team. */
function parentOf(state: ReviewState, row: Row): string {
  const kind = row.kind === 'task' ? 'dag' : 'team';
  const above = state.rows.slice(0, state.rows.indexOf(row)).findLast((one) => one.kind === kind);
  return row.kind === 'team' ? row.key : (above?.key ?? row.key);
}

function hide(state: ReviewState): ReviewState {
  const next = withRows({ ...state, hideDecided: !state.hideDecided });
  return { ...next, message: next.hideDecided ? 'decided tasks are hidden (H shows them)' : '' };
}

function open(state: ReviewState, what: 'help' | 'search' | 'filter'): ReviewState {
  if (what === 'help') return { ...state, mode: { kind: 'help', scroll: 0 } };
  if (what === 'search') return { ...state, message: '', mode: { kind: 'search', text: '', origin: state.cursor } };
  const { filterText } = state;
  return { ...state, message: '', mode: { kind: 'filter', text: filterText, before: filterText, problem: null } };
}

function askBulk(state: ReviewState, wish: Extract<Action, { type: 'bulk' }>['wish']): ReviewState {
  const tasks = orderOf(state.tree).filter(({ entry }) => entry.change !== null);
  if (tasks.length === 0) return { ...state, message: 'nothing that is shown can be decided' };
  return { ...state, message: '', mode: { kind: 'bulk', wish, tasks, scroll: 0 } };
}

function list(state: ReviewState, by: number): ReviewState {
  const { mode } = state;
  return 'scroll' in mode ? { ...state, mode: { ...mode, scroll: Math.max(0, mode.scroll + by) } } : state;
}

function edit(state: ReviewState, action: Extract<Action, { type: 'text' | 'erase' }>): ReviewState {
  const { mode } = state;
  if (mode.kind !== 'search' && mode.kind !== 'filter') return state;
  const text =
    action.type === 'text'
      ? mode.text + action.text
      : action.what === 'all'
        ? ''
        : Array.from(mode.text).slice(0, -1).join('');
  if (mode.kind === 'search') return search({ ...state, mode: { ...mode, text } }, text, 0);
  const parsed = parseFilter(text);
  const typed = { ...state, mode: { ...mode, text, problem: parsed.ok ? null : parsed.reason } };
  return parsed.ok ? withRows({ ...typed, filterText: text }) : typed;
}

/** Goes to the first task that has the text, from where the search began; `skip` 1 leaves the current one out. */
function search(state: ReviewState, text: string, skip: 0 | 1): ReviewState {
  if (text === '') return state;
  const order = orderOf(state.tree);
  const origin = state.mode.kind === 'search' ? state.mode.origin : state.cursor;
  const start = state.rows.find(({ key }) => key === origin)?.tasks[0]?.entry.id;
  const from = Math.max(
    0,
    order.findIndex(({ entry }) => entry.id === start),
  );
  for (let step = skip; step < order.length + skip; step++) {
    const task = order[(from + step) % order.length];
    if (task !== undefined && hasText(task, text)) return { ...reveal(state, task.entry.id), message: '' };
  }
  return { ...state, message: `nothing shown has "${text}"` };
}

function submit(state: ReviewState): ReviewState {
  const { mode } = state;
  const browse = { ...state, mode: { kind: 'browse' as const } };
  if (mode.kind === 'search') {
    if (mode.text === '') return search({ ...browse }, state.lastSearch, 1);
    return { ...browse, lastSearch: mode.text };
  }
  if (mode.kind === 'filter') return mode.problem === null ? browse : state;
  return browse;
}

/** Back to where it began; without a question open, filter and zoom go. */
function cancel(state: ReviewState): ReviewState {
  const { mode } = state;
  const browse = { ...state, message: '', mode: { kind: 'browse' as const } };
  if (mode.kind === 'search') return goTo(browse, mode.origin);
  if (mode.kind === 'filter') return withRows({ ...browse, filterText: mode.before });
  if (mode.kind !== 'browse') return browse;
  if (state.zoom !== 'none') return { ...browse, zoom: 'none' };
  return withRows({ ...browse, filterText: '', hideDecided: false });
}
