/** Which Kubernetes connections can be switched off, and who still keeps the others. */
import { counted } from '../counted.ts';
import type { ConnectionEntry, ConnectionUser, Retirement, TaskEntry, TaskRuns } from '../model.ts';

export interface RetirementInput {
  readonly connections: readonly ConnectionEntry[];
  /** All tasks of the project. */
  readonly tasks: readonly TaskEntry[];
  readonly owners: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, readonly ConnectionUser[]>;
  /** Of migrated tasks, by id; null where no runs were given. */
  readonly runs: ReadonlyMap<string, TaskRuns> | null;
}

/** By name. Ready is what neither the code nor, where they are given, the runs speak against. */
export function retirementsOf({ connections, tasks, owners, users, runs }: RetirementInput): readonly Retirement[] {
  const unknown = tasks.filter(({ status, connection }) => status !== 'migrated' && connection === null).length;
  return connections
    .filter(({ name }) => name !== '?')
    .map(({ name, kind }): Retirement => {
      const own = tasks.filter(({ connection }) => connection === name);
      const left = own.filter(({ status }) => status !== 'migrated');
      const moved = own.filter(({ status }) => status === 'migrated');
      const others = users.get(name) ?? [];
      const ignored = left.filter(({ status }) => status === 'ignored').length;
      const against = [
        ...(left.length === 0
          ? []
          : [
              `${counted(left.length, 'Spark task')} still ${left.length === 1 ? 'uses' : 'use'} it${ignored === 0 ? '' : ` (${ignored} ignored)`}`,
            ]),
        ...(others.length === 0
          ? []
          : [
              `${counted(others.length, 'other place')} in the project's Python ${others.length === 1 ? 'uses' : 'use'} it`,
            ]),
        ...(unknown === 0 ? [] : [`${counted(unknown, 'Spark task')} may use it: their connection is not known`]),
      ];
      const proof = runs === null ? { against: [], told: [] } : proofOf(moved, runs);
      const ready = against.length === 0 && proof.against.length === 0;
      const quiet = against.length === 0 ? ["no Spark task and nothing else in the project's Python uses it"] : [];
      return {
        name,
        kind,
        migrated: moved.length,
        left: left.map(({ id, file, line, column }) => ({
          task: id,
          owner: owners.get(id) ?? null,
          place: { file, line, column },
        })),
        others,
        ready,
        because: [...against, ...quiet, ...proof.against, ...proof.told],
      };
    });
}

interface Proof {
  readonly against: readonly string[];
  readonly told: readonly string[];
}

/** A moved task speaks against it until it has run on the gateway, and when the old operator has run since. */
function proofOf(moved: readonly TaskEntry[], runs: ReadonlyMap<string, TaskRuns>): Proof {
  if (moved.length === 0)
    return { against: [], told: ['the runs say nothing of it: no migrated task is known to have used it'] };
  const known = moved.map(({ id }) => runs.get(id) ?? null);
  const unproven = known.filter((one) => one === null || one.proven === 0).length;
  const old = known.filter(
    (one) => one !== null && one.lastOld !== null && one.lastProven !== null && one.lastOld > one.lastProven,
  ).length;
  return {
    against: [
      ...(unproven === 0
        ? []
        : [`${unproven} of ${counted(moved.length, 'migrated task')} have no successful run on the gateway yet`]),
      ...(old === 0
        ? []
        : [`${counted(old, 'migrated task')} ran with the old operator after their last run on the gateway`]),
    ],
    told:
      unproven === 0 && old === 0
        ? [`runs prove it: ${counted(moved.length, 'migrated task')}, each with a successful run on the gateway`]
        : [],
  };
}
