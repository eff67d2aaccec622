/** What the review knows at one moment. Everything on the screen follows from it. */
import {
  type Candidate,
  type Decided,
  type Decision,
  type Decisions,
  decidedOn,
  type Filter,
  matchesFilter,
  orderOf,
  parseFilter,
  standingOf,
  type TeamNode,
  treeOf,
} from '../../src/index.ts';
import type { Way } from './ways.ts';

/** A line of the tree. */
export interface Row {
  readonly kind: 'team' | 'dag' | 'task';
  readonly key: string;
  readonly name: string;
  /** A task's only itself. */
  readonly tasks: readonly Candidate[];
  readonly open: boolean;
}

export type Wish = Decision | 'reset';

/** What `apply` would do now. */
export interface Preview {
  readonly changes: number;
  readonly files: readonly { readonly path: string; readonly isNew: boolean }[];
  /** Things that stand in the way, or that will be left out. */
  readonly warnings: readonly string[];
}

export type Mode =
  | { readonly kind: 'browse' }
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'search'; readonly text: string; readonly origin: string }
  | { readonly kind: 'filter'; readonly text: string; readonly before: string; readonly problem: string | null }
  | { readonly kind: 'bulk'; readonly wish: Wish; readonly tasks: readonly Candidate[]; readonly scroll: number }
  | { readonly kind: 'apply'; readonly preview: Preview; readonly scroll: number }
  /** Other ways for one task, one of them under the cursor. */
  | { readonly kind: 'ways'; readonly task: string; readonly ways: readonly Way[]; readonly at: number }
  | { readonly kind: 'timeout'; readonly task: string; readonly text: string; readonly problem: string | null };

export interface ReviewState {
  readonly candidates: readonly Candidate[];
  readonly decisions: Decisions;
  readonly steps: { readonly undo: number; readonly redo: number };
  /** Nodes that are folded. */
  readonly closed: ReadonlySet<string>;
  readonly filterText: string;
  readonly hideDecided: boolean;
  /** What was searched for last; '' when nothing is. */
  readonly lastSearch: string;
  /** True when the text stands in what the task has to show beside its entry: its code. */
  readonly hasCode: (task: Candidate, text: string) => boolean;
  /** Keys of rows to go back to, the last one first to be. */
  readonly trail: readonly string[];
  /** The tree of what is shown, and its visible lines; both follow from the above. */
  readonly tree: readonly TeamNode[];
  readonly rows: readonly Row[];
  /** Key of the row under the cursor; '' when there is none. */
  readonly cursor: string;
  /** First line shown of the change and of the reasons; null: where the change opens. */
  readonly scroll: number | null;
  readonly whyScroll: number;
  /** What has the screen for itself. */
  readonly zoom: 'none' | 'change' | 'why';
  readonly mode: Mode;
  readonly message: string;
  readonly size: { readonly columns: number; readonly rows: number };
}

export function initialState(
  candidates: readonly Candidate[],
  decisions: Decisions,
  steps: ReviewState['steps'],
  size: ReviewState['size'],
  hasCode: ReviewState['hasCode'] = () => false,
): ReviewState {
  const state = withRows({
    candidates,
    decisions,
    steps,
    closed: new Set(),
    filterText: '',
    hideDecided: false,
    lastSearch: '',
    hasCode,
    trail: [],
    tree: [],
    rows: [],
    cursor: '',
    scroll: null,
    whyScroll: 0,
    zoom: 'none',
    mode: { kind: 'browse' },
    message: '',
    size,
  });
  const first = orderOf(state.tree).find((task) => isUndecided(task, decisions));
  const decided = candidates.filter((task) => standingOf(task.entry, decisions).decision !== null).length;
  const changed = candidates.filter((task) => standingOf(task.entry, decisions).changedSince !== null).length;
  const again = changed > 0 ? `; ${changed} changed since and are undecided again` : '';
  return {
    ...state,
    cursor: first?.entry.id ?? state.cursor,
    message: decided + changed > 0 ? `welcome back: ${decided} decided${again}` : '',
  };
}

/** The state with tree and rows as its filter, folds and decisions make them; the cursor stays where it can. */
export function withRows(state: ReviewState): ReviewState {
  const filter = filterOf(state);
  const { decisions, hideDecided, closed } = state;
  const shown = state.candidates.filter(
    (one) => matchesFilter(filter, one, decisions) && (!hideDecided || isOpenQuestion(one, decisions)),
  );
  const tree = treeOf(shown);
  const rows = rowsOf(tree, closed);
  if (rows.some(({ key }) => key === state.cursor)) return { ...state, tree, rows };
  const index = Math.min(
    Math.max(
      0,
      state.rows.findIndex(({ key }) => key === state.cursor),
    ),
    rows.length - 1,
  );
  return { ...state, tree, rows, cursor: rows[index]?.key ?? '', scroll: null, whyScroll: 0 };
}

function rowsOf(tree: readonly TeamNode[], closed: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  for (const team of tree) {
    const teamOpen = !closed.has(team.key);
    rows.push({ kind: 'team', key: team.key, name: team.name, tasks: team.tasks, open: teamOpen });
    for (const dag of teamOpen ? team.dags : []) {
      const open = !closed.has(dag.key);
      rows.push({ kind: 'dag', key: dag.key, name: dag.name, tasks: dag.tasks, open });
      for (const task of open ? dag.tasks : []) rows.push(taskRow(task));
    }
  }
  return rows;
}

function taskRow(task: Candidate): Row {
  const { id, taskId, taskIds, line } = task.entry;
  const name = taskIds !== undefined && taskIds.length > 0 ? taskIds.join(', ') : (taskId ?? `? (line ${line})`);
  return { kind: 'task', key: id, name, tasks: [task], open: false };
}

/** The filter that holds; while a wrong one is typed, the last right one. */
function filterOf({ filterText }: ReviewState): Filter {
  const parsed = parseFilter(filterText);
  return parsed.ok ? parsed.filter : [];
}

/** True for what a person still has to look at: undecided, or manual, where nothing can be decided. */
function isOpenQuestion({ entry }: Candidate, decisions: Decisions): boolean {
  return standingOf(entry, decisions).decision === null;
}

export function isUndecided({ entry }: Candidate, decisions: Decisions): boolean {
  return entry.change !== null && standingOf(entry, decisions).decision === null;
}

export function currentRow({ rows, cursor }: ReviewState): Row | null {
  return rows.find(({ key }) => key === cursor) ?? null;
}

/** What the tasks that can be decided are to become; what was chosen for them before stays, unless they are reset. */
export function wantedFor(
  tasks: readonly Candidate[],
  wish: Wish,
  decisions: Decisions,
): ReadonlyMap<string, Decided | null> {
  const wanted = new Map<string, Decided | null>();
  for (const { entry } of tasks) {
    const isChosen = decisions.get(entry.id)?.alternatives !== undefined;
    if (entry.change === null && !(wish === 'reset' && isChosen)) continue;
    wanted.set(entry.id, wish === 'reset' ? null : decidedOn(entry, wish, decisions));
  }
  return wanted;
}
