/** What is decided about one sensor. */
import type { Finding, SparkSensor, SparkTask } from '../model.ts';
import type { Edges } from './graph.ts';

export interface SensorPlan {
  readonly sensor: SparkSensor;
  /** The tasks whose end it waits for; empty where none of this file does. */
  readonly tasks: readonly SparkTask[];
  readonly outcome: 'removed' | 'placeholder' | 'kept' | 'manual';
  /** By which dependency expressions know it, null where none can. */
  readonly id: string | null;
  /** Edges that its arguments make. */
  readonly implied: Edges;
  /** True where it only goes together with others, and alone becomes an empty task. */
  readonly together?: boolean;
  /** About the sensor; they count for its tasks. */
  readonly findings: readonly Finding[];
}
