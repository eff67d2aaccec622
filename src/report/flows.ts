/** The estate as flows: owners → connection → cluster or queue, before the rollout, now, and when it is done. */
import type { Report, TaskEntry } from '../model.ts';
import { compareText } from './order.ts';

export type Moment = 'before' | 'now' | 'final';

export interface FlowNode {
  readonly column: 0 | 1 | 2;
  readonly name: string;
  readonly tasks: number;
}
/** `new` runs through the gateway. */
export interface Flow {
  readonly path: 'old' | 'new';
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly tasks: number;
}
export interface EstateMap {
  readonly nodes: readonly FlowNode[];
  readonly flows: readonly Flow[];
  readonly old: number;
  readonly new: number;
}

/** Nodes of a column; the rest is one more. */
const most = 12;
const gateway = 'Batch Processing Gateway';

/** Tasks count as calls. What can not move in the end (manual, no queue, ignored) stays on its old path, and is seen there. */
export function estateMap({ tasks, rollout }: Report, moment: Moment): EstateMap {
  const owners = new Map((rollout?.tasks ?? []).map(({ task, owner }) => [task, owner]));
  const routes = tasks.map((task) => routeOf(task, owners.get(task.id) ?? null, moment));
  const names = [0, 1, 2].map((column) => shortNames(routes.map(({ stops }) => stops[column] ?? '')));
  const nodes = new Map<string, { column: 0 | 1 | 2; name: string; tasks: number }>();
  const flows = new Map<string, { path: Flow['path']; from: FlowNode; to: FlowNode; tasks: number }>();
  for (const { path, stops } of routes) {
    const passed = stops.map((stop, index) => {
      const column = index as 0 | 1 | 2;
      const name = names[column]?.get(stop) ?? stop;
      const key = `${column} ${name}`;
      const node = nodes.get(key) ?? { column, name, tasks: 0 };
      nodes.set(key, node);
      node.tasks += 1;
      return node;
    });
    for (const [index, from] of passed.slice(0, -1).entries()) {
      const to = passed[index + 1];
      if (to === undefined) continue;
      const key = JSON.stringify([path, index, from.name, to.name]);
      const flow = flows.get(key) ?? { path, from, to, tasks: 0 };
      flows.set(key, flow);
      flow.tasks += 1;
    }
  }
  const order = (a: FlowNode, b: FlowNode): number =>
    a.column - b.column ||
    Number(isRest(a.name)) - Number(isRest(b.name)) ||
    b.tasks - a.tasks ||
    compareText(a.name, b.name);
  return {
    nodes: [...nodes.values()].sort(order),
    flows: [...flows.values()].sort(
      (a, b) => order(a.from, b.from) || order(a.to, b.to) || compareText(a.path, b.path),
    ),
    old: routes.filter(({ path }) => path === 'old').length,
    new: routes.filter(({ path }) => path === 'new').length,
  };
}

interface Route {
  readonly path: Flow['path'];
  readonly stops: readonly [string, string, string];
}

function routeOf(task: TaskEntry, owner: string | null, moment: Moment): Route {
  const who = owner ?? 'no owner';
  const { status, verdict, queue, connection } = task;
  const moves = status === 'legacy' && queue !== null && (verdict === 'safe' || verdict === 'review');
  if (moment !== 'before' && (status === 'migrated' || (moment === 'final' && moves)))
    return { path: 'new', stops: [who, gateway, queue === null ? 'queue not said in the DAG' : `queue ${queue}`] };
  const name = connection ?? (status === 'migrated' ? 'former connection not known' : 'connection not known');
  return { path: 'old', stops: [who, name, connection === null ? 'cluster not known' : `cluster of ${connection}`] };
}

const isRest = (name: string): boolean => /^\d+ others$/.test(name);

/** The largest by their names, the others by what they are together. */
function shortNames(stops: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const stop of stops) counts.set(stop, (counts.get(stop) ?? 0) + 1);
  if (counts.size <= most) return new Map();
  const ranked = [...counts].sort(
    ([a, x], [b, y]) => Number(b === gateway) - Number(a === gateway) || y - x || compareText(a, b),
  );
  const rest = ranked.slice(most - 1);
  return new Map(rest.map(([stop]) => [stop, `${rest.length} others`]));
}
