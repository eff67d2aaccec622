import type { Json } from '../../model.ts';
import { compact, isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import { isPlaceholder } from '../placeholder.ts';
import type { GatewayCluster, GatewayQueueRole } from './config.ts';
import { parseLong, renderDouble, roundHalfUp } from './java-numbers.ts';
import { labelValue } from './label.ts';
import { fault, isRefusal, type Refusal } from './refusal.ts';

export type RoleName = 'driver' | 'executor';

const keepRunning = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' };

/** What the gateway knows when it makes a role of the resource. */
export interface RoleContext {
  readonly request: JsonObject;
  readonly cluster: GatewayCluster;
  readonly queue: GatewayQueueRole;
  /** Values of the queue's node label; none: no placement of its own. */
  readonly labelValues: readonly string[];
  readonly zones: readonly string[];
  /** Placeholders stand where numbers belong. */
  readonly unrendered: boolean;
}

/** Driver or executor of the resource: the request's keys, the defaults that are always sent, the queue's placement. */
export function makeRole(name: RoleName, context: RoleContext): JsonObject | Refusal {
  const { dnsConfig: _, ...asked } = objectOf(context.request[name]);
  const sizes = makeSizes(asked, context.queue, context.unrendered);
  if (isRefusal(sizes)) return sizes;
  const driver = name === 'driver';
  const account = textOf(asked['serviceAccount']);
  return compact({
    ...asked,
    ...sizes,
    labels: normaliseLabels(asked['labels']),
    annotations: makeAnnotations(asked['annotations'], driver),
    env: mergeEnv(asked['env'], context.cluster[name]?.env ?? null),
    volumeMounts: chooseMounts(name, asked, context),
    serviceAccount: driver && !account ? (context.cluster.serviceAccount ?? undefined) : (account ?? undefined),
    affinity: makeAffinity(asked['affinity'], context),
    ...(driver ? {} : { instances: asked['instances'] ?? 1, dnsConfig: { options: [{ name: 'ndots', value: '1' }] } }),
  });
}

function makeSizes(asked: JsonObject, queue: GatewayQueueRole, unrendered: boolean): JsonObject | Refusal {
  const open = (value: Json | undefined): value is string => unrendered && isPlaceholder(value);
  const limit = asked['coreLimit'];
  if (open(asked['cores']) || open(limit) || open(asked['memory'])) return openSizes(asked, queue);
  const cores = roundHalfUp(Number(asked['cores'] ?? 1) * queue.cpuRatio);
  const coreLimit = makeCoreLimit(textOf(limit), cores, queue.cpuRatio);
  if (isRefusal(coreLimit)) return coreLimit;
  const memory = makeMemory(textOf(asked['memory']) ?? '1g', queue.memoryRatio);
  return isRefusal(memory) ? memory : { cores, coreLimit, memory };
}

/** The same where placeholders stand: they are carried, what would be computed from them is named after them. */
function openSizes(asked: JsonObject, queue: GatewayQueueRole): JsonObject | Refusal {
  const { cores, coreLimit, memory, ...others } = asked;
  const known = (value: Json | undefined): JsonObject[string] | undefined => (isPlaceholder(value) ? undefined : value);
  const sizes = makeSizes(
    compact({ ...others, cores: known(cores), coreLimit: known(coreLimit), memory: known(memory) }),
    queue,
    false,
  );
  if (isRefusal(sizes)) return sizes;
  return {
    ...sizes,
    ...(isPlaceholder(cores) ? { cores, ...(coreLimit === undefined ? { coreLimit: cores } : {}) } : {}),
    ...(isPlaceholder(coreLimit) ? { coreLimit } : {}),
    ...(isPlaceholder(memory) ? { memory } : {}),
  };
}

/** A limit must be a whole number; without one it is cores × 1000 m, and the queue's ratio counts twice. */
function makeCoreLimit(written: string | null, cores: number, ratio: number): string | Refusal {
  if (written === null || written === '') return `${renderDouble(Math.ceil(cores * 1000 * ratio))}m`;
  const limit = parseLong(written);
  if (limit === null) return fault('java.lang.NumberFormatException', `For input string: "${written}"`);
  return ratio === 1 ? String(limit) : String(roundHalfUp(Number(limit) * ratio));
}

/** Leading number (its fraction is cut off) and a unit, which must be there. */
function makeMemory(written: string, ratio: number): string | Refusal {
  const at = written.search(/[^\d.]/);
  if (at === -1) return fault('java.lang.StringIndexOutOfBoundsException', `begin 0, end -1, length ${written.length}`);
  const number = written.slice(0, at);
  const problem = numberProblem(number);
  if (problem !== null) return fault('java.lang.NumberFormatException', problem);
  return `${Math.ceil(Math.trunc(Number(number)) * ratio)}${written.slice(at)}`;
}

function numberProblem(number: string): string | null {
  if (number === '') return 'empty String';
  if (/\..*\./.test(number)) return 'multiple points';
  return number === '.' ? 'For input string: "."' : null;
}

function normaliseLabels(labels: Json | undefined): Json | undefined {
  if (!isObject(labels)) return undefined;
  const accounting = ['dag_name', 'task_name'];
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      key,
      accounting.includes(key) && typeof value === 'string' ? labelValue(value) : value,
    ]),
  );
}

function makeAnnotations(annotations: Json | undefined, driver: boolean): Json {
  if (driver) return { ...objectOf(annotations), ...keepRunning };
  return isObject(annotations) ? annotations : keepRunning;
}

/** The cluster's variables join the request's by name; the request wins and keeps its order. */
function mergeEnv(asked: Json | undefined, clusters: readonly Json[] | null): Json | undefined {
  if (asked === undefined && clusters === null) return undefined;
  const own = listOf(asked);
  const named = new Set(own.map((entry) => objectOf(entry)['name']));
  return [...own, ...(clusters ?? []).filter((entry) => !named.has(objectOf(entry)['name']))];
}

function chooseMounts(name: RoleName, asked: JsonObject, context: RoleContext): Json | undefined {
  const clusterRole = context.cluster[name];
  const ownVolumes = listOf(context.request['volumes']).length > 0;
  if (ownVolumes && context.request[name] !== undefined) return asked['volumeMounts'];
  if (clusterRole !== null && context.cluster.volumes.length > 0) return clusterRole.volumeMounts ?? undefined;
  return asked['volumeMounts'];
}

/** An affinity of the request switches the queue's own placement off; a weight that it does not name is 0. */
function makeAffinity(asked: Json | undefined, context: RoleContext): Json {
  if (isObject(asked)) return withWeights(asked);
  const expressions = [
    ...(context.labelValues.length === 0 ? [] : [requirement(context.queue.labelKey, context.labelValues)]),
    ...(context.zones.length === 0 ? [] : [requirement('topology.kubernetes.io/zone', context.zones)]),
  ];
  if (expressions.length === 0) return { nodeAffinity: {} };
  const terms = [{ matchExpressions: expressions }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } };
}

function withWeights(affinity: JsonObject): Json {
  const { nodeAffinity, ...others } = affinity;
  if (!isObject(nodeAffinity)) return affinity;
  const { preferredDuringSchedulingIgnoredDuringExecution: terms, ...required } = nodeAffinity;
  const weighted = listOf(terms).map((term) => (isObject(term) ? { weight: 0, ...term } : term));
  return {
    ...others,
    nodeAffinity:
      terms === undefined ? required : { ...required, preferredDuringSchedulingIgnoredDuringExecution: weighted },
  };
}

function requirement(key: string, values: readonly string[]): Json {
  return { key, operator: 'In', values };
}
