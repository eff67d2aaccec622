/** Routes as text: each rule with the tasks that take it, or each task with the rule that it takes, and why. */
import type { Diagnosis, RouteMatch } from '../model.ts';
import { type Paint, padTo, widthOf } from './terminal.ts';
import { visible } from './visible.ts';

export function routeLines(diagnosis: Diagnosis, each: boolean, paint: Paint): string[] {
  return each ? [...ruleLines(diagnosis, paint), '', ...matchLines(diagnosis, paint)] : ruleLines(diagnosis, paint);
}

function ruleLines({ routes, matches }: Diagnosis, paint: Paint): string[] {
  const lines = routes.map(({ rule, condition, queue, tasks, shadowedBy }) => {
    const note = shadowedBy === null ? '' : paint('yellow', `  never reached: rule ${shadowedBy} matches before it`);
    return `  ${rule}. ${visible(condition)} → ${visible(queue ?? '(no queue yet)')}: ${tasks}${note}`;
  });
  const unrouted = matches.filter(({ queue }) => queue === null).length;
  if (unrouted > 0) lines.push(paint('yellow', `  no queue: ${unrouted}   (doctor --routes lists them)`));
  const broken = matches.filter(({ isolationBroken }) => isolationBroken).length;
  if (broken > 0) lines.push(paint('red', `  against an isolation rule: ${broken}   (doctor --routes lists them)`));
  return lines.length === 0 ? [] : ['routes, and the legacy tasks that take them', ...lines];
}

const columns: readonly (readonly [title: string, cell: (match: RouteMatch) => string])[] = [
  ['task', ({ task }) => task],
  ['connection', ({ connection }) => connection ?? '?'],
  ['namespace', ({ namespace }) => namespace ?? '?'],
  ['owner', ({ owner }) => owner ?? '?'],
  ['rule', ({ rule }) => (rule === null ? 'none' : String(rule))],
  ['queue', ({ queue }) => queue ?? '-'],
  ['adds', ({ spotInstance, labels }) => addsText(spotInstance, labels)],
  ['why', ({ why }) => why],
];

function addsText(spotInstance: boolean | null, labels: RouteMatch['labels']): string {
  const spot = spotInstance === null ? [] : [spotInstance ? 'spot' : 'no spot'];
  const parts = [...spot, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)];
  return parts.length === 0 ? '-' : parts.join(' ');
}

function matchLines({ matches }: Diagnosis, paint: Paint): string[] {
  const table = [
    columns.map(([title]) => title),
    ...matches.map((match) => columns.map(([, cell]) => visible(cell(match)))),
  ];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? ''))));
  return table.map((row, index) => {
    const line = row
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    if (index === 0) return paint('bold', line);
    return matches[index - 1]?.isolationBroken === true ? paint('red', line) : line;
  });
}
