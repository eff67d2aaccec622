/** The whole picture as lines: one string a line, never more than the terminal's rows less one. */
import { type FindingKind, type Tally, tallyOf, widthOf } from '../../src/index.ts';
import type { ChangeStyle, DrawnChange } from './draw-change.ts';
import { drawDialog } from './draw-dialog.ts';
import { drawTree } from './draw-tree.ts';
import { whyGroup, whyTask } from './draw-why.ts';
import { currentRow, type ReviewState } from './state.ts';
import { counted, field, lastScroll, shorten, windowOf } from './text.ts';
import type { Theme } from './theme.ts';

export interface Brushes {
  readonly theme: Theme;
  readonly color: boolean;
  readonly kindOf: (code: string) => FindingKind;
  readonly drawChange: (change: string, style: ChangeStyle) => DrawnChange;
}

export interface Screen {
  readonly lines: readonly string[];
  /** How far each pane can be scrolled, by how much a page is, and where the files of the change begin. */
  readonly extents: Readonly<Record<'change' | 'why', { readonly last: number; readonly page: number }>>;
  readonly starts: readonly number[];
}

/** From here on two columns of code have room. */
const twoColumnsFrom = 120;
const smallest = { columns: 40, rows: 12 };
const nothing = { change: { last: 0, page: 1 }, why: { last: 0, page: 1 } };

export function drawScreen(state: ReviewState, brushes: Brushes): Screen {
  const { columns, rows } = state.size;
  if (columns < smallest.columns || rows < smallest.rows) {
    const text = `needs ${smallest.columns}×${smallest.rows}, has ${columns}×${rows}; q quits`;
    return { lines: [shorten(text, columns)], extents: nothing, starts: [] };
  }
  const height = rows - 4;
  const body = drawBody(state, brushes, columns, height);
  const lines = [header(state, columns, brushes.theme), ...body.lines, ...footer(state, columns, brushes.theme)];
  return { ...body, lines };
}

/** The same decisions are counted once, however often the cursor moves; there can be thousands of tasks. */
const tallies = new WeakMap<
  ReviewState['decisions'],
  { readonly candidates: ReviewState['candidates']; readonly tally: Tally }
>();

function tallyOfAll({ candidates, decisions }: ReviewState): Tally {
  const known = tallies.get(decisions);
  if (known?.candidates === candidates) return known.tally;
  const tally = tallyOf(candidates, decisions);
  tallies.set(decisions, { candidates, tally });
  return tally;
}

function header(state: ReviewState, width: number, theme: Theme): string {
  const { accepted, rejected, skipped, undecided, changed, undecidable } = tallyOfAll(state);
  const parts = [
    `${undecided} undecided`,
    `${accepted} accepted`,
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(changed > 0 ? [`${changed} changed since`] : []),
    ...(undecidable > 0 ? [`${undecidable} manual`] : []),
  ];
  return theme('bar', field(` ${width < 100 ? 'review' : 'bpg-migrate review'}  ${parts.join(' · ')}`, width));
}

function footer(state: ReviewState, width: number, theme: Theme): string[] {
  const { mode, message, filterText, hideDecided, tree } = state;
  const shown = tree.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const hints = theme(
    'dim',
    shorten('y accept  x reject  s skip  u undo  n next  f filter  a apply  ? help  q quit', width),
  );
  if (mode.kind === 'search') return [prompt(`/${mode.text}`, message, width, theme), hints];
  if (mode.kind === 'filter') {
    const note =
      mode.problem ?? `${counted(shown, 'task')} (Enter keeps, Esc takes back; then Y X S R decide them all)`;
    return [prompt(`filter: ${mode.text}`, note, width, theme), hints];
  }
  const showing = [
    ...(filterText === '' ? [] : [`filter ${filterText}: ${counted(shown, 'task')}`]),
    ...(hideDecided ? ['decided hidden'] : []),
  ].join(' · ');
  return [theme('accent', shorten(message === '' ? showing : message, width)), hints];
}

function prompt(text: string, note: string, width: number, theme: Theme): string {
  const typed = shorten(`${text}▏`, width);
  const room = width - widthOf(typed) - 2;
  return room < 8 ? typed : `${typed}  ${theme('dim', shorten(note, room))}`;
}

type Body = Screen;

function drawBody(state: ReviewState, brushes: Brushes, width: number, height: number): Body {
  const { mode } = state;
  const { theme } = brushes;
  if (mode.kind === 'help' || mode.kind === 'bulk' || mode.kind === 'apply') {
    const { head, list } = drawDialog(state, mode, width, theme);
    const room = height - head.length;
    const from = Math.min(mode.scroll, lastScroll(list.length, room));
    return { lines: [...head, ...windowOf(list, from, room)], extents: nothing, starts: [] };
  }
  if (state.zoom !== 'none') return drawRight(state, brushes, width, height);
  const treeWidth = Math.min(44, Math.max(16, Math.floor(width * 0.34)));
  const tree = drawTree(state, treeWidth, height, theme);
  const right = drawRight(state, brushes, width - treeWidth - 2, height);
  const bar = theme('dim', '│');
  return { ...right, lines: right.lines.map((line, index) => `${tree[index] ?? ''}${bar} ${line}`) };
}

/** Change above, reasons below; with zoom one of them alone. */
function drawRight(state: ReviewState, brushes: Brushes, width: number, height: number): Body {
  const { theme } = brushes;
  const change = changeLines(state, brushes, width);
  const why = whyLines(state, brushes, width);
  const whyHeight =
    state.zoom === 'why' ? height - 1 : state.zoom === 'change' ? 0 : Math.min(why.length, Math.floor(height * 0.45));
  const changeHeight = height - 1 - whyHeight;
  const extents = {
    change: { last: lastScroll(change.lines.length, changeHeight), page: Math.max(1, changeHeight - 2) },
    why: { last: lastScroll(why.length, whyHeight), page: Math.max(1, whyHeight - 1) },
  };
  const changeFrom = Math.min(state.scroll, extents.change.last);
  const whyFrom = Math.min(state.whyScroll, extents.why.last);
  const more = (from: number, last: number): string => (last === 0 ? '' : ` ${from + 1}/${last + 1}`);
  const title = (text: string): string => {
    const said = shorten(`── ${text} `, width);
    return theme('dim', said + '─'.repeat(Math.max(0, width - widthOf(said))));
  };
  const both = state.zoom === 'none';
  const changeTitle = `change${more(changeFrom, extents.change.last)}${change.starts.length > 1 ? ' · Tab: Python/document' : ''}`;
  const lines =
    state.zoom === 'why'
      ? [title(`why${more(whyFrom, extents.why.last)}`), ...windowOf(why, whyFrom, whyHeight)]
      : [
          ...(both ? [] : [title(changeTitle)]),
          ...windowOf(change.lines, changeFrom, changeHeight),
          ...(both ? [title(`why${more(whyFrom, extents.why.last)}  ${changeTitle}`)] : []),
          ...windowOf(why, whyFrom, whyHeight),
        ];
  return { lines, extents, starts: change.starts };
}

function changeLines(state: ReviewState, { theme, color, drawChange }: Brushes, width: number): DrawnChange {
  const row = currentRow(state);
  if (row === null) return { lines: [], starts: [] };
  if (row.kind !== 'task') {
    const list = row.tasks.map(
      ({ entry }) => `  ${shorten(`${entry.dagId ?? '?'}.${entry.taskId ?? '?'}`, width - 2)}`,
    );
    return { lines: [theme('bold', shorten(row.name, width)), ...list], starts: [0] };
  }
  const change = row.tasks[0]?.entry.change ?? null;
  if (change === null)
    return { lines: [shorten('Nothing is edited here: below stands why, and what to do.', width)], starts: [0] };
  return drawChange(change, { color, width, twoColumns: state.size.columns >= twoColumnsFrom });
}

function whyLines(state: ReviewState, { theme, kindOf }: Brushes, width: number): string[] {
  const row = currentRow(state);
  const style = { width, theme, kindOf };
  if (row === null) return [];
  const [task] = row.tasks;
  return row.kind === 'task' && task !== undefined
    ? whyTask(task, state.decisions, style)
    : whyGroup(row, state.decisions, style);
}
