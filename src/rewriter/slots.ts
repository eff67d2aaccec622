/** Worker slots that a task holds while its job runs: today, and once it is migrated. */
import type { SlotUse, SparkSensor, SparkTask, TargetOperator } from '../model.ts';
import type { Behaviour } from './era.ts';
import { effective, knownText } from './project.ts';
import { intervalOf } from './schedule.ts';

/** Airflow's own default of `max_active_runs_per_dag`. */
const ACTIVE_RUNS = 16;

/** `longest`: the migrated task's time limit in seconds; `defers`: true where it is written as deferrable. */
export function slotUseOf(
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: Behaviour,
  target: TargetOperator,
  { longest, defers }: { readonly longest: number; readonly defers: boolean },
): Omit<SlotUse, 'task'> {
  const deferred = deferrable(task);
  const schedule = task.dag?.schedule ?? null;
  return {
    file: task.file,
    dag: task.dag?.id.kind === 'known' ? String(task.dag.id.value) : null,
    pool: poolOf(task),
    instances: task.multiplicity,
    before: heldBefore(task, sensors, behaviour, deferred),
    after: target.deferrable && (defers || deferred === true) ? 0 : slotsOf(task),
    schedule: schedule === null ? null : schedule.text.replace(/^(["'])(.*)\1$/, '$2'),
    interval: schedule === null ? null : intervalOf(schedule),
    longest,
    activeRuns: activeRunsOf(task),
  };
}

/** What waits today: the operator itself, or the sensors behind one that only submits. */
function heldBefore(
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: Behaviour,
  deferred: boolean | null,
): number | null {
  if (behaviour === 'unknown' || deferred === null) return null;
  if (behaviour !== 'submits') return deferred ? 0 : slotsOf(task);
  let held = 0;
  for (const sensor of sensors) {
    const mode = effective(sensor, 'mode');
    const name = mode.from === 'nothing' ? 'poke' : knownText(mode);
    if (name === null) return null;
    if (name === 'poke') held += slotsOf(sensor);
  }
  return held;
}

/** Null where it is not known. */
function deferrable(task: SparkTask): boolean | null {
  const found = effective(task, 'deferrable');
  if (found.from === 'nothing') return false;
  return 'value' in found && found.value.kind === 'known' ? found.value.value === true : null;
}

function slotsOf(call: SparkTask | SparkSensor): number {
  const found = effective(call, 'pool_slots');
  const slots = 'value' in found && found.value.kind === 'known' ? found.value.value : 1;
  return typeof slots === 'number' ? slots : 1;
}

function poolOf(task: SparkTask): string | null {
  const found = effective(task, 'pool');
  return found.from === 'nothing' ? 'default_pool' : knownText(found);
}

function activeRunsOf({ dag }: SparkTask): number | null {
  if (dag === null) return null;
  const { maxActiveRuns = null } = dag;
  if (maxActiveRuns === null) return ACTIVE_RUNS;
  return maxActiveRuns.kind === 'known' && typeof maxActiveRuns.value === 'number' ? maxActiveRuns.value : null;
}
