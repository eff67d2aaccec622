/** Ids of calls: `path # dag . task`, `?` where unknown or several, `~2` for the second of the same in source order. */
import type { FileFacts, MigratedTask, SparkCall, TaskEntry } from '../model.ts';
import { factText } from './project.ts';

/** The id of a call as a report has it, and its parts. */
export type Identity = Pick<TaskEntry, 'id' | 'idParts'>;

type Identified = SparkCall | MigratedTask;

/** Ids of all calls of a file: tasks of both operators count together, sensors by themselves. */
export function identify(facts: FileFacts): ReadonlyMap<Identified, Identity> {
  const result = new Map<Identified, Identity>();
  for (const calls of [[...facts.tasks, ...facts.migrated], facts.sensors] as const) {
    const seen = new Map<string, number>();
    const inOrder = [...calls].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
    for (const call of inOrder) {
      const [dagId, taskId] = [factText(call.dag?.id), factText(call.taskId)];
      const plain = `${call.file}#${dagId ?? '?'}.${taskId ?? '?'}`;
      const ordinal = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, ordinal);
      const id = ordinal === 1 ? plain : `${plain}~${ordinal}`;
      result.set(call, { id, idParts: { file: call.file, dagId, taskId, ordinal } });
    }
  }
  return result;
}
