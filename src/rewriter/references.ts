/** Who else speaks of a sensor that is to vanish: strings of its file that name its id, other files of the repository. */

import type { FileFacts, SparkSensor, StringContext } from '../model.ts';
import { inQuotes } from '../parser/escaped.ts';
import { placeAt } from '../parser/places.ts';
import { keyPattern } from '../parser/text-keys.ts';
import { factText, type Project } from './project.ts';
import { stringsEqual, stringsQuoting } from './string-index.ts';

/** The ids of all sensors, and of their DAGs, as far as they are known: what other files may name. */
export function sensorIds(files: readonly FileFacts[]): {
  readonly dags: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
} {
  const sensors = files.flatMap((facts) => facts.sensors);
  return {
    dags: new Set(sensors.flatMap(({ dag }) => factText(dag?.id) ?? [])),
    tasks: new Set(sensors.flatMap((sensor) => wholeIds(sensor) ?? [])),
  };
}

function wholeIds({ taskId, taskIds }: SparkSensor): readonly string[] | null {
  const whole = factText(taskId);
  return taskIds ?? (whole === null ? null : [whole]);
}

/** More places than these are counted, not named. */
const MOST_PLACES = 3;

/** The places that refer to the id of a sensor, as text for a message; null where there is none. */
export function referencesTo(project: Project, facts: FileFacts, sensor: SparkSensor): string | null {
  const names = idsOf(sensor);
  const { path, text } = facts.source;
  const own = ownStrings(facts, names).filter(
    ({ span, context }) => !definesTask(context) && !(span.start >= sensor.span.start && span.end <= sensor.span.end),
  );
  const lines = own.map(({ span }) => `line ${placeAt(path, text, span.start).line}`);
  const dag = factText(sensor.dag?.id);
  const told = dag === null ? [] : names.whole.flatMap((id) => project.mentions?.of(dag, id, path) ?? []);
  const named = told.map(({ file, line }) => `${file}:${line}`);
  const files = new Set(told.map(({ file }) => file));
  const others = otherFiles(project, path, dag, names).filter((file) => !files.has(file));
  const places = [...new Set([...lines, ...named, ...others])];
  if (places.length === 0) return null;
  const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
  return places.slice(0, MOST_PLACES).join(', ') + more;
}

function ownStrings(facts: FileFacts, names: Ids): FileFacts['strings'] {
  if (names.known === null) return facts.strings.filter(({ value }) => names.isId(value) || names.within(value));
  return [
    ...names.known.flatMap((id) => stringsEqual(facts, id)),
    ...names.whole.flatMap((id) => stringsQuoting(facts, id)),
  ].sort((a, b) => a.span.start - b.span.start);
}

/** Files that speak of a task of this id and of the DAG, or wait for one in a DAG that they do not name. */
function otherFiles(project: Project, own: string, dag: string | null, names: Ids): readonly string[] {
  const candidates =
    names.known === null
      ? referenceWords.flatMap((word) => project.others.naming(word)).filter((file) => names.within(file.text))
      : names.known.flatMap((id) => project.others.quoting(id).filter(({ text: there }) => speaksOf(there, id)));
  return candidates
    .filter(
      ({ path, text }) => path !== own && (dag === null || inQuotes(dag).test(text) || awaitsUnknownDag(text, names)),
    )
    .map(({ path }) => path);
}

/** True when the text quotes the id other than to give it to a task of its own. */
function speaksOf(text: string, id: string): boolean {
  for (const found of text.matchAll(new RegExp(inQuotes(id), 'g'))) {
    const before = text.slice(Math.max(0, found.index - 200), found.index);
    const gives = /\btask_id\s*=\s*$/.test(before) && !/(?:get_task|has_task|TaskInstance\w*)\s*\([^()]*$/.test(before);
    if (!gives) return true;
  }
  return false;
}

/** Ways to speak of a task of another file. */
const referenceWords = ['external_task_id', 'external_task_ids', 'get_task', 'has_task', 'xcom_pull', 'task_ids'];

/** The ids that a call gives, with and without the prefix of its groups. */
interface Ids {
  /** Null where only a pattern is known. */
  readonly known: readonly string[] | null;
  /** With the prefix of groups; none where only a pattern is known. */
  readonly whole: readonly string[];
  isId(value: string): boolean;
  /** True where the text holds one of them in quotes. */
  within(text: string): boolean;
}

function idsOf(sensor: SparkSensor): Ids {
  const { idKey } = sensor;
  const known = wholeIds(sensor);
  const pattern = known === null && idKey !== null ? keyPattern(idKey.slice(idKey.lastIndexOf('.') + 1)) : null;
  if (known === null) {
    const isId = (value: string): boolean => pattern?.test(value.slice(value.lastIndexOf('.') + 1)) ?? true;
    return {
      known,
      whole: [],
      isId,
      within: (text) => [...text.matchAll(/(['"])([^'"\n]*)\1/g)].some((found) => isId(found[2] ?? '')),
    };
  }
  const all = [...new Set(known.flatMap((id) => [id, id.slice(id.lastIndexOf('.') + 1)]))];
  return {
    known: all,
    whole: known,
    isId: (value) => all.includes(value),
    within: (text) => known.some((id) => text.includes(id) && inQuotes(id).test(text)),
  };
}

/** `SomeOperator(task_id="…")` makes a task, it does not speak of one. */
function definesTask({ callee, argument }: StringContext): boolean {
  return argument === 'task_id' && callee !== null && /(?:Operator|Sensor)(?:\.partial)?$/.test(callee);
}

/** True when a sensor for tasks of other DAGs waits for a task of this id, in a DAG that is no plain string there. */
function awaitsUnknownDag(text: string, names: Ids): boolean {
  if (!/external_dag_id\s*=\s*(?!["'\s])/.test(text)) return false;
  const waits = text.match(/external_task_ids?\s*=\s*(?:["'][^"'\n]*["']|[[(][^)\]]{0,500})/g) ?? [];
  return waits.some((wait) => (wait.match(/["'][^"'\n]*["']/g) ?? []).some((id) => names.isId(id.slice(1, -1))));
}
