/** The tasks around a change, before and after: what its proof of order is about, as data. */
import type { ChangeGraph, FileFacts, GraphNode, OperandTask, SparkCall, TaskGraph } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import type { PlannedChange } from './change.ts';
import { graphOf, taskHandle } from './file-graph.ts';
import { contract, type Edges, edge, edgesOf, endsOf, neighboursOf, renumber, sameEdges } from './graph.ts';
import { brief, factText } from './project.ts';
import { settleSensors } from './sensor-edits.ts';

/** More neighbours than these can not be drawn small. */
const MOST_NODES = 24;
const MOVED = 'the task';

/** `now` are the facts of the file with only this change made. */
export function graphOfChange(change: PlannedChange, now: FileFacts): ChangeGraph {
  const { facts, sparkTask } = change;
  const { sensors } = settleSensors(facts, [change]);
  const because = [sparkTask, ...sensors.map(({ sensor }) => sensor)].map((call) => whyUnknown(facts, call));
  const [unknown] = because.flatMap((reason) => reason ?? []);
  if (unknown !== undefined) return { unknown };
  const handle = taskHandle(facts, sparkTask) ?? MOVED;
  const edges = new Set([...edgesOf(facts.dependencies), ...sensors.flatMap(({ implied }) => [...implied])]);
  const gone = sensors.flatMap(({ id, removal }) => (removal === null ? [] : (id ?? [])));
  const contracted = contract(edges, gone);
  if (!sameOrder(contracted, gone, facts, now)) return { unknown: 'the order of tasks is not what it was' };
  const own = new Map<string, GraphNode>([[handle, nodeOf(sparkTask, 'moved', taskIn(facts, handle))]]);
  for (const [index, one] of sensors.entries())
    own.set(one.id ?? `sensor ${index}`, nodeOf(one.sensor, 'sensor', one.id === null ? null : taskIn(facts, one.id)));
  const near = neighbours(edges, [...own.keys()]);
  const shown = near.slice(0, Math.max(0, MOST_NODES - own.size));
  const numbers = new Map([...own.keys(), ...shown].map((id, index) => [id, `n${index + 1}`]));
  const others = shown.map((id): [string, GraphNode] => [id, otherNode(facts, id)]);
  const removed = new Set(sensors.flatMap((one, index) => (one.removal === null ? [] : (one.id ?? `sensor ${index}`))));
  const later = [...own].filter(([id]) => !removed.has(id)).map(([id, node]): [string, GraphNode] => [id, after(node)]);
  return {
    before: drawn(new Map([...own, ...others]), edges, numbers),
    after: drawn(new Map([...later, ...others]), contracted, numbers),
    removed: [...removed].flatMap((id) => numbers.get(id) ?? []),
    hidden: near.length - shown.length,
  };
}

/** True where the file says the contracted order, and gives every task the rule, id and group that it had. */
function sameOrder(contracted: Edges, gone: readonly string[], facts: FileFacts, now: FileFacts): boolean {
  return sameEdges(renumber(contracted, gone), edgesOf(now.dependencies)) && sameConditions(facts, now, gone);
}

/**
 * True where every task that expressions speak of has the id, the trigger rule and the group that it had. `gone` are the
 * bindings of the removed.
 */
export function sameConditions(before: FileFacts, now: FileFacts, gone: readonly string[]): boolean {
  const later = graphOf(now).tasks;
  const removed = new Set(gone);
  return [...graphOf(before).tasks].every(([id, { task }]) => {
    if (removed.has(id) || task === undefined) return true;
    const [moved] = [...renumber(new Set([edge(id, '')]), gone)].map((key) => endsOf(key)[0]);
    const there = later.get(moved ?? id)?.task;
    return there === undefined || JSON.stringify(there) === JSON.stringify(task);
  });
}

/** Why what runs before and after the task of a call is not told by names, null where it is. */
function whyUnknown(facts: FileFacts, call: SparkCall): string | null {
  const { variable, statement, span, statementIsCall } = call;
  const { path, text } = facts.source;
  const { operands } = graphOf(facts);
  if (variable === null) {
    if (taskHandle(facts, call) !== null || (statementIsCall && statement.start === span.start)) return null;
    return `the task is part of ${brief(text.slice(statement.start, span.start))}…`;
  }
  const other = variable.uses.find(({ span: use, attribute }) => {
    const operand = operands.get(use.start);
    return operand === undefined ? attribute !== 'output' && attribute !== 'task_id' : operand.id.includes('|');
  });
  if (other === undefined && !variable.shared) return null;
  const at = placeAt(path, text, other?.span.start ?? statement.start).line;
  return `${variable.name} is used at line ${at} in a way that may order tasks too`;
}

const taskIn = (facts: FileFacts, id: string): OperandTask | null => graphOf(facts).tasks.get(id)?.task ?? null;

function nodeOf(call: SparkCall, kind: GraphNode['kind'], task: OperandTask | null): GraphNode {
  const rule = call.arguments.find(({ name }) => name === 'trigger_rule');
  const group = task?.group ?? null;
  const label = factText(call.taskId) ?? call.variable?.name ?? 'a task without a known id';
  const given = rule?.value.kind === 'known' ? String(rule.value.value) : (rule?.text ?? null);
  return { id: '', label, kind, triggerRule: given, group };
}

function otherNode(facts: FileFacts, id: string): GraphNode {
  const operand = graphOf(facts).tasks.get(id);
  const name = operand?.kind === 'name' ? operand.name : id.replace(/^\(|\)$|@.*$/g, '');
  const { taskId = null, triggerRule = null, group = null } = operand?.task ?? {};
  return { id: '', label: brief(taskId ?? name), kind: 'task', triggerRule, group };
}

/** A sensor that is still there is an empty task. */
const after = (node: GraphNode): GraphNode => (node.kind === 'sensor' ? { ...node, kind: 'placeholder' } : node);

/** What runs right before or right after one of these, in the order of the source. */
function neighbours(edges: Edges, ids: readonly string[]): readonly string[] {
  const graph = neighboursOf(edges);
  const near = ids.flatMap((id) => [...(graph.before.get(id) ?? []), ...(graph.after.get(id) ?? [])]);
  return [...new Set(near)].filter((id) => !ids.includes(id));
}

function drawn(nodes: ReadonlyMap<string, GraphNode>, edges: Edges, numbers: ReadonlyMap<string, string>): TaskGraph {
  const number = (id: string): string => numbers.get(id) ?? '';
  return {
    nodes: [...nodes].map(([id, node]) => ({ ...node, id: number(id) })),
    edges: Array.from(edges, endsOf)
      .filter(([from, to]) => nodes.has(from) && nodes.has(to))
      .map(([from, to]) => [number(from), number(to)] as const)
      .sort((a, b) => Number(a[0].slice(1)) - Number(b[0].slice(1)) || Number(a[1].slice(1)) - Number(b[1].slice(1))),
  };
}
