/** The whole picture as lines: one string a line, never more than the terminal's rows less one. */
import { counted, type FindingKind, type Tally, tallyOf, visible, widthOf, wrap } from '../../src/index.ts';
import type { ChangeStyle, DrawnChange } from './draw-change.ts';
import { drawDialog } from './draw-dialog.ts';
import { drawTree } from './draw-tree.ts';
import { type Details, whyGroup, whyTask } from './draw-why.ts';
import { currentRow, type ReviewState } from './state.ts';
import { field, lastScroll, shorten, windowOf } from './text.ts';
import type { Theme } from './theme.ts';

export interface Brushes {
  readonly theme: Theme;
  readonly color: boolean;
  readonly kindOf: (code: string) => FindingKind;
  readonly drawChange: (change: string, style: ChangeStyle) => DrawnChange;
  /** What the change comes to: proof and order of tasks; worked out when the change is looked at. */
  readonly detailsOf: (change: string) => Details;
}

export interface Screen {
  readonly lines: readonly string[];
  /** How far each pane can be scrolled, by how much a page is, and where the files of the change begin. */
  readonly extents: Readonly<Record<'change' | 'why', Extent>>;
  readonly starts: readonly number[];
  /** All lines of both panes, those out of sight too. */
  readonly texts: Readonly<Record<'change' | 'why', readonly string[]>>;
}

/** The first line that is shown, the last that can be, and how many lines make a page. */
interface Extent {
  readonly from: number;
  readonly last: number;
  readonly page: number;
}

/** From here on two columns of code have room. */
const twoColumnsFrom = 120;
const smallest = { columns: 40, rows: 12 };
const still: Extent = { from: 0, last: 0, page: 1 };
const nothing = {
  extents: { change: still, why: still },
  starts: [],
  texts: { change: [], why: [] },
} as const;

export function drawScreen(state: ReviewState, brushes: Brushes): Screen {
  const { columns, rows } = state.size;
  if (columns < smallest.columns || rows < smallest.rows) {
    const text = `needs ${smallest.columns}×${smallest.rows}, has ${columns}×${rows}; q quits`;
    return { ...nothing, lines: [shorten(text, columns)] };
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
  const { mode, message, filterText, hideDecided, lastSearch, tree } = state;
  const shown = tree.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const hints = theme(
    'dim',
    shorten('y accept  x reject  s skip  u undo  o other way  e edit  a apply  ? help  q quit', width),
  );
  if (mode.kind === 'search') return [prompt(`/${mode.text}`, message, width, theme), hints];
  if (mode.kind === 'filter') {
    const note =
      mode.problem ?? `${counted(shown, 'task')} (Enter keeps, Esc takes back; then Y X S R decide them all)`;
    return [prompt(`filter: ${mode.text}`, note, width, theme), hints];
  }
  if (mode.kind === 'timeout') {
    const note = mode.problem ?? 'the time limit, as 90m, 2h, 1h30m or seconds (Enter plans again, Esc leaves it)';
    return [prompt(`time limit: ${mode.text}`, note, width, theme), hints];
  }
  const showing = [
    ...(filterText === '' ? [] : [`filter ${filterText}: ${counted(shown, 'task')}`]),
    ...(hideDecided ? ['decided hidden'] : []),
    ...(lastSearch === '' ? [] : [`search "${lastSearch}": n next, N previous, Esc ends`]),
  ].join(' · ');
  const said = wrap(visible(message === '' ? showing : message), width);
  const [first = '', second] = said.length > 2 ? [said[0], shorten(said.slice(1).join(' '), width)] : said;
  return [theme('accent', first), second === undefined ? hints : theme('accent', second)];
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
  if (mode.kind === 'help' || mode.kind === 'bulk' || mode.kind === 'apply' || mode.kind === 'ways') {
    const { head, list } = drawDialog(state, mode, width, theme);
    const room = height - head.length;
    const wanted = mode.kind === 'ways' ? mode.at - room + 1 : mode.scroll;
    const from = Math.min(Math.max(0, wanted), lastScroll(list.length, room));
    return { ...nothing, lines: [...head, ...windowOf(list, from, room)] };
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
  const { zoom } = state;
  const change = changeLines(state, brushes, width);
  const why = whyLines(state, brushes, width);
  const room = zoom === 'none' ? height - 2 : height - 1;
  const whyHeight = zoom === 'why' ? room : zoom === 'change' ? 0 : Math.min(why.length, Math.floor(room * 0.45));
  const changeHeight = zoom === 'why' ? 0 : room - whyHeight;
  const extents = {
    change: extentOf(change.lines, state.scroll ?? change.opens, changeHeight),
    why: extentOf(why, state.whyScroll, whyHeight),
  };
  const title = (text: string): string => {
    const said = shorten(`── ${text} `, width);
    return theme('dim', said + '─'.repeat(Math.max(0, width - widthOf(said))));
  };
  const file = change.starts.findLastIndex((start) => start <= extents.change.from);
  const name = change.names[file] ?? 'change';
  const tab = change.starts.length > 1 ? ` · Tab: ${change.names[(file + 1) % change.names.length] ?? ''}` : '';
  const changePart = [
    title(`${name}${partOf(extents.change)}${tab}`),
    ...windowOf(change.lines, extents.change.from, changeHeight),
  ];
  const whyPart = [title(`why${partOf(extents.why)}`), ...windowOf(why, extents.why.from, whyHeight)];
  const lines = [...(zoom === 'why' ? [] : changePart), ...(zoom === 'change' ? [] : whyPart)];
  return { lines, extents, starts: change.starts, texts: { change: change.lines, why } };
}

function extentOf(lines: readonly string[], wanted: number, height: number): Extent {
  const last = lastScroll(lines.length, height);
  return { from: Math.min(wanted, last), last, page: Math.max(1, height - 1) };
}

const partOf = ({ from, last }: Extent): string => (last === 0 ? '' : ` ${from + 1}/${last + 1}`);

function changeLines(state: ReviewState, { theme, color, drawChange }: Brushes, width: number): DrawnChange {
  const row = currentRow(state);
  if (row === null) return empty([]);
  if (row.kind !== 'task') {
    const list = row.tasks.map(
      ({ entry }) => `  ${shorten(`${entry.dagId ?? '?'}.${entry.taskId ?? '?'}`, width - 2)}`,
    );
    return empty([theme('bold', shorten(row.name, width)), ...list]);
  }
  const { change = null, line: call = 1 } = row.tasks[0]?.entry ?? {};
  if (change === null) return empty([shorten('Nothing is edited here: below stands why, and what to do.', width)]);
  return drawChange(change, { color, width, theme, call, twoColumns: state.size.columns >= twoColumnsFrom });
}

const empty = (lines: readonly string[]): DrawnChange => ({ lines, starts: [0], names: ['change'], opens: 0 });

function whyLines(state: ReviewState, { theme, kindOf, color, detailsOf }: Brushes, width: number): string[] {
  const row = currentRow(state);
  const style = { width, theme, kindOf, color, detailsOf };
  if (row === null) return [];
  const [task] = row.tasks;
  return row.kind === 'task' && task !== undefined
    ? whyTask(task, state.decisions, style)
    : whyGroup(row, state.decisions, style);
}
