/** Rows of `spec.driver` and `spec.executor`. */
import { dead, type FieldRow, lost, nothingToDo, same } from './row.ts';

const template =
  'Ask the platform to set it for the queue’s cluster, or have the gateway extended; sparkConf has no key for it.';

const memory = {
  type: 'string',
  class: 'same',
  rule: 'memory',
  why: 'The gateway drops fractions and refuses a number without unit; the same amount is written in a unit that all three programs read.',
  remedy: nothingToDo,
  source: 'gateway',
} as const;

const toConf = {
  type: 'string',
  class: 'moved',
  rule: 'into-spark-conf',
  remedy: nothingToDo,
  source: 'pair',
} as const;

const secretReference = {
  type: 'string',
  class: 'moved',
  target: 'sparkConf spark.kubernetes.<role>.secretKeyRef.*',
  why: 'The gateway drops the reference and leaves an invalid entry; Spark itself sets the variable from this sparkConf key.',
  remedy: nothingToDo,
  source: 'pair',
} as const;

const schedulingTerm = (path: string, part: string): FieldRow[] => [
  { ...kept, path: `${path}.${part}[].key`, target: `${path}.${part}[].key` },
  { ...kept, path: `${path}.${part}[].operator`, target: `${path}.${part}[].operator` },
  { ...kept, path: `${path}.${part}[].values[]`, target: `${path}.${part}[].values[]` },
];
const kept = {
  type: 'string',
  class: 'same',
  rule: 'affinity',
  why: 'The request has the same field; any affinity in it switches off the queue’s own placement.',
  remedy: 'Check that the queue’s nodes carry the labels.',
  source: 'pair',
} as const;

const node = '<role>.affinity.nodeAffinity';
const preferred = `${node}.preferredDuringSchedulingIgnoredDuringExecution[]`;
const required = `${node}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]`;

export const roleRows: readonly FieldRow[] = [
  {
    path: '<role>.cores',
    type: 'integer',
    class: 'same',
    target: '<role>.cores',
    rule: 'cores',
    why: 'The request has the same field.',
    remedy: nothingToDo,
    source: 'pair',
  },
  {
    path: '<role>.coreLimit',
    type: 'string',
    class: 'changed',
    target: '<role>.coreLimit',
    rule: 'cores',
    why: 'The gateway refuses a core limit that is no whole number; it is rounded up.',
    remedy: nothingToDo,
    source: 'gateway',
  },
  same('<role>.coreRequest'),
  { ...memory, path: '<role>.memory', target: '<role>.memory' },
  { ...memory, path: '<role>.memoryOverhead', target: '<role>.memoryOverhead' },
  {
    path: 'executor.instances',
    type: 'integer',
    class: 'same',
    target: 'executor.instances',
    rule: 'cores',
    why: 'The request has the same field.',
    remedy: nothingToDo,
    source: 'pair',
  },
  same('executor.deleteOnTermination', 'boolean'),
  same('driver.podName'),
  same('driver.kubernetesMaster'),
  same('<role>.image'),
  same('<role>.labels.*'),
  same('<role>.annotations.*'),
  same('<role>.serviceAccount'),
  same('<role>.javaOptions'),
  same('<role>.terminationGracePeriodSeconds', 'integer'),
  { ...same('<role>.env[].name'), rule: 'environment' },
  { ...same('<role>.env[].value'), rule: 'environment' },
  { ...same('<role>.env[].valueFrom.fieldRef.fieldPath'), rule: 'environment' },
  {
    ...dead('<role>.env[].valueFrom.fieldRef.apiVersion', 'The only version there is; Kubernetes fills it in.'),
    rule: 'environment',
  },
  { ...secretReference, path: '<role>.env[].valueFrom.secretKeyRef.name', rule: 'environment' },
  { ...secretReference, path: '<role>.env[].valueFrom.secretKeyRef.key', rule: 'environment' },
  {
    ...lost(
      '<role>.env[].valueFrom.secretKeyRef.optional',
      'Spark’s own reference is never optional: without the secret the pod does not start.',
      'Make sure that the secret exists in the gateway’s namespace.',
    ),
    rule: 'environment',
  },
  ...['configMapKeyRef', 'resourceFieldRef', 'fileKeyRef'].map(
    (key): FieldRow => ({
      ...lost(
        `<role>.env[].valueFrom.${key}.**`,
        'The gateway drops the reference, and Spark has no sparkConf key for it.',
        'Write the value out, or put it into a secret: secretKeyRef has a way through.',
      ),
      rule: 'environment',
    }),
  ),
  lost(
    '<role>.envFrom.**',
    'The gateway drops it, and Spark has no sparkConf key for it.',
    'Name the variables one by one: `env` with a value, or secretKeyRef.',
  ),
  {
    ...toConf,
    path: '<role>.envVars.*',
    target: 'sparkConf spark.kubernetes.driverEnv.*, spark.executorEnv.*',
    why: 'The operator writes these sparkConf keys from it.',
  },
  { ...secretReference, path: '<role>.envSecretKeyRefs.*.name', rule: 'into-spark-conf' },
  { ...secretReference, path: '<role>.envSecretKeyRefs.*.key', rule: 'into-spark-conf' },
  ...['name', 'path', 'secretType'].map(
    (key): FieldRow => ({
      ...toConf,
      path: `<role>.secrets[].${key}`,
      rule: 'secrets',
      target: 'sparkConf spark.kubernetes.<role>.secrets.*',
      why: 'The operator writes these sparkConf keys from it.',
    }),
  ),
  ...['name', 'path'].map(
    (key): FieldRow => ({
      ...toConf,
      path: `<role>.configMaps[].${key}`,
      rule: 'config-maps',
      target: 'volumes and <role>.volumeMounts',
      why: 'The operator mounts the config map; written out as a volume and its mount.',
    }),
  ),
  {
    ...toConf,
    path: '<role>.nodeSelector.*',
    target: 'sparkConf spark.kubernetes.<role>.node.selector.*',
    why: 'The gateway drops the field; Spark (3.3 and later) selects the same nodes by this sparkConf key.',
  },
  {
    ...toConf,
    path: '<role>.schedulerName',
    target: 'sparkConf spark.kubernetes.<role>.scheduler.name',
    why: 'The gateway drops the field; Spark (3.3 and later) sets the same by this sparkConf key.',
  },
  ...['serviceLabels', 'serviceAnnotations'].map(
    (key): FieldRow => ({
      ...toConf,
      path: `driver.${key}.*`,
      target: `sparkConf spark.kubernetes.driver.service.${key === 'serviceLabels' ? 'label' : 'annotation'}.*`,
      why: 'The operator writes these sparkConf keys from it.',
    }),
  ),
  {
    path: '<role>.gpu.name',
    type: 'string',
    class: 'changed',
    target: 'sparkConf spark.<role>.resource.gpu.vendor',
    rule: 'gpu',
    why: 'The gateway drops the field; Spark asks for the same device by its resource keys.',
    remedy: 'Spark also wants a discovery script: set spark.<role>.resource.gpu.discoveryScript.',
    source: 'pair',
  },
  {
    path: '<role>.gpu.quantity',
    type: 'integer',
    class: 'changed',
    target: 'sparkConf spark.<role>.resource.gpu.amount',
    rule: 'gpu',
    why: 'The gateway drops the field; Spark asks for the same device by its resource keys.',
    remedy: 'Spark also wants a discovery script: set spark.<role>.resource.gpu.discoveryScript.',
    source: 'pair',
  },
  { ...kept, path: `${preferred}.weight`, type: 'integer', target: `${preferred}.weight` },
  ...schedulingTerm(`${preferred}.preference`, 'matchExpressions'),
  ...schedulingTerm(required, 'matchExpressions'),
  ...[`${preferred}.preference.matchFields.**`, `${required}.matchFields.**`].map((path) =>
    lost(path, 'The gateway turns it into a term that matches no node.', 'Select by a node label in matchExpressions.'),
  ),
  ...['podAffinity', 'podAntiAffinity'].map((key) =>
    lost(`<role>.affinity.${key}.**`, 'The gateway keeps nodeAffinity only.', template),
  ),
  ...['privileged', 'allowPrivilegeEscalation'].map((key) => same(`<role>.securityContext.${key}`, 'boolean')),
  same('<role>.securityContext.runAsUser', 'integer'),
  ...[
    'appArmorProfile',
    'capabilities',
    'procMount',
    'readOnlyRootFilesystem',
    'runAsGroup',
    'runAsNonRoot',
    'seLinuxOptions',
    'seccompProfile',
    'windowsOptions',
  ].map((key) =>
    lost(
      `<role>.securityContext.${key}.**`,
      'The gateway keeps privileged, runAsUser and allowPrivilegeEscalation only.',
      template,
    ),
  ),
  ...(
    [
      [
        'tolerations',
        'The gateway has no such field, so the pods can not stand on tainted nodes unless the cluster sets it.',
      ],
      ['sidecars', 'The gateway has no such field: the job would run without these containers.'],
      ['initContainers', 'The gateway has no such field: nothing would prepare the pod.'],
      ['hostNetwork', 'The gateway has no such field.'],
      ['dnsConfig', 'The gateway drops it on the driver and overwrites it on the executor.'],
      ['dnsPolicy', 'The gateway has no such field.'],
      ['hostAliases', 'The gateway has no such field.'],
      [
        'podSecurityContext',
        'The gateway has no such field: files and processes would belong to the image’s user and group.',
      ],
      ['lifecycle', 'The gateway has no such field: the hooks would not run.'],
      ['ports', 'The gateway has no such field; container ports are documentation for most clusters.'],
      ['priorityClassName', 'The gateway has no such field.'],
      ['memoryLimit', 'The gateway has no such field: the limit is memory plus overhead.'],
      ['shareProcessNamespace', 'The gateway has no such field.'],
      ['template', 'The gateway has no such field, and the operator overrides the pod template keys of sparkConf.'],
    ] as const
  ).map(([key, why]) => lost(`<role>.${key}.**`, why, template)),
];
