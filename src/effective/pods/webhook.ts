import type { Json } from '../../model.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import { type Application, objectsIn, type RoleName, roleOf, textOr } from '../operator/application.ts';
import { localPrefix } from '../operator/local-volumes.ts';
import { prometheusOf } from '../operator/monitoring.ts';
import { type PodDraft, withResources } from './draft.ts';

/** What the operator's webhook does to a pod that Spark has made: it comes last and wins. */
export function mutate(draft: PodDraft, application: Application, role: RoleName): void {
  const fields = roleOf(application, role);
  draft.env.push(...listOf(fields['env']));
  draft.envFrom.push(...listOf(fields['envFrom']));
  mountConfigMaps(draft, application, fields);
  mountVolumes(draft, application, fields);
  draft.ports.push(...listOf(fields['ports']));
  addNetwork(draft, fields);
  addContainers(draft, fields);
  addPlacement(draft, application, fields);
  addLimits(draft, fields);
  mountMetrics(draft, application, role);
  addSecurity(draft, fields);
}

/** ConfigMaps with a place of their own: Hadoop's, Spark's, and the role's. */
function mountConfigMaps(draft: PodDraft, application: Application, fields: JsonObject): void {
  for (const [field, mount, variable] of [
    ['hadoopConfigMap', '/etc/hadoop/conf', 'HADOOP_CONF_DIR'],
    ['sparkConfigMap', '/etc/spark/conf', 'SPARK_CONF_DIR'],
  ] as const) {
    const name = textOf(application.spec[field]);
    if (name === null) continue;
    mountConfigMap(
      draft,
      field === 'sparkConfigMap' ? 'spark-configmap-volume' : 'hadoop-configmap-volume',
      name,
      mount,
    );
    draft.env.push({ name: variable, value: mount });
  }
  for (const { name, path } of objectsIn(fields['configMaps']))
    mountConfigMap(draft, `${textOr(name)}-vol`.slice(0, longestName), textOr(name), textOr(path));
}
const longestName = 63;

function mountConfigMap(draft: PodDraft, volume: string, configMap: string, mountPath: string): void {
  draft.volumes.push({ name: volume, configMap: { name: configMap } });
  draft.mounts.push({ name: volume, readOnly: true, mountPath });
}

function mountVolumes(draft: PodDraft, application: Application, fields: JsonObject): void {
  const volumes = new Map(objectsIn(application.spec['volumes']).map((volume) => [textOr(volume['name']), volume]));
  const added = new Set<string>();
  for (const mount of objectsIn(fields['volumeMounts'])) {
    const name = textOr(mount['name']);
    const volume = volumes.get(name);
    if (name.startsWith(localPrefix) || volume === undefined) continue;
    if (!added.has(name)) draft.volumes.push(volume);
    added.add(name);
    draft.mounts.push(mount);
  }
}

function addNetwork(draft: PodDraft, fields: JsonObject): void {
  if (fields['hostNetwork'] === true) {
    draft.spec['hostNetwork'] = true;
    draft.spec['dnsPolicy'] = 'ClusterFirstWithHostNet';
  }
  append(draft.spec, 'hostAliases', listOf(fields['hostAliases']));
  put(draft.spec, 'dnsConfig', fields['dnsConfig']);
}

function addContainers(draft: PodDraft, fields: JsonObject): void {
  append(draft.spec, 'initContainers', listOf(fields['initContainers']).map(withResources));
  draft.otherContainers.push(...listOf(fields['sidecars']).map(withResources));
}

function addPlacement(draft: PodDraft, application: Application, fields: JsonObject): void {
  put(draft.spec, 'priorityClassName', textOr(fields['priorityClassName']) || undefined);
  const scheduler = application.spec['batchScheduler'] ?? fields['schedulerName'];
  put(draft.spec, 'schedulerName', textOr(scheduler) || undefined);
  const selector = objectOf(fields['nodeSelector']);
  if (Object.keys(selector).length > 0)
    draft.spec['nodeSelector'] = { ...objectOf(draft.spec['nodeSelector']), ...selector };
  put(draft.spec, 'affinity', fields['affinity']);
  append(draft.spec, 'tolerations', listOf(fields['tolerations']));
}

function addLimits(draft: PodDraft, fields: JsonObject): void {
  const memory = textOf(fields['memoryLimit']);
  if (memory !== null) draft.limits['memory'] = kubernetesMemory(memory);
  const { name, quantity } = objectOf(fields['gpu']);
  if (textOr(name) !== '' && Number(quantity) > 0) draft.limits[textOr(name)] = String(quantity);
}

/** Java's units in Kubernetes' words: `3g` is `3Gi`. */
function kubernetesMemory(text: string): string {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([kmgtp])b?$/i.exec(text) ?? [];
  return number === undefined || unit === undefined ? text : `${number}${unit.toUpperCase()}i`;
}

function mountMetrics(draft: PodDraft, application: Application, role: RoleName): void {
  const prometheus = prometheusOf(application);
  if (prometheus === null || prometheus.configMap === null || !prometheus.exposes[role]) return;
  const { configMap, mountPath, port, portName } = prometheus;
  mountConfigMap(draft, `${configMap}-vol`, configMap, mountPath);
  draft.ports.push({ name: portName, containerPort: port, protocol: 'TCP' });
}

function addSecurity(draft: PodDraft, fields: JsonObject): void {
  put(draft.container, 'securityContext', fields['securityContext']);
  put(draft.spec, 'securityContext', fields['podSecurityContext']);
  put(draft.spec, 'terminationGracePeriodSeconds', fields['terminationGracePeriodSeconds']);
  put(draft.container, 'lifecycle', fields['lifecycle']);
  if (fields['shareProcessNamespace'] === true) draft.spec['shareProcessNamespace'] = true;
}

function put(target: Record<string, Json>, key: string, value: Json | undefined): void {
  if (value !== undefined) target[key] = value;
}

function append(target: Record<string, Json>, key: string, items: readonly Json[]): void {
  const before = target[key];
  if (items.length > 0)
    target[key] = [...(Array.isArray(before) ? before : isObject(before) ? [before] : []), ...items];
}
