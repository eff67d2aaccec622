/** Fields that become sparkConf keys one by one. */
import { roleNames } from '../fields/index.ts';
import {
  entryOf,
  isList,
  isMapping,
  isText,
  type Mapping,
  newText,
  type Text,
  textOf,
  type Value,
  valueAt,
} from '../tree.ts';
import type { Work } from '../work.ts';
import { isSparkAtLeast } from './spark-version.ts';

interface MovedMap {
  readonly field: string;
  readonly prefix: (role: string) => string;
  /** The first Spark version that reads the keys, where not all do. */
  readonly since?: readonly [number, number];
}

const envPrefix = (role: string): string => (role === 'driver' ? 'spark.kubernetes.driverEnv.' : 'spark.executorEnv.');

const applicationMaps: readonly MovedMap[] = [
  { field: 'hadoopConf', prefix: () => 'spark.hadoop.' },
  { field: 'nodeSelector', prefix: () => 'spark.kubernetes.node.selector.' },
];
const roleMaps: readonly MovedMap[] = [
  { field: 'nodeSelector', prefix: (role) => `spark.kubernetes.${role}.node.selector.`, since: [3, 3] },
  { field: 'serviceLabels', prefix: () => 'spark.kubernetes.driver.service.label.' },
  { field: 'serviceAnnotations', prefix: () => 'spark.kubernetes.driver.service.annotation.' },
];

export function moveApplicationFields(work: Work): void {
  const both = entryOf(work.spec, 'nodeSelector');
  const isTwice = roleNames.some((role) => valueAt(work.role(role), 'nodeSelector') !== undefined);
  if (both !== undefined && isTwice) work.say('node-selector-twice', { path: 'nodeSelector' }, both.key);
  for (const map of applicationMaps) moveMap(work, work.spec, map, '', '');
  moveUnlessConf(work, 'memoryOverheadFactor', 'spark.kubernetes.memoryOverheadFactor', (value) =>
    isText(value) ? value : null,
  );
  moveUnlessConf(work, 'imagePullSecrets', 'spark.kubernetes.container.image.pullSecrets', joined);
}

export function moveRoleFields(work: Work): void {
  for (const role of roleNames) {
    const parent = work.role(role);
    if (parent === undefined) continue;
    for (const map of roleMaps) moveMap(work, parent, map, role, `${role}.`);
    moveScheduler(work, parent, role);
    moveEnvVars(work, parent, role);
    moveSecretReferences(work, parent, role);
  }
}

function moveMap(work: Work, parent: Mapping, { field, prefix, since }: MovedMap, role: string, path: string): void {
  const entry = entryOf(parent, field);
  if (entry === undefined || !isMapping(entry.value)) return;
  const place = `${path}${field}`;
  const reads = since === undefined ? true : isSparkAtLeast(work, since[0], since[1]);
  const comments = work.take(parent, entry);
  if (entry.value.items.length === 0) {
    work.enter(place, entry.value, 'dead', { why: 'It is empty.' });
    return;
  }
  if (reads === false) {
    work.enter(place, entry.value, 'lost', {
      why: `The gateway drops the field, and Spark reads its sparkConf key from version ${since?.join('.')} on only.`,
      remedy: 'Select nodes by spec.nodeSelector (both roles), by affinity, or move to a newer Spark.',
    });
    work.say('field-lost', { path: place, why: 'Spark is too old for its sparkConf key' }, entry.key);
    return;
  }
  const target = `${prefix(role)}*`;
  work.enter(place, entry.value, 'moved');
  work.say('field-moved', { path: place, target: `sparkConf ${target}` }, entry.key);
  if (reads === null) work.say('spark-version-matters', { path: place, since: since?.join('.') ?? '' }, entry.key);
  for (const [index, { key, value }] of entry.value.items.entries()) {
    if (isText(value)) work.setConf(`${prefix(role)}${key.value}`, value, index === 0 ? comments : []);
  }
}

/** Fields that lose against the same sparkConf key, before and after. */
function moveUnlessConf(work: Work, field: string, key: string, read: (value: Value) => Text | null): void {
  const entry = entryOf(work.spec, field);
  if (entry === undefined) return;
  const value = read(entry.value);
  if (value === null) return;
  const comments = work.take(work.spec, entry);
  if (work.conf(key) !== undefined) {
    work.enter(field, entry.value, 'dead', { why: `sparkConf has ${key}, which won before, too.` });
    work.say('dead-field', { path: field, why: `sparkConf sets ${key}, which won before, too` }, entry.key);
    return;
  }
  work.enter(field, entry.value, 'moved');
  work.say('field-moved', { path: field, target: `sparkConf ${key}` }, entry.key);
  work.setConf(key, value, comments);
}

function joined(value: Value): Text | null {
  if (!isList(value)) return null;
  const names = value.items.flatMap((item) => (isText(item) ? [item] : []));
  const quoted = names.find(({ type }) => type !== 'PLAIN');
  return newText(names.map((name) => name.value).join(','), (quoted?.type as 'PLAIN' | undefined) ?? 'PLAIN');
}

function moveScheduler(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'schedulerName');
  if (entry === undefined || !isText(entry.value)) return;
  const path = `${role}.schedulerName`;
  const comments = work.take(parent, entry);
  if (role === 'driver' && isSparkAtLeast(work, 3, 3) === false) {
    work.enter(path, entry.value, 'lost', {
      why: 'The gateway drops the field, and Spark sets the driver’s scheduler from version 3.3 on only.',
    });
    work.say('field-lost', { path, why: 'Spark is too old for its sparkConf key' }, entry.key);
    return;
  }
  const key = `spark.kubernetes.${role}.scheduler.name`;
  work.enter(path, entry.value, 'moved');
  work.say('field-moved', { path, target: `sparkConf ${key}` }, entry.key);
  work.setConf(key, entry.value, comments);
}

/** `envVars`; an entry of `env` with the same name wins. */
function moveEnvVars(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'envVars');
  if (entry === undefined || !isMapping(entry.value)) return;
  const comments = work.take(parent, entry);
  const own = namesOf(entryOf(parent, 'env')?.value);
  const secret = (name: string): boolean => work.conf(`spark.kubernetes.${role}.secretKeyRef.${name}`) !== undefined;
  if (entry.value.items.length === 0) work.enter(`${role}.envVars`, entry.value, 'dead', { why: 'It is empty.' });
  else work.say('field-moved', { path: `${role}.envVars`, target: `sparkConf ${envPrefix(role)}*` }, entry.key);
  for (const [index, { key, value }] of entry.value.items.entries()) {
    const path = `${role}.envVars.${key.value}`;
    if (!isText(value)) continue;
    if (own.has(key.value) || secret(key.value)) {
      work.enter(path, value, 'dead', { why: 'The entry of `env` with this name won before, too.' });
      continue;
    }
    work.enter(path, value, 'moved');
    work.setConf(`${envPrefix(role)}${key.value}`, value, index === 0 ? comments : []);
  }
}

function namesOf(list: Value | undefined): ReadonlySet<string> {
  const items = list !== undefined && isList(list) ? list.items : [];
  return new Set(items.flatMap((item) => (isMapping(item) ? [textOf(item, 'name')?.value ?? ''] : [])));
}

function moveSecretReferences(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'envSecretKeyRefs');
  if (entry === undefined || !isMapping(entry.value)) return;
  const comments = work.take(parent, entry);
  const own = namesOf(entryOf(parent, 'env')?.value);
  if (entry.value.items.length === 0)
    work.enter(`${role}.envSecretKeyRefs`, entry.value, 'dead', { why: 'It is empty.' });
  else
    work.say(
      'field-moved',
      { path: `${role}.envSecretKeyRefs`, target: `sparkConf spark.kubernetes.${role}.secretKeyRef.*` },
      entry.key,
    );
  for (const [index, { key, value }] of entry.value.items.entries()) {
    const path = `${role}.envSecretKeyRefs.${key.value}`;
    const reference = isMapping(value) ? secretReference(value) : null;
    if (reference === null) {
      work.say('wrong-type', { path, wanted: 'name and key', found: 'something else' }, value);
      continue;
    }
    const conf = `spark.kubernetes.${role}.secretKeyRef.${key.value}`;
    if (own.has(key.value)) {
      work.enter(path, value, 'dead', { why: 'The entry of `env` with this name won before, too.' });
      continue;
    }
    work.enter(path, value, 'moved');
    work.setConf(conf, reference, index === 0 ? comments : []);
  }
}

/** `name:key`, as Spark writes a reference to a secret; null where one is missing. */
export function secretReference(map: Mapping): Text | null {
  const name = textOf(map, 'name');
  const key = textOf(map, 'key');
  if (name === undefined || key === undefined) return null;
  const quoted = [name, key].find(({ type }) => type !== 'PLAIN');
  return newText(`${name.value}:${key.value}`, (quoted?.type as 'PLAIN' | undefined) ?? 'PLAIN');
}
