/** The whole report as one file that works offline: no external resource, no inline handler, readable without script. */
import { createHash } from 'node:crypto';
import { kindOf } from '../../findings/catalogue.ts';
import type { Report, TaskEntry } from '../../model.ts';
import { compareText, sortTasks, stateOf, states } from '../order.ts';
import type * as wording from '../wording.ts';
import { attribute, html } from './escape.ts';
import { script } from './script.ts';
import * as sections from './sections.ts';
import { style } from './style.ts';
import { badge, taskDetails } from './task.ts';

/** Only this style and this script may run: a hole in the escaping would still execute nothing. */
const policy = [
  "default-src 'none'",
  `style-src '${digest(style)}'`,
  `script-src '${digest(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The report as a page. `#task=<id>` opens a task, `#code=<code>` leads to the explanation of a finding. Throws on a
 * finding code that the catalogue lacks.
 */
export function renderHtml(report: Report, kinds: wording.FindKind = kindOf): string {
  const changes = new Map(report.changes.map((change) => [change.id, change]));
  const tasks = sortTasks(report.tasks);
  const list = tasks.map((task) => taskDetails(task, changes.get(task.change ?? '') ?? null, kinds)).join('');
  const parts = [
    sections.projectFindings(report, kinds),
    sections.blockers(report, kinds),
    `<section id=tasks><h2>Tasks</h2>${filterBar(tasks)}<div id=list>${list}</div></section>\n`,
    sections.connections(report),
    sections.supply(report),
    sections.sensors(report, kinds),
    sections.explanations(report, kinds),
    sections.skippedFiles(report),
  ];
  return (
    '<!doctype html>\n<html lang=en><head><meta charset=utf-8>' +
    `<meta http-equiv=Content-Security-Policy content="${policy}">` +
    '<meta name=viewport content="width=device-width,initial-scale=1"><meta name=color-scheme content="light dark">' +
    `<title>Migration to BPGOperator</title><style>${style}</style></head><body>\n` +
    `<header><h1>Migration to BPGOperator</h1><p>${html(`${report.tool.name} ${report.tool.version}`)}</p>` +
    `${contents(parts)}</header>\n<main><section id=totals aria-label=Totals>${sections.totals(report)}</section>\n${parts.join('')}` +
    `</main>\n<script>${script}</script></body></html>\n`
  );
}

/** Links to the sections that there are. Their headings are ours and hold no text of users. */
function contents(parts: readonly string[]): string {
  const links = parts.flatMap((part) => {
    const [, id, title] = /^<section id=(\w+)><h2>([^<]+)/.exec(part) ?? [];
    return id === undefined || title === undefined ? [] : [`<a href="#${id}">${title}</a>`];
  });
  return `<nav aria-label=Contents>${links.join('')}</nav>`;
}

function digest(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** Hidden until the script runs, since it would do nothing before. */
function filterBar(tasks: readonly TaskEntry[]): string {
  const present = states.filter((state) => tasks.some((task) => stateOf(task) === state));
  const boxes = present.map(
    (state) => `<label><input type=checkbox name=state value=${state} checked>${badge(state)}</label>`,
  );
  const names = [...new Set(tasks.map(({ connection }) => connection ?? ''))].toSorted(compareText);
  const options = names.map(
    (name) => `<option value="${attribute(`=${name}`)}">${name === '' ? 'unknown' : html(name)}</option>`,
  );
  return (
    '<form id=filter hidden role=search><label class=find>Find <input type=search name=text autocomplete=off ' +
    `placeholder="task, DAG, file, finding…"></label><fieldset><legend>State</legend>${boxes.join('')}</fieldset>` +
    `<label>Connection <select name=connection><option value="">all</option>${options.join('')}</select></label>` +
    '<output name=shown aria-live=polite></output>' +
    '<span><button type=button name=open>Open all shown</button><button type=button name=close>Close all</button></span></form>'
  );
}
