/** `bpg-routing.yaml` as the switch reads it when a DAG is parsed: which path a task takes. */
import { posix } from 'node:path';
import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { SparkTask } from '../model.ts';
import { SWITCH_FUNCTION, SWITCH_MODULE } from '../parser/switches.ts';
import { factText, type Project } from './project.ts';

export const ROUTING_FILE = 'bpg-routing.yaml';
export type Path = 'old' | 'new';

/** Paths by `kind\0name` and for tasks `tasks\0dag\0task`. */
export type Routes = ReadonlyMap<string, Path>;
export type ReadRoutes =
  | { readonly ok: true; readonly routes: Routes }
  | { readonly ok: false; readonly because: string };

/**
 * The folder that holds the switch of a DAG file: where its module lies already, else the innermost source root around the
 * file, the configured folder, `dags`, or the root itself. `` is the root.
 */
export function switchFolder({ options, read }: Project, file: string): string {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    const module = read(posix.join(folder, `${SWITCH_MODULE}.py`));
    if (module.ok && module.text.includes(`def ${SWITCH_FUNCTION}(`)) return folder === '.' ? '' : folder;
    if (folder === '.' || folder === '/') break;
  }
  const folders = [...options.source.sourceRoots, ...options.paths, 'dags'].map((path) => path.replace(/\/+$/, ''));
  const around = folders.filter((folder) => file.startsWith(`${folder}/`));
  return around.sort((a, b) => b.length - a.length)[0] ?? '';
}

export function readRoutes(text: string): ReadRoutes {
  const document = parseDocument(text, { version: '1.1', schema: 'yaml-1.1' });
  const [error] = document.errors;
  if (error !== undefined) return { ok: false, because: error.message.split('\n')[0] ?? 'it is no YAML' };
  if (document.contents === null) return { ok: false, because: 'it is empty' };
  const routes = new Map<string, Path>();
  const problem = readEntries(document.contents, [], routes);
  return problem === null ? { ok: true, routes } : { ok: false, because: problem };
}

const KINDS = ['tasks', 'dags', 'connections'];

/** Null, or what can not be followed. */
function readEntries(node: unknown, way: readonly string[], routes: Map<string, Path>): string | null {
  const where = way.length === 0 ? 'the file' : way.join(': ');
  if (node === null || (isScalar(node) && node.value === null)) return null;
  if (!isMap(node)) return `${where} holds no names with a word each`;
  for (const { key, value } of (node as YAMLMap<unknown, unknown>).items as readonly Pair<unknown, unknown>[]) {
    const name = isScalar(key) ? key.value : key;
    if (typeof name !== 'string') return `${where}: ${String(name)} is no text; write it in quotes`;
    const problem = readEntry([...way, name], value, routes);
    if (problem !== null) return problem;
  }
  return null;
}

function readEntry(here: readonly string[], value: unknown, routes: Map<string, Path>): string | null {
  const [kind = ''] = here;
  if (!KINDS.includes(kind)) return `${kind} is none of ${KINDS.join(', ')}`;
  if (here.length < (kind === 'tasks' ? 3 : 2)) return readEntries(value, here, routes);
  const word = isScalar(value) ? value.value : value;
  if (word !== 'old' && word !== 'new') return `${here.join(': ')}: ${String(word)} is neither old nor new`;
  routes.set(here.join('\0'), word);
  return null;
}

/** The id with the prefixes of its groups; null where a `with` around it may be a group that was not followed. */
export function wholeId({ taskId, around }: SparkTask): string | null {
  const id = factText(taskId);
  return around.groups.length > 0 && id?.includes('.') !== true ? null : id;
}

/** The path of a task; null where its tasks take several, or nobody can say. */
export function pathOf(routes: Routes, task: SparkTask, connection: string | null): Path | null {
  const dag = factText(task.dag?.id);
  const id = wholeId(task);
  const usual = routes.get(`connections\0${connection ?? '?'}`) ?? 'old';
  if (dag === null) return [...routes.keys()].every((key) => key.startsWith('connections')) ? usual : null;
  const below = routes.get(`dags\0${dag}`) ?? usual;
  const ids = id === null ? task.taskIds : [id];
  if (ids !== undefined) {
    const paths = new Set(ids.map((one) => routes.get(`tasks\0${dag}\0${one}`) ?? below));
    return paths.size === 1 ? ([...paths][0] ?? null) : null;
  }
  const others = [...routes].filter(([key]) => key.startsWith(`tasks\0${dag}\0`));
  return others.every(([, path]) => path === below) ? below : null;
}

/** The text without the line of a task, where it has one to itself; the line of its DAG goes with the last one. */
export function withoutTask(text: string, dag: string, task: string): string {
  const document = parseDocument(text, { version: '1.1', schema: 'yaml-1.1' });
  const tasks = document.getIn(['tasks', dag]);
  if (!isMap(tasks) || tasks.flow === true) return text;
  const pair = tasks.items.find(({ key }) => isScalar(key) && key.value === task);
  if (pair === undefined) return text;
  const lines = [pair.key, tasks.items.length === 1 ? keyOf(document.get('tasks'), dag) : null];
  return lines.reduce((left: string, key) => withoutLine(left, text, key), text);
}

function keyOf(map: unknown, name: string): unknown {
  return isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name)?.key : null;
}

/** Keys are taken out from below, so that places in the original text hold for what is left above. */
function withoutLine(left: string, original: string, key: unknown): string {
  const at = isScalar(key) ? key.range?.[0] : undefined;
  if (at === undefined) return left;
  const start = original.lastIndexOf('\n', at - 1) + 1;
  const end = original.indexOf('\n', at);
  const line = original.slice(start, end === -1 ? undefined : end + 1);
  return original.slice(start, at).trim() === '' && left.slice(start, start + line.length) === line
    ? left.slice(0, start) + left.slice(start + line.length)
    : left;
}
