/** Which tasks a sensor waits for. */

import type { FileFacts, SparkSensor, SparkTask } from '../model.ts';
import { escaped } from '../parser/escaped.ts';
import { heldIdKey, keyPattern, keyShown } from '../parser/text-keys.ts';
import { runsBefore, taskHandle } from './file-graph.ts';
import { brief, effective, factText, isSameDag, knownText } from './project.ts';

export interface Pair {
  readonly tasks: readonly SparkTask[];
  /** Why the pair is not certain enough for a removal, null where it is. */
  readonly because: string | null;
  /** True where it can't be known whether it watches any of the tasks. */
  readonly unsure: boolean;
  /** Ids that it asks for beside those of the tasks. */
  readonly missing?: readonly string[];
}

/** The tasks of a file by every key that their id may have, and the sensors by every key that they ask for. */
interface Keys {
  readonly tasks: ReadonlyMap<string, readonly SparkTask[]>;
  readonly sensors: ReadonlyMap<string, readonly SparkSensor[]>;
}
const indexes = new WeakMap<FileFacts, Keys>();

function keysOf(facts: FileFacts): Keys {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const [tasks, sensors] = [new Map<string, SparkTask[]>(), new Map<string, SparkSensor[]>()];
  for (const task of facts.tasks) for (const key of ownKeys(task)) put(tasks, key, task);
  for (const sensor of facts.sensors) for (const key of sensor.watches ?? []) put(sensors, key, sensor);
  const keys = { tasks, sensors };
  indexes.set(facts, keys);
  return keys;
}

function put<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else if (!list.includes(item)) list.push(item);
}

function ownKeys({ idKey, variable }: SparkTask): readonly string[] {
  return [...(idKey === null ? [] : [idKey]), ...(variable === null ? [] : [heldIdKey(variable.id)])];
}

/** `nameOf` gives the application name that a task's document has. */
export function watchedBy(facts: FileFacts, sensor: SparkSensor, nameOf: (task: SparkTask) => string | null): Pair {
  if (sensor.watches !== null) return byIds(facts, sensor, sensor.watches);
  const near = facts.tasks.filter((task) => isNear(task, sensor));
  const found = effective(sensor, 'application_name');
  const name = knownText(found);
  if (name !== null && isSettled(name)) {
    const all = near.filter((task) => nameOf(task) === name);
    if (all.length === 0) return byChance(facts, near, sensor, name, nameOf);
    return { tasks: all.length < 2 ? all : lastBefore(facts, all, sensor), because: null, unsure: false };
  }
  if (sensor.nameKey !== null && name === null) {
    const tasks = near.filter((task) => task.nameKey === sensor.nameKey && together(task, sensor));
    if (tasks.length === 1) return { tasks, because: null, unsure: false };
  }
  const text = 'text' in found ? found.text : '';
  const naming = near.filter((task) => {
    const id = factText(task.taskId);
    return (
      (id !== null && new RegExp(`['"]${escaped(id)}['"]`).test(text)) ||
      (task.variable !== null && new RegExp(`\\b${escaped(task.variable.name)}\\b`).test(text))
    );
  });
  const because = `its application name is ${brief(text)}, not the plain XCom expression`;
  return { tasks: naming.length > 0 ? naming : near, because, unsure: naming.length === 0 };
}

/** No task has that name; one whose name is not known before it runs may. */
function byChance(
  facts: FileFacts,
  near: readonly SparkTask[],
  sensor: SparkSensor,
  name: string,
  nameOf: (task: SparkTask) => string | null,
): Pair {
  const unnamed = near.filter((task) => nameOf(task) === null);
  const [last, ...others] = lastBefore(facts, unnamed, sensor);
  const because = `it waits for ${brief(name)}, and the name in the document of the task is not known`;
  return { tasks: last === undefined ? [] : [last, ...others], because, unsure: others.length > 0 };
}

/** Of several jobs of one name, those that were submitted last before the sensor; all where the order does not tell. */
function lastBefore(facts: FileFacts, tasks: readonly SparkTask[], sensor: SparkSensor): readonly SparkTask[] {
  const isBefore = (a: SparkTask, b: SparkTask | SparkSensor): boolean => {
    const [first, last] = [taskHandle(facts, a), taskHandle(facts, b)];
    return first !== null && last !== null && first !== last && runsBefore(facts, first, last);
  };
  const before = tasks.filter((task) => isBefore(task, sensor));
  const last = before.filter((task) => !before.some((other) => isBefore(task, other)));
  return last.length > 0 ? last : tasks;
}

/** True where both belong to one DAG, as far as that can be told. */
function isNear(task: SparkTask, sensor: SparkSensor): boolean {
  return isSameDag(task.dag, sensor.dag) && (sensor.dag !== null || sameBody(task, sensor));
}

/** Sensors that surely name the task by its id. */
export function watchersOf(facts: FileFacts, task: SparkTask): readonly SparkSensor[] {
  const found = ownKeys(task).flatMap((key) => keysOf(facts).sensors.get(key) ?? []);
  return [...new Set(found)].filter(({ dag }) => isSameDag(dag, task.dag));
}

/** A sensor that names ids: those tasks, or those that may have them. */
function byIds(facts: FileFacts, sensor: SparkSensor, watches: readonly string[]): Pair {
  const named = watches.flatMap((key) => keysOf(facts).tasks.get(key) ?? []);
  const tasks = [...new Set(named)].filter((task) => isNear(task, sensor));
  if (tasks.length > 0) {
    const apart = watches.some(isOpen) && !tasks.every((task) => together(task, sensor));
    const because = apart ? 'it runs in another loop than its task' : null;
    const known = new Set(tasks.flatMap(ownKeys));
    const missing = watches.filter((key) => !known.has(key)).map(keyShown);
    return { tasks, because, unsure: false, ...(missing.length === 0 ? {} : { missing }) };
  }
  const spread = bySpread(facts, sensor, watches);
  if (spread.length > 0) return { tasks: spread, because: 'a function makes it for several tasks', unsure: false };
  // Ids that are not known, and tasks whose DAG is not: nobody can say that it watches none of them.
  const possible = facts.tasks.filter(
    (task) =>
      (isNear(task, sensor) || task.dag === null || sensor.dag === null) && watches.some((key) => mayHaveId(task, key)),
  );
  const because = 'the id that it asks for can not be compared with those of the tasks';
  return { tasks: possible, because, unsure: possible.length > 0 };
}

/** Tasks that loops or callers give several ids, where the sensor asks for all of these, and for no other. */
function bySpread(facts: FileFacts, sensor: SparkSensor, watches: readonly string[]): readonly SparkTask[] {
  const asked = new Set(watches);
  const tasks = facts.tasks.filter(
    ({ taskIds, dag }) => taskIds?.every((id) => asked.has(id)) === true && isSameDag(dag, sensor.dag),
  );
  const given = new Set(tasks.flatMap(({ taskIds }) => taskIds ?? []));
  return watches.every((key) => given.has(key)) ? tasks : [];
}

const isOpen = (key: string): boolean => keyPattern(key) !== null;

function mayHaveId(task: SparkTask, key: string): boolean {
  const [own, asked] = [task.idKey, keyPattern(key)];
  if (task.taskIds !== undefined && asked === null) return task.taskIds.includes(key);
  if (own === null) return true;
  const pattern = keyPattern(own);
  if (pattern === null) return asked === null ? own === key : asked.test(own);
  return asked === null ? pattern.test(key) : true;
}

/** True where one pass through the code makes both. */
function together(a: SparkTask, b: SparkSensor): boolean {
  return a.around.region === b.around.region;
}

/** Words of Jinja that mean the same in every task of a run. */
const OF_THE_RUN =
  /^(?:ds|ds_nodash|ts|ts_nodash|ts_nodash_with_tz|run_id|dag_run|execution_date|logical_date|data_interval_start|data_interval_end|prev_ds|next_ds|dag\.dag_id|var)\b/;

/** True for a name without templates, or with those only that render alike in operator and sensor. */
function isSettled(name: string): boolean {
  if (!/\{[{%#]/.test(name)) return true;
  const rest = name.replace(/\{\{-?([^{}]*?)-?\}\}/g, (whole, inner: string) =>
    OF_THE_RUN.test(inner.trim()) && !/\b(?:ti|task_instance|task|params|macros)\b/.test(inner) ? '' : whole,
  );
  return !/\{[{%#]/.test(rest);
}

const sameBody = (a: SparkTask, b: SparkSensor): boolean => a.functionBody?.start === b.functionBody?.start;
