/** The rollout in Markdown: what changed, waves, owners, blockers, connections, capacity, proof. */
import type { HistoryChanges, Report, Rollout, StateCounts } from '../model.ts';
import { code, heading, list, prose, table, text } from './markdown-parts.ts';
import * as wording from './wording.ts';

const legacyOf = ({ manual, review, safe }: StateCounts): number => manual + review + safe;
const nameOf = (name: string | null): string => (name === null ? '–' : code(name));

/** All but blockers and connections, which stand in for what a report without rollout says of these. */
export function rolloutSections({ rollout }: Report): string[][] {
  if (rollout === undefined) return [];
  return [changes(rollout), waves(rollout), owners(rollout), capacity(rollout), proof(rollout)];
}

const kinds: readonly (readonly [Exclude<keyof HistoryChanges, 'time' | 'commit'>, string])[] = [
  ['appeared', '🔴 **New legacy task**'],
  ['relapsed', '🔴 **Legacy again**'],
  ['worse', '🟠 Worse'],
  ['migrated', '🔵 Migrated'],
  ['better', '🟢 Better'],
  ['gone', 'Gone'],
];

function changes({ history }: Rollout): string[] {
  if (history === null) return [];
  const { since, forecast } = history;
  const items = kinds.flatMap(([kind, word]) => since[kind].map((id) => `${word} ${code(id)}`));
  const commit = since.commit === null ? '' : `, commit ${code(since.commit.slice(0, 10))}`;
  return [
    heading(2, `Since the last recorded run`),
    `${text(since.time)}${commit}. ${text(forecast.sentence)}`,
    items.length === 0 ? 'Nothing changed.' : list(items),
  ];
}

function waves({ waves: all }: Rollout): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ number, risk, counts, dags, owners: who, minutes }) => [
    String(number),
    wording.riskWords[risk],
    String(legacyOf(counts)),
    String(dags.length),
    shortened(who.map(code), 5),
    wording.durationText(minutes),
    shortened(
      dags.map(({ dag, reasons }) => `${code(dag)} (${reasons.map(text).join('; ')})`),
      5,
    ),
  ]);
  return [
    heading(2, 'What comes next'),
    'Wave 1 is always the next to move: `bpg-migrate diff --wave 1`, then `apply --wave 1`.',
    table(['Wave', 'Risk', 'Tasks', 'DAGs', 'Owners', 'Work', 'DAGs and why'], rows),
  ];
}

function shortened(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ') || '–';
  return items.length <= most ? shown : `${shown} and ${items.length - most} more`;
}

function owners({ groups, tasks }: Rollout): string[] {
  const own = groups.filter(({ by }) => by === 'owner');
  const minutes = new Map<string | null, number>();
  for (const one of tasks) minutes.set(one.owner, (minutes.get(one.owner) ?? 0) + one.minutes);
  const rows = own.map((group) => [
    group.name === null ? 'nobody is named' : code(group.name),
    ...[legacyOf(group), group.safe, group.review, group.manual, group.migrated, group.ignored].map(String),
    wording.durationText(minutes.get(group.name) ?? 0),
  ]);
  if (rows.length === 0) return [];
  const head = ['Owner', 'Left', 'Safe', 'Review', 'Manual', 'Migrated', 'Ignored', 'Work'];
  return [heading(2, 'Who must act'), table(head, rows)];
}

function capacity({ capacity: all }: Rollout): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ wave, queue, tasks, cores, memory, executors, slots, unknown }) => [
    String(wave),
    nameOf(queue),
    `${tasks}${unknown === 0 ? '' : ` (${unknown} of unknown size)`}`,
    String(cores),
    wording.memoryText(memory),
    String(executors),
    `${slots.before} → ${slots.after}`,
  ]);
  return [
    heading(2, 'What it asks of the queues'),
    table(['Wave', 'Queue', 'Tasks', 'Cores', 'Memory', 'Executors', 'Worker slots held'], rows),
  ];
}

function proof({ runs, tasks }: Rollout): string[] {
  if (runs === null) return [];
  const rows = tasks.flatMap(({ task, runs: own }) =>
    own === null ? [] : [[code(task), text(wording.runsText(own))]],
  );
  return [
    heading(2, 'Proof of running'),
    `${runs.proven} migrated tasks are proven by ${wording.counted(runs.runs, 'run')}, ${runs.unproven} are not; ${runs.failing} failed last.`,
    ...(rows.length === 0 ? [] : [table(['Migrated task', 'Runs'], rows)]),
  ];
}

export function blockerSection({ blockers }: Rollout): string[] {
  if (blockers.length === 0) return [];
  const rows = blockers.map(({ action, frees, tasks, dags, verdict, code: name, remedy }) => [
    prose(action),
    frees.length === 0 ? '0' : `${frees.length} in ${wording.counted(dags, 'DAG')}`,
    String(tasks.length),
    verdict,
    code(name),
    prose(remedy),
  ]);
  return [
    heading(2, 'What is in the way'),
    table(['Settle this once', 'Frees', 'Holds', 'Verdict', 'Code', 'What to do'], rows),
  ];
}

export function retirementSection({ retirements }: Rollout): string[] {
  if (retirements.length === 0) return [];
  const rows = retirements.map(({ name, kind, ready, because, left, others, migrated }) => [
    ready ? '**yes**' : 'no',
    code(name),
    text(kind),
    because.map(text).join('; '),
    String(left.length),
    String(migrated),
    shortened(
      left.map(({ task, owner }) => `${code(task)} (${text(owner ?? 'no owner')})`),
      5,
    ),
    shortened(
      others.map((user) => `${code(user.callee ?? '?')} at ${code(wording.placeText(user))}`),
      5,
    ),
  ]);
  const head = ['Switch off?', 'Connection', 'Kind', 'Why', 'Tasks left', 'Migrated', 'Last users', 'Other users'];
  return [heading(2, 'Connections'), table(head, rows)];
}
