/** The gateway's own rules, before it sees the request. */
import type { Json } from '../model.ts';
import { requestShape, type Shape } from './request-shape.ts';

export interface RequestProblem {
  readonly path: string;
  readonly problem: string;
}

interface TextForm {
  readonly fits: RegExp;
  readonly problem: string;
}

const forms: Readonly<Record<string, TextForm>> = {
  memory: {
    fits: /^[1-9]\d*(?:b|[kmgtp]b?)$/i,
    problem: 'must be a whole number with a unit (1024m); fractions are cut, a missing unit is an error',
  },
  'whole-cores': { fits: /^[1-9]\d*$/, problem: 'must be whole cores, as text without unit' },
  'spark-version': { fits: /^\d+\.\d+$/, problem: 'must be major and minor version, such as 3.5' },
  suffix: { fits: /^[a-z0-9-]{0,26}$/, problem: 'may hold 26 characters of a–z, 0–9 and dashes' },
};

/** Text that is filled in before the request is sent: Jinja, or what Python and home-made code replace. */
const placeholder =
  /\{\{|\{%|\{[^{}]*\}|%[sdr]|%\(\w+\)[sd]|\$\{|\$[A-Z_]|<[A-Za-z_][\w.-]*>|__[A-Za-z]\w*?__|@[A-Z_]+@/;

/**
 * Everything that the gateway would refuse or silently drop, with the path of each. Placeholders pass wherever a scalar
 * stands. An empty list: the gateway takes the request as it is.
 */
export function validateRequest(request: Json): readonly RequestProblem[] {
  const problems: RequestProblem[] = [];
  check(request, requestShape, '', problems);
  checkInstances(request, problems);
  return problems;
}

function check(value: Json, shape: Shape, path: string, problems: RequestProblem[]): void {
  if (typeof shape === 'string') {
    const problem = scalarProblem(value, shape);
    if (problem !== null) problems.push({ path, problem });
  } else if ('list' in shape) {
    if (!Array.isArray(value)) problems.push({ path, problem: 'must be a list' });
    else for (const [index, item] of value.entries()) check(item, shape.list, `${path}[${index}]`, problems);
  } else if (!isObject(value))
    problems.push({ path: path === '' ? 'the request' : path, problem: 'must be a mapping' });
  else if ('map' in shape) {
    for (const [key, item] of Object.entries(value)) check(item, shape.map, below(path, key), problems);
  } else checkKeys(value, shape, path, problems);
}

function checkKeys(
  value: { readonly [key: string]: Json },
  { keys, required = [] }: Extract<Shape, { keys: unknown }>,
  path: string,
  problems: RequestProblem[],
): void {
  for (const [key, item] of Object.entries(value)) {
    const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (shape !== undefined) check(item, shape, below(path, key), problems);
    else {
      const isRefused = path === '' || /^volumes\[\d+\]\.configMap$/.test(path);
      problems.push({
        path: below(path, key),
        problem: isRefused ? 'the gateway refuses this key' : 'the gateway drops this key',
      });
    }
  }
  for (const key of required)
    if (value[key] === undefined) problems.push({ path: below(path, key), problem: 'is missing' });
  const isVolume = path.startsWith('volumes[') && path.endsWith(']');
  if (isVolume && value['hostPath'] === undefined && value['configMap'] === undefined) {
    problems.push({ path, problem: 'has no source that the gateway keeps; an empty folder would be mounted' });
  }
}

function scalarProblem(value: Json, shape: string): string | null {
  const problem = shapeProblem(value, shape);
  return problem !== null && typeof value === 'string' && placeholder.test(value) ? null : problem;
}

function shapeProblem(value: Json, shape: string): string | null {
  if (shape === 'integer')
    return typeof value === 'number' && Number.isInteger(value) ? null : 'must be a whole number';
  if (shape === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false';
  if (typeof value !== 'string') return 'must be a text';
  const form = forms[shape];
  return form === undefined || form.fits.test(value) ? null : form.problem;
}

/** The queue's limit also counts `spark.executor.instances`, which must be a number. */
function checkInstances(request: Json, problems: RequestProblem[]): void {
  const conf = isObject(request) ? request['sparkConf'] : undefined;
  if (conf === undefined || !isObject(conf)) return;
  for (const key of ['spark.executor.instances', 'bpg.maxRunningMillis']) {
    const value = conf[key];
    if (typeof value !== 'string' || placeholder.test(value) || /^-?\d+$/.test(value)) continue;
    problems.push({ path: below('sparkConf', key), problem: 'must be a number' });
  }
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
