/** How the rollout went: what is new since the last recorded run, and the legacy tasks over time with a forecast. */
import type { HistoryChanges, HistoryPoint, Report } from '../../model.ts';
import { fragment, html } from './escape.ts';
import { section } from './parts.ts';

const size = { width: 900, height: 260, left: 54, bottom: 30, top: 12, right: 130 };
const DAY = 86_400_000;

/** Regressions first: a new legacy task is loud. */
const kinds: readonly (readonly [Exclude<keyof HistoryChanges, 'time' | 'commit'>, string, boolean])[] = [
  ['appeared', 'New legacy tasks', true],
  ['relapsed', 'Legacy again', true],
  ['worse', 'Worse verdict', true],
  ['migrated', 'Migrated', false],
  ['better', 'Better verdict', false],
  ['gone', 'Gone', false],
];

export function burndown({ rollout }: Report): string {
  if (rollout === undefined) return '';
  const { history } = rollout;
  if (history === null)
    return section(
      'burndown',
      'When it is done',
      '<p>Nothing was recorded yet: <code>bpg-migrate status --record</code> begins the history.',
    );
  const { points, forecast, since } = history;
  const commit = since.commit === null ? '' : `, commit ${html(since.commit.slice(0, 10))}`;
  const parts = kinds.map(([kind, title, loud]) => changeList(since[kind], title, loud));
  const changed = parts.join('') || '<p>Nothing changed.';
  return (
    section('burndown', 'When it is done', `<p class=lead>${html(forecast.sentence)}${chart(points, forecast.done)}`) +
    section('since', `Since the last recorded run`, `<p class=q>${html(since.time)}${commit}${changed}`)
  );
}

function changeList(ids: readonly string[], title: string, loud: boolean): string {
  if (ids.length === 0) return '';
  const items = ids.map((id) => `<li><a href="#${fragment('task', id)}">${html(id)}</a>`);
  return `<details class="since${loud ? ' loud' : ''}"${loud ? ' open' : ''}><summary>${loud ? '▲ ' : ''}${title}: ${ids.length}</summary><ul>${items.join('')}</ul></details>`;
}

const legacyOf = ({ manual, review, safe }: HistoryPoint): number => manual + review + safe;

/** A line down to now, dashed on to the day of the forecast. */
function chart(points: readonly HistoryPoint[], done: string | null): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return '';
  const end = Date.parse(last.time);
  const begin = Date.parse(first.time);
  // A forecast far away would press what was into a corner.
  const until = done === null ? end : Math.min(Date.parse(done), end + 3 * Math.max(DAY, end - begin));
  const top = Math.max(1, ...points.map(legacyOf));
  const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const x = (time: number): number => round(size.left + (inner.width * (time - begin)) / Math.max(1, until - begin));
  const y = (count: number): number => round(size.top + inner.height * (1 - count / top));
  const line = points.map(
    (point, index) => `${index === 0 ? 'M' : 'L'}${x(Date.parse(point.time))} ${y(legacyOf(point))}`,
  );
  const dots = points.map(
    (point) =>
      `<circle cx=${x(Date.parse(point.time))} cy=${y(legacyOf(point))} r=4><title>${html(point.time)}: ${legacyOf(point)} legacy, ${point.migrated} migrated</title></circle>`,
  );
  const full = done === null ? end : Date.parse(done);
  const reached = full === end ? legacyOf(last) : legacyOf(last) * (1 - (until - end) / (full - end));
  const ahead =
    done === null || full <= end
      ? ''
      : `<path class=ahead d="M${x(end)} ${y(legacyOf(last))}L${x(until)} ${y(Math.max(0, reached))}"/>`;
  const ticks = [0, 0.5, 1].map((part) => {
    const count = Math.round(top * part);
    return `<path class=rule d="M${size.left} ${y(count)}H${size.width - size.right}"/><text x=${size.left - 8} y=${y(count) + 4} text-anchor=end>${count}</text>`;
  });
  const days = [begin, end, ...(until > end ? [until] : [])].map(
    (time, index) =>
      `<text x=${x(time)} y=${size.height - 8} text-anchor=${index === 0 ? 'start' : 'middle'}>${new Date(time).toISOString().slice(0, 10)}</text>`,
  );
  const said = `Legacy tasks over time: ${points.map((point) => `${html(point.time.slice(0, 10))} ${legacyOf(point)}`).join(', ')}`;
  return `<svg class=burn viewBox="0 0 ${size.width} ${size.height}" role=img aria-label="${said}">${ticks.join('')}<path class=line d="${line.join('')}"/>${ahead}${dots.join('')}${days.join('')}<text x=${x(end) + 10} y=${y(legacyOf(last)) - 10}>${legacyOf(last)} left</text></svg>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
