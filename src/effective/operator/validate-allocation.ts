import { objectOf, textOf } from '../json.ts';
import { isPlaceholder } from '../placeholder.ts';
import { type Application, roleOf } from './application.ts';

/** A bound of the number of executors, and where it was said. */
interface Bound {
  readonly value: number;
  readonly place: string;
}
const confKeys = {
  min: 'spark.dynamicAllocation.minExecutors',
  max: 'spark.dynamicAllocation.maxExecutors',
  initial: 'spark.dynamicAllocation.initialExecutors',
  instances: 'spark.executor.instances',
} as const;
type BoundName = keyof typeof confKeys;
const fieldNames: Readonly<Record<Exclude<BoundName, 'instances'>, string>> = {
  min: 'minExecutors',
  max: 'maxExecutors',
  initial: 'initialExecutors',
};

/** What the webhook objects to in the bounds of dynamic allocation, fields before sparkConf; null if nothing. */
export function allocationProblem(application: Application, unrendered: boolean): string | null {
  const conf = objectOf(application.spec['sparkConf']);
  const fields = objectOf(application.spec['dynamicAllocation']);
  const written = textOf(conf['spark.dynamicAllocation.enabled']);
  if (unrendered && isPlaceholder(written)) return null;
  const inConf = written?.trim().toLowerCase();
  if (written !== null && inConf !== 'true' && inConf !== 'false')
    return `spec.sparkConf["spark.dynamicAllocation.enabled"] must be a boolean, got ${JSON.stringify(written)}`;
  const inFields = fields['enabled'] === true;
  if (!inFields && inConf !== 'true') return null;

  const bounds = new Map<BoundName, Bound>();
  const problems: string[] = [];
  for (const [name, key] of Object.entries(confKeys) as [BoundName, string][]) {
    const text = textOf(conf[key]);
    if (text === null || (unrendered && isPlaceholder(text))) continue;
    const place = `spec.sparkConf["${key}"]`;
    if (/^[+-]?\d+$/.test(text.trim())) bounds.set(name, { value: Number(text.trim()), place });
    else problems.push(`${place} must be an integer, got ${JSON.stringify(text)}`);
  }
  if (problems.length > 0) return problems.join('\n');
  if (inFields)
    for (const [name, field] of Object.entries(fieldNames) as [BoundName, string][]) {
      const value = fields[field];
      if (typeof value === 'number') bounds.set(name, { value, place: `spec.dynamicAllocation.${field}` });
    }
  const instances = roleOf(application, 'executor')['instances'];
  if (typeof instances === 'number') bounds.set('instances', { value: instances, place: 'spec.executor.instances' });
  return boundsProblem(bounds);
}

function boundsProblem(bounds: ReadonlyMap<BoundName, Bound>): string | null {
  const min = bounds.get('min');
  const max = bounds.get('max');
  const badMin = min !== undefined && min.value < 0;
  const badMax = max !== undefined && max.value <= 0;
  const problems = [
    ...(badMin ? [`${min.place} must be non-negative, got ${min.value}`] : []),
    ...(badMax ? [`${max.place} must be positive, got ${max.value}`] : []),
  ];
  if (min !== undefined && max !== undefined && !badMin && !badMax && min.value > max.value)
    problems.push(`${min.place} (${min.value}) cannot be greater than ${max.place} (${max.value})`);
  if (max !== undefined && !badMax) {
    const names: readonly BoundName[] = ['min', 'initial', 'instances'];
    const start = Math.max(0, ...names.map((name) => bounds.get(name)?.value ?? 0));
    const places = names.map((name) => bounds.get(name)?.place ?? `spec.sparkConf["${confKeys[name]}"]`).join(', ');
    if (start > max.value)
      problems.push(
        `the initial number of executors, max(${places}) = ${start}, cannot be greater than ${max.place} (${max.value})`,
      );
  }
  return problems.length === 0 ? null : problems.join('\n');
}
