/** The estate drawn: old paths and new ones in two colours and two line styles, as thick as they carry tasks. */
import type { Report } from '../../model.ts';
import { type EstateMap, estateMap, type FlowNode, type Moment } from '../flows.ts';
import { counted } from '../wording.ts';
import { html } from './escape.ts';

const moments: readonly (readonly [Moment, string])[] = [
  ['before', 'Before'],
  ['now', 'Now'],
  ['final', 'When all is done'],
];
const width = 1080;
const bar = 12;
/** Where the bars of each column begin; names stand left of the first and right of the others. */
const columns: readonly number[] = [230, 540, 840];
const gap = 14;
/** Of one task. */
const thickest = 12;

/** Three pictures to choose from, each with its flows as a table for who can not see it. */
export function estateSection(report: Report): string {
  if (report.tasks.length === 0) return '';
  const radios = moments.map(
    ([moment, title]) =>
      `<input type=radio name=moment id=map-${moment}${moment === 'now' ? ' checked' : ''}><label for=map-${moment}>${title}</label>`,
  );
  const figures = moments.map(([moment, title]) => figure(estateMap(report, moment), moment, title));
  return `<section id=map><h2>The estate</h2><div class=map>${radios.join('')}${figures.join('')}</div></section>\n`;
}

function figure(map: EstateMap, moment: Moment, title: string): string {
  const said = `${title}: ${counted(map.old, 'task')} on the old path, ${counted(map.new, 'task')} through the gateway`;
  const rows = map.flows.map(
    ({ path, from, to, tasks }) =>
      `<tr><td>${html(from.name)}<td>${html(to.name)}<td>${path === 'old' ? 'old' : 'gateway'}<td>${tasks}`,
  );
  return (
    `<figure class=${moment}><figcaption>${said}<span class=key><i class=o></i>old path<i class=n></i>through the gateway</span></figcaption>` +
    `<div class=scroll tabindex=0 role=region aria-label="${title}">${drawn(map, said)}</div><details class=i><summary>As a table</summary>` +
    `<table class=grid><thead><tr><th scope=col>From<th scope=col>To<th scope=col>Path<th scope=col>Tasks<tbody>${rows.join('')}</table></details></figure>`
  );
}

interface Placed {
  readonly y: number;
  readonly height: number;
}

function drawn(map: EstateMap, said: string): string {
  const inColumn = (column: number): FlowNode[] => map.nodes.filter((node) => node.column === column);
  const rows = Math.max(1, ...columns.map((_, column) => inColumn(column).length));
  const total = Math.max(1, ...columns.map((_, column) => inColumn(column).reduce((sum, { tasks }) => sum + tasks, 0)));
  const height = Math.max(180, Math.min(520, rows * 38));
  const scale = Math.min(thickest, (height - gap * (rows - 1)) / total);
  const places = new Map<FlowNode, Placed>();
  let lowest = 0;
  for (const column of columns.keys()) {
    let y = 6;
    for (const node of inColumn(column)) {
      const size = Math.max(16, node.tasks * scale);
      places.set(node, { y, height: size });
      y += size + gap;
    }
    lowest = Math.max(lowest, y);
  }
  const left = new Map<FlowNode, number>();
  const right = new Map<FlowNode, number>();
  const lines = map.flows.map(({ path, from, to, tasks }) => {
    const size = Math.max(2, tasks * scale);
    const [x1, x2] = [(columns[from.column] ?? 0) + bar, columns[to.column] ?? 0];
    const y1 = middle(places.get(from), right.get(from) ?? 0, size);
    const y2 = middle(places.get(to), left.get(to) ?? 0, size);
    right.set(from, (right.get(from) ?? 0) + size);
    left.set(to, (left.get(to) ?? 0) + size);
    const bend = round((x1 + x2) / 2);
    const what = `${html(from.name)} → ${html(to.name)}: ${counted(tasks, 'task')}, ${path === 'old' ? 'old path' : 'through the gateway'}`;
    return `<path class=${path === 'old' ? 'o' : 'n'} d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}" stroke-width=${round(size)}><title>${what}</title></path>`;
  });
  const nodes = map.nodes.map((node) => nodeMarkup(node, places.get(node) ?? { y: 0, height: 0 }));
  return `<svg class=estate viewBox="0 0 ${width} ${Math.ceil(lowest)}" width=${width} height=${Math.ceil(lowest)} role=img aria-label="${said}">${lines.join('')}${nodes.join('')}</svg>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The middle of a line that begins `used` below the top of its node, kept inside of it. */
function middle(place: Placed | undefined, used: number, size: number): number {
  if (place === undefined) return 0;
  return round(place.y + Math.min(used, Math.max(0, place.height - size)) + Math.min(size, place.height) / 2);
}

function nodeMarkup({ column, name, tasks }: FlowNode, { y, height }: Placed): string {
  const x = columns[column] ?? 0;
  const isLeft = column === 0;
  const characters = Array.from(name);
  const short = characters.length > 28 ? `${characters.slice(0, 27).join('')}…` : name;
  const at = isLeft ? `x=${x - 8} text-anchor=end` : `x=${x + bar + 8}`;
  return (
    `<g><title>${html(name)}: ${counted(tasks, 'task')}</title><rect x=${x} y=${round(y)} width=${bar} height=${round(height)} rx=2 />` +
    `<text ${at} y=${round(y + height / 2 + 4)}>${html(short)} <tspan>${tasks}</tspan></text></g>`
  );
}
