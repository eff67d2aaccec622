/** What the dependency expressions of a file say of each task: who runs before it, who after it, and where that stands. */
import type { DependencyStatement, FileFacts, Operand, SparkCall, SparkSensor } from '../model.ts';
import { type Edges, edge, edgesOf, type Neighbours, neighboursOf } from './graph.ts';

/** The expressions of a file by the tasks that they speak of, read once. */
export interface FileGraph {
  /** By task, what runs right before and right after it; edges of XComArgs among the arguments of sensors included. */
  readonly before: Neighbours['before'];
  readonly after: Neighbours['after'];
  readonly speaking: ReadonlyMap<string, readonly DependencyStatement[]>;
  /** Operands by where they start. */
  readonly operands: ReadonlyMap<number, Exclude<Operand, { kind: 'list' | 'chain' }>>;
  /** One operand for each task. */
  readonly tasks: ReadonlyMap<string, Exclude<Operand, { kind: 'list' | 'chain' }>>;
}
const graphs = new WeakMap<FileFacts, FileGraph>();

/** The graph of a file, built when it is first asked for. */
export function graphOf(facts: FileFacts): FileGraph {
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
  const outputs = facts.sensors.flatMap((sensor) => [...outputEdges(facts, sensor, handleIn(operands, sensor))]);
  const { before, after } = neighboursOf([...edgesOf(facts.dependencies), ...outputs]);
  const tasks = new Map([...operands.values()].map((operand) => [operand.id, operand]));
  const graph = { before, after, speaking, operands, tasks };
  graphs.set(facts, graph);
  return graph;
}

/** What runs right before a task. */
export const beforeOf = (facts: FileFacts, id: string): readonly string[] => [...(graphOf(facts).before.get(id) ?? [])];
/** What runs right after a task. */
export const afterOf = (facts: FileFacts, id: string): readonly string[] => [...(graphOf(facts).after.get(id) ?? [])];

/** True where a way of edges leads from the task to the other. */
export function runsBefore(facts: FileFacts, task: string, other: string): boolean {
  const seen = new Set<string>();
  const open = [other];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === task) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...beforeOf(facts, next));
  }
  return false;
}

/** An operand without lists and chains around its tasks. */
export function leaves(operand: Operand): readonly Exclude<Operand, { kind: 'list' | 'chain' }>[] {
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
