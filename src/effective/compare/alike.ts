import type { Json } from '../../model.ts';
import { isList, isObject, type JsonObject, objectOf, sameJson, textOf } from '../json.ts';
import { objectsIn, roleNames } from '../operator/application.ts';
import { ownLabel } from '../operator/role-conf.ts';
import type { Pod } from '../pods/build.ts';
import type { BuiltPods } from './compare-pods.ts';

/**
 * Makes alike what means the same to Kubernetes: values that it would fill in itself, the operator's own labels, and the
 * name of a volume with the same source at the same places. The recordings count these as differences.
 */
export function makeAlike(before: BuiltPods, after: BuiltPods): readonly [BuiltPods, BuiltPods] {
  const left = { ...before };
  const right = { ...after };
  for (const role of roleNames) {
    left[role] = withoutDefaults(before[role]);
    right[role] = alignVolumes(left[role], withoutDefaults(after[role]));
  }
  return [left, right];
}

function withoutDefaults(pod: Pod): Pod {
  const labels = Object.entries(pod.labels).filter(([name]) => !name.startsWith(ownLabel));
  return { ...pod, labels: Object.fromEntries(labels), spec: objectOf(dropDefaults(pod.spec)) };
}

/** `fieldRef.apiVersion: v1` and `hostPath.type: ""` are what Kubernetes takes them for anyway. */
function dropDefaults(value: Json): Json {
  if (isList(value)) return value.map(dropDefaults);
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'fieldRef') kept[key] = without(item, 'apiVersion', 'v1');
    else if (key === 'hostPath') kept[key] = without(item, 'type', '');
    else kept[key] = dropDefaults(item);
  }
  return kept;
}

function without(value: Json, key: string, common: string): Json {
  const { [key]: found, ...others } = objectOf(value);
  return found === common ? others : value;
}

/** Gives volumes of `after` the names that the same volumes have in `before`. */
function alignVolumes(before: Pod, after: Pod): Pod {
  const known = volumesOf(before.spec);
  const names = new Map<string, string>();
  for (const volume of volumesOf(after.spec)) {
    if (known.some(({ name }) => name === volume.name)) continue;
    const same = known.find(
      ({ name, source, places }) =>
        ![...names.values()].includes(name) && sameJson(source, volume.source) && sameJson(places, volume.places),
    );
    if (same !== undefined) names.set(volume.name, same.name);
  }
  return names.size === 0 ? after : { ...after, spec: renameVolumes(after.spec, names) };
}

interface MountedVolume {
  readonly name: string;
  readonly source: Json;
  readonly places: readonly string[];
}

function volumesOf(spec: JsonObject): readonly MountedVolume[] {
  const mounts = objectsIn(spec['containers']).flatMap((container) => objectsIn(container['volumeMounts']));
  return objectsIn(spec['volumes']).map(({ name, ...source }) => ({
    name: textOf(name) ?? '',
    source,
    places: mounts.filter((mount) => mount['name'] === name).map((mount) => textOf(mount['mountPath']) ?? ''),
  }));
}

function renameVolumes(spec: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const renamed = (entry: Json): Json => {
    const name = textOf(objectOf(entry)['name']);
    return { ...objectOf(entry), name: names.get(name ?? '') ?? name };
  };
  const mountsOf = (container: JsonObject): Json =>
    container['volumeMounts'] === undefined
      ? container
      : { ...container, volumeMounts: objectsIn(container['volumeMounts']).map(renamed) };
  return {
    ...spec,
    containers: objectsIn(spec['containers']).map(mountsOf),
    volumes: objectsIn(spec['volumes']).map(renamed),
  };
}
