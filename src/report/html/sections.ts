/** What stands around the tasks: totals, project findings, connections, sensors, supply, explanations, skipped files. */
import type { Blocker, Report, Retirement, TaskEntry } from '../../model.ts';
import { blockersOf, compareText, countCodes, sortSensors, states } from '../order.ts';
import { supplyByQueue } from '../supply.ts';
import * as wording from '../wording.ts';
import { fragment, html, prose } from './escape.ts';
import { grid, section, shortList, taskLink } from './parts.ts';
import { stateBar } from './rollout.ts';
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
    `${summary.skippedFiles} skipped.</p>${summary.tasks === 0 ? '' : stateBar(summary, summary.tasks)}<ul class=cards>${cards.join('\n')}</ul>`
  );
}

/** Findings about the project as a whole. */
export function projectFindings(report: Report, kinds: wording.FindKind): string {
  return section('project', 'Project', findingList(report.findings, kinds, null));
}

/** What keeps tasks from being safe: settle one of these, and that many are free. */
export function blockers(report: Report, kinds: wording.FindKind): string {
  const { rollout } = report;
  const title = 'What is in the way';
  if (rollout === undefined) {
    const rows = blockersOf(report, kinds).map(({ code, tasks }) => [
      String(tasks),
      `<a href="#${fragment('code', code)}">${html(code)}</a>`,
      kinds(code).verdict,
      prose(kinds(code).title),
      prose(kinds(code).remedy),
    ]);
    return section('blockers', title, grid(['Tasks', 'Code', 'Verdict', 'What', 'What to do'], rows));
  }
  const byId = new Map(report.tasks.map((task) => [task.id, task]));
  const rows = rollout.blockers.map((blocker) => [
    `<b>${prose(blocker.action)}</b>`,
    `<b>${blocker.frees.length}</b>${blocker.frees.length === 0 ? '' : ` in ${wording.counted(blocker.dags, 'DAG')}`}`,
    taskLink(filterFor(blocker, byId.get(blocker.tasks[0] ?? '')), String(blocker.tasks.length)),
    badge(blocker.verdict),
    `<a href="#${fragment('code', blocker.code)}">${html(blocker.code)}</a> ${prose(blocker.remedy)}`,
  ]);
  return section('blockers', title, grid(['Settle this once', 'Frees', 'Holds', 'Verdict', 'What to do'], rows));
}

/** The filter that finds the tasks of a blocker; its key is code, or code and what the first of its tasks shows. */
function filterFor({ key, code }: Blocker, task: TaskEntry | undefined): Record<string, string> {
  if (key === code || task === undefined) return { code };
  if (code === 'no-route') return { code, connection: `=${task.connection ?? ''}` };
  if (code === 'field-lost') return { code, queue: `=${task.queue ?? ''}`, text: key.split(' ')[1] ?? '' };
  return { code, queue: `=${task.queue ?? ''}` };
}

/** Who still uses which connection, and which can be switched off; without rollout, in numbers only. */
export function connections(report: Report): string {
  if (report.rollout !== undefined) return retirements(report.rollout.retirements);
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

/** Names of a cell; the rest is counted. */
const mostUsers = 5;

function retirements(entries: readonly Retirement[]): string {
  const rows = entries
    .toSorted(
      (a, b) => Number(b.ready) - Number(a.ready) || a.left.length - b.left.length || compareText(a.name, b.name),
    )
    .map(({ name, kind, migrated, left, others, ready, because }) => [
      ready ? '<b class=yes>✔ ready</b>' : '<b class=no>✖ not yet</b>',
      `<code>${html(name)}</code> <small>${html(kind)}</small>`,
      because.map((reason) => `<p>${html(reason)}`).join(''),
      left.length === 0 ? '0' : taskLink({ connection: `=${name}` }, String(left.length)),
      String(migrated),
      shortList(
        left.map(
          ({ task, owner }) => `<a href="#${fragment('task', task)}">${html(task)}</a> (${html(owner ?? 'no owner')})`,
        ),
        mostUsers,
      ),
      shortList(
        others.map((user) => `<code>${html(user.callee ?? '?')}</code> at ${html(wording.placeText(user))}`),
        mostUsers,
      ),
    ]);
  const head = ['Switch off?', 'Connection', 'Why', 'Tasks left', 'Migrated', 'Last users', 'Other users'];
  return section('connections', 'Connections that can be switched off', grid(head, rows));
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
