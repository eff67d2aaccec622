/** Legacy tasks as people divide the work: team, DAG, task. */
import type { Candidate } from './filter.ts';

export interface DagNode {
  /** Unique in the tree. */
  readonly key: string;
  readonly name: string;
  readonly tasks: readonly Candidate[];
}
export interface TeamNode {
  readonly key: string;
  readonly name: string;
  readonly dags: readonly DagNode[];
  readonly tasks: readonly Candidate[];
}

/** What a team is called that nobody named. */
export const nobody = '(no owner)';

/** Teams by name, those without an owner last; DAGs by name (the file where the id is unknown); tasks in source order. */
export function treeOf(candidates: readonly Candidate[]): TeamNode[] {
  const teams = groupBy(candidates, ({ owner }) => owner ?? '');
  return [...teams].sort(byName).map(([owner, tasks]) => {
    const key = `team ${owner}`;
    const dags = [...groupBy(tasks, ({ entry }) => entry.dagId ?? entry.file)].sort(byName).map(([name, own]) => ({
      key: `${key} dag ${name}`,
      name,
      tasks: own.toSorted(bySource),
    }));
    return { key, name: owner === '' ? nobody : owner, dags, tasks: dags.flatMap((dag) => dag.tasks) };
  });
}

/** Every task of the tree, top to bottom. */
export function orderOf(tree: readonly TeamNode[]): Candidate[] {
  return tree.flatMap(({ tasks }) => tasks);
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  if (left === '' || right === '') return left === right ? 0 : left === '' ? 1 : -1;
  return compare(left, right);
}

function bySource({ entry: a }: Candidate, { entry: b }: Candidate): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.id, b.id);
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function groupBy(candidates: readonly Candidate[], keyOf: (candidate: Candidate) => string): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  return groups;
}
