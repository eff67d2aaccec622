import type { GatewayConfig } from '../gateway/config.ts';
import { ownLabel } from '../operator/role-conf.ts';
import type { GatewayDecides } from './difference.ts';

/** Labels and annotations that the gateway puts on whatever it creates. */
export const gatewayLabels: readonly string[] = ['proxyUser', 'queue', 'maxRunningMillis', 'applicationName'];
export const gatewayAnnotation = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

const always = new Set(['--proxy-user', 'conf spark.app.name', 'conf spark.kubernetes.namespace']);
const whereUnsaid = new Set([
  'conf spark.kubernetes.authenticate.driver.serviceAccountName',
  ...['driver', 'executor'].flatMap((role) => [
    `conf spark.kubernetes.${role}.limit.cores`,
    `conf spark.kubernetes.${role}.annotation.${gatewayAnnotation}`,
    ...gatewayLabels.map((label) => `conf spark.kubernetes.${role}.label.${label}`),
    `${role}Pod spec.serviceAccount`,
    `${role}Pod spec.serviceAccountName`,
    `${role}Pod spec.containers[spark-kubernetes-${role}].resources.limits.cpu`,
  ]),
]);
/** Directions to the gateway itself, not to Spark. */
const directions = 'conf bpg.';

/** Conf that only tells the operator its own pods: never compared. */
export function isOperatorConf(key: string): boolean {
  return /^spark\.kubernetes\.(?:driver|executor)\.(?:podTemplate(?:File|ContainerName)$|label\.)/.test(key)
    ? key.includes(ownLabel) || key.includes('.podTemplate')
    : false;
}

/**
 * The gateway answers for what it always sets, for what it sets because the manifest did not, and for its own conf. With
 * `scheduler` also for the batch scheduler of its clusters, which the recordings count as a difference.
 */
export function gatewayDecides(config: GatewayConfig, scheduler = false): GatewayDecides {
  const schedulers = config.clusters.flatMap((cluster) => (scheduler ? (cluster.batchScheduler ?? []) : []));
  const served = new Set<string>(
    [config.defaultSparkConf, config.fixedSparkConf, ...config.clusters.map((cluster) => cluster.sparkConf)].flatMap(
      (conf) => Object.keys(conf).map((key) => `conf ${key}`),
    ),
  );
  return ({ path, before, after }) => {
    if (always.has(path)) return true;
    if (before === null && path.endsWith('Pod spec.schedulerName') && schedulers.includes(String(after))) return true;
    return before === null && (whereUnsaid.has(path) || served.has(path) || path.startsWith(directions));
  };
}
