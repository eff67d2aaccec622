import {
  all,
  amount,
  any,
  boolean,
  type CrdFields,
  type CrdShape,
  integer,
  list,
  map,
  object,
  string,
  strings,
  texts,
} from './crd-shape.ts';

/** The parts of a pod that both roles of the resource have. */

const selectorTerm = list(object({ ...all(string, 'key', 'operator'), values: strings }, ['key', 'operator']));
const labelSelector: CrdShape = object({ matchExpressions: selectorTerm, matchLabels: texts });
const nodeTerm = object({ matchExpressions: selectorTerm, matchFields: selectorTerm });
const podTerm = object(
  {
    labelSelector,
    namespaceSelector: labelSelector,
    ...all(strings, 'matchLabelKeys', 'mismatchLabelKeys', 'namespaces'),
    topologyKey: string,
  },
  ['topologyKey'],
);
const podAffinity = object({
  preferredDuringSchedulingIgnoredDuringExecution: list(
    object({ podAffinityTerm: podTerm, weight: integer }, ['podAffinityTerm', 'weight']),
  ),
  requiredDuringSchedulingIgnoredDuringExecution: list(podTerm),
});
const affinity = object({
  nodeAffinity: object({
    preferredDuringSchedulingIgnoredDuringExecution: list(
      object({ preference: nodeTerm, weight: integer }, ['preference', 'weight']),
    ),
    requiredDuringSchedulingIgnoredDuringExecution: object({ nodeSelectorTerms: list(nodeTerm) }, [
      'nodeSelectorTerms',
    ]),
  }),
  podAffinity,
  podAntiAffinity: podAffinity,
});

export const fieldRef: CrdShape = object(all(string, 'apiVersion', 'fieldPath'), ['fieldPath']);
export const resourceFieldRef: CrdShape = object({ ...all(string, 'containerName', 'resource'), divisor: amount }, [
  'resource',
]);
const keyRef = object({ ...all(string, 'key', 'name'), optional: boolean }, ['key']);
const env = list(
  object(
    {
      ...all(string, 'name', 'value'),
      valueFrom: object({
        configMapKeyRef: keyRef,
        secretKeyRef: keyRef,
        fieldRef,
        fileKeyRef: object({ ...all(string, 'key', 'path', 'volumeName'), optional: boolean }, [
          'key',
          'path',
          'volumeName',
        ]),
        resourceFieldRef,
      }),
    },
    ['name'],
  ),
);
const source = object({ name: string, optional: boolean });
const envFrom = list(object({ configMapRef: source, secretRef: source, prefix: string }));

const hook = object({
  exec: object({ command: strings }),
  httpGet: object(
    {
      ...all(string, 'host', 'path', 'scheme'),
      port: amount,
      httpHeaders: list(object(all(string, 'name', 'value'), ['name', 'value'])),
    },
    ['port'],
  ),
  sleep: object({ seconds: integer }, ['seconds']),
  tcpSocket: object({ host: string, port: amount }, ['port']),
});

const profile = object(all(string, 'localhostProfile', 'type'), ['type']);
const seLinuxOptions = object(all(string, 'level', 'role', 'type', 'user'));
const windowsOptions = object({
  ...all(string, 'gmsaCredentialSpec', 'gmsaCredentialSpecName', 'runAsUserName'),
  hostProcess: boolean,
});
const identity: CrdFields = {
  appArmorProfile: profile,
  seccompProfile: profile,
  seLinuxOptions,
  windowsOptions,
  ...all(integer, 'runAsGroup', 'runAsUser'),
  runAsNonRoot: boolean,
};
const podSecurityContext: CrdShape = object({
  ...identity,
  fsGroup: integer,
  ...all(string, 'fsGroupChangePolicy', 'seLinuxChangePolicy', 'supplementalGroupsPolicy'),
  supplementalGroups: list(integer),
  sysctls: list(object(all(string, 'name', 'value'), ['name', 'value'])),
});
const securityContext = object({
  ...identity,
  ...all(boolean, 'allowPrivilegeEscalation', 'privileged', 'readOnlyRootFilesystem'),
  capabilities: object(all(strings, 'add', 'drop')),
  procMount: string,
});

/** Fields of `spec.driver` and of `spec.executor`. */
export const roleFields: CrdFields = {
  affinity,
  ...all(texts, 'annotations', 'envVars', 'labels', 'nodeSelector'),
  configMaps: list(object(all(string, 'name', 'path'), ['name', 'path'])),
  ...all(string, 'coreLimit', 'coreRequest', 'memory', 'memoryLimit', 'memoryOverhead', 'image', 'javaOptions'),
  ...all(string, 'priorityClassName', 'schedulerName', 'serviceAccount'),
  cores: { kind: 'integer', least: 1 },
  dnsConfig: object({
    ...all(strings, 'nameservers', 'searches'),
    options: list(object(all(string, 'name', 'value'))),
  }),
  env,
  envFrom,
  envSecretKeyRefs: map(object(all(string, 'key', 'name'), ['key', 'name'])),
  gpu: object({ name: string, quantity: integer }, ['name', 'quantity']),
  hostAliases: list(object({ hostnames: strings, ip: string }, ['ip'])),
  ...all(boolean, 'hostNetwork', 'shareProcessNamespace'),
  ...all(list(any), 'initContainers', 'sidecars'),
  lifecycle: object({ postStart: hook, preStop: hook, stopSignal: string }),
  podSecurityContext,
  ports: list(
    object({ containerPort: integer, ...all(string, 'name', 'protocol') }, ['containerPort', 'name', 'protocol']),
  ),
  secrets: list(object(all(string, 'name', 'path', 'secretType'), ['name', 'path', 'secretType'])),
  securityContext,
  template: any,
  terminationGracePeriodSeconds: integer,
  tolerations: list(object({ ...all(string, 'effect', 'key', 'operator', 'value'), tolerationSeconds: integer })),
  volumeMounts: list(
    object(
      {
        ...all(string, 'mountPath', 'mountPropagation', 'name', 'recursiveReadOnly', 'subPath', 'subPathExpr'),
        readOnly: boolean,
      },
      ['mountPath', 'name'],
    ),
  ),
};
export { labelSelector, podSecurityContext };
