/** How long the job may take: `application_timeout` and what must agree with it. The rule «Time» of the contract. */
import type { Finding, SparkSensor, SparkTask } from '../model.ts';
import type { Behaviour } from './era.ts';
import { brief, type Effective, effective, finding } from './project.ts';

export interface TimeLimits {
  /** Whole seconds. */
  readonly applicationTimeout: number;
  /** Seconds between two looks, null where the target's default stays. */
  readonly pollInterval: number | null;
  /** A new text for `execution_timeout`, null to leave it as it is. */
  readonly executionTimeout: string | null;
  /** Milliseconds for sparkConf, null where the gateway's own 12 h are enough. */
  readonly maxRunningMillis: number | null;
  readonly findings: readonly Finding[];
}

/** The gateway ends a job after 12 h unless the request says otherwise. */
const GATEWAY_LIMIT = 43_200;
/** BaseSensorOperator's own timeout: seven days. */
const SENSOR_TIMEOUT = 604_800;
/** What the end of a task may take beyond the end of its job. */
const MARGIN = 300;
const LONGEST_POLL = 60;

/** `chosen` is a limit that a person decided on; the gateway's still holds. */
export function timeLimits(
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: Behaviour,
  configured: number,
  queueLimit: number | null,
  chosen?: number,
): TimeLimits {
  const findings: Finding[] = [];
  const limit = queueLimit ?? GATEWAY_LIMIT;
  const bound = chosen ?? usualBound(task, sensors, behaviour, configured, findings);
  if (chosen !== undefined) findings.push(finding('timeout-decided', task.place, { seconds: Math.min(chosen, limit) }));
  if (bound === null)
    findings.push(finding('timeout-from-configuration', task.place, { seconds: Math.min(configured, limit) }));
  const wanted = bound ?? configured;
  const applicationTimeout = Math.min(wanted, limit);
  if (bound !== null && bound > limit)
    findings.push(finding('timeout-cut', task.place, { before: bound, seconds: applicationTimeout }));
  if (applicationTimeout < 60) findings.push(finding('timeout-short', task.place, { seconds: applicationTimeout }));
  const executionTimeout = behaviour === 'submits' ? raised(task, applicationTimeout, findings) : null;
  return {
    applicationTimeout,
    pollInterval: pollInterval(sensors, findings),
    executionTimeout,
    maxRunningMillis: applicationTimeout > GATEWAY_LIMIT ? applicationTimeout * 1000 : null,
    findings,
  };
}

/** Null where nothing in the DAG bounds the run. */
function usualBound(
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: Behaviour,
  configured: number,
  findings: Finding[],
): number | null {
  if (behaviour !== 'submits') return operatorBound(task, configured, findings);
  return sensors.length > 0 ? sensorBound(sensors, configured, findings) : null;
}

/** Submit-only: the sensor was what bounded the run; of several the longest. */
function sensorBound(sensors: readonly SparkSensor[], configured: number, findings: Finding[]): number {
  const bounds = sensors.map((sensor) => {
    const found = effective(sensor, 'timeout');
    if (found.from === 'nothing') return SENSOR_TIMEOUT;
    return secondsOf(found) ?? unknown('timeout', found, sensor, configured, findings);
  });
  return Math.ceil(Math.max(...bounds));
}

/** The operator waited itself: a minute less than Airflow's own limit, null where there is none. */
function operatorBound(task: SparkTask, configured: number, findings: Finding[]): number | null {
  const found = effective(task, 'execution_timeout');
  if (isNone(found)) return null;
  const seconds = secondsOf(found);
  if (seconds === null) return unknown('execution_timeout', found, task, configured, findings);
  return Math.max(1, Math.floor(seconds) - 60);
}

function unknown(
  name: string,
  found: Effective,
  call: SparkTask | SparkSensor,
  configured: number,
  findings: Finding[],
): number {
  const expression = 'text' in found ? brief(found.text) : 'from arguments that can not be seen';
  findings.push(finding('timeout-unknown', call.place, { name, expression, seconds: configured }));
  return configured;
}

/**
 * `execution_timeout` bounded only the submission and now bounds the job, so it must leave room for it. A `timedelta`
 * of the call is written anew, one that comes from elsewhere is written into the call.
 */
function raised(task: SparkTask, applicationTimeout: number, findings: Finding[]): string | null {
  const found = effective(task, 'execution_timeout');
  if (isNone(found)) return null;
  const before = secondsOf(found);
  const needed = applicationTimeout + MARGIN;
  if (before !== null && before >= needed) return null;
  const text = 'text' in found ? found.text : '';
  const callee = /^([A-Za-z_][\w.]*)\s*\(/.exec(text)?.[1];
  const args = { before: before ?? brief(text), seconds: needed };
  if (before === null || callee === undefined) {
    findings.push(
      finding('execution-timeout-short', task.place, { before: brief(text) || 'unseen', seconds: applicationTimeout }),
    );
    return null;
  }
  findings.push(finding('execution-timeout-raised', task.place, args));
  return `${callee}(seconds=${needed})`;
}

function pollInterval(sensors: readonly SparkSensor[], findings: Finding[]): number | null {
  const intervals = sensors.flatMap((sensor) => {
    const own = sensor.arguments.find(({ name }) => name === 'poke_interval');
    return own?.seconds == null ? [] : [own.seconds];
  });
  if (intervals.length === 0) return null;
  const before = Math.min(...intervals);
  const seconds = Math.max(1, Math.min(LONGEST_POLL, Math.ceil(before)));
  const sensor = sensors[0];
  if (before > LONGEST_POLL && sensor !== undefined)
    findings.push(finding('poll-interval-cut', sensor.place, { before, seconds }));
  return seconds;
}

const isNone = (found: Effective): boolean =>
  found.from === 'nothing' || ('value' in found && found.value.kind === 'known' && found.value.value === null);
const secondsOf = (found: Effective): number | null => ('seconds' in found ? found.seconds : null);
