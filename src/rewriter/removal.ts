/** Whether a sensor can go without a trace: nothing refers to it, and the order of all others stays exactly what it was. */
import type { DependencyStatement, FileFacts, SparkCall, SparkSensor, SparkTask } from '../model.ts';
import { readPythonFile } from '../parser/read-file.ts';
import { applyEdits } from './edits.ts';
import { afterOf, beforeOf, graphOf, impliedEdges, leaves, runsBefore, taskHandle } from './file-graph.ts';
import { contract, type Edges, edgesOf, endsOf, renumber, sameEdges } from './graph.ts';
import { because } from './obstacles.ts';
import { importersNaming } from './other-files.ts';
import type { Project } from './project.ts';
import { referencesTo } from './references.ts';
import { type Rewired, rewire } from './rewire.ts';
import { hasOwnTrigger } from './sensor-settings.ts';
import { standsAlone, takeOut } from './statement-lines.ts';

/** Why a sensor that could go otherwise stays: its edges, which may be written together with those of another that goes. */
export const INEXACT: string = because('inexact');

/** Null where the sensor of these tasks can go, else why not. */
export function removable(
  project: Project,
  facts: FileFacts,
  sensor: SparkSensor,
  tasks: readonly SparkTask[],
): string | null {
  const { text } = facts.source;
  const id = taskHandle(facts, sensor);
  const form = formObstacle(facts, sensor, id);
  if (form !== null) return form;
  if (hasOwnTrigger(sensor)) return because('own-rule');
  if (sensor.taskIds === undefined && sensor.idKey === null) return because('id-unknown');
  const reference = referencesTo(project, facts, sensor);
  if (reference !== null) return because('referenced', { places: reference });
  const importer = importerOf(project, facts, sensor);
  if (importer !== null) return because('imported', { file: importer });
  const counted = countedObstacle(facts, id);
  if (counted !== null) return counted;
  if (tasks.some(({ around }) => around.region !== sensor.around.region)) return because('other-region');
  const [places] = tasks.flatMap((task) => groupPlaces(sensor, task) ?? []);
  if (places !== undefined) return places;
  if (id === null) return isHeld(sensor) ? OTHER_ENDS : null;
  const spoken = graphOf(facts).speaking.get(id) ?? [];
  const implied = impliedEdges(facts, sensor);
  const order = orderObstacle(facts, sensor, tasks, id) ?? groupObstacle(facts, sensor, tasks, id);
  if (order !== null) return order;
  const rewired = rewire(spoken, implied, [id], text);
  if (rewired === null)
    return spoken.some(({ operands }) => operands.flatMap(leaves).some(({ kind }) => kind === 'label'))
      ? because('label')
      : INEXACT;
  const simple =
    spoken.every(({ around }) => around.region === sensor.around.region) &&
    sensor.variable?.rebound !== true &&
    tasks.every(({ variable }) => variable?.rebound !== true) &&
    beforeOf(facts, id).every((one) => tasks.some((task) => taskHandle(facts, task) === one));
  const holds = simple || holdsOnTrial(project, facts, [{ sensor, id, implied }], rewired);
  return holds ? null : because('other-meaning');
}

/** `one_done` counts a task that failed, and not one that never ran because of it. */
function countedObstacle({ source }: FileFacts, id: string | null): string | null {
  return id !== null && /\bone_done\b/i.test(source.text) ? because('one-done') : null;
}

/** Another file that names both this one and a variable at its module level. */
function importerOf(project: Project, { source }: FileFacts, { variable }: SparkSensor): string | null {
  if (variable === null || !variable.id.startsWith(`${variable.name}@#`)) return null;
  return importersNaming(project.others, source.path, variable.name)[0]?.path ?? null;
}

/** Where the call stands, and what else is done with its variable. */
function formObstacle(facts: FileFacts, sensor: SparkSensor, id: string | null): string | null {
  const { variable, statement, span } = sensor;
  const { text } = facts.source;
  const { operands, speaking } = graphOf(facts);
  if (!sensor.statementIsCall || variable?.shared === true) {
    const inline = id !== null && variable === null && speaking.get(id)?.length === 1;
    return inline ? null : because('larger-statement');
  }
  if (!standsAlone(text, statement)) return because('shared-line');
  if (variable === null)
    return statement.start === span.start
      ? null
      : because('kept-elsewhere', { holder: text.slice(statement.start, span.start).replace(/\s*=\s*$/, '') });
  if (variable.rebound && new RegExp(`^[ \\t]*del\\b.*\\b${variable.name}\\b`, 'm').test(text))
    return because('deleted', { name: variable.name });
  const other = variable.uses.find((use) => operands.get(use.span.start)?.id !== variable.id);
  if (other === undefined) return null;
  const again = operands.has(other.span.start);
  return again ? because('bound-again', { name: variable.name }) : because('used-otherwise', { name: variable.name });
}

/** Edges that depend on a loop or a condition, and tasks behind the sensor that its task would not hold back. */
function orderObstacle(facts: FileFacts, sensor: SparkSensor, tasks: readonly SparkTask[], id: string): string | null {
  if (afterOf(facts, id).length === 0) return null;
  const before = beforeOf(facts, id);
  const own = tasks.map((task) => taskHandle(facts, task));
  if (!own.every((one) => one !== null && runsBefore(facts, one, id))) return because('task-not-before');
  const direct = before.length > 0 && before.every((one) => own.includes(one));
  if (direct && tasks.some((task) => task.variable !== null && usedBetween(task, sensor))) return because('used-early');
  const elsewhere = (graphOf(facts).speaking.get(id) ?? []).some((statement) => {
    if (statement.around.region === sensor.around.region) return false;
    return !direct || pointsTo(statement, id);
  });
  if (before.length > 1 && /\btrigger_rule\b/.test(facts.source.text)) return because('counted');
  if (elsewhere) return because('loop-edges');
  if (!direct && before.some((one) => one.includes('|'))) return because('uncertain-before');
  return null;
}

/** True when the expression says that something runs before the task. */
function pointsTo(statement: DependencyStatement, id: string): boolean {
  return [...edgesOf([statement])].some((key) => endsOf(key)[1] === id);
}

/** A use of the sensor between both assignments would be one of the turn before. */
function usedBetween(task: SparkTask, sensor: SparkSensor): boolean {
  if (sensor.variable === null) return false;
  const [from, to] = [sensor.statement.start, task.statement.start].sort((a, b) => a - b) as [number, number];
  return sensor.variable.uses.some(({ span }) => from < span.start && span.start < to);
}

const OTHER_ENDS = because('group-ends');
const isHeld = ({ around }: SparkCall): boolean => around.groups.some(({ held }) => held);

/** Both must stand in the same groups, so that none is left empty. */
function groupPlaces(sensor: SparkSensor, task: SparkTask): string | null {
  const given = [sensor, task].some((call) => call.arguments.some(({ name }) => name === 'task_group'));
  return given || placesOf(sensor) !== placesOf(task) ? because('other-group') : null;
}

/**
 * A group begins and ends with certain of its tasks, those of the moment in which it is spoken of: the task must take the
 * sensor's place there, and the edge between them must stand inside the group, before anybody speaks of it.
 */
function groupObstacle(
  facts: FileFacts,
  sensor: SparkSensor,
  [task, ...others]: readonly SparkTask[],
  id: string,
): string | null {
  if (!isHeld(sensor)) return null;
  if (task === undefined || others.length > 0) return OTHER_ENDS;
  const places = placesOf(sensor);
  const own = taskHandle(facts, task);
  const { operands, speaking } = graphOf(facts);
  const seen = task.variable?.uses.every(
    ({ span, attribute }) => operands.has(span.start) || attribute === 'output' || attribute === 'task_id',
  );
  const inside = (speaking.get(id) ?? [])
    .filter((statement) => pointsTo(statement, id))
    .every((statement) => placesOf(statement) === places);
  const alone = own !== null && beforeOf(facts, id).join() === own && afterOf(facts, own).join() === id;
  return alone && inside && seen !== false ? null : OTHER_ENDS;
}

const placesOf = ({ around }: SparkCall | DependencyStatement): string => around.groups.map(({ at }) => at).join();

/** A sensor as the order of tasks knows it. */
export interface Leaving {
  readonly sensor: SparkSensor;
  readonly id: string;
  readonly implied: Edges;
}

/** Makes the removal on a copy and reads it again: names may stand for something else where they now are. */
export function holdsOnTrial(
  project: Project,
  facts: FileFacts,
  leaving: readonly Leaving[],
  rewired: Rewired,
): boolean {
  const { source, dependencies } = facts;
  const gone = rewired.gone.map(({ span, around }) => ({ span, siblings: around.siblings }));
  const calls = leaving.map(({ sensor }) => sensor).filter(({ statementIsCall }) => statementIsCall);
  const own = calls.map(({ statement: span, around }) => ({ span, siblings: around.siblings }));
  const lines = takeOut(source.text, [...own, ...gone]);
  if (lines === null) return false;
  const text = applyEdits(source.text, [...rewired.edits, ...lines]);
  const now = readPythonFile(project.python, { ...source, text }, project.options.target.operator);
  const edges = new Set([...edgesOf(dependencies), ...leaving.flatMap(({ implied }) => [...implied])]);
  const ids = leaving.map(({ id }) => id);
  return sameEdges(renumber(contract(edges, ids), ids), edgesOf(now.dependencies));
}
