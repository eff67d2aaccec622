/** What a call did before: by the provider version, and by what the call itself tells of the version. */
import type { Finding, SparkSensor, SparkTask } from '../model.ts';
import { type Behaviour, compareVersions, type Era } from './era.ts';
import { operatorParameters } from './parameters.ts';
import { effective, finding } from './project.ts';

export interface TaskBehaviour {
  readonly behaviour: Behaviour;
  readonly findings: readonly Finding[];
}

/** `sensors` are those paired with the task. */
export function behaviourOf(task: SparkTask, sensors: readonly SparkSensor[], era: Era): TaskBehaviour {
  const behaviour = fromVersionOrCode(task, sensors, era);
  const broken = era.provider === null ? null : contradiction(task, sensors, era, era.provider);
  const findings: Finding[] = [];
  if (broken !== null)
    findings.push(finding('source-already-broken', task.place, { provider: era.provider ?? '', what: broken }));
  if (behaviour === 'unknown') findings.push(finding('era-unknown', task.place));
  if (behaviour === 'submits' && sensors.length === 0) findings.push(finding('waits-now', task.place));
  return { behaviour, findings };
}

function fromVersionOrCode(task: SparkTask, sensors: readonly SparkSensor[], era: Era): Behaviour {
  const watch = watchOf(task);
  if (era.behaviour !== 'unknown') {
    if (!era.watchDecides || watch === 'absent' || watch === 'off') return era.behaviour;
    return watch === 'on' ? 'streams' : 'unknown';
  }
  if (argumentsSince(task, 'pod').length > 0) return 'waits';
  if (watch !== 'absent') return watch === 'on' ? 'streams' : watch === 'off' ? 'submits' : 'unknown';
  return sensors.some(({ watches }) => watches !== null) ? 'submits' : 'unknown';
}

function watchOf(task: SparkTask): 'absent' | 'on' | 'off' | 'unknown' {
  const found = effective(task, 'watch');
  if (found.from === 'nothing') return 'absent';
  if (!('value' in found)) return 'absent';
  if (found.value.kind !== 'known') return 'unknown';
  return found.value.value === true ? 'on' : 'off';
}

/** The call's own keywords that only some versions accept. */
function argumentsSince(task: SparkTask, since: 'pod' | 'old' | 'watch'): string[] {
  return task.arguments.flatMap(({ name }) =>
    name !== null && operatorParameters[name]?.since === since ? [name] : [],
  );
}

/** Why the source can not have worked with its provider, null where nothing contradicts. */
function contradiction(task: SparkTask, sensors: readonly SparkSensor[], era: Era, provider: string): string | null {
  const pod = era.behaviour === 'waits';
  const rejected = pod
    ? [...argumentsSince(task, 'old'), ...argumentsSince(task, 'watch')]
    : argumentsSince(task, 'pod');
  if (!pod && !era.watchDecides) rejected.push(...argumentsSince(task, 'watch'));
  if (rejected.length > 0)
    return `the operator rejects the keyword ${rejected.join(', ')}: the file is an import error`;
  if (era.behaviour !== 'submits' && sensors.some(({ watches }) => watches !== null))
    return "the operator returns nothing, and its sensor reads ['metadata']['name'] of it";
  if (pod && sensors.some(({ watches }) => watches === null) && !keepsItsName(task))
    return 'the operator deletes the job when it ends and names it anew each time, so a sensor behind it finds nothing (it needs delete_on_termination=False, random_name_suffix=False)';
  if (pod && isTrue(task, 'do_xcom_push')) return 'do_xcom_push=True waits for a sidecar that never comes, then fails';
  const text = task.payload.kind === 'inline' || task.payload.kind === 'constant';
  if (text && compareVersions(provider, '8.0.0') === 0)
    return 'the operator opens the text of the document as a file name';
  return null;
}

/** True when a sensor that runs after the operator can still find the application by its name. */
function keepsItsName(task: SparkTask): boolean {
  return ['delete_on_termination', 'random_name_suffix'].every((name) => {
    const found = effective(task, name);
    return 'value' in found && found.value.kind === 'known' && found.value.value === false;
  });
}

function isTrue(task: SparkTask, name: string): boolean {
  const found = effective(task, name);
  return 'value' in found && found.value.kind === 'known' && found.value.value === true;
}
