/** The edges of a DAG, and what is left of them when tasks are taken out. */
import type { ObservedDag } from './observation.ts';

export type Edges = ReadonlyMap<string, { readonly from: string; readonly to: string }>;

const edgeName = (from: string, to: string): string => `${from} >> ${to}`;

/** Every edge by its name `a >> b`. */
export function edgesOf(dag: ObservedDag): Edges {
  const edges = new Map<string, { from: string; to: string }>();
  for (const [from, { downstream }] of Object.entries(dag.tasks))
    for (const to of downstream) edges.set(edgeName(from, to), { from, to });
  return edges;
}

/** The graph without these tasks: what stood before each now points to what stood behind it. */
export function contract(edges: Edges, removed: ReadonlySet<string>): Edges {
  let left = [...edges.values()];
  for (const task of removed) {
    const before = left.filter(({ to }) => to === task);
    const behind = left.filter(({ from }) => from === task);
    const bridges = before.flatMap(({ from }) => behind.map(({ to }) => ({ from, to })));
    left = [...left.filter(({ from, to }) => from !== task && to !== task), ...bridges];
  }
  return new Map(left.map((edge) => [edgeName(edge.from, edge.to), edge]));
}

/** The same graph where tasks have other ids. */
export function rename(edges: Edges, names: ReadonlyMap<string, string>): Edges {
  const name = (task: string): string => names.get(task) ?? task;
  return new Map(
    [...edges.values()].map(({ from, to }) => [edgeName(name(from), name(to)), { from: name(from), to: name(to) }]),
  );
}

/** True when one of `above` stands somewhere before the task. */
export function isBelow(dag: ObservedDag, task: string, above: (id: string) => boolean): boolean {
  const seen = new Set<string>();
  const open = [task];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const parent of dag.tasks[id]?.upstream ?? []) {
      if (above(parent)) return true;
      if (!seen.has(parent)) open.push(parent);
      seen.add(parent);
    }
  }
  return false;
}
