/** How much a job asks of its queue: cores, memory and executors, as its translated request says. */
import type { Json, RequestSize } from '../model.ts';
import type { ProjectDecisions } from './plan.ts';

/** By task id, legacy tasks with a translated document only; a call with several documents counts its first. */
export function requestSizes({ files, identities }: ProjectDecisions): ReadonlyMap<string, RequestSize> {
  return new Map(
    files.flatMap(({ tasks }) =>
      tasks.flatMap(({ prepared: { task, request } }) => {
        const id = identities.get(task)?.id;
        if (request === null || id === undefined || task.ignored !== null) return [];
        return [[id, sizeOf(request.translation.request)] as const];
      }),
    ),
  );
}

/** Spark's own defaults: one core and 1 GiB each, two executors. */
function sizeOf(request: Json): RequestSize {
  const driver = member(request, 'driver');
  const executor = member(request, 'executor');
  const allocation = member(request, 'dynamicAllocation');
  const dynamic = member(allocation, 'enabled') === true;
  const most = member(allocation, 'maxExecutors');
  const instances = numberIn(member(executor, 'instances'));
  const executors = dynamic ? numberIn(most) : (instances ?? (member(executor, 'instances') === null ? 2 : null));
  return {
    driver: { cores: coresOf(driver), memory: memoryOf(driver) },
    executor: { cores: coresOf(executor), memory: memoryOf(executor) },
    executors,
    dynamic,
  };
}

function member(value: Json, name: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return (value as { readonly [key: string]: Json })[name] ?? null;
}

/** Null for what is not known before the document is rendered. */
function numberIn(value: Json): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
}

function coresOf(part: Json): number | null {
  const cores = member(part, 'cores');
  return cores === null ? 1 : numberIn(cores);
}

/** Factors to MiB; Spark reads a number without a unit as MiB. */
const units: Readonly<Record<string, number>> = { '': 1, k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 };

function memoryOf(part: Json): number | null {
  const memory = member(part, 'memory');
  if (memory === null) return 1024;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(String(memory)) ?? [];
  const factor = units[(unit ?? '').toLowerCase()];
  return amount === undefined || factor === undefined ? null : Number(amount) * factor;
}
