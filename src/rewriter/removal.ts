/** Whether a sensor can go without a trace: nothing refers to it, and the order of all others stays exactly what it was. */
import type { DependencyStatement, FileFacts, Operand, SparkCall, SparkSensor, SparkTask } from '../model.ts';
import { readPythonFile } from '../parser/read-file.ts';
import { applyEdits } from './edits.ts';
import { contract, type Edges, edge, edgesOf, endsOf, predecessors, renumber, sameEdges } from './graph.ts';
import type { Project } from './project.ts';
import { referencesTo } from './references.ts';
import { type Rewired, rewire } from './rewire.ts';
import { hasOwnTrigger } from './sensor-settings.ts';
import { standsAlone, takeOut } from './statement-lines.ts';

/** The expressions of a file by the tasks that they speak of, read once. */
interface FileGraph {
  /** By task, what runs right before and right after it; edges of XComArgs among the arguments of sensors included. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly after: ReadonlyMap<string, ReadonlySet<string>>;
  readonly speaking: ReadonlyMap<string, readonly DependencyStatement[]>;
  /** Operands by where they start. */
  readonly operands: ReadonlyMap<number, Exclude<Operand, { kind: 'list' | 'chain' }>>;
}
const graphs = new WeakMap<FileFacts, FileGraph>();

function graphOf(facts: FileFacts): FileGraph {
  const known = graphs.get(facts);
  if (known !== undefined) return known;
  const speaking = new Map<string, DependencyStatement[]>();
  const operands = new Map<number, Exclude<Operand, { kind: 'list' | 'chain' }>>();
  for (const statement of facts.dependencies) {
    for (const operand of statement.operands.flatMap(leaves)) {
      operands.set(operand.span.start, operand);
      const list = speaking.get(operand.id);
      if (list === undefined) speaking.set(operand.id, [statement]);
      else if (list.at(-1) !== statement) list.push(statement);
    }
  }
  const [before, after] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  const put = (map: Map<string, Set<string>>, key: string, id: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(id));
  };
  const handle = (call: SparkCall): string | null => handleIn(operands, call);
  for (const edges of [
    edgesOf(facts.dependencies),
    ...facts.sensors.map((sensor) => outputEdges(facts, sensor, handle(sensor))),
  ])
    for (const [from, to] of [...edges].map(endsOf)) {
      put(before, to, from);
      put(after, from, to);
    }
  const graph = { before, after, speaking, operands };
  graphs.set(facts, graph);
  return graph;
}

const beforeOf = (facts: FileFacts, id: string): readonly string[] => [...(graphOf(facts).before.get(id) ?? [])];
const afterOf = (facts: FileFacts, id: string): readonly string[] => [...(graphOf(facts).after.get(id) ?? [])];

function leaves(operand: Operand): readonly Exclude<Operand, { kind: 'list' | 'chain' }>[] {
  if (operand.kind === 'list') return operand.items.flatMap(leaves);
  return operand.kind === 'chain' ? operand.operands.flatMap(leaves) : [operand];
}

/** By which id expressions know the task that a call makes, null where none of them can. */
export function taskHandle(facts: FileFacts, call: SparkCall): string | null {
  return handleIn(graphOf(facts).operands, call);
}

function handleIn(operands: FileGraph['operands'], call: SparkCall): string | null {
  if (call.variable !== null) return call.variable.id;
  const operand = operands.get(call.span.start);
  return operand?.kind === 'other' && operand.span.end === call.span.end ? operand.id : null;
}

/** Edges from tasks of this file whose `.output` is an argument of the sensor itself, not of an f-string in it. */
export function impliedEdges(facts: FileFacts, sensor: SparkSensor): Edges {
  return outputEdges(facts, sensor, taskHandle(facts, sensor));
}

function outputEdges(facts: FileFacts, sensor: SparkSensor, id: string | null): Edges {
  const edges = new Set<string>();
  for (const { valueSpan, text } of sensor.arguments) {
    if (!/\.output\b/.test(text) || /^[fF]?["']/.test(text)) continue;
    const task = facts.tasks.find(({ variable }) =>
      variable?.uses.some(({ span }) => valueSpan.start <= span.start && span.end <= valueSpan.end),
    );
    if (task?.variable != null) edges.add(edge(task.variable.id, id ?? 'the sensor'));
  }
  return edges;
}

/** Null where the sensor can go, else why not. */
export function removable(project: Project, facts: FileFacts, sensor: SparkSensor, task: SparkTask): string | null {
  const { text } = facts.source;
  const id = taskHandle(facts, sensor);
  const form = formObstacle(facts, sensor, id);
  if (form !== null) return form;
  if (hasOwnTrigger(sensor)) return 'its trigger_rule decides when the tasks behind it run';
  if (sensor.taskIds === undefined && sensor.idKey === null)
    return 'its task id is not known, so references to it can not be looked for';
  const reference = referencesTo(project, facts, sensor);
  if (reference !== null) return `${reference} refers to its task id`;
  if (task.around.region !== sensor.around.region) return 'it stands in another branch or loop than its task';
  if (id === null) return null;
  const spoken = graphOf(facts).speaking.get(id) ?? [];
  const implied = impliedEdges(facts, sensor);
  const order = orderObstacle(facts, sensor, task, id) ?? groupObstacle(facts, sensor, task, id);
  if (order !== null) return order;
  const rewired = rewire(spoken, implied, [id], text);
  const inexact = 'the edges around it are written in a form that is not rewritten yet';
  if (rewired === null) return inexact;
  const simple = sensor.variable?.rebound !== true && task.variable?.rebound !== true && onlyAfter(facts, task, id);
  return simple || holdsOnTrial(project, facts, sensor, id, implied, rewired) ? null : inexact;
}

/** Where the call stands, and what else is done with its variable. */
function formObstacle(facts: FileFacts, sensor: SparkSensor, id: string | null): string | null {
  const { variable, statement, span } = sensor;
  const { text } = facts.source;
  const { operands, speaking } = graphOf(facts);
  if (!sensor.statementIsCall || variable?.shared === true) {
    const inline = id !== null && variable === null && speaking.get(id)?.length === 1;
    return inline ? null : 'its call is part of a larger statement';
  }
  if (!standsAlone(text, statement)) return 'its statement shares a line with another';
  if (variable === null)
    return statement.start === span.start
      ? null
      : `it is kept in ${text.slice(statement.start, span.start).replace(/\s*=\s*$/, '')}`;
  const other = variable.uses.find((use) => operands.get(use.span.start)?.id !== variable.id);
  if (other === undefined) return null;
  const again = operands.has(other.span.start);
  return again
    ? `the name ${variable.name} may stand for something else where it is used`
    : `${variable.name} is used in other ways than to order tasks`;
}

/** Edges that depend on a loop or a condition, and tasks behind the sensor that its task would not hold back. */
function orderObstacle(facts: FileFacts, sensor: SparkSensor, task: SparkTask, id: string): string | null {
  if (afterOf(facts, id).length === 0) return null;
  const before = beforeOf(facts, id);
  const own = taskHandle(facts, task);
  if (own === null || !runsBefore(facts, own, id))
    return 'its task is not known to run before it, and other tasks run after it';
  const direct = before.length === 1 && before[0] === own;
  if (direct && task.variable !== null && usedBetween(task, sensor)) return 'its name is used before it is bound';
  const elsewhere = (graphOf(facts).speaking.get(id) ?? []).some((statement) => {
    if (statement.around.region === sensor.around.region) return false;
    return !direct || predecessors(edgesOf([statement]), id).length > 0;
  });
  if (elsewhere) return 'the edges around it depend on a loop or a condition';
  if (!direct && before.some((one) => one.includes('|'))) return 'what runs before it is not certain';
  return null;
}

/** A use of the sensor between both assignments would be one of the turn before. */
function usedBetween(task: SparkTask, sensor: SparkSensor): boolean {
  if (sensor.variable === null) return false;
  const [from, to] = [sensor.statement.start, task.statement.start].sort((a, b) => a - b) as [number, number];
  return sensor.variable.uses.some(({ span }) => from < span.start && span.start < to);
}

function runsBefore(facts: FileFacts, task: string, id: string): boolean {
  const seen = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === task) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...beforeOf(facts, next));
  }
  return false;
}

/**
 * A group begins and ends with certain of its tasks, those of the moment in which it is spoken of: the task must take the
 * sensor's place there, and the edge between them must stand inside the group, before anybody speaks of it.
 */
function groupObstacle(facts: FileFacts, sensor: SparkSensor, task: SparkTask, id: string): string | null {
  const places = placesOf(sensor);
  if (places !== placesOf(task)) return 'it stands in another task group than its task';
  if (!sensor.around.groups.some(({ held }) => held)) return null;
  const own = taskHandle(facts, task);
  const { operands, speaking } = graphOf(facts);
  const seen = task.variable?.uses.every(
    ({ span, attribute }) => operands.has(span.start) || attribute === 'output' || attribute === 'task_id',
  );
  const inside = (speaking.get(id) ?? [])
    .filter((statement) => predecessors(edgesOf([statement]), id).length > 0)
    .every((statement) => placesOf(statement) === places);
  const alone = own !== null && beforeOf(facts, id).join() === own && afterOf(facts, own).join() === id;
  return alone && inside && seen !== false
    ? null
    : 'it may begin or end its task group in another way than its task would';
}

const placesOf = ({ around }: SparkCall | DependencyStatement): string => around.groups.map(({ at }) => at).join();

/** True where nothing but the task runs before the sensor: its name is certain to be bound wherever the sensor's is. */
function onlyAfter(facts: FileFacts, task: SparkTask, id: string): boolean {
  const before = beforeOf(facts, id);
  return before.length === 0 || (before.length === 1 && before[0] === taskHandle(facts, task));
}

/** Makes the removal on a copy and reads it again: names may stand for something else where they now are. */
function holdsOnTrial(
  project: Project,
  facts: FileFacts,
  sensor: SparkSensor,
  id: string,
  implied: Edges,
  rewired: Rewired,
): boolean {
  const { source, dependencies } = facts;
  const gone = rewired.gone.map(({ span, around }) => ({ span, siblings: around.siblings }));
  const own = sensor.statementIsCall ? [{ span: sensor.statement, siblings: sensor.around.siblings }] : [];
  const lines = takeOut(source.text, [...own, ...gone]);
  if (lines === null) return false;
  const text = applyEdits(source.text, [...rewired.edits, ...lines]);
  const now = readPythonFile(project.python, { ...source, text }, project.options.target.operator);
  const edges = new Set([...edgesOf(dependencies), ...implied]);
  return sameEdges(renumber(contract(edges, [id]), [id]), edgesOf(now.dependencies));
}
