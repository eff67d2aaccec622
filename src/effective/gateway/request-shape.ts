/**
 * The request's fields and their types. Below the top level an unknown key is dropped, except in `volumes[].configMap`.
 * Found by sending each key to the running gateway.
 */
export type Shape =
  | { readonly kind: 'string' | 'integer' | 'long' | 'double' | 'boolean' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map' }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>>; readonly unknown: 'drop' | 'refuse' };

const string: Shape = { kind: 'string' };
const integer: Shape = { kind: 'integer' };
const long: Shape = { kind: 'long' };
const double: Shape = { kind: 'double' };
const boolean: Shape = { kind: 'boolean' };
const map: Shape = { kind: 'map' };
const list = (of: Shape): Shape => ({ kind: 'list', of });
const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', fields, unknown: 'drop' });
const closed = (fields: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', fields, unknown: 'refuse' });
const strings: Shape = list(string);

const nodeTerm = object({ matchExpressions: list(object({ key: string, operator: string, values: strings })) });
const role = {
  cores: integer,
  coreLimit: string,
  coreRequest: string,
  memory: string,
  memoryOverhead: string,
  image: string,
  env: list(object({ name: string, value: string, valueFrom: object({ fieldRef: object({ fieldPath: string }) }) })),
  labels: map,
  annotations: map,
  terminationGracePeriodSeconds: long,
  serviceAccount: string,
  volumeMounts: list(object({ name: string, readOnly: boolean, mountPath: string, subPath: string })),
  securityContext: object({ privileged: boolean, runAsUser: long, allowPrivilegeEscalation: boolean }),
  affinity: object({
    nodeAffinity: object({
      preferredDuringSchedulingIgnoredDuringExecution: list(object({ weight: integer, preference: nodeTerm })),
      requiredDuringSchedulingIgnoredDuringExecution: object({ nodeSelectorTerms: list(nodeTerm) }),
    }),
  }),
  /** Must fit, and is then left out or overwritten. */
  dnsConfig: object({
    nameservers: strings,
    options: list(object({ name: string, value: string })),
    searches: strings,
  }),
  javaOptions: string,
};

export const requestShape: Shape = closed({
  submissionIdSuffix: string,
  applicationName: string,
  type: string,
  mode: string,
  image: string,
  spotInstance: boolean,
  sparkVersion: string,
  mainClass: string,
  mainApplicationFile: string,
  arguments: strings,
  sparkConf: map,
  volumes: list(
    object({ name: string, hostPath: object({ path: string, type: string }), configMap: closed({ name: string }) }),
  ),
  driver: object({ ...role, podName: string, kubernetesMaster: string }),
  executor: object({ ...role, instances: integer, deleteOnTermination: boolean }),
  driverOverheadFactor: double,
  executorOverheadFactor: double,
  overheadFactor: double,
  deps: object({
    jars: strings,
    files: strings,
    pyFiles: strings,
    packages: strings,
    excludePackages: strings,
    repositories: strings,
    archives: strings,
  }),
  pythonVersion: string,
  imagePullPolicy: string,
  restartPolicy: object({
    type: string,
    onSubmissionFailureRetries: integer,
    onFailureRetries: integer,
    onSubmissionFailureRetryInterval: long,
    onFailureRetryInterval: long,
  }),
  clusterId: string,
  queue: string,
  queueToken: string,
});
