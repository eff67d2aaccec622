/** What stands around the tasks: totals, project findings, connections, sensors, supply, explanations, skipped files. */
import type { Report } from '../../model.ts';
import { blockersOf, compareText, countCodes, type State, sortSensors, states } from '../order.ts';
import { supplyByQueue } from '../supply.ts';
import * as wording from '../wording.ts';
import { fragment, html, prose } from './escape.ts';
import { badge, findingList } from './task.ts';

/** Counts by state, as cards and as one bar. */
export function totals({ summary, files }: Report): string {
  const withTasks = files.filter((entry) => entry.tasks > 0).length;
  const without = Math.max(0, summary.files - withTasks - summary.skippedFiles);
  const cards = states.map(
    (state) =>
      `<li class="card ${state}">${badge(state)}<b>${summary[state]}</b><p>${wording.stateWords[state].meaning}`,
  );
  return (
    `<p class=lead><b>${summary.migrated} of ${summary.migrated + summary.legacy}</b> tasks are migrated` +
    `${summary.ignored === 0 ? '' : ` (${summary.ignored} ignored left aside)`}. Looked at ` +
    `${wording.counted(summary.files, 'file')}: ${withTasks} with Spark tasks, ${without} without, ` +
    `${summary.skippedFiles} skipped.</p>${bar(summary)}<ul class=cards>${cards.join('\n')}</ul>`
  );
}

function bar(summary: Report['summary']): string {
  if (summary.tasks === 0) return '';
  const order: readonly State[] = ['migrated', 'safe', 'review', 'manual', 'ignored'];
  let x = 0;
  const parts = order.map((state) => {
    const width = Math.round((100_000 * summary[state]) / summary.tasks) / 100;
    const part = `<rect class=${state} x=${x} width=${width} height=12 />`;
    x = Math.round(100 * (x + width)) / 100;
    return summary[state] === 0 ? '' : part;
  });
  const label = order.map((state) => `${summary[state]} ${state}`).join(', ');
  return `<svg class=bar viewBox="0 0 1000 12" preserveAspectRatio=none role=img aria-label="${label}">${parts.join('')}</svg>`;
}

function section(id: string, title: string, body: string): string {
  return body === '' ? '' : `<section id=${id}><h2>${title}</h2>${body}</section>\n`;
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}`).join('')}`).join('\n');
  return `<div class=scroll><table class=grid><thead><tr>${head.map((cell) => `<th scope=col>${cell}`).join('')}<tbody>${body}</table></div>`;
}

/** Findings about the project as a whole. */
export function projectFindings(report: Report, kinds: wording.FindKind): string {
  return section('project', 'Project', findingList(report.findings, kinds, null));
}

/** The codes that keep most tasks from being safe: settle one of these, and that many tasks come nearer. */
export function blockers(report: Report, kinds: wording.FindKind): string {
  const rows = blockersOf(report, kinds).map(({ code, tasks }) => [
    String(tasks),
    `<a href="#${fragment('code', code)}">${html(code)}</a>`,
    kinds(code).verdict,
    prose(kinds(code).title),
    prose(kinds(code).remedy),
  ]);
  return section('blockers', 'What holds tasks back', grid(['Tasks', 'Code', 'Verdict', 'What', 'What to do'], rows));
}

/** Who still uses which connection, and which can be switched off. */
export function connections(report: Report): string {
  const rows = report.connections
    .toSorted((left, right) => compareText(left.name, right.name) || compareText(left.kind, right.kind))
    .map((entry) => [
      `<code>${html(entry.name)}</code>`,
      html(entry.kind),
      String(entry.legacy),
      String(entry.migrated),
      String(entry.otherUsers),
      entry.queues.toSorted(compareText).map(html).join(', ') || '–',
      entry.retirable ? '<b class=yes>✔ yes</b>' : 'no',
    ]);
  const head = ['Connection', 'Kind', 'Legacy', 'Migrated', 'Other users', 'Queues', 'Can retire'];
  return section('connections', 'Connections', grid(head, rows));
}

/** Sensors and what becomes of each. */
export function sensors(report: Report, kinds: wording.FindKind): string {
  const rows = sortSensors(report.sensors).map((sensor) => [
    `<span id="${fragment('sensor', sensor.id)}">${html(sensor.taskId ?? '?')}</span>`,
    html(sensor.dagId ?? '?'),
    html(wording.placeText(sensor)),
    sensor.task === null ? 'unknown' : `<a href="#${fragment('task', sensor.task)}">${html(sensor.task)}</a>`,
    wording.outcomeWords[sensor.outcome],
    findingList(sensor.findings, kinds, sensor),
  ]);
  return section('sensors', 'Sensors', grid(['Sensor', 'DAG', 'Where', 'Waits for', 'Outcome', 'Findings'], rows));
}

/** By queue, what the cluster behind it has to bring because the request can't. */
export function supply(report: Report): string {
  const blocks = supplyByQueue(report).map(
    ({ queue, needs }) =>
      `<h3>${queue === null ? 'No queue yet' : `Queue ${html(queue)}`}</h3>` +
      grid(
        ['Field', 'Value', 'Tasks', 'Why', 'What to do'],
        needs.map((need) => [
          `<code>${html(need.path)}</code>`,
          `<code>${html(wording.valueText(need.value, 120))}</code>`,
          String(need.tasks.length),
          prose(need.why),
          prose(need.remedy),
        ]),
      ),
  );
  return section('supply', 'What each cluster must supply', blocks.join(''));
}

/** Every code that occurs, explained once. */
export function explanations(report: Report, kinds: wording.FindKind): string {
  const items = [...countCodes(report)].map(([code, count]) => {
    const { title, why, remedy, verdict } = kinds(code);
    return (
      `<div class=code id="${fragment('code', code)}"><h3>${html(code)} <small>${count} × · ${verdict}</small></h3>` +
      `<p><b>${prose(title)}</b><p class=y>${prose(why)}<p class=r>${prose(remedy)}</div>`
    );
  });
  return section('codes', 'What the findings mean', items.join('\n'));
}

/** Files that were left out, and why. */
export function skippedFiles(report: Report): string {
  const rows = report.files
    .filter((entry) => entry.skipped !== null)
    .toSorted((left, right) => compareText(left.file, right.file))
    .map((entry) => [`<code>${html(entry.file)}</code>`, html(entry.skipped ?? '')]);
  return section('skipped', 'Skipped files', grid(['File', 'Reason'], rows));
}
