/** What the page's script reads: the details of tasks in pieces, their patches, and what the filter looks at. */
import type { Report, TaskEntry, TaskRollout } from '../../model.ts';
import type * as wording from '../wording.ts';
import { compress, inert } from './compress.ts';
import { pack } from './pieces.ts';
import { patchOf, taskBody } from './task.ts';

/** What tasks are filtered by, beside state and text; '' where it is not known. */
const filters: Readonly<Record<string, (task: TaskEntry, rollout: TaskRollout | null) => string>> = {
  connection: ({ connection }) => connection ?? '',
  owner: (_, rollout) => rollout?.owner ?? '',
  wave: (_, rollout) => (rollout?.wave == null ? '' : String(rollout.wave)),
  queue: ({ queue }) => queue ?? '',
  namespace: ({ namespace }) => namespace ?? '',
  dag: ({ dagId, file }) => dagId ?? file,
};

/** The values of a filter that occur, for its options. */
export function valuesOf(
  name: string,
  tasks: readonly TaskEntry[],
  rollout: ReadonlyMap<string, TaskRollout>,
): string[] {
  const read = filters[name];
  return [...new Set(tasks.map((task) => read?.(task, rollout.get(task.id) ?? null) ?? ''))];
}

/** `later`: markup that is filled in behind the tasks. The text can stand in a script element: nothing in it ends or opens one. */
export function dataOf(
  tasks: readonly TaskEntry[],
  { changes }: Report,
  rollout: ReadonlyMap<string, TaskRollout>,
  kinds: wording.FindKind,
  later: readonly string[],
): string {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const viewOf = (task: TaskEntry) => byId.get(task.change ?? '') ?? null;
  const details = tasks.map((task) => taskBody(task, rollout.get(task.id) ?? null, viewOf(task), kinds));
  const bodies = pack([...details, ...later]);
  const patches = pack(
    tasks.map((task) => patchOf(viewOf(task))),
    /(?<=\n)/,
  );
  const codes = [...new Set(tasks.flatMap(({ findings }) => findings.map(({ code }) => code)))];
  const keys = Object.fromEntries(
    Object.entries(filters).map(([name, read]) => {
      const names = valuesOf(name, tasks, rollout);
      const numbers = new Map(names.map((value, index) => [value, index]));
      return [name, { names, of: tasks.map((task) => numbers.get(read(task, rollout.get(task.id) ?? null)) ?? 0) }];
    }),
  );
  const data = {
    pieces: bodies.pieces,
    bodies: bodies.texts,
    lines: patches.pieces,
    patches: patches.texts,
    keys,
    codes,
    found: tasks.map(({ findings }) => [...new Set(findings.map(({ code }) => codes.indexOf(code)))]),
  };
  return compress(inert(JSON.stringify(data)));
}
