/** For the platform team: what jobs had in their document, has no place in the request, and so must come from the cluster. */
import type { Json, Loss, Report } from '../model.ts';
import { compareText, sortLosses, sortTasks } from './order.ts';

/** One lost field with one value, and the ids of the tasks that had it. */
interface Need {
  readonly path: string;
  readonly value: Json;
  readonly why: string;
  readonly remedy: string;
  readonly tasks: readonly string[];
}
/** The needs of one queue; null: tasks that have no queue yet. */
export interface QueueNeeds {
  readonly queue: string | null;
  readonly needs: readonly Need[];
}

/** Losses of class `lost` that nobody accepted, by queue (those without one last), then by field and value. */
export function supplyByQueue(report: Report): QueueNeeds[] {
  const queues = new Map<string | null, Map<string, { readonly loss: Loss; readonly tasks: Set<string> }>>();
  for (const task of sortTasks(report.tasks)) {
    for (const loss of sortLosses(task.losses)) {
      if (loss.class !== 'lost' || loss.accepted !== undefined) continue;
      const needs = queues.get(task.queue) ?? new Map();
      queues.set(task.queue, needs);
      const key = JSON.stringify([loss.path, loss.value, loss.why, loss.remedy]);
      const need = needs.get(key) ?? { loss, tasks: new Set() };
      needs.set(key, need);
      need.tasks.add(task.id);
    }
  }
  return [...queues]
    .toSorted(([left], [right]) => (left === null ? 1 : right === null ? -1 : compareText(left, right)))
    .map(([queue, needs]) => ({
      queue,
      needs: [...needs]
        .toSorted(([left], [right]) => compareText(left, right))
        .map(([, { loss, tasks }]) => ({
          path: loss.path,
          value: loss.value,
          why: loss.why,
          remedy: loss.remedy,
          tasks: [...tasks],
        })),
    }));
}
