/** One DAG before and after: its own arguments, its tasks by id, its edges. */

import type { DocumentContext } from './compare-documents.ts';
import { compareTask } from './compare-task.ts';
import type { Differences, Spot } from './differences.ts';
import { contract, edgesOf, isBelow, rename } from './graph.ts';
import type { ObservedDag, ObservedTask } from './observation.ts';
import { findRenamed } from './renamed.ts';
import { isSame } from './same.ts';

export type ContextOf = (taskId: string) => DocumentContext;

export function compareDag(
  dagId: string,
  before: ObservedDag,
  after: ObservedDag,
  contextOf: ContextOf,
  found: Differences,
): void {
  const spotOf = (taskId: string | null): Spot => ({ file: after.file, dagId, taskId });
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  for (const name of names) {
    const [old, fresh] = [before.attributes[name] ?? null, after.attributes[name] ?? null];
    if (!isSame(old, fresh))
      found.unexplained('dag-changed', spotOf(null), { subject: name, before: old, after: fresh });
  }
  const lost = Object.keys(before.tasks).filter((id) => !(id in after.tasks));
  const fresh = Object.keys(after.tasks).filter((id) => !(id in before.tasks));
  const removed = new Set(lost.filter((id) => isRemovedSensor(before, after, id)));
  const renamed = findRenamed(
    before,
    after,
    lost.filter((id) => !removed.has(id)),
    fresh,
  );
  const taken = new Set(renamed.values());
  for (const id of lost) {
    const task = before.tasks[id];
    const other = renamed.get(id);
    if (removed.has(id)) tellRemoved(id, before, after, spotOf(id), found);
    else if (other !== undefined) found.unexplained('task-renamed', spotOf(other), { before: id, after: other });
    else found.unexplained('task-lost', spotOf(id), { before: task?.class ?? null });
  }
  for (const id of fresh)
    if (!taken.has(id)) found.unexplained('task-new', spotOf(id), { after: after.tasks[id]?.class ?? null });
  for (const [id, task] of Object.entries(before.tasks)) {
    const now = renamed.get(id) ?? id;
    const other = after.tasks[now];
    if (other !== undefined) compareTask(task, other, spotOf(now), contextOf(id), found);
  }
  compareEdges(before, after, removed, renamed, spotOf, found);
}

/** A sensor may go when an operator before it was migrated: what it waited for is now waited for there. */
function isRemovedSensor(before: ObservedDag, after: ObservedDag, id: string): boolean {
  if (before.tasks[id]?.role !== 'sensor') return false;
  return isBelow(
    before,
    id,
    (above) => before.tasks[above]?.role === 'operator' && after.tasks[above]?.role === 'target',
  );
}

/** A sensor that ran in other cases than its neighbours can not go without a word: others then run in other cases. */
function tellRemoved(id: string, before: ObservedDag, after: ObservedDag, spot: Spot, found: Differences): void {
  const sensor = before.tasks[id];
  found.explained('sensor-removed', spot, { before: sensor?.class ?? null });
  const edges = [
    ...(sensor?.upstream ?? []).map((from) => `${from} >> ${id}`),
    ...(sensor?.downstream ?? []).map((to) => `${id} >> ${to}`),
  ];
  if (edges.length > 0) found.explained('edges-contracted', spot, { subject: id, before: edges });
  const rule = sensor?.base['trigger_rule'] ?? 'all_success';
  if (rule === 'all_success') return;
  const heirs = (sensor?.downstream ?? []).filter((heir) => after.tasks[heir]?.base['trigger_rule'] !== rule);
  for (const heir of heirs)
    found.unexplained(
      'trigger-rule-changed',
      { ...spot, taskId: heir },
      {
        subject: 'trigger_rule',
        before: `${String(rule)} (of the sensor ${id} before it)`,
        after: after.tasks[heir]?.base['trigger_rule'] ?? 'all_success',
        remedy:
          'The removed sensor decided when this task ran: keep it as a placeholder (`sensors: placeholder`) with its trigger_rule.',
      },
    );
}

function compareEdges(
  before: ObservedDag,
  after: ObservedDag,
  removed: ReadonlySet<string>,
  renamed: ReadonlyMap<string, string>,
  spotOf: (taskId: string | null) => Spot,
  found: Differences,
): void {
  const expected = rename(contract(edgesOf(before), removed), renamed);
  const there = edgesOf(after);
  const isTold = (id: string, tasks: Readonly<Record<string, ObservedTask>>): boolean => !(id in tasks);
  for (const [name, { from, to }] of expected) {
    // The edges of a task that is gone are gone with it.
    if (!there.has(name) && !isTold(from, after.tasks) && !isTold(to, after.tasks))
      found.unexplained('edge-lost', spotOf(to), { subject: name, before: name });
  }
  const known = (id: string): boolean => id in before.tasks || [...renamed.values()].includes(id);
  for (const [name, { from, to }] of there)
    if (!expected.has(name) && known(from) && known(to))
      found.unexplained('edge-new', spotOf(to), { subject: name, after: name });
}
