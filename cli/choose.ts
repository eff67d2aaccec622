/** Alternatives of a task: checked, planned again, and refused where an isolation rule would be broken by them. */
import {
  type Alternatives,
  alternativesIn,
  type Decided,
  type Decisions,
  type Options,
  type ProjectPlan,
  type TaskEntry,
} from '../src/index.ts';

export type Chosen =
  | {
      readonly ok: true;
      /** What is to be saved; null takes back what was chosen. */
      readonly wanted: ReadonlyMap<string, Decided | null>;
      /** The plan as it is then. */
      readonly plan: ProjectPlan;
    }
  | { readonly ok: false; readonly reason: string };

/** Every queue that the configuration names, sorted. */
export function queuesOf({ queues, routing, isolation }: Options): readonly string[] {
  const allowed = isolation.flatMap((rule) => rule.queues.filter((name) => !/[*?[{!]/.test(name)));
  const named = [...Object.keys(queues), ...routing.flatMap(({ queue }) => queue ?? []), ...allowed];
  return [...new Set(named)].sort();
}

/** `alternativesOf` says what each task is to have; none of its keys: as planned. */
export function chooseAlternatives(
  plan: ProjectPlan,
  options: Options,
  decisions: Decisions,
  tasks: readonly TaskEntry[],
  alternativesOf: (task: TaskEntry) => Alternatives,
): Chosen {
  const known = queuesOf(options);
  const chosen = new Map(alternativesIn(decisions));
  for (const task of tasks) {
    const own = alternativesOf(task);
    const { queue, sensor } = own;
    if (queue !== undefined && !known.includes(queue))
      return { ok: false, reason: `the configuration has no queue ${queue}; it has ${known.join(', ') || 'none'}` };
    if (sensor !== undefined && task.sensors.length === 0)
      return { ok: false, reason: `${task.id} has no sensor that could be removed or emptied` };
    if (Object.keys(own).length === 0) chosen.delete(task.id);
    else chosen.set(task.id, own);
  }
  const next = plan.replan(chosen);
  const entries = new Map(next.report.tasks.map((entry) => [entry.id, entry]));
  const wanted = new Map<string, Decided | null>();
  for (const { id } of tasks) {
    const entry = entries.get(id);
    const alternatives = chosen.get(id);
    const broken = entry?.findings.find(({ code }) => code === 'isolation-broken');
    if (alternatives?.queue !== undefined && broken !== undefined)
      return {
        ok: false,
        reason: `${tasks.length > 1 ? `${id}: ` : ''}${broken.message}; no decision breaks an isolation rule`,
      };
    const { change, verdict } = entry ?? { change: null, verdict: null };
    const decided = { change: change ?? '', verdict: verdict ?? ('manual' as const), decision: null };
    wanted.set(id, alternatives === undefined ? null : { ...decided, alternatives });
  }
  return { ok: true, wanted, plan: next };
}
