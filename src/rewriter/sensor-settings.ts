/** What a sensor knew that the operator, or the empty task in its place, does not do. Time settings move by `time`. */
import type { Argument, FileFacts, Finding, SparkSensor, SparkTask } from '../model.ts';
import { baseParameters } from './parameters.ts';
import { brief, effective, finding } from './project.ts';

/** What is to be said of the arguments of a sensor that goes, or becomes an empty task; `id` is its id for the message. */
export function settingsLost(
  facts: FileFacts,
  sensor: SparkSensor,
  task: SparkTask,
  id: string,
  outcome: 'removed' | 'placeholder',
): readonly Finding[] {
  return sensor.arguments.flatMap((argument) => {
    const { name, text, value } = argument;
    if (name === null || (value.kind === 'known' && (value.value === null || value.value === false))) return [];
    const consequence = lossOf(facts, argument, task, outcome);
    return consequence === null
      ? []
      : [finding('sensor-setting-lost', sensor.place, { sensor: id, name, value: brief(text), consequence })];
  });
}

/** What is said of a lost argument; null where nothing is lost. */
function lossOf(facts: FileFacts, argument: Argument, task: SparkTask, outcome: string): string | null {
  const name = argument.name ?? '';
  const own = waiting[name];
  if (own !== undefined) return goneWithIt(own);
  if (!baseParameters.has(name) || harmless.has(name) || isDefault(argument)) return null;
  if (outcome === 'placeholder')
    return ofFailures.has(name) ? 'stays on the empty task, which never fails: it has no effect there' : null;
  if (resetsTasks(facts, argument))
    return goneWithIt(
      ': it clears or sets states of tasks, so it is not moved to the operator, which would run it for its own failures',
    );
  const found = effective(task, name);
  const same = 'text' in found && (found.text === argument.text || sameValue(found.value, argument.value));
  return same ? null : goneWithIt(ofTheTask[name] ?? '');
}

const goneWithIt = (consequence: string): string => `is gone with it${consequence}`;

function sameValue(a: Argument['value'], b: Argument['value']): boolean {
  return a.kind === 'known' && b.kind === 'known' && JSON.stringify(a.value) === JSON.stringify(b.value);
}

/** Settings of the waiting itself. */
const waiting: Readonly<Record<string, string>> = {
  soft_fail: ': a failed job fails the task now, it is no longer skipped',
  never_fail: ': a failed job fails the task now',
  silent_fail: ': an error while polling fails the task now',
  exponential_backoff: ': the status is polled at a steady interval',
  max_wait: ': the status is polled at a steady interval',
};

const called = (when: string): string =>
  `: nothing is called ${when}; on the operator it would also be called for what happens at the submission`;
/** Settings that the operator could take over, with another meaning than on the sensor. */
const ofTheTask: Readonly<Record<string, string>> = {
  on_failure_callback: called('when the job fails'),
  on_success_callback: called('when the job has ended'),
  on_retry_callback: called('when the wait is tried again'),
  on_execute_callback: called('when the wait begins'),
  on_skipped_callback: called('when the wait is skipped'),
  email_on_failure: ': the mail depends on the setting of the operator now',
  email_on_retry: ': the mail depends on the setting of the operator now',
  retries: ': a try of the sensor only waited again; a retry of the operator runs the job',
  pool: ': the operator waits in its own pool now',
  pool_slots: ': the operator takes its own number of slots now',
  priority_weight: ': the wait has the priority of the operator now',
  sla: ': the end of the job is not watched; on the operator it counts from the same start',
  execution_timeout: ': the time limit of the operator holds now',
  depends_on_past: ': the operator does not wait for the run before',
  wait_for_downstream: ': the operator does not wait for the run before',
};
const ofFailures = new Set(['on_failure_callback', 'on_retry_callback', 'sla', 'execution_timeout']);

const defaults: Readonly<Record<string, unknown>> = {
  trigger_rule: 'all_success',
  pool: 'default_pool',
  pool_slots: 1,
  priority_weight: 1,
  weight_rule: 'downstream',
  queue: 'default',
  retries: 0,
};

function isDefault({ name, value, text }: Argument): boolean {
  const usual = defaults[name ?? ''];
  if (usual === undefined) return false;
  return value.kind === 'known' ? value.value === usual : name === 'trigger_rule' && isAllSuccess(text);
}
const isAllSuccess = (text: string): boolean => /^(?:\w+\.)*TriggerRule\.ALL_SUCCESS$/.test(text);

/** True where the sensor runs in other cases than a task behind all its predecessors would. */
export function hasOwnTrigger(sensor: SparkSensor): boolean {
  const found = effective(sensor, 'trigger_rule');
  if (!('value' in found)) return false;
  return found.value.kind === 'known' ? found.value.value !== 'all_success' : !isAllSuccess(found.text);
}

/** The rule of a sensor, for a message. */
export function ruleText(sensor: SparkSensor): string {
  const found = effective(sensor, 'trigger_rule');
  if (!('value' in found)) return 'all_success';
  return found.value.kind === 'known' ? String(found.value.value) : brief(found.text);
}

const RESETS = /clear|set_state|set_dag_run_state|\.state\s*=|mark_\w+|rerun|reset/i;

/** True for a callback whose name or body speaks of clearing tasks or setting their states. */
function resetsTasks({ source }: FileFacts, { name, text }: Argument): boolean {
  if (name?.endsWith('_callback') !== true) return false;
  if (RESETS.test(text)) return true;
  return (text.match(/[A-Za-z_]\w*/g) ?? []).some((word) => {
    const body = new RegExp(`^([ \\t]*)def ${word}\\(.*(?:\\r?\\n(?:\\1[ \\t]+.*|[ \\t]*))*`, 'm').exec(source.text);
    return body !== null && RESETS.test(body[0]);
  });
}

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
  'retry_delay',
  'retry_exponential_backoff',
  'max_retry_delay',
]);
