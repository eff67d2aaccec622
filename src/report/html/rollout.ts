/** What comes next, who must act, what it asks of the queues. */
import type { Report, Rollout, StateCounts, WaveEntry } from '../../model.ts';
import type { State } from '../order.ts';
import * as wording from '../wording.ts';
import { fragment, html } from './escape.ts';
import { codeOf, grid, section, shortList, taskLink } from './parts.ts';

const legacyOf = ({ manual, review, safe }: StateCounts): number => manual + review + safe;

/** One bar of states, as wide as its share of `whole`. */
export function stateBar(counts: StateCounts, whole: number): string {
  const order: readonly State[] = ['migrated', 'safe', 'review', 'manual', 'ignored'];
  const share = (count: number): number => Math.round((100_000 * count) / Math.max(1, whole)) / 100;
  let x = 0;
  const parts = order.map((state) => {
    const width = share(counts[state]);
    const part = `<rect class=${state} x=${x} width=${width} height=12 />`;
    x = Math.round(100 * (x + width)) / 100;
    return counts[state] === 0 ? '' : part;
  });
  const label = order.map((state) => `${counts[state]} ${state}`).join(', ');
  return `<svg class=bar viewBox="0 0 1000 12" preserveAspectRatio=none role=img aria-label="${label}">${parts.join('')}</svg>`;
}

/** The order in which DAGs move, with reasons, owners, checklist and way back. */
export function waves({ rollout }: Report): string {
  if (rollout === undefined || rollout.waves.length === 0) return '';
  const cards = rollout.waves.map((wave) => waveMarkup(wave, rollout));
  const note =
    '<p class=q>The least risk first, nothing before what it waits for, small at first. Counted from what is left: wave 1 is always ' +
    'the next to move. <code>waves:</code> in the configuration pins DAGs.';
  return section('waves', 'What comes next', note + cards.join(''));
}

function waveMarkup({ number, risk, counts, minutes, owners, queues, dags }: WaveEntry, { capacity }: Rollout): string {
  const asked = capacity.filter(({ wave }) => wave === number);
  const rows = dags.map(({ dag, reasons, tasks, pinned }) => [
    `${taskLink({ dag: `=${dag}` }, html(dag))}${pinned ? ' <small>pinned</small>' : ''}`,
    String(tasks.length),
    reasons.map(html).join('; '),
  ]);
  const needs = asked.map(
    (one) =>
      `${one.queue === null ? 'no queue yet' : `queue ${html(one.queue)}`}: ${one.cores} cores, ${wording.memoryText(one.memory)}, ${wording.counted(one.executors, 'executor')}`,
  );
  return (
    `<details class=wave id=wave-${number}${number === 1 ? ' open' : ''}><summary><h3>Wave ${number}</h3> <span class="risk ${risk}">${wording.riskWords[risk]}</span> ` +
    `<span>${wording.counted(legacyOf(counts), 'task')} in ${wording.counted(dags.length, 'DAG')}</span> <span class=q>about ${wording.durationText(minutes)} of work</span>` +
    `<span class=q>${owners.length === 0 ? 'no owner' : shortList(owners.map(html), 4)}</span></summary><div>${stateBar(counts, legacyOf(counts))}` +
    `<dl><div><dt>Queues<dd>${queues.length === 0 ? 'none yet' : queues.map(html).join(', ')}</div><div><dt>If all its jobs run at once<dd>${needs.join('; ') || '?'}</div>` +
    `<div><dt>Its patch<dd>bpg-migrate diff --wave ${number}</div><div><dt>Apply<dd>bpg-migrate apply --wave ${number}</div><div><dt>Tasks<dd>${taskLink({ wave: `=${number}` }, 'in the list')}</div></dl>` +
    '<h4>Checklist</h4><ol><li>Target operator and gateway connection are deployed, the queues supply what their jobs need.<li>Review and merge the patch.' +
    '<li>Pause its DAGs, let their runs finish.<li>Deploy, unpause, watch the first run of each.</ol>' +
    '<h4>Way back</h4><p>Pause, let runs finish or stop their jobs at the gateway, <code>bpg-migrate undo</code> (or revert the merge), deploy, unpause.' +
    `<h4>DAGs and why they are here</h4>${grid(['DAG', 'Tasks', 'Why'], rows)}</div></details>`
  );
}

/** Who has how much to do. */
export function owners({ rollout }: Report): string {
  const groups = (rollout?.groups ?? []).filter(({ by }) => by === 'owner');
  if (rollout === undefined || groups.length === 0) return '';
  const minutes = new Map<string | null, number>();
  for (const one of rollout.tasks) minutes.set(one.owner, (minutes.get(one.owner) ?? 0) + one.minutes);
  const rows = groups
    .toSorted((a, b) => legacyOf(b) - legacyOf(a))
    .map((group) => {
      const all = legacyOf(group) + group.migrated + group.ignored;
      return [
        taskLink({ owner: `=${group.name ?? ''}` }, group.name === null ? 'nobody is named' : html(group.name)),
        `<div class=cell>${stateBar(group, all)}</div>`,
        String(legacyOf(group)),
        String(group.safe),
        String(group.review),
        String(group.manual),
        String(group.migrated),
        wording.durationText(minutes.get(group.name) ?? 0),
      ];
    });
  const head = ['Owner', 'State', 'Left', 'Safe', 'Review', 'Manual', 'Migrated', 'Work'];
  const rules = rollout.effort.rules.map(({ what, minutes: each }) => `<li>${each} min: ${html(what)}`);
  const note = `<details class=i><summary>How work is estimated: ${wording.durationText(rollout.effort.minutes)} in all</summary><ul>${rules.join('')}</ul></details>`;
  return section('owners', 'Who must act', grid(head, rows) + note);
}

const titles = { dag: 'DAG', connection: 'Connection', namespace: 'Namespace', queue: 'Queue' } as const;

/** State by DAG, connection, namespace and queue. */
export function groups({ rollout }: Report): string {
  if (rollout === undefined) return '';
  const tables = (['connection', 'namespace', 'queue', 'dag'] as const).map((by) => {
    const own = rollout.groups.filter((group) => group.by === by);
    const rows = own.map((group) => [
      taskLink({ [by]: `=${group.name ?? ''}` }, group.name === null ? 'not known' : html(group.name)),
      `<div class=cell>${stateBar(group, legacyOf(group) + group.migrated + group.ignored)}</div>`,
      String(legacyOf(group)),
      String(group.migrated),
      String(group.ignored),
    ]);
    return `<details class=i><summary>By ${titles[by].toLowerCase()}: ${own.length}</summary>${grid([titles[by], 'State', 'Left', 'Migrated', 'Ignored'], rows)}</details>`;
  });
  return section('groups', 'State by group', tables.join(''));
}

/** What each wave asks of each queue. */
export function capacity({ rollout }: Report): string {
  if (rollout === undefined || rollout.capacity.length === 0) return '';
  const rows = rollout.capacity.map((one) => {
    const peak = one.hours === null ? null : Math.max(...one.hours);
    return [
      String(one.wave),
      one.queue === null ? 'none yet' : codeOf(one.queue),
      `${one.tasks}${one.unknown === 0 ? '' : ` <small>(${one.unknown} of unknown size)</small>`}`,
      String(one.cores),
      wording.memoryText(one.memory),
      String(one.executors),
      `${one.slots.before} → ${one.slots.after} <small>(at most ${one.slots.atMost})</small>`,
      one.hours === null || peak === null
        ? '–'
        : `${hoursChart(one.hours, peak)} <small>peak ${peak} cores at ${one.hours.indexOf(peak)}:00</small>`,
    ];
  });
  const note =
    '<p class=q>If all jobs of a wave run at once, as their requests say; memory without Spark’s overhead. Hours are those of the DAG’s timezone.';
  const head = ['Wave', 'Queue', 'Tasks', 'Cores', 'Memory', 'Executors', 'Worker slots held', 'Cores by start hour'];
  return section('capacity', 'What it asks of the queues', note + grid(head, rows));
}

function hoursChart(hours: readonly number[], peak: number): string {
  const bars = hours.map((cores, hour) => {
    const height = Math.round((20 * cores) / Math.max(1, peak));
    return height === 0 ? '' : `<rect x=${hour * 5} y=${20 - height} width=4 height=${height} />`;
  });
  const said = hours.flatMap((cores, hour) => (cores === 0 ? [] : [`${hour}:00 ${cores}`])).join(', ');
  return `<svg class=hours viewBox="0 0 120 20" width=120 height=20 role=img aria-label="cores by hour: ${said}">${bars.join('')}</svg>`;
}

/** Tasks of which runs tell something, those that failed last first. */
export function proof({ rollout, tasks }: Report): string {
  if (rollout?.runs == null) return '';
  const { proven, unproven, failing, runs } = rollout.runs;
  const byId = new Map(rollout.tasks.map((one) => [one.task, one.runs]));
  const rows = tasks.flatMap(({ id }) => {
    const own = byId.get(id) ?? null;
    return own === null ? [] : [[`<a href="#${fragment('task', id)}">${html(id)}</a>`, html(wording.runsText(own))]];
  });
  const lead = `<p class=lead><b>${proven}</b> migrated tasks are proven by ${wording.counted(runs, 'run')} that were given, <b>${unproven}</b> are not; <b>${failing}</b> failed last.`;
  return section('proof', 'Proof of running', lead + grid(['Migrated task', 'Runs on the gateway'], rows));
}
