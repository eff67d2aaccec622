/** Sensors that can only go together: `chain([a, b], [s, t], [c, d])` relates lists of equal length. */
import type { FileFacts } from '../model.ts';
import { graphOf } from './file-graph.ts';
import { finding, type Project } from './project.ts';
import { holdsOnTrial, type Leaving } from './removal.ts';
import { rewire } from './rewire.ts';
import type { SensorPlan } from './sensor-plan.ts';

/** A sensor that would go, but for the edges around it; `removed` is its plan if it can. */
export interface Candidate {
  readonly plan: SensorPlan;
  readonly removed: SensorPlan;
  /** Its id in a message. */
  readonly shown: string;
}

/** The plans with those candidates removed that can go together; alone each of them stays an empty task. */
export function removeJointly(
  project: Project,
  facts: FileFacts,
  plans: readonly SensorPlan[],
  candidates: readonly Candidate[],
): readonly SensorPlan[] {
  let result = plans;
  const open = new Set(candidates.filter(({ removed }) => removed.id !== null));
  for (const first of open) {
    const group = connected(facts, first, open);
    for (const one of group) open.delete(one);
    if (group.length < 2 || !canGo(project, facts, result, group)) continue;
    const made = new Map(group.map((one) => [one.plan, together(one, group)]));
    result = result.map((plan) => made.get(plan) ?? plan);
  }
  return result;
}

function together({ removed, shown }: Candidate, group: readonly Candidate[]): SensorPlan {
  const others = group.filter((one) => one.removed !== removed).map((one) => one.shown);
  const said = finding('sensor-goes-with-others', removed.sensor.place, { sensor: shown, others: others.join(', ') });
  return { ...removed, together: true, findings: [...removed.findings, said] };
}

/** The candidates that one expression, or a row of them, speaks of together with the first. */
function connected(facts: FileFacts, first: Candidate, all: ReadonlySet<Candidate>): readonly Candidate[] {
  const { speaking } = graphOf(facts);
  const spoken = ({ removed }: Candidate) => speaking.get(removed.id ?? '') ?? [];
  const group = [first];
  for (const one of group)
    for (const other of all)
      if (!group.includes(other) && spoken(other).some((statement) => spoken(one).includes(statement)))
        group.push(other);
  return group;
}

function canGo(project: Project, facts: FileFacts, plans: readonly SensorPlan[], group: readonly Candidate[]): boolean {
  const others = plans.filter(({ outcome, together: joint }) => outcome === 'removed' && joint !== true);
  const leaving = [...others, ...group.map(({ removed }) => removed)].flatMap(({ sensor, id, implied }): Leaving[] =>
    id === null ? [] : [{ sensor, id, implied }],
  );
  const rewired = rewire(
    facts.dependencies,
    new Set(leaving.flatMap(({ implied }) => [...implied])),
    leaving.map(({ id }) => id),
    facts.source.text,
  );
  return rewired !== null && holdsOnTrial(project, facts, leaving, rewired);
}
