/**
 * In which order DAGs are moved: the least risk first, nothing before what it waits for, DAGs that share a document
 * together, waves small at first and larger later. The configuration's `waves:` has the last word.
 */
import type { DagMention, Options, TaskEntry, Wave, WaveDag, WavePlan, WaveRisk } from '../model.ts';
import { matchesGlob } from './glob.ts';
import { type DagLink, dagOf, groupsByDocument, linksBetween } from './wave-links.ts';
import { type Risk, riskOf, riskOrder } from './wave-risk.ts';

export interface WaveInput {
  /** All tasks of the project; only legacy ones are planned. */
  readonly tasks: readonly TaskEntry[];
  readonly mentions: readonly DagMention[];
  /** By task id. */
  readonly owners: ReadonlyMap<string, string>;
  /** Seconds between two runs, by task id. */
  readonly intervals: ReadonlyMap<string, number | null>;
  readonly pins: Options['waves'];
}

/** Most tasks of the first waves, the first a pilot; later ones and those of high risk have limits of their own. */
const sizes: readonly number[] = [10, 25, 50];
const largest = 100;
const largestRisky = 25;

/** DAGs that move together. */
interface Unit {
  readonly dags: readonly string[];
  readonly tasks: number;
  readonly points: number;
  readonly own: WaveRisk;
  readonly pin: number | null;
  /** Units that have to come first. */
  readonly after: Set<Unit>;
  risk: WaveRisk;
  wave: number;
}

/** Equal input gives an equal plan. A dependency through a DAG without Spark tasks is not seen. */
export function planWaves(input: WaveInput): WavePlan {
  const tasks = input.tasks.filter(({ status }) => status === 'legacy');
  const byDag = new Map<string, TaskEntry[]>();
  for (const task of tasks) byDag.set(dagOf(task), [...(byDag.get(dagOf(task)) ?? []), task]);
  const risks = new Map([...byDag].map(([dag, own]) => [dag, riskOf(subjectOf(dag, own, input))]));
  const groups = groupsByDocument(tasks);
  const links = linksBetween(input.mentions, new Set(byDag.keys()));
  const units = groups.map(({ dags }) => unitOf(dags, byDag, risks, input.pins));
  const unitOfDag = new Map(units.flatMap((unit) => unit.dags.map((dag) => [dag, unit] as const)));
  for (const { before, after } of links) {
    const [first, then] = [unitOfDag.get(before), unitOfDag.get(after)];
    if (first !== undefined && then !== undefined && first !== then && first.own !== 'blocked') then.after.add(first);
  }
  const ordered = inOrder(units);
  fill(ordered);
  const shared = new Map(groups.flatMap((group) => [...group.shared]));
  const dags = ordered.flatMap((unit) =>
    unit.dags.map((dag): WaveDag => {
      const own = risks.get(dag) ?? { risk: unit.own, points: 0, reasons: [] };
      const pin = pinOf(dag, input.pins);
      return {
        dag,
        wave: pin ?? unit.wave,
        risk: own.risk,
        points: own.points,
        pinned: pin !== null,
        reasons: reasonsFor(dag, own, unit, links, shared.get(dag) ?? null, pin),
        tasks: (byDag.get(dag) ?? []).map(({ id }) => id),
      };
    }),
  );
  const sorted = dags.toSorted((a, b) => a.wave - b.wave);
  return { waves: wavesOf(sorted), dags: sorted };
}

function subjectOf(
  dag: string,
  tasks: readonly TaskEntry[],
  { owners, intervals }: WaveInput,
): Parameters<typeof riskOf>[0] {
  const known = tasks.flatMap(({ id }) => intervals.get(id) ?? []);
  return {
    dag,
    tasks,
    interval: known.length === 0 ? null : Math.min(...known),
    owned: tasks.every(({ id }) => owners.has(id)),
  };
}

function unitOf(
  dags: readonly string[],
  byDag: ReadonlyMap<string, readonly TaskEntry[]>,
  risks: ReadonlyMap<string, Risk>,
  pins: Options['waves'],
): Unit {
  const own = dags.map((dag) => risks.get(dag)?.risk ?? 'low').reduce(riskier, 'low');
  const pinned = dags.flatMap((dag) => pinOf(dag, pins) ?? []);
  return {
    dags: dags.toSorted(),
    tasks: dags.reduce((sum, dag) => sum + (byDag.get(dag)?.length ?? 0), 0),
    points: Math.max(...dags.map((dag) => risks.get(dag)?.points ?? 0)),
    own,
    pin: pinned.length === 0 ? null : Math.min(...pinned),
    after: new Set(),
    risk: own,
    wave: 0,
  };
}

const rank = (risk: WaveRisk): number => riskOrder.indexOf(risk);
const riskier = (a: WaveRisk, b: WaveRisk): WaveRisk => (rank(a) >= rank(b) ? a : b);

/** The number of the first glob of `waves:` that the DAG matches. */
function pinOf(dag: string, pins: Options['waves']): number | null {
  return Object.entries(pins).find(([glob]) => matchesGlob(dag, glob))?.[1] ?? null;
}

/**
 * The least risk first, but nothing before what it waits for; a unit is as risky as the riskiest that it waits for, so
 * that the order of risk is kept. Of units that wait for each other in a circle the least risky goes first,
 * when nothing is left that does not.
 */
function inOrder(units: readonly Unit[]): readonly Unit[] {
  const waiting = new Map(units.map((unit) => [unit, unit.after.size]));
  const followers = new Map<Unit, Unit[]>();
  for (const unit of units)
    for (const first of unit.after) followers.set(first, [...(followers.get(first) ?? []), unit]);
  const ready = units.filter(({ after }) => after.size === 0).sort(compare);
  const rest = units.filter(({ after }) => after.size > 0).sort(compare);
  const ordered: Unit[] = [];
  while (waiting.size > 0) {
    const [first] = ready;
    const circle = first === undefined || first.own === 'blocked' ? rest.find((unit) => waiting.has(unit)) : undefined;
    const next = circle ?? ready.shift();
    if (next === undefined) break;
    if (!waiting.delete(next)) continue;
    ordered.push(next);
    for (const follower of followers.get(next) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1;
      if (!waiting.has(follower)) continue;
      waiting.set(follower, left);
      follower.risk = riskier(follower.risk, next.risk);
      if (left === 0) insert(ready, follower);
    }
  }
  return ordered;
}

function insert(sorted: Unit[], unit: Unit): void {
  const at = sorted.findIndex((other) => compare(unit, other) < 0);
  sorted.splice(at === -1 ? sorted.length : at, 0, unit);
}

function compare(a: Unit, b: Unit): number {
  const [first = ''] = a.dags;
  const [other = ''] = b.dags;
  return rank(a.risk) - rank(b.risk) || a.points - b.points || a.tasks - b.tasks || (first < other ? -1 : 1);
}

/** Gives every unit its wave: a new one begins where one is full or the risk rises. */
function fill(ordered: readonly Unit[]): void {
  let number = 0;
  let used = 0;
  let risk: WaveRisk | null = null;
  for (const unit of ordered) {
    if (unit.pin !== null) {
      unit.wave = unit.pin;
      continue;
    }
    if (risk !== unit.risk || used + unit.tasks > limitOf(number, unit.risk)) {
      number += 1;
      used = 0;
      risk = unit.risk;
    }
    used += unit.tasks;
    unit.wave = Math.max(number, ...[...unit.after].map(({ wave }) => wave));
  }
}

function limitOf(number: number, risk: WaveRisk): number {
  if (risk === 'blocked') return Number.POSITIVE_INFINITY;
  return Math.min(sizes[number - 1] ?? largest, risk === 'high' ? largestRisky : largest);
}

function reasonsFor(
  dag: string,
  own: Risk,
  unit: Unit,
  links: readonly DagLink[],
  document: string | null,
  pin: number | null,
): readonly string[] {
  const others = unit.dags.filter((one) => one !== dag);
  const waits = links.filter(({ after }) => after === dag).map(({ why }) => why);
  return [
    ...(pin === null ? [] : [`the configuration pins it to wave ${pin}`]),
    ...own.reasons,
    ...(others.length === 0 ? [] : [`shares ${document ?? 'documents'} with ${listed(others)}`]),
    ...waits,
    ...(unit.risk === own.risk || unit.risk === unit.own ? [] : ['comes no earlier than what it waits for']),
    ...(pin === null && unit.pin !== null ? [`moves with a DAG that is pinned to wave ${unit.pin}`] : []),
  ];
}

function listed(dags: readonly string[]): string {
  const named = dags.slice(0, 3).map((dag) => `DAG ${dag}`);
  return dags.length > 3 ? `${named.join(', ')} and ${dags.length - 3} more` : named.join(', ');
}

function wavesOf(dags: readonly WaveDag[]): readonly Wave[] {
  return [...new Set(dags.map(({ wave }) => wave))].map((number) => {
    const own = dags.filter(({ wave }) => wave === number);
    return {
      number,
      risk: own.map(({ risk }) => risk).reduce(riskier, 'low'),
      dags: own.map(({ dag }) => dag),
      tasks: own.flatMap(({ tasks }) => tasks),
    };
  });
}
