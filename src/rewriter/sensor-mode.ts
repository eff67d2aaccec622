/** What is asked for a sensor: by a decision on its task, else by the configuration, for its DAG or for all. */
import type { SensorMode, SparkSensor, SparkTask } from '../model.ts';
import { factText, type Project } from './project.ts';
import { isMatch } from './routing.ts';

export interface AskedMode {
  readonly mode: SensorMode;
  /** Who asks for it, for a message. */
  readonly by: string;
}

/** Of several tasks that it watches, an empty task asked for one keeps it for all. */
export function sensorMode({ options, chosen }: Project, sensor: SparkSensor, tasks: readonly SparkTask[]): AskedMode {
  const decided = tasks.flatMap((task) => chosen?.get(task)?.sensor ?? []);
  const [first] = decided;
  if (first !== undefined) {
    const mode = decided.includes('placeholder') ? 'placeholder' : first;
    return { mode, by: `\`--sensor ${mode}\` was decided` };
  }
  const { sensors } = options;
  if (typeof sensors === 'string') return { mode: sensors, by: `\`sensors: ${sensors}\` is configured` };
  const dag = factText(sensor.dag?.id);
  if (dag === null && Object.keys(sensors.dags).some((glob) => glob !== '*')) {
    const careful = mostCareful([sensors.default, ...Object.values(sensors.dags)]);
    return { mode: careful, by: `the DAG is not known, and \`sensors: ${careful}\` is configured for some` };
  }
  const found = Object.entries(sensors.dags).find(([glob]) => glob === '*' || isMatch(dag ?? '', glob));
  if (found === undefined) return { mode: sensors.default, by: `\`sensors: ${sensors.default}\` is configured` };
  return { mode: found[1], by: `\`sensors: ${found[1]}\` is configured for ${found[0]}` };
}

const mostCareful = (modes: readonly SensorMode[]): SensorMode =>
  (['keep', 'placeholder', 'remove'] as const).find((mode) => modes.includes(mode)) ?? 'remove';
