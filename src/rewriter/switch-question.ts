/** The question of a switch: `on_bpg("submit", connection="emr")`, asked where the call stands. */
import type { Argument, SparkCall, SparkSensor, SparkTask } from '../model.ts';
import { usualQuote } from './call.ts';
import { wholeId } from './switch-routes.ts';

/** Functions that give the same for the same and change nothing: what they are part of may be asked twice. */
const HARMLESS = new Set(
  'str int format lower upper title capitalize replace strip lstrip rstrip join removeprefix removesuffix zfill get len f'.split(
    ' ',
  ),
);

export type Question = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: string };

/** `name` is that of the function in the file, `connection` what is known of the old operator's. */
export function questionOf(task: SparkTask, name: string, connection: string | null): Question {
  const id = argumentOf(task, 'task_id');
  if (id === null) return no('its call names no task_id');
  if (!isRepeatable(id.text)) return no(`its task_id ${id.text} may come to something else when it is asked for twice`);
  const parts = [id.text];
  for (const keyword of ['dag', 'task_group']) {
    const given = argumentOf(task, keyword);
    if (given === null || given.text === 'None') continue;
    if (!isRepeatable(given.text)) return no(`its ${keyword} may be another when it is asked for twice`);
    parts.push(`${keyword}=${given.text}`);
  }
  return { ok: true, text: `${name}(${[...parts, ...connectionPart(task, connection)].join(', ')})` };
}

/** The same question at the place of a sensor, which goes with its task. */
export function questionAt(sensor: SparkSensor, task: SparkTask, name: string, connection: string | null): Question {
  const own = questionOf(task, name, connection);
  if (!own.ok || standTogether(task, sensor)) return own;
  const id = wholeId(task);
  if (id === null) return no('its sensor stands where its task_id is not known');
  const dag = argumentOf(task, 'dag');
  const parts = [inQuotes(sensor, id), ...(dag === null || dag.text === 'None' ? [] : [`dag=${dag.text}`])];
  const written = connectionPart(task, connection);
  if (written.length > 0 && connection === null) return no('its sensor stands where its connection is not known');
  parts.push('task_group=None', ...written.map(() => `connection=${inQuotes(sensor, connection ?? '')}`));
  return { ok: true, text: `${name}(${parts.join(', ')})` };
}

const no = (because: string): Question => ({ ok: false, because });

/** True where names and TaskGroups around both calls are the same. */
function standTogether(task: SparkTask, sensor: SparkSensor): boolean {
  const groups = ({ around }: SparkCall): string => around.groups.map(({ at }) => at).join();
  return (
    task.around.region === sensor.around.region &&
    task.functionBody?.start === sensor.functionBody?.start &&
    groups(task) === groups(sensor)
  );
}

function argumentOf(call: SparkCall, keyword: string): Argument | null {
  return call.arguments.find(({ name }) => name === keyword) ?? null;
}

/** The connection as far as it is known, else as the call has it. One that is asked for each time is left out. */
function connectionPart(call: SparkCall, connection: string | null): readonly string[] {
  const own = argumentOf(call, 'kubernetes_conn_id');
  const isOwn = own?.value.kind === 'known' && own.value.value === connection && /^['"]/.test(own.text);
  if (connection !== null) return [`connection=${isOwn ? own.text : inQuotes(call, connection)}`];
  return own === null || own.text === 'None' || !isRepeatable(own.text) ? [] : [`connection=${own.text}`];
}

function inQuotes(call: SparkCall, text: string): string {
  const mark = usualQuote(call);
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
}

/** True where evaluating the expression a second time gives the same and does nothing. */
function isRepeatable(text: string): boolean {
  if (/:=|\bawait\b|\byield\b|#/.test(text)) return false;
  return [...text.matchAll(/([\w\])]*)\s*\(/g)].every(([, called = '']) => called === '' || HARMLESS.has(called));
}
