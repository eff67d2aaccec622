/** One file before and after in two columns. Optional end tags are left out: a page holds thousands of these rows. */
import type { FileView } from '../../model.ts';
import { hunksOf } from '../diff/lines.ts';
import { quotesOpenAt } from '../diff/quotes.ts';
import { type Cell, type Row, rowsOf } from '../diff/rows.ts';
import { html, htmlCode } from './escape.ts';

/** Unchanged lines around a change; two, since a page of a thousand changes has to stay small enough to be mailed. */
const context = 2;

/**
 * A table of rows (number, code, number, code), the changed words in `del` and `ins`, changed rows in bodies of class
 * `c`. Each hunk begins with a row of class `g` that says, for the script's colours, which triple quotes are open there
 * on either side.
 */
export function differenceTable(view: FileView): string {
  const hunks = hunksOf(view.before, view.after, context);
  const starts = (side: 'beforeStart' | 'afterStart', text: string): readonly string[] =>
    view.language === 'python'
      ? quotesOpenAt(
          text,
          hunks.map((hunk) => hunk[side]),
        )
      : [];
  const quotes = { before: starts('beforeStart', view.before), after: starts('afterStart', view.after) };
  const body = hunks.map(
    (hunk, index) => gap(index, quotes.before[index] ?? '', quotes.after[index] ?? '') + rowsMarkup(rowsOf(hunk)),
  );
  return (
    `<table class=d data-l=${view.language}><col class=n><col><col class=n><col>` +
    `<tr><th colspan=2>before: ${html(view.path)}<th colspan=2>after: ${html(view.target)}` +
    `${body.join('') || '<tr class=g><td colspan=4>no difference'}</table>`
  );
}

function gap(index: number, before: string, after: string): string {
  const quotes = before === '' && after === '' ? '' : ` data-q="${before},${after}"`;
  return index === 0 && quotes === '' ? '' : `<tbody class=g${quotes}><tr><td colspan=4>${index === 0 ? '' : '⋯'}`;
}

function rowsMarkup(rows: readonly Row[]): string {
  let kind: Row['kind'] | null = null;
  let markup = '';
  for (const row of rows) {
    if (row.kind !== kind) markup += row.kind === 'changed' ? '<tbody class=c>' : '<tbody>';
    kind = row.kind;
    markup += `<tr>${cellMarkup(row.before, 'del')}${cellMarkup(row.after, 'ins')}`;
  }
  return markup;
}

function cellMarkup(cell: Cell | null, element: 'del' | 'ins'): string {
  if (cell === null) return '<td><td>';
  const code = cell.segments
    .map(({ text, changed }) => (changed ? `<${element}>${htmlCode(text)}</${element}>` : htmlCode(text)))
    .join('');
  const ending = cell.ending === '' ? '' : `<small>${cell.ending}</small>`;
  return `<td>${cell.number}<td>${code}${ending}`;
}
