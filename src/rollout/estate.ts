import type { ConnectionUser, RequestSize, SlotUse, TaskEntry, WavePlan } from '../model.ts';

/** What a rollout is planned by: all tasks of the project, whatever was selected, with what their calls and DAGs tell. */
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

/** The wave of each legacy task, by id. */
export function waveNumbers({ dags }: WavePlan): ReadonlyMap<string, number> {
  return new Map(dags.flatMap(({ tasks, wave }) => tasks.map((id) => [id, wave] as const)));
}
