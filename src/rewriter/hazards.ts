/** What happens at run time that the source can not show: retries, killed tasks, worker slots, old XCom readers. */
import type { Finding, SparkSensor, SparkTask, TargetOperator } from '../model.ts';
import type { Behaviour } from './era.ts';
import { brief, effective, finding } from './project.ts';

export interface Hazards {
  readonly findings: readonly Finding[];
  /** True where the task must be written as deferrable to hold no worker slot. */
  readonly defer: boolean;
}

export function hazardsOf(
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: Behaviour,
  target: TargetOperator,
): Hazards {
  const findings: Finding[] = [];
  const retries = retriesOf(task);
  if (retries !== '0') {
    const what = whatRetries(task, behaviour, target);
    if (what !== null) findings.push(finding('retry-resubmits', task.place, { retries, what }));
  }
  const timed = effective(task, 'execution_timeout').from !== 'nothing';
  if (behaviour === 'waits' && !target.cancels && (retries !== '0' || timed))
    findings.push(finding('kill-leaves-running', task.place, { operator: target.className }));
  if (behaviour === 'submits') findings.push(...heldLonger(task));
  const rescheduled = sensors.some((sensor) => !isLiteral(sensor, 'mode', ['poke']));
  const deferred = !isLiteral(task, 'deferrable', [false]);
  if ((rescheduled || deferred) && !target.deferrable) {
    const what = deferred ? 'the task was deferrable' : "the sensor ran in mode='reschedule'";
    findings.push(finding('slot-held', task.place, { what }));
  }
  return { findings, defer: rescheduled && !deferred && target.deferrable };
}

/** Limits on running tasks, of which a submission made nothing. */
function heldLonger(task: SparkTask): readonly Finding[] {
  const limits = ['max_active_tis_per_dag', 'max_active_tis_per_dagrun', 'task_concurrency'].flatMap((name) => {
    const found = effective(task, name);
    if (!('value' in found) || isLiteral(task, name, [null])) return [];
    return [finding('limit-holds-longer', task.place, { name, value: brief(found.text) })];
  });
  const pool = effective(task, 'pool');
  if (!('value' in pool) || isLiteral(task, 'pool', [null, 'default_pool'])) return limits;
  return [...limits, finding('pool-holds-longer', task.place, { value: brief(pool.text) })];
}

/** The effective number of retries as text; `'0'` is the only value that means none. */
function retriesOf(task: SparkTask): string {
  const found = effective(task, 'retries');
  if (found.from === 'nothing') return '0';
  if (!('value' in found)) return 'not known';
  if (found.value.kind !== 'known') return brief(found.text);
  return found.value.value === null ? '0' : String(found.value.value);
}

/** What a retry did before and does now, null where it is the same. */
function whatRetries(task: SparkTask, behaviour: Behaviour, target: TargetOperator): string | null {
  if (behaviour === 'waits') {
    if (isLiteral(task, 'reattach_on_restart', [false], false)) return null;
    return target.reattaches ? null : 'a retry found the running job again, now it submits another one';
  }
  return behaviour === 'unknown'
    ? 'what a retry did before depends on the provider version; now it runs the whole job again'
    : 'only the submission was retried, now the whole job is';
}

/** True when the keyword is one of `values`, or absent where `absent` says that this is the same. */
function isLiteral(call: SparkTask | SparkSensor, name: string, values: readonly unknown[], absent = true): boolean {
  const found = effective(call, name);
  if (found.from === 'nothing') return absent;
  return 'value' in found && found.value.kind === 'known' && values.includes(found.value.value);
}
