/** What ties DAGs together: one that waits for another comes after it, those that share a document move together. */
import type { DagMention, TaskEntry } from '../model.ts';

/** `before` runs first; `why` reads behind the name of `after`'s DAG. */
export interface DagLink {
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

/** The DAG id, the file where it is not known. */
export const dagOf = ({ dagId, file }: Pick<TaskEntry, 'dagId' | 'file'>): string => dagId ?? file;

/** Links between DAGs of `known`, each pair once with the first reason, in the order of the mentions. */
export function linksBetween(mentions: readonly DagMention[], known: ReadonlySet<string>): readonly DagLink[] {
  const links = new Map<string, DagLink>();
  const add = (before: string | null, after: string | null, why: string): void => {
    if (before === null || after === null || before === after || !known.has(before) || !known.has(after)) return;
    const key = JSON.stringify([before, after]);
    if (!links.has(key)) links.set(key, { before, after, why });
  };
  const consumers = groupByName(mentions.filter(({ kind }) => kind === 'consumes'));
  for (const { kind, dag, name } of mentions) {
    if (kind === 'waits-for') add(name, dag, `waits for DAG ${name} by an external sensor`);
    if (kind === 'triggers') add(dag, name, `is triggered by DAG ${dag ?? ''}`);
    if (kind === 'produces')
      for (const consumer of consumers.get(name) ?? [])
        add(dag, consumer, `is scheduled by dataset ${name} of DAG ${dag ?? ''}`);
  }
  return [...links.values()];
}

function groupByName(mentions: readonly DagMention[]): ReadonlyMap<string, readonly (string | null)[]> {
  const groups = new Map<string, (string | null)[]>();
  for (const { name, dag } of mentions) groups.set(name, [...(groups.get(name) ?? []), dag]);
  return groups;
}

/** Groups of DAGs that share documents, with the first document that each shares; a DAG that shares none is alone. */
export function groupsByDocument(
  tasks: readonly TaskEntry[],
): readonly { readonly dags: readonly string[]; readonly shared: ReadonlyMap<string, string> }[] {
  const leaders = new Map<string, string>();
  const leaderOf = (dag: string): string => {
    const next = leaders.get(dag) ?? dag;
    if (next === dag) return dag;
    const leader = leaderOf(next);
    leaders.set(dag, leader);
    return leader;
  };
  const users = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const task of tasks) {
    const dag = dagOf(task);
    if (!leaders.has(dag)) leaders.set(dag, dag);
    const path = task.payload?.path ?? null;
    const other = path === null ? undefined : users.get(path);
    if (path === null || other === dag) continue;
    if (other === undefined) {
      users.set(path, dag);
      continue;
    }
    for (const one of [dag, other]) if (!shared.has(one)) shared.set(one, path);
    leaders.set(leaderOf(dag), leaderOf(other));
  }
  const groups = new Map<string, string[]>();
  for (const dag of leaders.keys()) groups.set(leaderOf(dag), [...(groups.get(leaderOf(dag)) ?? []), dag]);
  return [...groups.values()].map((dags) => ({
    dags,
    shared: new Map(dags.flatMap((dag) => (shared.has(dag) ? [[dag, shared.get(dag) ?? ''] as const] : []))),
  }));
}
