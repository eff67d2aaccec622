/** What must hold of a file with switches: on the old path everything is as it was, on the new one the graph is. */
import type { FileFacts } from '../model.ts';
import type { PlannedChange } from './change.ts';
import { sameConditions } from './change-graph.ts';
import { applyEdits } from './edits.ts';
import { edgesOf, sameEdges } from './graph.ts';

/** Null, or why the result does not hold together. `read` gives the facts of another text in the place of the file. */
export function switchProblem(
  before: FileFacts,
  now: FileFacts,
  changes: readonly PlannedChange[],
  read: (text: string) => FileFacts,
): string | null {
  for (const kind of ['tasks', 'sensors', 'migrated'] as const)
    if (now[kind].length !== before[kind].length)
      return `${now[kind].length} ${kind} are found instead of ${before[kind].length}`;
  const sensors = changes.reduce((sum, change) => sum + change.sensors.length, 0);
  const expected = before.switches.length + changes.length + sensors;
  if (now.switches.length !== expected) return `${now.switches.length} switches are found instead of ${expected}`;
  if (!sameEdges(edgesOf(before.dependencies), edgesOf(now.dependencies)) || !sameConditions(before, now, []))
    return 'on the old path the tasks are not what they were';
  const { text } = now.source;
  const moved = now.switches.map(({ span, fresh }) => ({ span, text: text.slice(fresh.start, fresh.end) }));
  const fresh = read(applyEdits(text, moved));
  if (fresh.errors.length > 0) return 'the new path alone does not parse';
  if (fresh.tasks.length !== now.tasks.length - holding(now, now.tasks))
    return 'on the new path a task of the old operator is left';
  if (fresh.sensors.length !== now.sensors.length - holding(now, now.sensors))
    return 'on the new path a sensor is left';
  if (fresh.migrated.length !== now.migrated.length + holding(now, now.tasks))
    return 'on the new path a task of the new operator is missing';
  // An edge that an argument of a sensor makes is one of an expression there.
  if (changes.some((change) => change.sensors.some(({ implied }) => implied.size > 0))) return null;
  const same =
    sameEdges(edgesOf(before.dependencies), edgesOf(fresh.dependencies)) && sameConditions(before, fresh, []);
  return same ? null : 'on the new path the order of the tasks, an id, a group or a trigger rule is another';
}

function holding({ switches }: FileFacts, calls: readonly FileFacts['sensors'][number][] | FileFacts['tasks']): number {
  return calls.filter(({ span }) => switches.some(({ old }) => old.start <= span.start && span.end <= old.end)).length;
}
