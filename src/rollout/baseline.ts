/**
 * The baseline: legacy tasks of a day, known by content, so that a check can hold the others to account. A task is known
 * by its DAG, its id and what its call says; where it stands and how it is laid out make no difference.
 */
import type { TaskEntry } from '../model.ts';

export interface BaselineEntry {
  readonly file: string;
  readonly dag: string | null;
  readonly task: string | null;
  /** Hash of the call's content. */
  readonly call: string;
}

export type ReadBaseline =
  | { readonly ok: true; readonly entries: readonly BaselineEntry[] }
  | { readonly ok: false; readonly reason: string };

export interface BaselineComparison {
  /** Ids of the legacy tasks that the baseline knows. */
  readonly known: ReadonlySet<string>;
  /** Entries that no task answers to: it was moved, changed, ignored or deleted. */
  readonly gone: readonly BaselineEntry[];
}

/** The legacy tasks as entries; `contents` by task id. */
export function baselineOf(
  tasks: readonly TaskEntry[],
  contents: ReadonlyMap<string, string>,
): readonly BaselineEntry[] {
  return tasks.flatMap(({ id, file, dagId, taskId, status }) => {
    const call = contents.get(id);
    return status !== 'legacy' || call === undefined ? [] : [{ file, dag: dagId, task: taskId, call }];
  });
}

/**
 * Which legacy tasks the entries know, and which entries know none. First in their own files; then an entry whose file
 * may have been renamed (`moved`) stands for an equal task elsewhere, unless more tasks than entries are left over:
 * then one of them is a copy, nobody can say which, and none is known.
 */
export function compareBaseline(
  entries: readonly BaselineEntry[],
  tasks: readonly TaskEntry[],
  contents: ReadonlyMap<string, string>,
  moved: (file: string) => boolean,
): BaselineComparison {
  const known = new Set<string>();
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of entries) left.set(keyOf(entry), [...(left.get(keyOf(entry)) ?? []), entry]);
  const strangers = new Map<string, string[]>();
  for (const task of tasks) {
    const [own] = baselineOf([task], contents);
    if (own === undefined) continue;
    const key = keyOf(own);
    const same = left.get(key) ?? [];
    const at = same.findIndex(({ file }) => file === own.file);
    if (at < 0) strangers.set(key, [...(strangers.get(key) ?? []), task.id]);
    else {
      left.set(key, same.toSpliced(at, 1));
      known.add(task.id);
    }
  }
  for (const [key, ids] of strangers) {
    const same = left.get(key) ?? [];
    const free = same.filter(({ file }) => moved(file));
    if (free.length < ids.length) continue;
    for (const id of ids) known.add(id);
    const taken = new Set(free.slice(0, ids.length));
    left.set(
      key,
      same.filter((entry) => !taken.has(entry)),
    );
  }
  return { known, gone: [...left.values()].flat().sort(byPlace) };
}

/** The file's text: sorted, one entry a line, so that git merges it and shows what came and went. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...entries]
    .sort(byPlace)
    .map(({ file, dag, task, call }) => `    ${JSON.stringify({ file, dag, task, call })}`);
  return `{\n  "version": 1,\n  "tasks": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Reads `baseline.json`; a text that is none is a problem in words, never a throw. */
export function readBaseline(text: string): ReadBaseline {
  let value: { readonly version?: unknown; readonly tasks?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'it is no JSON' };
  }
  if (value?.version !== 1 || !Array.isArray(value.tasks))
    return { ok: false, reason: 'it is no baseline of version 1' };
  const entries = value.tasks.map(readEntry);
  const wrong = entries.indexOf(null);
  if (wrong >= 0) return { ok: false, reason: `entry ${wrong + 1} is none: it needs file, dag, task and call` };
  return { ok: true, entries: entries.filter((entry) => entry !== null) };
}

function readEntry(value: unknown): BaselineEntry | null {
  const { file, dag, task, call } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isName = (name: unknown): name is string | null => name === null || typeof name === 'string';
  return typeof file === 'string' && isName(dag) && isName(task) && typeof call === 'string'
    ? { file, dag, task, call }
    : null;
}

const keyOf = ({ dag, task, call }: BaselineEntry): string => JSON.stringify([dag, task, call]);

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  const [left, right] = [a, b].map(({ file, dag, task, call }) => [file, dag ?? '', task ?? '', call]);
  const at = (left ?? []).findIndex((part, index) => part !== right?.[index]);
  return at < 0 ? 0 : (left?.[at] ?? '') < (right?.[at] ?? '') ? -1 : 1;
}
