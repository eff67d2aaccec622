/** What each wave asks of each queue: cores, memory, executors, and the worker slots that waiting tasks hold. */
import type { QueueCapacity, RequestSize, SlotUse, TaskEntry } from '../model.ts';
import { compareText } from './groups.ts';
import { hoursOf } from './schedule-hours.ts';
import { sumSlots } from './slots.ts';

export interface CapacityInput {
  readonly tasks: readonly TaskEntry[];
  readonly waves: ReadonlyMap<string, number>;
  readonly sizes: ReadonlyMap<string, RequestSize>;
  readonly slots: ReadonlyMap<string, SlotUse>;
}

/** By wave, then queue, tasks without one last. A call that makes nobody knows how many tasks counts once. */
export function capacityOf(input: CapacityInput): readonly QueueCapacity[] {
  const groups = new Map<string, { wave: number; queue: string | null; tasks: TaskEntry[] }>();
  for (const task of input.tasks) {
    const wave = input.waves.get(task.id);
    if (wave === undefined) continue;
    const key = JSON.stringify([wave, task.queue]);
    const group = groups.get(key) ?? { wave, queue: task.queue, tasks: [] };
    groups.set(key, group);
    group.tasks.push(task);
  }
  return [...groups.values()]
    .sort((a, b) => a.wave - b.wave || compareQueues(a.queue, b.queue))
    .map(({ wave, queue, tasks }) => ({ wave, queue, ...sumOf(tasks, input) }));
}

const compareQueues = (a: string | null, b: string | null): number =>
  a === null || b === null ? (a === b ? 0 : a === null ? 1 : -1) : compareText(a, b);

function sumOf(tasks: readonly TaskEntry[], { sizes, slots }: CapacityInput): Omit<QueueCapacity, 'wave' | 'queue'> {
  let [unknown, cores, memory, executors] = [0, 0, 0, 0];
  const hours = Array.from({ length: 24 }, () => 0);
  let timed = false;
  for (const { id, multiplicity } of tasks) {
    const job = jobOf(sizes.get(id));
    if (job === null) {
      unknown += 1;
      continue;
    }
    const times = multiplicity === 'dynamic' ? 1 : multiplicity;
    cores += job.cores * times;
    memory += job.memory * times;
    executors += job.executors * times;
    for (const hour of hoursOf(slots.get(id)?.schedule ?? null) ?? []) {
      timed = true;
      hours[hour] = (hours[hour] ?? 0) + job.cores * times;
    }
  }
  const { before, after, atMost } = sumSlots(tasks.flatMap(({ id }) => slots.get(id) ?? []));
  const rounded = hours.map((one) => Math.round(one * 100) / 100);
  return {
    tasks: tasks.length,
    unknown,
    cores: Math.round(cores * 100) / 100,
    memory: Math.round(memory),
    executors,
    slots: { before, after, atMost },
    hours: timed ? rounded : null,
  };
}

interface Job {
  readonly cores: number;
  readonly memory: number;
  readonly executors: number;
}

function jobOf(size: RequestSize | undefined): Job | null {
  if (size === undefined) return null;
  const { driver, executor, executors } = size;
  if (driver.cores === null || driver.memory === null || executor.cores === null || executor.memory === null)
    return null;
  if (executors === null) return null;
  return {
    cores: driver.cores + executors * executor.cores,
    memory: driver.memory + executors * executor.memory,
    executors,
  };
}
