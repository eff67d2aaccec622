/** What `apply` would write, in parts that can be written apart: by owner, DAG or wave. */
import type { Change, PlannedFile } from '../model.ts';

export interface Part {
  /** Null: files of several groups, and those that no task is the owner of. */
  readonly group: string | null;
  readonly files: readonly PlannedFile[];
  /** Ids of the tasks whose changes are in it. */
  readonly tasks: readonly string[];
}

/**
 * Every file is in one part whole, and with it all files of the changes that are made in it: a part can be applied
 * without the others. What is of several groups together is a part of its own. Groups by name, that part last.
 */
export function splitFiles(
  files: readonly PlannedFile[],
  changes: readonly Change[],
  groupOf: (task: string) => string,
): readonly Part[] {
  const written = new Map(files.map((file) => [file.path, file]));
  const bundles = new Bundles();
  const made = changes.filter((change) => change.files.some((path) => written.has(path)));
  for (const change of made) bundles.join(change.files.filter((path) => written.has(path)));
  const groups = new Map<string, Set<string>>();
  const groupsOf = (path: string): Set<string> => {
    const root = bundles.find(path);
    const known = groups.get(root) ?? new Set();
    groups.set(root, known);
    return known;
  };
  const firstOf = (change: Change): string => change.files.find((path) => written.has(path)) ?? change.file;
  for (const change of made) groupsOf(firstOf(change)).add(groupOf(change.task));
  const nameOf = (path: string): string | null => {
    const [only, ...others] = groupsOf(path);
    return only === undefined || others.length > 0 ? null : only;
  };
  const names = [...new Set(files.map(({ path }) => nameOf(path)))];
  return names.sort(byName).map((group) => ({
    group,
    files: files.filter(({ path }) => nameOf(path) === group),
    tasks: [...new Set(made.filter((change) => nameOf(firstOf(change)) === group).map(({ task }) => task))].sort(),
  }));
}

/** Numbers in names by value, so that wave 10 comes after wave 9. */
function byName(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  const [a, b] = [Number(left), Number(right)];
  if (!Number.isNaN(a) && !Number.isNaN(b) && a !== b) return a - b;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Paths that belong together, by one of them. */
class Bundles {
  readonly #parents = new Map<string, string>();

  find(path: string): string {
    let at = path;
    for (let up = this.#parents.get(at); up !== undefined && up !== at; up = this.#parents.get(at)) at = up;
    return at;
  }

  join(paths: readonly string[]): void {
    const [first] = paths;
    if (first !== undefined) for (const path of paths) this.#parents.set(this.find(path), this.find(first));
  }
}
