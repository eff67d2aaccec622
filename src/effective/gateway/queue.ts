import type { Json } from '../../model.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import { isPlaceholder } from '../placeholder.ts';
import type { GatewayCluster, GatewayConfig, GatewayQueue } from './config.ts';
import { parseInteger } from './java-numbers.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Where requests without a queue go. */
const defaultQueue = 'poc';

/** The queue of a request and its configuration; `parent` is the part before the first dot. */
export interface ChosenQueue {
  readonly name: string;
  readonly parent: string;
  readonly config: GatewayQueue | null;
}

/** Chooses the queue, checks its token, its existence and the number of executors, in this order. */
export function chooseQueue(
  request: JsonObject,
  user: string,
  config: GatewayConfig,
  unrendered: boolean,
): ChosenQueue | Refusal {
  const name = queueName(textOf(request['queue']), user, config);
  const declared = config.queues.find((queue) => queue.name.toLowerCase() === name.toLowerCase());
  const token = declared?.secure === true ? tokenProblem(name, textOf(request['queueToken'])) : null;
  if (token !== null) return refuse(400, token);
  if (declared === undefined)
    return refuse(500, `The queue ${name} does not exist. Please check the queue name and try again.`);
  const tooMany = executorProblem(request, declared.maxExecutorInstances, unrendered);
  if (tooMany !== null) return refuse(400, tooMany);
  const parent = name.split('.')[0] ?? name;
  return { name, parent, config: config.queues.find((queue) => queue.name === parent) ?? null };
}

/** Dots are collapsed and trimmed; nothing left means the default. */
function queueName(asked: string | null, user: string, config: GatewayConfig): string {
  if (asked !== null && asked !== '') return asked.replace(/\.{2,}/g, '.').replace(/^\.+|\.+$/g, '') || defaultQueue;
  const lower = user.toLowerCase();
  return config.queues.find((queue) => queue.users.some((name) => name.toLowerCase() === lower))?.name ?? defaultQueue;
}

/** The signature can't be checked without the gateway's secrets: a token that names the queue counts as good. */
function tokenProblem(queue: string, token: string | null): string | null {
  if (token === null || token === '') return `Please specify queueToken for queue ${queue}`;
  const parts = token.split('.').length;
  const because =
    parts === 3
      ? claims(token).some((name) => name.toLowerCase() === queue.toLowerCase())
        ? null
        : `Queue ${queue} is not allowed`
      : `The token was expected to have 3 parts, but got ${parts}.`;
  if (because === null) return null;
  return `Queue token is not valid: ${because}. Please provide a valid queue token, or contact service support.`;
}

function claims(token: string): readonly string[] {
  try {
    const payload: Json = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return listOf(isObject(payload) ? payload['allowedQueues'] : undefined).filter((name) => typeof name === 'string');
  } catch {
    return [];
  }
}

function executorProblem(request: JsonObject, limit: number, unrendered: boolean): string | null {
  const instances = objectOf(request['executor'])['instances'];
  if (typeof instances === 'number' && instances > limit)
    return `Executor instances (${instances}) exceeds limit (${limit})`;
  const key = 'spark.executor.instances';
  const written = objectOf(request['sparkConf'])[key];
  if (typeof written !== 'string') return null;
  if (unrendered && isPlaceholder(written)) return null;
  const count = parseInteger(written);
  if (count === null) return `Invalid value (${written}) for Spark config: (${key})`;
  return count > limit ? `Executor instances in Spark config (${count}) exceeds limit (${limit})` : null;
}

/** Chooses the cluster; among several the heaviest, where the gateway draws by weight. */
export function chooseCluster(
  request: JsonObject,
  queue: ChosenQueue,
  config: GatewayConfig,
  unrendered: boolean,
): GatewayCluster | Refusal {
  const version = textOf(request['sparkVersion']);
  const fits = (cluster: GatewayCluster): boolean =>
    (unrendered && isPlaceholder(version)) || (version !== null && cluster.sparkVersions.includes(version));
  const pinned = textOf(request['clusterId']);
  if (pinned !== null && pinned !== '')
    return (
      config.clusters.find((cluster) => cluster.id === pinned && fits(cluster)) ??
      refuse(400, `Cluster with id ${pinned} having Spark version ${version} not found`)
    );
  const running = config.clusters.filter((cluster) => cluster.weight > 0 && fits(cluster));
  if (running.length === 0) return refuse(400, `Spark version not supported: ${version}`);
  const parent = queue.parent.toLowerCase();
  const routed = running.filter((cluster) => cluster.queues.some((name) => name.toLowerCase() === parent));
  const [first, ...others] = routed;
  if (first === undefined)
    return refuse(400, `Cluster with queue ${queue.name} having Spark version ${version} not found`);
  return others.reduce((best, cluster) => (cluster.weight > best.weight ? cluster : best), first);
}
