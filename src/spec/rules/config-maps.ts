/** Config maps that the operator mounts by itself: written out as volumes, mounts and variables. */
import { roleNames } from '../fields/index.ts';
import {
  entryOf,
  insertInOrder,
  isList,
  isMapping,
  isText,
  type List,
  listOf,
  type Mapping,
  newEntry,
  newList,
  newMapping,
  newText,
  putComments,
  type Text,
  textOf,
} from '../tree.ts';
import { specOrder, type Work } from '../work.ts';

const wholeApplication = [
  { field: 'sparkConfigMap', volume: 'spark-configmap-volume', path: '/etc/spark/conf', variable: 'SPARK_CONF_DIR' },
  {
    field: 'hadoopConfigMap',
    volume: 'hadoop-configmap-volume',
    path: '/etc/hadoop/conf',
    variable: 'HADOOP_CONF_DIR',
  },
] as const;

/** `sparkConfigMap` and `hadoopConfigMap`, for both roles. */
export function writeOutConfigMaps(work: Work): void {
  for (const { field, volume, path, variable } of wholeApplication) {
    const entry = entryOf(work.spec, field);
    if (entry === undefined || !isText(entry.value)) continue;
    const comments = work.take(work.spec, entry);
    work.enter(field, entry.value, 'moved');
    work.say('field-moved', { path: field, target: `volume ${volume}` }, entry.key);
    addVolume(work, volume, entry.value, comments);
    for (const role of roleNames) {
      const map = work.role(role);
      if (map === undefined) continue;
      addMount(work, map, volume, newText(path));
      listIn(map, 'env').items.push(
        mappingOfTexts([
          ['name', newText(variable)],
          ['value', newText(path)],
        ]),
      );
    }
  }
}

/** `configMaps` of a role. */
export function moveConfigMaps(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'configMaps');
  if (entry === undefined || !isList(entry.value)) return;
  let comments = work.take(parent, entry);
  if (entry.value.items.length === 0) {
    work.enter(`${role}.configMaps`, entry.value, 'dead', { why: 'It is empty.' });
    return;
  }
  for (const [index, item] of entry.value.items.entries()) {
    const place = `${role}.configMaps[${index}]`;
    const name = isMapping(item) ? textOf(item, 'name') : undefined;
    const path = isMapping(item) ? textOf(item, 'path') : undefined;
    if (name === undefined || path === undefined) {
      work.say('wrong-type', { path: place, wanted: 'a config map with name and path', found: 'less' }, item);
      continue;
    }
    work.enter(place, item, 'moved');
    const volume = `${name.value}-vol`;
    work.say('field-moved', { path: place, target: `volume ${work.restore(volume)}` }, item);
    addVolume(work, volume, name, comments);
    comments = [];
    addMount(work, parent, volume, newText(path.value, path.type as 'PLAIN'));
  }
}

function addVolume(work: Work, name: string, configMap: Text, comments: readonly string[]): void {
  const list = listIn(work.spec, 'volumes', specOrder);
  if (list.items.some((item) => isMapping(item) && textOf(item, 'name')?.value === name)) return;
  const source = newMapping();
  source.items.push(newEntry('name', newText(configMap.value, configMap.type as 'PLAIN')));
  const volume = mappingOfTexts([['name', newText(name)]]);
  volume.items.push(newEntry('configMap', source));
  putComments(volume, comments);
  list.items.push(volume);
}

function addMount(work: Work, role: Mapping, volume: string, path: Text): void {
  const readOnly = newText('true');
  work.types.set(readOnly, 'boolean');
  listIn(role, 'volumeMounts').items.push(
    mappingOfTexts([
      ['name', newText(volume)],
      ['mountPath', path],
      ['readOnly', readOnly],
    ]),
  );
}

function mappingOfTexts(entries: readonly (readonly [string, Text])[]): Mapping {
  const map = newMapping();
  for (const [key, value] of entries) map.items.push(newEntry(key, value));
  return map;
}

function listIn(map: Mapping, key: string, order: readonly string[] = []): List {
  const found = listOf(map, key);
  if (found !== undefined) return found;
  const list = newList();
  insertInOrder(map, newEntry(key, list), order);
  return list;
}
