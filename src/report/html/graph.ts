/** The order of tasks around a change, before and after, drawn small. */
import type { ChangeGraph, TaskGraph } from '../../model.ts';
import { counted } from '../wording.ts';
import { html } from './escape.ts';

const box = { width: 150, height: 28, across: 34, down: 10 };
const letters = 21;

/** Both pictures side by side, or why there is none. */
export function graphMarkup(graph: ChangeGraph): string {
  if ('unknown' in graph) return `<p class=q>The order of tasks is not drawn: ${html(graph.unknown)}`;
  const { before, after, removed, hidden } = graph;
  if (before.nodes.length < 2 && after.nodes.length < 2) return '';
  const gone = new Set(removed);
  const more = hidden === 0 ? '' : `<p class=q>${counted(hidden, 'neighbour')} more, compared but not drawn`;
  return (
    '<details class=i open><summary>Order of tasks, before and after</summary><div class=gr>' +
    `${picture(before, gone, 'before')}${picture(after, new Set(), 'after')}</div>${more}</details>`
  );
}

function picture({ nodes, edges }: TaskGraph, gone: ReadonlySet<string>, title: string): string {
  const columns = columnsOf({ nodes, edges });
  const places = new Map<string, { readonly x: number; readonly y: number }>();
  const counts: number[] = [];
  for (const { id } of nodes) {
    const column = columns.get(id) ?? 0;
    const row = counts[column] ?? 0;
    counts[column] = row + 1;
    places.set(id, { x: column * (box.width + box.across), y: row * (box.height + box.down) });
  }
  const width = Math.max(1, counts.length) * (box.width + box.across) - box.across + 2;
  const height = Math.max(1, ...counts.map((count) => count ?? 0)) * (box.height + box.down) - box.down + 2;
  const arrows = edges.map(([from, to]) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return '';
    const [x1, y1, x2, y2] = [a.x + box.width + 1, a.y + box.height / 2 + 1, b.x, b.y + box.height / 2 + 1];
    const bend = (x1 + x2) / 2;
    return `<path d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2 - 6} ${y2}m-1-4l7 4-7 4"/>`;
  });
  const boxes = nodes.map(({ id, label, kind, triggerRule }) => {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    const characters = Array.from(label);
    const short = characters.length > letters ? `${characters.slice(0, letters - 1).join('')}…` : label;
    const rule = triggerRule === null ? '' : `, trigger rule ${html(triggerRule)}`;
    return `<g class="${kind}${gone.has(id) ? ' gone' : ''}"><title>${html(label)} (${kind}${gone.has(id) ? ', removed' : ''}${rule})</title><rect x=${x + 1} y=${y + 1} width=${box.width} height=${box.height} rx=6 /><text x=${x + 8} y=${y + 19}>${html(short)}</text></g>`;
  });
  const said = `${title}: ${nodes.map(({ label }) => html(label).replaceAll('"', '&quot;')).join(', ')}`;
  return `<figure><figcaption>${title}</figcaption><svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role=img aria-label="${said}">${arrows.join('')}${boxes.join('')}</svg></figure>`;
}

/** The longest way to each node; a circle ends after as many steps as there are nodes. */
function columnsOf({ nodes, edges }: TaskGraph): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  for (let step = 0; step < nodes.length; step += 1) {
    let moved = false;
    for (const [from, to] of edges) {
      const next = (columns.get(from) ?? 0) + 1;
      if (next <= (columns.get(to) ?? 0) || next >= nodes.length) continue;
      columns.set(to, next);
      moved = true;
    }
    if (!moved) break;
  }
  return columns;
}
