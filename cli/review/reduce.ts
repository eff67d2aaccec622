/** How the picture follows from what happens. Pure: nothing is saved or drawn here. */
import { type Candidate, hasText, orderOf, parseFilter } from '../../src/index.ts';
import type { Action } from './commands.ts';
import { currentRow, isUndecided, type ReviewState, type Row, withRows } from './state.ts';

export function reduce(state: ReviewState, action: Action): ReviewState {
  switch (action.type) {
    case 'move':
      return moveBy(quiet(state), action.by);
    case 'edge':
      return moveBy(quiet(state), action.to === 'first' ? -state.rows.length : state.rows.length);
    case 'next':
      return leaveTrail(state, nextUndecided(quiet(state), action.by));
    case 'next-match':
      return leaveTrail(state, nextMatch(quiet(state), action.by));
    case 'next-like':
      return leaveTrail(state, nextLike(quiet(state), action.by));
    case 'back':
      return back(quiet(state));
    case 'fold':
      return fold(quiet(state), action.to);
    case 'fold-all':
      return foldAll(quiet(state));
    case 'scroll':
      return action.pane === 'change' ? { ...state, scroll: action.to } : { ...state, whyScroll: action.to ?? 0 };
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
    case 'ways':
      return { ...state, message: '', mode: { kind: 'ways', task: action.task, ways: action.ways, at: 0 } };
    case 'timeout':
      return { ...state, mode: askTimeout(state, action) };
    case 'planned':
      return withRows({ ...state, candidates: action.candidates, scroll: null });
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
  return cursor === state.cursor ? state : { ...state, cursor, scroll: null, whyScroll: 0 };
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

/** Remembers where a jump began, for going back; a row that is gone then is passed over. */
export function leaveTrail(before: ReviewState, after: ReviewState): ReviewState {
  if (before.cursor === after.cursor || before.cursor === '') return after;
  return { ...after, trail: [...after.trail.slice(1 - longestTrail), before.cursor] };
}
const longestTrail = 200;

function back(state: ReviewState): ReviewState {
  const keys = new Set([...state.rows.map(({ key }) => key), ...orderOf(state.tree).map(({ entry }) => entry.id)]);
  const index = state.trail.findLastIndex((key) => key !== state.cursor && keys.has(key));
  const key = state.trail[index];
  if (key === undefined) return { ...state, message: 'nowhere to go back to' };
  const trail = state.trail.slice(0, index);
  const isRow = state.rows.some((row) => row.key === key);
  return isRow ? goTo({ ...state, trail }, key) : reveal({ ...state, trail }, key);
}

/** The next task whose entry or code has what was searched for; without a search the next undecided. */
function nextMatch(state: ReviewState, by: 1 | -1): ReviewState {
  if (state.lastSearch === '') return nextUndecided(state, by);
  return find(state, state.cursor, state.lastSearch, by, 1, true);
}

/** The next task with the finding that weighs most on this one. */
function nextLike(state: ReviewState, by: 1 | -1): ReviewState {
  const task = currentRow(state)?.tasks[0];
  const code = task === undefined ? undefined : heaviestCode(task);
  if (task === undefined || code === undefined)
    return { ...state, message: 'nothing was found here that others could have too' };
  const has = ({ entry }: Candidate): boolean => entry.findings.some((finding) => finding.code === code);
  const order = orderOf(state.tree);
  const alike = order.filter(has);
  const from = order.indexOf(task);
  for (let step = 1; step < order.length; step++) {
    const other = order[(from + by * step + order.length * 2) % order.length];
    if (other === undefined || !has(other)) continue;
    const number = alike.indexOf(other) + 1;
    return { ...reveal(state, other.entry.id), message: `${code}: ${number} of ${alike.length}` };
  }
  return { ...state, message: `only this one has ${code}` };
}

const weights = { error: 0, warning: 1, info: 2 } as const;
function heaviestCode({ entry }: Candidate): string | undefined {
  return entry.findings.toSorted((a, b) => weights[a.severity] - weights[b.severity] || a.line - b.line)[0]?.code;
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

/** Folds every DAG, so that teams and DAGs are a list of their own; unfolds all where that is so already. */
function foldAll(state: ReviewState): ReviewState {
  const keys = state.tree.flatMap(({ dags }) => dags.map(({ key }) => key));
  const isFolded = keys.every((key) => state.closed.has(key));
  const row = currentRow(state);
  const parent = row?.kind === 'task' ? parentOf(state, row) : state.cursor;
  return withRows({ ...state, closed: new Set(isFolded ? [] : keys), cursor: isFolded ? state.cursor : parent });
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
  if (mode.kind === 'ways') {
    const at = Math.min(Math.max(0, mode.at + by), mode.ways.length - 1);
    return { ...state, mode: { ...mode, at } };
  }
  return 'scroll' in mode ? { ...state, mode: { ...mode, scroll: Math.max(0, mode.scroll + by) } } : state;
}

function askTimeout(
  { mode }: ReviewState,
  { task, problem }: Extract<Action, { type: 'timeout' }>,
): ReviewState['mode'] {
  const text = mode.kind === 'timeout' ? mode.text : '';
  return { kind: 'timeout', task, text, problem };
}

function edit(state: ReviewState, action: Extract<Action, { type: 'text' | 'erase' }>): ReviewState {
  const { mode } = state;
  if (mode.kind !== 'search' && mode.kind !== 'filter' && mode.kind !== 'timeout') return state;
  const text =
    action.type === 'text'
      ? mode.text + action.text
      : action.what === 'all'
        ? ''
        : Array.from(mode.text).slice(0, -1).join('');
  if (mode.kind === 'timeout') return { ...state, mode: { ...mode, text, problem: null } };
  if (mode.kind === 'search') {
    const typed = { ...state, mode: { ...mode, text } };
    return text === '' ? goTo({ ...typed, message: '' }, mode.origin) : find(typed, mode.origin, text, 1, 0, false);
  }
  const parsed = parseFilter(text);
  const typed = { ...state, mode: { ...mode, text, problem: parsed.ok ? null : parsed.reason } };
  return parsed.ok ? withRows({ ...typed, filterText: text }) : typed;
}

/**
 * Goes to the first task that has the text, from `origin` on; `skip` 1 leaves that one out. `deep`: also where only the
 * code has it, which takes longer than a key may.
 */
function find(state: ReviewState, origin: string, text: string, by: 1 | -1, skip: 0 | 1, deep: boolean): ReviewState {
  const order = orderOf(state.tree);
  const start = state.rows.find(({ key }) => key === origin)?.tasks[0]?.entry.id;
  const from = Math.max(
    0,
    order.findIndex(({ entry }) => entry.id === start),
  );
  for (let step = skip; step < order.length + skip; step++) {
    const task = order[(from + by * step + order.length * 2) % order.length];
    if (task === undefined || !(hasText(task, text) || (deep && state.hasCode(task, text)))) continue;
    return { ...reveal(state, task.entry.id), message: '' };
  }
  return {
    ...state,
    message: deep ? `nothing shown has "${text}"` : `no task or finding has "${text}"; Enter searches the code`,
  };
}

function submit(state: ReviewState): ReviewState {
  const { mode } = state;
  const browse = { ...state, mode: { kind: 'browse' as const } };
  if (mode.kind === 'search') {
    const text = mode.text === '' ? state.lastSearch : mode.text;
    const again = mode.text === '' ? 1 : 0;
    if (text === '') return browse;
    const found = find({ ...browse, cursor: mode.origin }, mode.origin, text, 1, again, true);
    return leaveTrail({ ...state, cursor: mode.origin }, { ...found, lastSearch: text });
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
  if (state.lastSearch !== '') return { ...browse, lastSearch: '' };
  return withRows({ ...browse, filterText: '', hideDecided: false });
}
