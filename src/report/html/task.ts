/** One task as a `details` element: what it is, why it has its verdict, what it loses, and its change. */
import type {
  ChangeView,
  FindingEntry,
  Loss,
  Place,
  PlannedFile,
  Proof,
  ProofDifference,
  TaskEntry,
  TaskRollout,
} from '../../model.ts';
import { rankFindings, rankLosses, stateOf } from '../order.ts';
import { renderUnified } from '../unified.ts';
import * as wording from '../wording.ts';
import { differenceTable } from './difference.ts';
import { fragment, html, prose } from './escape.ts';
import { graphMarkup } from './graph.ts';

/** The task's element, closed: the script fills its details in when it is opened. */
export function taskSummary(task: TaskEntry, rollout: TaskRollout | null): string {
  const state = stateOf(task);
  const many = wording.multiplicityText(task.multiplicity);
  const summary =
    `<summary>${badge(state)}<b>${html(wording.taskName(task))}</b>${many === '' ? '' : ` <span>${many}</span>`}` +
    `<span class=q>${html(task.dagId ?? 'DAG unknown')}</span>` +
    `<span class=q>${html(wording.routeText(task))}</span>` +
    `${rollout?.wave == null ? '' : `<span class=q>wave ${rollout.wave}</span>`}` +
    `<span class=w>${html(`${task.file}:${task.line}`)}</span></summary>`;
  return `<details class=t data-s=${state}>${summary}<div class=b id="${fragment('task', task.id)}"></div></details>\n`;
}

/** All that is said of a task when it is opened. */
export function taskBody(
  task: TaskEntry,
  rollout: TaskRollout | null,
  change: ChangeView | null,
  kinds: wording.FindKind,
): string {
  const losses = rankLosses(task.losses);
  return (
    `${facts(task, rollout)}${findingList(task.findings, kinds, task)}` +
    `${change === null && task.status === 'legacy' ? '<p class=q>No change is offered for this task.' : ''}` +
    `${change === null ? '' : '<div class=tools><button type=button class=cp>Copy as patch</button></div>'}` +
    `${changeMarkup(change, losses)}`
  );
}

/** The patch of one change alone. */
export function patchOf(change: ChangeView | null): string {
  if (change === null) return '';
  const files = change.files.map(
    ({ kind, path, target, before, after }): PlannedFile => ({
      path: target,
      before: kind === 'document' && path !== target ? null : before,
      after,
      encoding: 'utf-8',
    }),
  );
  return Buffer.from(renderUnified(files)).toString('utf8');
}

/** A state as a word; the style sheet adds its sign. */
export function badge(state: keyof typeof wording.stateWords): string {
  return `<span class="v ${state}">${wording.stateWords[state].label}</span>`;
}

function facts(task: TaskEntry, rollout: TaskRollout | null): string {
  const entries: (readonly [string, string])[] = [
    ['Document', wording.payloadText(task.payload)],
    ['Namespace', task.namespace ?? '?'],
    ...(rollout === null ? [] : [['Owner', rollout.owner ?? 'nobody is named'] as const]),
    ...(rollout?.runs == null ? [] : [['Runs', wording.runsText(rollout.runs)] as const]),
    ...(task.sensors.length === 0 ? [] : [['Sensors', task.sensors.join(', ')] as const]),
    ...(task.decision === null ? [] : [['Decision', task.decision] as const]),
    ...(task.change === null ? [] : [['Change', task.change] as const]),
  ];
  const items = entries.map(([name, value]) => `<div><dt>${name}<dd>${html(value)}</div>`).join('');
  return `<dl>${items}<div><dt>Link<dd><a href="#${fragment('task', task.id)}">${html(task.id)}</a></div></dl>`;
}

/**
 * Findings, what weighs most first: severity, code, sentence, and what to do where something is to do; the code leads to
 * its explanation, which the script brings here when the task is opened. What is only told is folded away, so that what
 * has to be decided stands beside its change. `here` is the place that goes without saying.
 */
export function findingList(findings: readonly FindingEntry[], kinds: wording.FindKind, here: Place | null): string {
  const ranked = rankFindings(findings);
  const told = ranked.filter(({ severity }) => severity === 'info');
  const list = (some: readonly FindingEntry[]): string =>
    some.length === 0 ? '' : `<ul class=f>${some.map((one) => findingItem(one, kinds, here)).join('')}</ul>`;
  const folded = `<details class=i><summary>${wording.counted(told.length, 'note')}, nothing to decide</summary>${list(told)}</details>`;
  return list(ranked.filter(({ severity }) => severity !== 'info')) + (told.length === 0 ? '' : folded);
}

function findingItem(finding: FindingEntry, kinds: wording.FindKind, here: Place | null): string {
  const { code, severity, message } = finding;
  const kind = kinds(code);
  const remedy = kind.verdict === 'safe' ? '' : `<p class=r>${prose(kind.remedy)}`;
  return (
    `<li class=${severity}><a href="#${fragment('code', code)}">${html(code)}</a> ` +
    `<small>${severity}${placeFrom(finding, here)}</small><p>${prose(message)}${remedy}`
  );
}

function placeFrom(finding: Place, here: Place | null): string {
  if (finding.file !== here?.file) return ` · ${html(wording.placeText(finding))}`;
  return finding.line === here.line && finding.column === here.column
    ? ''
    : ` · line ${finding.line}:${finding.column}`;
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
  const graph = change?.graph === undefined ? '' : graphMarkup(change.graph);
  return graph + tables('python') + beside + proofMarkup(change?.proof ?? null);
}

/** Enough to see what kind of difference it is; the rest is counted. */
const mostDifferences = 40;

/** What both documents come to in the end, computed: nothing to say but the count where nothing differs. */
function proofMarkup(proof: Proof | null): string {
  if (proof === null) return '';
  const { equal, differing, gatewayDecided, unknown } = proof;
  const sentence =
    `${wording.counted(equal, 'place')} equal, ${differing.length} different, ` +
    `${gatewayDecided.length} decided by the gateway, ${unknown.length} not known`;
  const rows = [
    ...differing.slice(0, mostDifferences).map(differenceItem),
    ...unknown
      .slice(0, mostDifferences)
      .map(({ path, because }) => `<li><code>${html(path)}</code><p>${prose(because)}`),
  ];
  const rest = Math.max(0, differing.length - mostDifferences) + Math.max(0, unknown.length - mostDifferences);
  const more = rest === 0 ? '' : `<li>and ${rest} more`;
  const list = rows.length === 0 ? '' : `<ul>${rows.join('')}${more}</ul>`;
  return `<details class=i><summary>Effective configuration computed: ${sentence}</summary>${list}</details>`;
}

function differenceItem({ path, before, after }: ProofDifference): string {
  const side = (value: ProofDifference['before']): string =>
    value === null ? 'nothing' : wording.valueText(value, 120);
  return `<li><code>${html(path)}</code> <code class=x>${html(side(before))}</code> → <code class=x>${html(side(after))}</code>`;
}

function lossTable(losses: readonly Loss[]): string {
  if (losses.length === 0) return '';
  const rows = losses.map(
    (loss) =>
      `<li><span class="k ${loss.class}">${loss.class}</span> <code>${html(loss.path)}</code> ` +
      `<code class=x>${html(wording.valueText(loss.value, 120))}</code><p>${prose(loss.why)}` +
      remedyMarkup(loss),
  );
  return `<div class=l><h3>Loss ledger (${losses.length})</h3><ul>${rows.join('')}</ul></div>`;
}

function remedyMarkup({ accepted, remedy }: Loss): string {
  const text = accepted === undefined ? remedy : `accepted: ${accepted}`;
  return text === '' ? '' : `<p class=r>${prose(text)}`;
}
