/** What a change no longer needs, and the class that stands for a task without work. */
import type { Span } from '../model.ts';
import { airflowMajor, compareVersions } from './era.ts';
import type { ImportNeed } from './imports.ts';
import { baseParameters } from './parameters.ts';
import type { PreparedTask } from './prepare.ts';
import type { Project } from './project.ts';
import type { SensorPlan } from './sensor-plan.ts';

/** Where names are no longer read: replaced callees, dropped arguments, sensors that went. */
export function releasedSpans({ task, plan }: PreparedTask, sensors: readonly SensorPlan[]): Span[] {
  const dropped = [...plan.fates].flatMap(([argument, fate]) =>
    fate === 'drop' && argument.unpacked === undefined ? [argument.span] : [],
  );
  const ofSensors = sensors.flatMap(({ sensor, outcome }) => {
    if (outcome === 'removed') return [sensor.span];
    const own = sensor.arguments.filter(({ name }) => name !== null && !baseParameters.has(name));
    return outcome === 'placeholder' ? [sensor.callee, ...own.map(({ span }) => span)] : [];
  });
  return [task.callee, ...dropped, ...ofSensors];
}

/** The class is DummyOperator before 2.3; on 2.x it lives in Airflow itself, from 3.0 on in the standard provider. */
export function emptyClass({ era }: Project): Pick<ImportNeed, 'module' | 'name'> {
  const { airflow } = era;
  if (airflow !== null && compareVersions(airflow, '2.3.0') < 0)
    return { module: 'airflow.operators.dummy', name: 'DummyOperator' };
  const standard = (airflowMajor(era) ?? 2) >= 3;
  return {
    module: standard ? 'airflow.providers.standard.operators.empty' : 'airflow.operators.empty',
    name: 'EmptyOperator',
  };
}
