/** One file before and after in two columns. Optional end tags are left out: a page holds thousands of these rows. */
import type { FileView } from '../../model.ts';
import { hunksOf } from '../diff/lines.ts';
import { type Cell, type Row, rowsOf } from '../diff/rows.ts';
import { html, htmlCode } from './escape.ts';

/** A table of rows (number, code, number, code), the changed words in `del` and `ins`. */
export function differenceTable(view: FileView): string {
  const hunks = hunksOf(view.before, view.after);
  const rows = hunks.map((hunk) => rowsOf(hunk).map(rowMarkup).join('')).join('<tr class=g><td colspan=4>⋯\n');
  const body = hunks.length === 0 ? '<tr class=g><td colspan=4>no difference\n' : rows;
  return (
    `<table class=d data-l=${view.language}><col class=n><col><col class=n><col>` +
    `<tr><th colspan=2>before: ${html(view.path)}<th colspan=2>after: ${html(view.target)}\n${body}</table>`
  );
}

function rowMarkup(row: Row): string {
  const open = row.kind === 'same' ? '<tr>' : '<tr class=c>';
  return `${open}${cellMarkup(row.before, 'del')}${cellMarkup(row.after, 'ins')}\n`;
}

function cellMarkup(cell: Cell | null, element: 'del' | 'ins'): string {
  if (cell === null) return '<td><td>';
  const code = cell.segments
    .map(({ text, changed }) => (changed ? `<${element}>${htmlCode(text)}</${element}>` : htmlCode(text)))
    .join('');
  const ending = cell.ending === '' ? '' : `<small>${cell.ending}</small>`;
  return `<td>${cell.number}<td>${code}${ending}`;
}
