/** The left side: team, DAG, task, each with its decision and what can be said of it in a few columns. */
import { type Decisions, padTo, standingOf, tallyOf, triStateOf } from '../../src/index.ts';
import type { ReviewState, Row } from './state.ts';
import { field, shorten } from './text.ts';
import { decisionMarks, type Theme, verdictMarks } from './theme.ts';

/** Exactly `height` lines of `width` columns with the cursor among them. */
export function drawTree(state: ReviewState, width: number, height: number, theme: Theme): string[] {
  const { rows, cursor, decisions } = state;
  if (rows.length === 0) {
    const text = state.candidates.length === 0 ? 'no legacy task here' : 'nothing matches: Esc shows all';
    return [field(text, width), ...Array.from({ length: height - 1 }, () => ' '.repeat(width))];
  }
  const at = rows.findIndex(({ key }) => key === cursor);
  // Pages, not line by line: the picture stands still while the cursor runs through it.
  const margin = Math.floor(height / 2);
  const top = Math.min(Math.max(0, at - margin), Math.max(0, rows.length - height));
  const shown = rows.slice(top, top + height).map((row) => drawRow(row, row.key === cursor, decisions, width, theme));
  return [...shown, ...Array.from({ length: height - shown.length }, () => ' '.repeat(width))];
}

const indents = { team: 0, dag: 1, task: 3 } as const;

function drawRow(row: Row, current: boolean, decisions: Decisions, width: number, theme: Theme): string {
  const decision = row.kind === 'task' ? taskMark(row, decisions) : triStateOf(tallyOf(row.tasks, decisions));
  const mark = decisionMarks[decision];
  const pointer = current ? '›' : ' ';
  const lead = ' '.repeat(indents[row.kind]) + (row.kind === 'task' ? '' : row.open ? '▾ ' : '▸ ');
  const verdict = row.kind === 'task' ? row.tasks[0]?.entry.verdict : null;
  const badge = verdict == null ? null : verdictMarks[verdict];
  const count = row.kind === 'task' ? '' : countOf(row, decisions);
  const room = width - 1 - 4 - 1 - lead.length - (badge === null ? 0 : 3) - (count === '' ? 0 : count.length + 1);
  const name = shorten(row.name, room);
  if (current) {
    const text = `${pointer}${mark.sign} ${lead}${badge === null ? '' : `${badge.sign} `}${padTo(name, room)}`;
    return theme('cursor', padTo(`${text}${count === '' ? '' : ` ${count}`}`, width));
  }
  const painted = [
    pointer,
    theme(mark.look, mark.sign),
    ' ',
    lead,
    badge === null ? '' : `${theme(badge.look, badge.sign)} `,
    row.kind === 'team' ? theme('bold', padTo(name, room)) : padTo(name, room),
    count === '' ? '' : ` ${theme('dim', count)}`,
  ];
  return painted.join('');
}

function taskMark(row: Row, decisions: Decisions): keyof typeof decisionMarks {
  const entry = row.tasks[0]?.entry;
  if (entry === undefined || entry.change === null) return 'none';
  const { decision, changedSince } = standingOf(entry, decisions);
  if (decision === 'accepted' && decisions.get(entry.id)?.part === 'document') return 'document';
  return decision ?? (changedSince === null ? 'undecided' : 'changed');
}

/** Decided of those that can be, as `3/12`. */
function countOf(row: Row, decisions: Decisions): string {
  const { tasks, undecidable, undecided } = tallyOf(row.tasks, decisions);
  const decidable = tasks - undecidable;
  return decidable === 0 ? `${tasks}✖` : `${decidable - undecided}/${decidable}`;
}
