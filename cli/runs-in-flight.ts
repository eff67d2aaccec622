/** The order in which a change of sensors is deployed: runs that are under way meet a graph without them. */
import type { SensorEntry } from '../src/index.ts';
import type { Session } from './session.ts';

/** Says it where one of the tasks takes its sensor along. */
export function tellRunsInFlight(session: Session, sensors: readonly SensorEntry[], tasks: ReadonlySet<string>): void {
  const dags = sensors
    .filter(({ task, outcome }) => task !== null && tasks.has(task) && outcome !== 'kept' && outcome !== 'manual')
    .map(({ dagId, file }) => dagId ?? file);
  if (dags.length === 0) return;
  session.say(`Runs in flight meet a graph without their sensor: ${[...new Set(dags)].sort().join(', ')}.`);
  session.say('For each: pause, let runs finish, deploy, unpause.');
}
