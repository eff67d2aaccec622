/** What a rollout is planned by: all tasks of the project, whatever was selected, with what their calls and DAGs tell. */
import type { ConnectionUser, RequestSize, SlotUse, TaskEntry, WavePlan } from './model.ts';
import { connectionUsers } from './rewriter/connection-users.ts';
import type { ProjectDecisions } from './rewriter/plan.ts';
import type { Project } from './rewriter/project.ts';
import { requestSizes } from './rewriter/request-size.ts';
import { planWaves } from './rollout/waves.ts';

export interface Estate {
  readonly tasks: readonly TaskEntry[];
  /** To whom tasks belong, by id. */
  readonly owners: ReadonlyMap<string, string>;
  readonly waves: WavePlan;
  readonly slots: ReadonlyMap<string, SlotUse>;
  /** What each job asks of its queue, by task id; a task whose document is not translated has none. */
  readonly sizes: ReadonlyMap<string, RequestSize>;
  /** Who else uses the connections of Spark tasks, by connection. */
  readonly users: ReadonlyMap<string, readonly ConnectionUser[]>;
  /** The class that tasks move to, as Airflow names it in its task instances. */
  readonly operator: string;
}

export function estateOf(
  project: Project,
  decisions: ProjectDecisions,
  tasks: readonly TaskEntry[],
  owners: ReadonlyMap<string, string>,
  slots: ReadonlyMap<string, SlotUse>,
): Estate {
  return {
    tasks,
    owners,
    waves: wavesFor(project, tasks, owners, slots),
    slots,
    sizes: requestSizes(decisions),
    users: connectionUsers(project, decisions),
    operator: project.target.className,
  };
}

export function wavesFor(
  project: Project,
  tasks: readonly TaskEntry[],
  owners: ReadonlyMap<string, string>,
  slots: ReadonlyMap<string, SlotUse>,
): WavePlan {
  return planWaves({
    tasks,
    mentions: project.files.flatMap(({ mentions }) => mentions),
    owners,
    intervals: new Map([...slots].map(([id, { interval }]) => [id, interval])),
    pins: project.options.waves,
  });
}

/** The wave of each legacy task, by id. */
export function waveNumbers({ dags }: WavePlan): ReadonlyMap<string, number> {
  return new Map(dags.flatMap(({ tasks, wave }) => tasks.map((id) => [id, wave] as const)));
}
