/** The request's keys as data: what the gateway keeps, and of which type. What is not here is refused or dropped. */
export type Shape =
  | 'string'
  | 'integer'
  | 'boolean'
  /** Text of a form of its own. */
  | 'memory'
  | 'whole-cores'
  | 'spark-version'
  | 'suffix'
  | { readonly map: Shape }
  | { readonly list: Shape }
  | { readonly keys: { readonly [key: string]: Shape }; readonly required?: readonly string[] };

const strings: Shape = { list: 'string' };
const texts: Shape = { map: 'string' };
const expressions: Shape = {
  list: { keys: { key: 'string', operator: 'string', values: strings }, required: ['key', 'operator'] },
};
const term: Shape = { keys: { matchExpressions: expressions } };

const role: { readonly [key: string]: Shape } = {
  cores: 'integer',
  coreRequest: 'string',
  coreLimit: 'whole-cores',
  memory: 'memory',
  memoryOverhead: 'memory',
  image: 'string',
  env: {
    list: {
      keys: {
        name: 'string',
        value: 'string',
        valueFrom: {
          keys: { fieldRef: { keys: { fieldPath: 'string' }, required: ['fieldPath'] } },
          required: ['fieldRef'],
        },
      },
      required: ['name'],
    },
  },
  labels: texts,
  annotations: texts,
  terminationGracePeriodSeconds: 'integer',
  serviceAccount: 'string',
  volumeMounts: {
    list: {
      keys: { name: 'string', readOnly: 'boolean', mountPath: 'string', subPath: 'string' },
      required: ['name', 'mountPath'],
    },
  },
  securityContext: { keys: { privileged: 'boolean', runAsUser: 'integer', allowPrivilegeEscalation: 'boolean' } },
  affinity: {
    keys: {
      nodeAffinity: {
        keys: {
          preferredDuringSchedulingIgnoredDuringExecution: {
            list: { keys: { weight: 'integer', preference: term }, required: ['weight', 'preference'] },
          },
          requiredDuringSchedulingIgnoredDuringExecution: {
            keys: { nodeSelectorTerms: { list: term } },
            required: ['nodeSelectorTerms'],
          },
        },
      },
    },
  },
  javaOptions: 'string',
};

export const requestShape: Shape = {
  keys: {
    submissionIdSuffix: 'suffix',
    applicationName: 'string',
    type: 'string',
    mode: 'string',
    image: 'string',
    spotInstance: 'boolean',
    sparkVersion: 'spark-version',
    mainClass: 'string',
    mainApplicationFile: 'string',
    arguments: strings,
    sparkConf: texts,
    volumes: {
      list: {
        keys: {
          name: 'string',
          hostPath: { keys: { path: 'string', type: 'string' }, required: ['path'] },
          configMap: { keys: { name: 'string' }, required: ['name'] },
        },
        required: ['name'],
      },
    },
    driver: { keys: { ...role, podName: 'string', kubernetesMaster: 'string' } },
    executor: { keys: { ...role, instances: 'integer', deleteOnTermination: 'boolean' } },
    driverOverheadFactor: 'string',
    executorOverheadFactor: 'string',
    overheadFactor: 'string',
    deps: {
      keys: {
        jars: strings,
        files: strings,
        pyFiles: strings,
        packages: strings,
        excludePackages: strings,
        repositories: strings,
        archives: strings,
      },
    },
    pythonVersion: 'string',
    imagePullPolicy: 'string',
    restartPolicy: {
      keys: {
        type: 'string',
        onSubmissionFailureRetries: 'integer',
        onFailureRetries: 'integer',
        onSubmissionFailureRetryInterval: 'integer',
        onFailureRetryInterval: 'integer',
      },
    },
    clusterId: 'string',
    queue: 'string',
    queueToken: 'string',
  },
  required: ['sparkVersion'],
};
