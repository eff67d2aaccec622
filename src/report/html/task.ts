/** One task as a `details` element: what it is, why it has its verdict, what it loses, and its change. */
import type { ChangeView, FindingEntry, Loss, TaskEntry } from '../../model.ts';
import { sortFindings, sortLosses, stateOf } from '../order.ts';
import * as wording from '../wording.ts';
import { differenceTable } from './difference.ts';
import { fragment, html } from './escape.ts';

/** The task's element; `data-s` (state) and `data-c` (connection) are what the filter reads. */
export function taskDetails(task: TaskEntry, change: ChangeView | null, kinds: wording.FindKind): string {
  const state = stateOf(task);
  const losses = sortLosses(task.losses);
  const many = wording.multiplicityText(task.multiplicity);
  const summary =
    `<summary>${badge(state)}<b>${html(wording.taskName(task))}</b>${many === '' ? '' : ` <span>${many}</span>`}` +
    `<span class=q>${html(task.dagId ?? 'DAG unknown')}</span>` +
    `<span class=q>${html(wording.routeText(task))}</span>` +
    `<span class=w>${html(`${task.file}:${task.line}`)}</span></summary>`;
  return (
    `<details class=t data-s=${state} data-c="${html(task.connection ?? '')}">${summary}` +
    `<div class=b id="${fragment('task', task.id)}">${facts(task)}${findingList(task.findings, kinds)}` +
    `${changeMarkup(change, losses)}</div></details>\n`
  );
}

/** A state as sign and word. */
export function badge(state: keyof typeof wording.stateWords): string {
  const { glyph, label } = wording.stateWords[state];
  return `<span class="v ${state}"><i aria-hidden=true>${glyph}</i>${label}</span>`;
}

function facts(task: TaskEntry): string {
  const entries: (readonly [string, string])[] = [
    ['Document', wording.payloadText(task.payload)],
    ['Namespace', task.namespace ?? '?'],
    ...(task.sensors.length === 0 ? [] : [['Sensors', task.sensors.join(', ')] as const]),
    ...(task.decision === null ? [] : [['Decision', task.decision] as const]),
    ...(task.change === null ? [] : [['Change', task.change] as const]),
  ];
  const items = entries.map(([name, value]) => `<div><dt>${name}<dd>${html(value)}</div>`).join('');
  return `<dl>${items}<div><dt>Link<dd><a href="#${fragment('task', task.id)}">${html(task.id)}</a></div></dl>`;
}

/** Findings in order of place: severity, code, sentence, remedy; the code leads to its explanation. */
export function findingList(findings: readonly FindingEntry[], kinds: wording.FindKind): string {
  if (findings.length === 0) return '';
  const items = sortFindings(findings).map(
    ({ code, severity, message, ...place }) =>
      `<li class=${severity}><a href="#${fragment('code', code)}">${html(code)}</a> ` +
      `<small>${severity} · ${html(wording.placeText(place))}</small><p>${html(message)}` +
      `<p class=r>${html(kinds(code).remedy)}`,
  );
  return `<ul class=f>${items.join('\n')}</ul>`;
}

function changeMarkup(change: ChangeView | null, losses: readonly Loss[]): string {
  const tables = (kind: 'python' | 'document'): string =>
    (change?.files ?? [])
      .filter((view) => view.kind === kind)
      .map(differenceTable)
      .join('');
  const documents = tables('document');
  const ledger = lossTable(losses);
  const beside = documents !== '' && ledger !== '' ? `<div class=s>${documents}${ledger}</div>` : documents + ledger;
  return tables('python') + beside;
}

function lossTable(losses: readonly Loss[]): string {
  if (losses.length === 0) return '';
  const rows = losses.map(
    (loss) =>
      `<li><span class="k ${loss.class}">${loss.class}</span> <code>${html(loss.path)}</code> ` +
      `<code class=x>${html(wording.valueText(loss.value, 120))}</code><p>${html(loss.why)}` +
      `<p class=r>${html(loss.accepted === undefined ? loss.remedy : `accepted: ${loss.accepted}`)}`,
  );
  return `<aside class=l><h4>Fields without a like (${losses.length})</h4><ul>${rows.join('\n')}</ul></aside>`;
}
