/** Sensors of other DAGs that wait for an application by its name: a barrier between DAGs. */
import type { Finding, SparkSensor, SparkTask } from '../model.ts';
import { effective, finding, isSameDag, knownText, type Project } from './project.ts';

const indexes = new WeakMap<Project['files'], ReadonlyMap<string, readonly SparkSensor[]>>();

/** The sensors of all files by the plain name that they ask for. */
function sensorsByName({ files }: Project): ReadonlyMap<string, readonly SparkSensor[]> {
  const known = indexes.get(files);
  if (known !== undefined) return known;
  const made = new Map<string, SparkSensor[]>();
  for (const sensor of files.flatMap((facts) => facts.sensors)) {
    const name = knownText(effective(sensor, 'application_name'));
    if (name === null || name.includes('{')) continue;
    const list = made.get(name);
    if (list === undefined) made.set(name, [sensor]);
    else list.push(sensor);
  }
  indexes.set(files, made);
  return made;
}

/** What is to be said of a task whose application, by its `name`, holds back tasks of other DAGs. */
export function barriersOn(project: Project, task: SparkTask, name: string | null): readonly Finding[] {
  if (name === null) return [];
  return (sensorsByName(project).get(name) ?? []).flatMap((sensor) => {
    if (sensor.file === task.file && isSameDag(sensor.dag, task.dag)) return [];
    return [finding('watched-elsewhere', task.place, { where: `${sensor.file}:${sensor.place.line}`, name })];
  });
}
