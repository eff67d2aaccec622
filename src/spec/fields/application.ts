/** Rows of `spec` itself. */
import { dead, type FieldRow, lost, nothingToDo, same, server } from './row.ts';

const toConf = {
  type: 'string',
  class: 'moved',
  rule: 'into-spark-conf',
  remedy: nothingToDo,
  source: 'pair',
} as const;

const allocation = {
  class: 'moved',
  rule: 'dynamic-allocation',
  why: 'The gateway has no such block; the operator writes these sparkConf keys from it.',
  remedy: nothingToDo,
  source: 'pair',
} as const;

const metrics = {
  class: 'lost',
  target: null,
  rule: 'monitoring',
  source: 'operator',
} as const;

export const applicationRows: readonly FieldRow[] = [
  same('type'),
  {
    path: 'sparkVersion',
    type: 'string',
    class: 'changed',
    target: 'sparkVersion',
    rule: 'spark-version',
    why: 'The gateway selects clusters by major and minor version; a third number is refused.',
    remedy: nothingToDo,
    source: 'gateway',
  },
  server('mode', 'The gateway always submits in cluster mode.'),
  same('image'),
  same('imagePullPolicy'),
  {
    ...toConf,
    path: 'imagePullSecrets[]',
    target: 'sparkConf spark.kubernetes.container.image.pullSecrets',
    why: 'The operator writes this sparkConf key from it; where sparkConf has the key already, that one won before too.',
  },
  same('mainClass'),
  same('mainApplicationFile'),
  same('arguments[]'),
  {
    path: 'sparkConf.*',
    type: 'string',
    class: 'same',
    target: 'sparkConf',
    rule: 'spark-conf',
    why: 'The request has the same map. Keys that the operator denies become fields.',
    remedy: nothingToDo,
    source: 'pair',
  },
  {
    ...toConf,
    path: 'hadoopConf.*',
    target: 'sparkConf spark.hadoop.*',
    why: 'The operator writes these sparkConf keys from it.',
  },
  {
    ...toConf,
    path: 'nodeSelector.*',
    target: 'sparkConf spark.kubernetes.node.selector.*',
    why: 'The operator writes these sparkConf keys from it.',
  },
  {
    ...toConf,
    path: 'memoryOverheadFactor',
    target: 'sparkConf spark.kubernetes.memoryOverheadFactor',
    why: 'The operator writes this sparkConf key from it; where sparkConf has the key already, that one won before too.',
  },
  {
    path: 'sparkConfigMap',
    type: 'string',
    class: 'moved',
    target: 'volumes, volumeMounts and env of both roles',
    rule: 'config-maps',
    why: 'The operator mounts it at /etc/spark/conf and points SPARK_CONF_DIR there; written out.',
    remedy: nothingToDo,
    source: 'pair',
  },
  {
    path: 'hadoopConfigMap',
    type: 'string',
    class: 'moved',
    target: 'volumes, volumeMounts and env of both roles',
    rule: 'config-maps',
    why: 'The operator mounts it at /etc/hadoop/conf and points HADOOP_CONF_DIR there; written out.',
    remedy: nothingToDo,
    source: 'pair',
  },
  ...['jars', 'files', 'pyFiles', 'packages', 'excludePackages', 'repositories', 'archives'].map((key) =>
    same(`deps.${key}[]`),
  ),
  same('pythonVersion'),
  same('restartPolicy.type'),
  same('restartPolicy.onSubmissionFailureRetries', 'integer'),
  same('restartPolicy.onFailureRetries', 'integer'),
  same('restartPolicy.onSubmissionFailureRetryInterval', 'integer'),
  same('restartPolicy.onFailureRetryInterval', 'integer'),
  {
    ...allocation,
    path: 'dynamicAllocation.enabled',
    type: 'boolean',
    target: 'sparkConf spark.dynamicAllocation.enabled',
  },
  {
    ...allocation,
    path: 'dynamicAllocation.initialExecutors',
    type: 'integer',
    target: 'sparkConf spark.dynamicAllocation.initialExecutors',
  },
  {
    ...allocation,
    path: 'dynamicAllocation.minExecutors',
    type: 'integer',
    target: 'sparkConf spark.dynamicAllocation.minExecutors',
  },
  {
    ...allocation,
    path: 'dynamicAllocation.maxExecutors',
    type: 'integer',
    target: 'sparkConf spark.dynamicAllocation.maxExecutors',
  },
  {
    ...allocation,
    path: 'dynamicAllocation.shuffleTrackingEnabled',
    type: 'boolean',
    target: 'sparkConf spark.dynamicAllocation.shuffleTracking.enabled',
  },
  {
    ...allocation,
    path: 'dynamicAllocation.shuffleTrackingTimeout',
    type: 'integer',
    target: 'sparkConf spark.dynamicAllocation.shuffleTracking.timeout',
  },
  dead('failureRetries', 'The operator never reads it; mapping it to restartPolicy would add retries.'),
  dead('retryInterval', 'The operator never reads it.'),
  server('timeToLiveSeconds', 'The gateway sets the time to live of its cluster.'),
  server('batchScheduler', 'The gateway sets the batch scheduler of its cluster.'),
  server(
    'batchSchedulerOptions.**',
    'The gateway sets the options of its batch scheduler; `queue` may hint at the gateway queue.',
  ),
  server('sparkUIOptions.**', 'The gateway makes the Spark UI reachable in its own way.'),
  server('driverIngressOptions.**', 'The gateway makes the driver reachable in its own way.'),
  server('proxyUser', 'The gateway always sends the user that authenticated.'),
  {
    ...metrics,
    path: 'monitoring.exposeDriverMetrics',
    type: 'boolean',
    why: 'Read together with prometheus.',
    remedy: nothingToDo,
  },
  {
    ...metrics,
    path: 'monitoring.exposeExecutorMetrics',
    type: 'boolean',
    why: 'Read together with prometheus.',
    remedy: nothingToDo,
  },
  ...['metricsProperties', 'metricsPropertiesFile'].map(
    (key): FieldRow => ({
      ...metrics,
      path: `monitoring.${key}`,
      type: 'string',
      why: 'Read together with prometheus.',
      remedy: nothingToDo,
    }),
  ),
  ...['configFile', 'configuration', 'jmxExporterJar', 'portName'].map((key): FieldRow => prometheus(key, 'string')),
  prometheus('port', 'integer'),
  lost(
    'suspend',
    'The gateway can not hold a job back.',
    'Hold the job back in the DAG: pause it, or branch around the task.',
  ),
  lost(
    'driverPodDisruptionBudget',
    'The gateway has no such field; it marks the driver as not safe to evict instead.',
    'Ask the platform for a disruption budget over the driver label.',
  ),
];

function prometheus(key: string, type: 'string' | 'integer'): FieldRow {
  return {
    ...metrics,
    path: `monitoring.prometheus.${key}`,
    type,
    why: 'The operator makes a config map and a port of it, which the gateway can not.',
    remedy:
      'Put the exporter’s configuration and the metrics properties into the image and name both files (`configFile`, `metricsPropertiesFile`).',
  };
}
