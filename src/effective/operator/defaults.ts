import type { Json } from '../../model.ts';
import { type JsonObject, objectOf } from '../json.ts';

/** Seconds between retries where a policy that retries says nothing. */
const retrySeconds = 5;
const truths = ['1', 't', 'T', 'TRUE', 'true', 'True'];

/**
 * The operator's defaults: a role's size comes from its field, else from sparkConf, else it is one core and 1g. Only
 * the misspelt key `spark.dynamicallocation.enabled` is looked at to find out whether executors are counted by Spark.
 */
export function withDefaults(spec: JsonObject): JsonObject {
  const conf = objectOf(spec['sparkConf']);
  const executor = sized(objectOf(spec['executor']), 'executor', conf);
  const countsItself = isDynamic(spec, conf) || Object.hasOwn(conf, 'spark.executor.instances');
  return {
    ...spec,
    mode: spec['mode'] ?? 'cluster',
    restartPolicy: restartPolicy(objectOf(spec['restartPolicy'])),
    driver: sized(objectOf(spec['driver']), 'driver', conf),
    executor: executor['instances'] === undefined && !countsItself ? { ...executor, instances: 1 } : executor,
  };
}

function sized(role: JsonObject, name: string, conf: JsonObject): JsonObject {
  const missing: Record<string, Json> = {};
  if (role['cores'] === undefined && !Object.hasOwn(conf, `spark.${name}.cores`)) missing['cores'] = 1;
  if (role['memory'] === undefined && !Object.hasOwn(conf, `spark.${name}.memory`)) missing['memory'] = '1g';
  return { ...role, ...missing };
}

function isDynamic(spec: JsonObject, conf: JsonObject): boolean {
  if (objectOf(spec['dynamicAllocation'])['enabled'] === true) return true;
  return truths.includes(String(conf['spark.dynamicallocation.enabled']));
}

function restartPolicy(policy: JsonObject): JsonObject {
  const type = policy['type'] ?? 'Never';
  if (type === 'Never') return { ...policy, type };
  return {
    onFailureRetryInterval: retrySeconds,
    onSubmissionFailureRetryInterval: retrySeconds,
    ...policy,
    type,
  };
}
