/** Which sensor belongs to which task, and what becomes of it. */
import type { FileFacts, Finding, SparkSensor, SparkTask } from '../model.ts';
import { keyShown } from '../parser/text-keys.ts';
import { impliedEdges, taskHandle } from './file-graph.ts';
import type { Edges } from './graph.ts';
import { type Candidate, removeJointly } from './joint-removal.ts';
import { because } from './obstacles.ts';
import { type Pair, watchedBy } from './pairs.ts';
import { brief, factText, finding, isSameDag, type Project } from './project.ts';
import { INEXACT, removable } from './removal.ts';
import { rewire } from './rewire.ts';
import { type AskedMode, sensorMode } from './sensor-mode.ts';
import type { SensorPlan } from './sensor-plan.ts';
import { hasOwnTrigger, ruleText, settingsLost } from './sensor-settings.ts';

const OUTPUT = because('output-edge');
const NO_EDGES: Edges = new Set();

/** The sensors of a file with their fate. `nameOf` gives the application name that a task's document has. */
export function planSensors(
  project: Project,
  facts: FileFacts,
  nameOf: (task: SparkTask) => string | null,
): readonly SensorPlan[] {
  const plans = facts.sensors.map((sensor) => planSensor(project, facts, sensor, watchedBy(facts, sensor, nameOf)));
  const fitting = togetherRemovable(facts, plans);
  return removeJointly(
    project,
    facts,
    fitting,
    fitting.flatMap((plan) => candidateOf(facts, plan)),
  );
}

/** A sensor that stays for its edges only: with others it may go. */
function candidateOf(facts: FileFacts, plan: SensorPlan): readonly Candidate[] {
  const because = plan.findings.find(({ code }) => code === 'sensor-placeholder')?.args['because'];
  if (because !== INEXACT || plan.tasks.length !== 1) return [];
  return [{ plan, removed: removedPlan(facts, plan), shown: shownId(plan.sensor) }];
}

/** Sensors that can go one by one, but not all together: those that do not fit become empty tasks. */
function togetherRemovable(facts: FileFacts, plans: readonly SensorPlan[]): readonly SensorPlan[] {
  const removed = plans.filter(({ outcome }) => outcome === 'removed');
  if (removed.length < 2 || canGo(facts, removed)) return plans;
  const fitting: SensorPlan[] = [];
  for (const plan of removed) if (canGo(facts, [...fitting, plan])) fitting.push(plan);
  return plans.map((plan) =>
    plan.outcome === 'removed' && !fitting.includes(plan)
      ? emptied(facts, plan, 'its edges can not be rewritten together with those of the other sensors')
      : plan,
  );
}

function canGo(facts: FileFacts, plans: readonly SensorPlan[]): boolean {
  const implied = new Set(plans.flatMap((plan) => [...plan.implied]));
  const ids = plans.flatMap(({ id }) => id ?? []);
  return rewire(facts.dependencies, implied, ids, facts.source.text) !== null;
}

/** The plan of a sensor that becomes an empty task instead: asked for it is no surprise, else it needs a look. */
function emptied(
  facts: FileFacts,
  plan: SensorPlan,
  because: string,
  code: 'sensor-placeholder' | 'sensor-emptied' = 'sensor-placeholder',
): SensorPlan {
  const { sensor, tasks } = plan;
  const id = shownId(sensor);
  const settings = tasks.flatMap((task) => settingsLost(facts, sensor, task, id, 'placeholder'));
  const said = finding(code, sensor.place, { sensor: id, because });
  const flight = finding('runs-in-flight', sensor.place);
  const rule = hasOwnTrigger(sensor)
    ? [finding('sensor-rule', sensor.place, { sensor: id, rule: ruleText(sensor) })]
    : [];
  const findings = [said, flight, ...rule, ...severalFindings(sensor, tasks, id), ...settings];
  return { ...plan, outcome: 'placeholder', findings };
}

function shownId({ taskId, idKey }: SparkSensor | SparkTask): string {
  if (idKey !== null) return brief(keyShown(idKey));
  return factText(taskId) ?? brief(taskId.kind === 'symbolic' ? taskId.text : 'without a known id');
}

function planSensor(project: Project, facts: FileFacts, sensor: SparkSensor, pair: Pair): SensorPlan {
  const { tasks } = pair;
  const id = shownId(sensor);
  const base = { sensor, tasks, id: null, implied: NO_EDGES };
  const [task] = tasks;
  if (task === undefined) return { ...base, outcome: 'kept', findings: alone(facts, sensor, id) };
  const asked = sensorMode(project, sensor, tasks);
  const obstacle = mustStay(facts, sensor, pair, asked);
  if (obstacle !== null) {
    const stays = finding('sensor-keeps-reading', sensor.place, { sensor: id, because: obstacle });
    return { ...base, outcome: 'manual', findings: [stays] };
  }
  const handle = taskHandle(facts, sensor);
  if (tasks.length > 1 && impliedEdges(facts, sensor).size > 0) {
    const stays = finding('sensor-keeps-reading', sensor.place, { sensor: id, because: OUTPUT });
    return { ...base, outcome: 'manual', findings: [stays] };
  }
  const handled = { ...base, id: handle, implied: handle === null ? NO_EDGES : impliedEdges(facts, sensor) };
  const isAsked = pair.because === null && asked.mode === 'placeholder';
  const reason = pair.because ?? (isAsked ? asked.by : removable(project, facts, sensor, tasks));
  if (reason !== null && impliedEdges(facts, sensor).size > 0 && (sensor.variable === null || task.variable === null)) {
    const stays = finding('sensor-keeps-reading', sensor.place, { sensor: id, because: OUTPUT });
    return { ...base, outcome: 'manual', findings: [stays] };
  }
  if (reason !== null) {
    const code = isAsked ? 'sensor-emptied' : 'sensor-placeholder';
    return emptied(facts, { ...handled, outcome: 'placeholder', findings: [] }, reason, code);
  }
  return removedPlan(facts, { ...handled, outcome: 'removed', findings: [] });
}

/** The plan of a sensor that goes. */
function removedPlan(facts: FileFacts, plan: SensorPlan): SensorPlan {
  const { sensor, tasks } = plan;
  const id = shownId(sensor);
  const removed = finding('sensor-removed', sensor.place, { sensor: id });
  const flight = finding('runs-in-flight', sensor.place);
  const settings = tasks.flatMap((task) => settingsLost(facts, sensor, task, id, 'removed'));
  const said = [removed, flight, ...severalFindings(sensor, tasks, id), ...comments(facts, sensor, id), ...settings];
  return { ...plan, outcome: 'removed', findings: said };
}

function alone({ migrated }: FileFacts, sensor: SparkSensor, id: string): readonly Finding[] {
  if (sensor.ignored !== null) return [];
  const moved = migrated.some(
    ({ dag, taskId }) => isSameDag(dag, sensor.dag) && sensor.watches?.includes(factText(taskId) ?? '') === true,
  );
  const what =
    sensor.watches === null
      ? 'an application that no task of this file submits'
      : `the task ${sensor.watches.map(keyShown).join(', ')}, which ${moved ? 'has moved to the gateway already' : 'is not in this file'}`;
  return [finding('sensor-alone', sensor.place, { sensor: id, what })];
}

/** Why the sensor can neither go nor become an empty task, null where it can. */
function mustStay(facts: FileFacts, sensor: SparkSensor, pair: Pair, asked: AskedMode): string | null {
  if (sensor.ignored !== null) return because('ignored');
  if (asked.mode === 'keep') return asked.by;
  if (makesOtherEdges(facts, sensor)) return OUTPUT;
  if (pair.unsure) return `${pair.because}; it may be this job`;
  if (sensor.form !== 'call') return because('mapped');
  if (sensor.arguments.some(({ kind }) => kind !== 'keyword')) return because('unseen-arguments');
  return pair.missing === undefined ? null : because('also-watches', { tasks: pair.missing.join(', ') });
}

/** Of a sensor that waits for several tasks: they move together. */
function severalFindings(sensor: SparkSensor, tasks: readonly SparkTask[], id: string): readonly Finding[] {
  if (tasks.length < 2) return [];
  const names = tasks.map((task) => shownId(task)).join(', ');
  return [finding('sensor-of-several', sensor.place, { sensor: id, tasks: names })];
}

/** Templated arguments that are the output of another task make an edge by themselves; f-strings do not. */
function makesOtherEdges(facts: FileFacts, sensor: SparkSensor): boolean {
  const templated = ['application_name', 'namespace', 'kubernetes_conn_id'];
  const outputs = sensor.arguments.filter(
    ({ name, value, text }) =>
      templated.includes(name ?? '') &&
      value.kind !== 'known' &&
      /\.output\b|\bXComArg\b/.test(text) &&
      !/^[fF]?["']/.test(text),
  );
  return outputs.length > impliedEdges(facts, sensor).size;
}

function comments(facts: FileFacts, sensor: SparkSensor, id: string): readonly Finding[] {
  return sensor.comments.map((span) => {
    const comment = brief(facts.source.text.slice(span.start, span.end));
    return finding('sensor-comment', sensor.place, { sensor: id, comment });
  });
}
