/** The whole report as one file that works offline: no external resource, no inline handler. */
import { createHash } from 'node:crypto';
import { kindOf } from '../../findings/catalogue.ts';
import type { Report, TaskEntry, TaskRollout } from '../../model.ts';
import { compareText, sortTasks, stateOf, states } from '../order.ts';
import type * as wording from '../wording.ts';
import { burndown } from './burndown.ts';
import { dataOf, valuesOf } from './data.ts';
import { attribute, html } from './escape.ts';
import { estateSection } from './map.ts';
import * as rollout from './rollout.ts';
import { script } from './script.ts';
import * as sections from './sections.ts';
import { style } from './style.ts';
import { badge, taskSummary } from './task.ts';

/** Only this style and this script may run: a hole in the escaping would still execute nothing. */
const policy = [
  "default-src 'none'",
  `style-src '${digest(style)}'`,
  `script-src '${digest(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A view answers one question; the script shows one at a time. */
interface View {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly string[];
}

/**
 * The report as a page. `#task=<id>` opens a task, `#code=<code>` leads to the explanation of a finding,
 * `#list?owner==<name>` to the tasks of a filter. Throws on a finding code that the catalogue lacks.
 */
export function renderHtml(report: Report, kinds: wording.FindKind = kindOf): string {
  const tasks = sortTasks(report.tasks);
  const byTask = new Map((report.rollout?.tasks ?? []).map((one) => [one.task, one]));
  const list = tasks.map((task) => taskSummary(task, byTask.get(task.id) ?? null)).join('');
  // Long tables that few look at: put together when their view is shown.
  const later = [sections.sensors(report, kinds), rollout.groups(report)];
  const views: readonly View[] = [
    {
      id: 'where',
      title: 'Where are we',
      parts: [
        `<section id=totals aria-label=Totals>${sections.totals(report)}</section>\n`,
        estateSection(report),
        report.rollout === undefined ? '' : laterPart(tasks.length + 1),
        rollout.proof(report),
        sections.projectFindings(report, kinds),
        sections.skippedFiles(report),
      ],
    },
    { id: 'next', title: 'What next', parts: [rollout.waves(report), rollout.capacity(report)] },
    { id: 'way', title: 'What is in the way', parts: [sections.blockers(report, kinds), sections.supply(report)] },
    { id: 'who', title: 'Who must act', parts: [rollout.owners(report)] },
    { id: 'when', title: 'When done', parts: [burndown(report)] },
    { id: 'off', title: 'Switch off', parts: [sections.connections(report)] },
    {
      id: 'list',
      title: 'Tasks',
      parts: [
        `<section id=tasks><h2>Tasks</h2><noscript><p>The details of tasks need this page’s script.</noscript>` +
          `${filterBar(tasks, byTask)}<div id=tasklist>${list}</div></section>\n`,
        laterPart(tasks.length),
      ],
    },
    { id: 'why', title: 'Findings explained', parts: [sections.explanations(report, kinds)] },
  ];
  const shown = views.filter(({ parts }) => parts.some((part) => part !== ''));
  const links = shown.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('');
  const body = shown.map(
    ({ id, title, parts }) =>
      `<div class=view id=${id} tabindex=-1 role=region aria-label="${title}">${parts.join('')}</div>\n`,
  );
  return (
    '<!doctype html>\n<html lang=en><head><meta charset=utf-8>' +
    `<meta http-equiv=Content-Security-Policy content="${policy}">` +
    '<meta name=viewport content="width=device-width,initial-scale=1"><meta name=color-scheme content="light dark">' +
    `<title>Migration to BPGOperator</title><style>${style}</style></head><body>\n` +
    `<a class=skip href="#main">Skip to the content</a><header><h1>Migration to BPGOperator</h1><p>${html(`${report.tool.name} ${report.tool.version}`)}</p>` +
    `<nav aria-label=Contents>${links}</nav></header>\n<main id=main>${body.join('')}</main>\n` +
    `<script type=text/plain id=data>${dataOf(tasks, report, byTask, kinds, later)}</script>\n<script>${script}</script></body></html>\n`
  );
}

const laterPart = (index: number): string => `<div class=later data-i=${index}></div>`;

function digest(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** Hidden until the script runs, since it would do nothing before. */
function filterBar(tasks: readonly TaskEntry[], rollout: ReadonlyMap<string, TaskRollout>): string {
  const present = states.filter((state) => tasks.some((task) => stateOf(task) === state));
  const boxes = present.map(
    (state) => `<label><input type=checkbox name=state value=${state} checked>${badge(state)}</label>`,
  );
  const choices = ['connection', 'owner', 'wave', 'queue'].map((name) => select(name, valuesOf(name, tasks, rollout)));
  return (
    '<form id=filter hidden role=search><label class=find>Find <input type=search name=text autocomplete=off ' +
    `placeholder="task, DAG, file, finding, code…"></label><fieldset><legend>State</legend>${boxes.join('')}</fieldset>` +
    `${choices.join('')}<span id=extra hidden></span><output name=shown aria-live=polite></output>` +
    '<span><button type=button name=open>Open all shown</button><button type=button name=close>Close all</button>' +
    '<button type=button name=clear>Clear filter</button></span></form>'
  );
}

/** Nothing to choose from where all are alike. */
function select(name: string, values: readonly string[]): string {
  if (values.length < 2 && name !== 'connection') return '';
  const sorted = values.toSorted(name === 'wave' ? (a, b) => Number(a) - Number(b) : compareText);
  const options = sorted.map((value) => {
    const text = value === '' ? (name === 'wave' ? 'none' : 'unknown') : html(value);
    return `<option value="${attribute(`=${value}`)}">${text}</option>`;
  });
  const title = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
  return `<label>${title} <select name=${name}><option value="">all</option>${options.join('')}</select></label>`;
}
