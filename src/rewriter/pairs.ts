/** Which tasks a sensor waits for. */
import type { FileFacts, SparkSensor, SparkTask } from '../model.ts';
import { heldIdKey, keyPattern } from '../parser/text-keys.ts';
import { brief, effective, factText, knownText } from './project.ts';

export interface Pair {
  readonly tasks: readonly SparkTask[];
  /** Why the pair is not certain enough for a removal, null where it is. */
  readonly because: string | null;
  /** True where it can't be known whether it watches any of the tasks. */
  readonly unsure: boolean;
}

/** `nameOf` gives the application name that a task's document has. */
export function watchedBy(facts: FileFacts, sensor: SparkSensor, nameOf: (task: SparkTask) => string | null): Pair {
  const near = facts.tasks.filter((task) => task.dag === sensor.dag && (sensor.dag !== null || sameBody(task, sensor)));
  if (sensor.watches !== null) return byIds(facts, sensor, sensor.watches, near);
  const found = effective(sensor, 'application_name');
  const name = knownText(found);
  if (name !== null && isSettled(name)) {
    const tasks = near.filter((task) => nameOf(task) === name);
    return { tasks, because: tasks.length === 1 ? null : 'it watches a name that several tasks give', unsure: false };
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

/** Sensors that surely name the task by its id. */
export function watchersOf(facts: FileFacts, task: SparkTask): readonly SparkSensor[] {
  return facts.sensors.filter(
    ({ dag, watches }) => dag === task.dag && watches?.some((key) => hasId(task, key)) === true,
  );
}

/** A sensor that names ids: those tasks, or those that may have them. */
function byIds(facts: FileFacts, sensor: SparkSensor, watches: readonly string[], near: readonly SparkTask[]): Pair {
  const tasks = near.filter((task) => watches.some((key) => hasId(task, key)));
  if (tasks.length > 0) {
    const because =
      tasks.length > 1 || watches.length > 1
        ? 'it watches several tasks'
        : watches.some(isOpen) && !tasks.every((task) => together(task, sensor))
          ? 'it runs in another loop than its task'
          : null;
    return { tasks, because, unsure: false };
  }
  // Ids that are not known, and tasks whose DAG is not: nobody can say that it watches none of them.
  const possible = facts.tasks.filter(
    (task) =>
      (near.includes(task) || task.dag === null || sensor.dag === null) && watches.some((key) => mayHaveId(task, key)),
  );
  const because = 'the id of the task, or its DAG, is not known';
  return { tasks: possible, because, unsure: possible.length > 0 };
}

function hasId(task: SparkTask, key: string): boolean {
  return task.idKey === key || (task.variable !== null && heldIdKey(task.variable.id) === key);
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
  const rest = name.replace(/\{\{-?\s*([^{}]*?)\s*-?\}\}/g, (whole, inner: string) =>
    OF_THE_RUN.test(inner) && !/\b(?:ti|task_instance|task|params|macros)\b/.test(inner) ? '' : whole,
  );
  return !/\{[{%#]/.test(rest);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const sameBody = (a: SparkTask, b: SparkSensor): boolean => a.functionBody?.start === b.functionBody?.start;
