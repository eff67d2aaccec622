/** The values of the `kubernetes:` block, as the operator computes them before it writes them. */
import {
  isList,
  isMapping,
  isText,
  type List,
  listOf,
  type Mapping,
  newEntry,
  newList,
  newMapping,
  type Text,
  type Value,
  valueAt,
} from '../tree.ts';
import { isNothing } from '../walk.ts';
import type { Work } from '../work.ts';
import { madeFrom, refuse } from './overwrite.ts';
import { isFalsy, isString } from './python.ts';

export interface Written {
  readonly env: Value | null;
  readonly envFrom: Value | null;
  readonly volumeMounts: Value | null;
  readonly affinity: Value | null;
  readonly tolerations: Value | null;
  readonly nodeSelector: Value | null;
  readonly volumes: Value | null;
}

/** What the block writes, as the operator computes it; null where something is told that refuses it. */
export function readBlock(work: Work, map: Mapping): Written | null {
  const before = work.findings.length;
  const env = environmentOf(work, map);
  refusePullSecrets(work, map);
  const [volumes, volumeMounts] = mountsOf(work, map);
  const envFrom = envFromOf(work, map);
  const given = (key: string): Value | null => {
    const value = valueAt(map, key);
    return value === undefined || isFalsy(value) ? null : value;
  };
  const placement = {
    affinity: given('affinity'),
    tolerations: given('tolerations'),
    nodeSelector: given('node_selector'),
  };
  return work.findings.length > before ? null : { env, volumes, volumeMounts, envFrom, ...placement };
}

function environmentOf(work: Work, map: Mapping): Value | null {
  const value = computed(work, map, 'env_vars', 'a mapping');
  if (value === null) return null;
  if (!isMapping(value)) {
    refuse(work, 'kubernetes.env_vars', 'must be a mapping of names to values', value);
    return null;
  }
  const list = newList();
  for (const { key, value: text } of value.items) {
    const item = newMapping();
    item.range = key.range ?? null;
    item.items.push(newEntry('name', key));
    // The client leaves out what is None.
    if (!isNothing(text)) item.items.push(newEntry('value', text));
    if (key.commentBefore) item.commentBefore = key.commentBefore;
    key.commentBefore = null;
    list.items.push(item);
  }
  return list;
}

/** The operator writes objects with a name where the resource wants names: Kubernetes refuses what comes of it. */
function refusePullSecrets(work: Work, map: Mapping): void {
  const value = computed(work, map, 'image_pull_secrets', 'a text');
  if (value === null) return;
  const problem =
    isText(value) && isString(value)
      ? 'is written as objects with a name, where Kubernetes wants names, and refuses the resource'
      : 'must be a text of names with commas between';
  refuse(work, 'kubernetes.image_pull_secrets', problem, value);
}

function mountsOf(work: Work, map: Mapping): readonly [Value | null, Value | null] {
  const [volumes, mounts] = [valueAt(map, 'volumes') ?? null, valueAt(map, 'volume_mounts') ?? null];
  const configMaps = computed(work, map, 'config_map_mounts', 'a mapping');
  const given = [volumes, mounts].map((value) => (value === null || isFalsy(value) ? null : value));
  if (configMaps === null) return [given[0] ?? null, given[1] ?? null];
  if (!isMapping(configMaps)) {
    refuse(work, 'kubernetes.config_map_mounts', 'must be a mapping of config maps to paths', configMaps);
    return [null, null];
  }
  const lists = [extended(work, map, 'volumes'), extended(work, map, 'volume_mounts')];
  for (const { key, value } of configMaps.items) {
    const source = mappingOfEntries(key, [['name', madeFrom(key, key.value)]]);
    lists[0]?.items.push(
      mappingOfEntries(key, [
        ['name', key],
        ['configMap', source],
      ]),
    );
    lists[1]?.items.push(
      mappingOfEntries(key, [
        ['name', madeFrom(key, key.value)],
        ['mountPath', value],
      ]),
    );
  }
  return [lists[0] ?? null, lists[1] ?? null];
}

function envFromOf(work: Work, map: Mapping): Value | null {
  const sources = [
    ['from_env_config_map', 'configMapRef'],
    ['from_env_secret', 'secretRef'],
  ] as const;
  const names = sources.map(
    ([key, reference]) => [key, reference, computed(work, map, key, 'a list of names')] as const,
  );
  const value = valueAt(map, 'env_from');
  if (names.every(([, , given]) => given === null)) return value === undefined || isFalsy(value) ? null : value;
  const list = extended(work, map, 'env_from');
  for (const [key, reference, given] of names) {
    if (given === null) continue;
    if (!isList(given)) {
      refuse(work, `kubernetes.${key}`, 'must be a list of names', given);
      continue;
    }
    for (const name of given.items) {
      list?.items.push(mappingOfEntries(name, [[reference, mappingOfEntries(name, [['name', name]])]]));
    }
  }
  return list ?? null;
}

/** A list of the block that the operator extends; it must be one. */
function extended(work: Work, map: Mapping, key: string): List | undefined {
  const list = listOf(map, key);
  const value = valueAt(map, key);
  if (list === undefined && value !== undefined) {
    if (isText(value) && work.isHole(value.value)) tellHole(work, `kubernetes.${key}`, value, 'a list');
    else refuse(work, `kubernetes.${key}`, 'must be a list, because the operator adds to it', value);
  }
  return list;
}

/** A value that the operator computes with; null where there is nothing, or a placeholder, which is told. */
function computed(work: Work, map: Mapping, key: string, wanted: string): Value | null {
  const value = valueAt(map, key);
  if (value === undefined || isFalsy(value)) return null;
  if (!isText(value) || !work.isHole(value.value)) return value;
  tellHole(work, `kubernetes.${key}`, value, wanted);
  return null;
}

export function tellHole(work: Work, path: string, node: Text, wanted: string): void {
  work.say('placeholder-structure', { path, text: work.restore(node.value), wanted }, node);
}

function mappingOfEntries(at: Value, entries: readonly (readonly [string, Value])[]): Mapping {
  const map = newMapping();
  if (at.range) map.range = at.range;
  for (const [key, value] of entries) map.items.push(newEntry(key, value));
  return map;
}
