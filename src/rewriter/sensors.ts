/** Which sensor belongs to which task, and what becomes of it. */
import type { FileFacts, Finding, Operand, SparkSensor, SparkTask } from '../model.ts';
import { contract, edgesOf, predecessors, sameEdges, successors } from './graph.ts';
import { baseParameters } from './parameters.ts';
import { brief, effective, factText, finding, knownText, type Project } from './project.ts';
import { referencesTo } from './references.ts';
import { type Replacement, rewire } from './rewire.ts';
import { lineSpan } from './statement-lines.ts';

export interface SensorPlan {
  readonly sensor: SparkSensor;
  /** The tasks whose end it waits for; empty where none of this file does. */
  readonly tasks: readonly SparkTask[];
  readonly outcome: 'removed' | 'placeholder' | 'kept' | 'manual';
  /** How the edges are mended, where it is removed. */
  readonly replacement: Replacement | null;
  /** About the sensor; they count for its tasks. */
  readonly findings: readonly Finding[];
}

/** The sensors of a file with their fate. `nameOf` gives the application name that a task's document has. */
export function planSensors(
  project: Project,
  facts: FileFacts,
  nameOf: (task: SparkTask) => string | null,
): readonly SensorPlan[] {
  const watched = facts.sensors.map((sensor) => ({ sensor, pair: watchedBy(facts, sensor, nameOf) }));
  return watched.map(({ sensor, pair }) => {
    const others = watched.filter(
      (one) => one.sensor !== sensor && one.pair.tasks.some((task) => pair.tasks.includes(task)),
    );
    return planSensor(project, facts, sensor, pair, others.length);
  });
}

interface Pair {
  readonly tasks: readonly SparkTask[];
  /** Why the pair is not the plain one of an id in the XCom idiom, null where it is. */
  readonly because: string | null;
  /** True where it can't be known whether it watches any of the tasks. */
  readonly unsure: boolean;
}

function watchedBy(facts: FileFacts, sensor: SparkSensor, nameOf: (task: SparkTask) => string | null): Pair {
  const near = facts.tasks.filter((task) => task.dag === sensor.dag && (sensor.dag !== null || sameBody(task, sensor)));
  if (sensor.watches !== null) {
    const tasks = near.filter((task) => sensor.watches?.includes(factText(task.taskId) ?? '') === true);
    const plain = sensor.watches.length === 1 && tasks.length === 1;
    return { tasks, because: plain ? null : 'it watches several tasks', unsure: false };
  }
  const found = effective(sensor, 'application_name');
  const name = knownText(found);
  if (name !== null && !/\{[{%]/.test(name)) {
    const tasks = near.filter((task) => nameOf(task) === name);
    return { tasks, because: tasks.length === 1 ? null : 'it watches a name that several tasks give', unsure: false };
  }
  const text = 'text' in found ? found.text : '';
  const naming = near.filter((task) => {
    const id = factText(task.taskId);
    return (
      (id !== null && new RegExp(`['"]${escaped(id)}['"]`).test(text)) ||
      (task.variable !== null && new RegExp(`\\b${escaped(task.variable.name)}\\b`).test(text))
    );
  });
  const because = `its application name is ${brief(text)}, not the plain XCom expression`;
  return { tasks: naming.length > 0 ? naming : near, because, unsure: naming.length === 0 };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const sameBody = (a: SparkTask, b: SparkSensor): boolean => a.functionBody?.start === b.functionBody?.start;

function planSensor(project: Project, facts: FileFacts, sensor: SparkSensor, pair: Pair, others: number): SensorPlan {
  const { tasks } = pair;
  const id =
    factText(sensor.taskId) ?? brief(sensor.taskId.kind === 'symbolic' ? sensor.taskId.text : 'without a known id');
  const base = { sensor, tasks, replacement: null };
  if (tasks.length === 0) {
    const what =
      sensor.watches === null
        ? 'an application that no task of this file submits'
        : `the task ${sensor.watches.join(', ')}, which is not in this file`;
    const alone = finding('sensor-alone', sensor.place, { sensor: id, what });
    return { ...base, outcome: 'kept', findings: sensor.ignored === null ? [alone] : [] };
  }
  const stays = (because: string): SensorPlan => ({
    ...base,
    outcome: 'manual',
    findings: [finding('sensor-keeps-reading', sensor.place, { sensor: id, because })],
  });
  if (sensor.ignored !== null) return stays('a comment says to ignore it');
  if (project.options.sensors === 'keep') return stays('`sensors: keep` is configured');
  if (makesEdges(sensor)) return stays('an XComArg among its arguments makes an edge that would go with it');
  if (pair.unsure) return stays(`${pair.because}, which may name this job`);
  if (sensor.form !== 'call') return stays('a mapped sensor is not rewritten');
  if (sensor.arguments.some(({ kind }) => kind !== 'keyword')) return stays('its arguments can not all be seen');
  if (tasks.length > 1) return stays('it watches several tasks');
  const settings = settingsLost(sensor, tasks[0] as SparkTask, id, project);
  const obstacle = pair.because ?? (others > 0 ? 'several sensors watch the task' : null);
  const removal = obstacle === null ? removable(project, facts, sensor, tasks[0] as SparkTask) : { because: obstacle };
  const flight = finding('runs-in-flight', sensor.place);
  if ('because' in removal)
    return {
      ...base,
      outcome: 'placeholder',
      findings: [placeholderFinding(project, sensor, id, removal.because), flight, ...settings],
    };
  const comments = sensor.comments.map((span) =>
    finding('sensor-comment', sensor.place, {
      sensor: id,
      comment: brief(facts.source.text.slice(span.start, span.end)),
    }),
  );
  const removed = finding('sensor-removed', sensor.place, { sensor: id });
  return {
    ...base,
    outcome: 'removed',
    replacement: removal.replacement,
    findings: [removed, flight, ...comments, ...settings],
  };
}

/** Templated arguments that are the output of another task make an edge by themselves. */
function makesEdges(sensor: SparkSensor): boolean {
  const templated = ['application_name', 'namespace', 'kubernetes_conn_id'];
  return sensor.arguments.some(
    ({ name, value, text }) =>
      templated.includes(name ?? '') &&
      value.kind !== 'known' &&
      /\.output\b|\bXComArg\b/.test(text) &&
      !/^[fF]?["']/.test(text),
  );
}

/** Asked for in the configuration a placeholder is no surprise; chosen because a removal is not certain it needs a look. */
function placeholderFinding(project: Project, sensor: SparkSensor, id: string, because: string): Finding {
  const asked = project.options.sensors === 'placeholder' && because === ASKED;
  return finding(asked ? 'sensor-emptied' : 'sensor-placeholder', sensor.place, { sensor: id, because });
}
const ASKED = '`sensors: placeholder` is configured';

/** Whether the sensor can go without a trace, and how its edges are mended. */
function removable(
  project: Project,
  facts: FileFacts,
  sensor: SparkSensor,
  task: SparkTask,
): { readonly because: string } | { readonly replacement: Replacement | null } {
  if (project.options.sensors === 'placeholder') return { because: ASKED };
  if (sensor.multiplicity !== 1 || task.multiplicity !== 1) return { because: 'its call may run more than once' };
  const { text } = facts.source;
  if (!sensor.statementIsCall || lineSpan(text, sensor.statement) === null)
    return { because: 'its call is part of a larger statement' };
  const id = factText(sensor.taskId);
  if (id === null) return { because: 'its task id is not known, so references to it can not be looked for' };
  const reference = referencesTo(project, facts, sensor, id);
  if (reference !== null) return { because: `${reference} refers to its task id` };
  const { variable } = sensor;
  if (variable === null) return { replacement: null };
  if (variable.rebound) return { because: `the name ${variable.name} is bound more than once` };
  const edges = edgesOf(facts.dependencies, text);
  const [before, after] = [predecessors(edges, variable.name), successors(edges, variable.name)];
  const only =
    before.length === 1 && task.variable !== null && before[0] === task.variable.name && !task.variable.rebound;
  const replacement: Replacement = { name: variable.name, by: only && after.length > 0 ? (before[0] ?? null) : null };
  if (before.length === 0 && after.length > 0)
    return { because: 'nothing runs before it, yet something runs after it' };
  const places = operandPlaces(facts);
  if (variable.uses.some(({ span }) => !places.has(span.start)))
    return { because: `${variable.name} is used in other ways than >> and <<` };
  const rewired = rewire(facts.dependencies, [replacement], text);
  const exact = rewired !== null && sameEdges(contract(edges, [variable.name]), edgesOf(rewired.statements, text));
  return exact ? { replacement } : { because: 'the edges around it are written in a form that is not rewritten yet' };
}

/** Where the variables of dependency statements stand, those inside lists included. */
function operandPlaces(facts: FileFacts): ReadonlySet<number> {
  const starts = (operand: Operand): number[] =>
    operand.kind === 'list' ? operand.items.flatMap(starts) : operand.kind === 'name' ? [operand.span.start] : [];
  return new Set(facts.dependencies.flatMap(({ operands }) => operands.flatMap(starts)));
}

/** What the sensor knew and the operator can't take over. Its time settings move by the rule «Time», not here. */
function settingsLost(sensor: SparkSensor, task: SparkTask, id: string, project: Project): Finding[] {
  const lost = (name: string, text: string, consequence: string): Finding =>
    finding('sensor-setting-lost', sensor.place, { sensor: id, name, value: brief(text), consequence });
  return sensor.arguments.flatMap(({ name, text, value }) => {
    if (name === null || (value.kind === 'known' && (value.value === null || value.value === false))) return [];
    const consequence = consequences[name];
    if (consequence !== undefined) return [lost(name, text, consequence)];
    const kept = project.options.sensors === 'placeholder' || !baseParameters.has(name) || harmless.has(name);
    const same = task.arguments.some((own) => own.name === name && own.text === text);
    return kept || same ? [] : [lost(name, text, '')];
  });
}

const consequences: Readonly<Record<string, string>> = {
  soft_fail: ': a failed job fails the task now, it is no longer skipped',
  never_fail: ': a failed job fails the task now',
  silent_fail: ': an error while polling fails the task now',
  exponential_backoff: ': the status is polled at a steady interval',
  max_wait: ': the status is polled at a steady interval',
};
/** Settings of the waiting task that say nothing about the job or the graph. */
const harmless = new Set([
  'task_id',
  'dag',
  'task_group',
  'doc',
  'doc_md',
  'doc_json',
  'doc_yaml',
  'doc_rst',
  'owner',
  'task_display_name',
  'do_xcom_push',
  'start_date',
  'end_date',
  'email',
  'default_args',
  'params',
]);
