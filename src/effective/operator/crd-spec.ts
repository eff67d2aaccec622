import { roleFields } from './crd-pod-parts.ts';
import {
  all,
  any,
  atLeast,
  boolean,
  type CrdShape,
  integer,
  list,
  map,
  object,
  oneOf,
  string,
  strings,
  texts,
} from './crd-shape.ts';
import { volumesShape } from './crd-volumes.ts';

const service = {
  ...all(texts, 'ingressAnnotations', 'serviceAnnotations', 'serviceLabels'),
  ingressTLS: list(object({ hosts: strings, secretName: string })),
  servicePort: integer,
  ...all(string, 'servicePortName', 'serviceType'),
};

/** `spec` of the SparkApplication resource. */
export const specShape: CrdShape = object(
  {
    arguments: strings,
    batchScheduler: string,
    batchSchedulerOptions: object({ ...all(string, 'priorityClassName', 'queue'), resources: map(any) }),
    deps: object(all(strings, 'archives', 'excludePackages', 'files', 'jars', 'packages', 'pyFiles', 'repositories')),
    driver: object({
      ...roleFields,
      ...all(string, 'kubernetesMaster', 'podName'),
      ...all(texts, 'serviceAnnotations', 'serviceLabels'),
    }),
    driverIngressOptions: list(object({ ...service, ingressURLFormat: string })),
    driverPodDisruptionBudget: boolean,
    dynamicAllocation: object({
      ...all(boolean, 'enabled', 'shuffleTrackingEnabled'),
      ...all(integer, 'initialExecutors', 'maxExecutors', 'minExecutors', 'shuffleTrackingTimeout'),
    }),
    executor: object({ ...roleFields, deleteOnTermination: boolean, instances: atLeast(1) }),
    failureRetries: integer,
    ...all(texts, 'hadoopConf', 'nodeSelector', 'sparkConf'),
    ...all(string, 'hadoopConfigMap', 'image', 'imagePullPolicy', 'mainApplicationFile', 'mainClass'),
    ...all(string, 'memoryOverheadFactor', 'proxyUser', 'sparkConfigMap', 'sparkVersion'),
    imagePullSecrets: strings,
    mode: oneOf('cluster', 'client'),
    monitoring: object(
      {
        ...all(boolean, 'exposeDriverMetrics', 'exposeExecutorMetrics'),
        ...all(string, 'metricsProperties', 'metricsPropertiesFile'),
        prometheus: object(
          {
            ...all(string, 'configFile', 'configuration', 'jmxExporterJar', 'portName'),
            port: { kind: 'integer', least: 1, most: 49_151 },
          },
          ['jmxExporterJar'],
        ),
      },
      ['exposeDriverMetrics', 'exposeExecutorMetrics'],
    ),
    pythonVersion: oneOf('2', '3'),
    restartPolicy: object({
      ...all(atLeast(0), 'onFailureRetries', 'onSubmissionFailureRetries'),
      ...all(atLeast(1), 'onFailureRetryInterval', 'onSubmissionFailureRetryInterval'),
      type: oneOf('Never', 'Always', 'OnFailure'),
    }),
    ...all(integer, 'retryInterval', 'timeToLiveSeconds'),
    sparkUIOptions: object(service),
    suspend: boolean,
    type: oneOf('Java', 'Python', 'Scala', 'R'),
    volumes: volumesShape,
  },
  ['driver', 'executor', 'mainApplicationFile', 'sparkVersion', 'type'],
);
