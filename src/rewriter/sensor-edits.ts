/** What becomes of the sensors when these changes are made together: whether one can go may depend on another. */
import type { FileFacts } from '../model.ts';
import type { PlannedChange, SensorEdit } from './change.ts';
import { type Rewired, rewire } from './rewire.ts';

export interface SettledSensors {
  /** Each sensor once; one that can not go in this set is an empty task here. */
  readonly sensors: readonly SensorEdit[];
  /** Null where the edges can not be rewritten. */
  readonly rewired: Rewired | null;
}

/** The sensors of the changes, as they are written when exactly these are made in the file. */
export function settleSensors(facts: FileFacts, changes: readonly PlannedChange[]): SettledSensors {
  const sensors = [
    ...new Map(changes.flatMap((change) => change.sensors.map((one) => [one.sensor, one] as const))).values(),
  ];
  const whole = rewireFor(facts, sensors);
  if (whole !== null || sensors.every(({ fallback }) => fallback === undefined)) return { sensors, rewired: whole };
  const careful = sensors.map(
    (one): SensorEdit => (one.fallback === undefined ? one : { ...one, removal: null, edits: one.fallback.edits }),
  );
  return { sensors: careful, rewired: rewireFor(facts, careful) };
}

function rewireFor({ dependencies, source }: FileFacts, sensors: readonly SensorEdit[]): Rewired | null {
  const removed = sensors.filter(({ removal }) => removal !== null);
  const implied = new Set(removed.flatMap((sensor) => [...sensor.implied]));
  return rewire(
    dependencies,
    implied,
    removed.flatMap(({ id }) => id ?? []),
    source.text,
  );
}

/** Changes with a sensor that waits for a task whose change is not among them. */
export function strandedChanges(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  const moving = new Set(changes.map(({ sparkTask }) => sparkTask));
  return changes.filter(({ sensors }) => sensors.some(({ tasks }) => tasks.some((task) => !moving.has(task))));
}
