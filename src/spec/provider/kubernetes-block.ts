/** The `kubernetes:` block beside `spark:`: the operator writes it over the application and both roles. */
import { type RoleName, roleNames } from '../fields/index.ts';
import {
  type Entry,
  entryOf,
  insertInOrder,
  isList,
  isMapping,
  isText,
  type Mapping,
  mappingOf,
  newEntry,
  newMapping,
  putComments,
  removeFrom,
  type Value,
} from '../tree.ts';
import { specOrder, type Work } from '../work.ts';
import { readBlock, tellHole } from './block-values.ts';
import { again, overwrite, refuse } from './overwrite.ts';
import { isFalsy } from './python.ts';
import { isProviderAtLeast, keepsEnvironment, keepsMetadata } from './versions.ts';

/** Every key that the operator reads, without which it stops; with the place that it goes to. */
const blockKeys: Readonly<Record<string, string>> = {
  env_vars: 'env of driver and executor',
  image_pull_secrets: 'imagePullSecrets',
  config_map_mounts: 'volumes, and volumeMounts of driver and executor',
  from_env_config_map: 'envFrom of driver and executor',
  from_env_secret: 'envFrom of driver and executor',
  volumes: 'volumes',
  env_from: 'envFrom of driver and executor',
  volume_mounts: 'volumeMounts of driver and executor',
  affinity: 'affinity of driver and executor',
  tolerations: 'tolerations of driver and executor',
  node_selector: 'nodeSelector of driver and executor',
};
/** Read by the connection, not written into the resource. */
const clusterKeys: readonly string[] = ['in_cluster', 'kube_config_file', 'cluster_context'];
const by = 'the `kubernetes:` block';

/** Writes the block over `work.spec`; what can not be done as the operator does it is told, and refuses the document. */
export function writeBlock(work: Work, block: Entry, root: string): void {
  const map = block.value;
  if (isFalsy(map)) {
    work.enter('kubernetes', map, 'dead', { why: 'It is empty.', remedy: 'Nothing.' });
    return;
  }
  if (!isMapping(map)) {
    if (isText(map) && work.isHole(map.value)) tellHole(work, 'kubernetes', map, 'a mapping');
    else refuse(work, 'kubernetes', 'is no mapping', map);
    return;
  }
  const missing = Object.keys(blockKeys).filter((key) => entryOf(map, key) === undefined);
  if (missing.length > 0) {
    refuse(work, 'kubernetes', `has no ${missing.join(', ')}, and the operator reads every key`, block.key);
    return;
  }
  const [first] = map.items;
  if (first !== undefined && map.commentBefore) {
    // The reader gives the first comment of a mapping to the mapping.
    putComments(first.key, [map.commentBefore]);
    map.commentBefore = null;
  }
  enterBlock(work, map);
  const written = readBlock(work, map);
  if (written === null || !ensureRoles(work, block.key)) return;
  work.say('block-written', {}, block.key);
  const comments = (key: string): readonly string[] => {
    const { commentBefore } = entryOf(map, key)?.key ?? {};
    return commentBefore ? [commentBefore] : [];
  };
  overwrite(
    work,
    { map: work.spec, key: 'volumes', path: `${root}.volumes`, by },
    written.volumes,
    comments('volumes'),
  );
  for (const [key, source] of roleFields) {
    for (const role of roleNames) writeRole(work, role, root, key, written[key], comments(source));
  }
  writeLabels(work, root, block);
}

const roleFields = [
  ['env', 'env_vars'],
  ['envFrom', 'env_from'],
  ['volumeMounts', 'volume_mounts'],
  ['affinity', 'affinity'],
  ['tolerations', 'tolerations'],
  ['nodeSelector', 'node_selector'],
] as const;

function writeRole(
  work: Work,
  role: RoleName,
  root: string,
  key: string,
  value: Value | null,
  comments: readonly string[],
): void {
  const map = mappingOf(work.spec, role);
  if (map === undefined) return;
  const mine = value === null || role === 'driver' ? value : again(value);
  const own = entryOf(map, 'env')?.value;
  if (key === 'env' && own !== undefined && !isFalsy(own)) {
    const keeps = isProviderAtLeast(work, keepsEnvironment);
    if (keeps === null) {
      work.say(
        'provider-version-matters',
        { path: `${role}.env`, before: 'write the block over it (before 10.15)', since: 'add the block to it' },
        own,
      );
    }
    if (keeps !== false) {
      if (isList(own) && isList(mine)) own.items.push(...mine.items);
      return;
    }
  }
  const first = role === 'driver' ? comments : [];
  overwrite(work, { map, key, path: `${root}.${role}.${key}`, by }, mine, first);
}

/** Older operators stop where a role or the application's labels are missing; from 10.9 on they make them. */
function ensureRoles(work: Work, at: Value): boolean {
  for (const key of roleNames) {
    if (mappingOf(work.spec, key) !== undefined) continue;
    if (entryOf(work.spec, key) !== undefined || isProviderAtLeast(work, keepsMetadata) === false) {
      refuse(work, key, 'is missing, and the operator writes into it', at);
      return false;
    }
    insertInOrder(work.spec, newEntry(key, newMapping()), specOrder);
    tellMade(work, key, at);
  }
  return true;
}

function tellMade(work: Work, path: string, at: Value): void {
  if (isProviderAtLeast(work, keepsMetadata) !== null) return;
  const told = { path, before: 'stop, because it is missing (before 10.9)', since: 'write it themselves' };
  work.say('provider-version-matters', told, at);
}

/** `spec.labels`, which the resource does not know: the operator writes it over the labels of both roles. */
function writeLabels(work: Work, root: string, block: Entry): void {
  const entry = entryOf(work.spec, 'labels');
  if (entry === undefined) {
    if (isProviderAtLeast(work, keepsMetadata) === false) {
      refuse(
        work,
        'labels',
        'is missing, and the operator writes it over the labels of driver and executor',
        block.key,
      );
      return;
    }
    tellMade(work, 'labels', block.key);
  }
  const value = entry === undefined || isFalsy(entry.value) ? null : entry.value;
  if (entry !== undefined) {
    const why = 'The operator writes it over the labels of driver and executor.';
    work.enter('labels', entry.value, value === null ? 'dead' : 'moved', { why, remedy: 'Nothing.' });
    removeFrom(work.spec, entry, value === null);
  }
  for (const role of roleNames) {
    const map = mappingOf(work.spec, role);
    const mine = value === null || role === 'driver' ? value : again(value);
    const comments = role === 'driver' && entry?.key.commentBefore && value !== null ? [entry.key.commentBefore] : [];
    if (map === undefined) continue;
    overwrite(work, { map, key: 'labels', path: `${root}.${role}.labels`, by: '`spec.labels`' }, mine, comments);
  }
}

/** One entry of the ledger for each key of the block; comments of what goes away are kept above the request. */
function enterBlock(work: Work, map: Mapping): void {
  for (const { key, value } of map.items) {
    const path = `kubernetes.${key.value}`;
    const target = Object.hasOwn(blockKeys, key.value) ? blockKeys[key.value] : undefined;
    if (target !== undefined) {
      const why = isFalsy(value) ? 'It is empty.' : `The operator writes it over ${target}.`;
      work.enter(path, value, isFalsy(value) ? 'dead' : 'moved', { why, remedy: 'Nothing.' });
    } else if (clusterKeys.includes(key.value) && !isFalsy(value)) {
      const why = 'It chooses the cluster of the connection; the gateway chooses it now.';
      work.enter(path, value, 'server', { why, remedy: 'Check that the route’s queue is the right one.' });
      work.say('block-names-cluster', { path: work.restore(path) }, key);
    } else {
      work.enter(path, value, 'dead', { why: 'The operator writes it nowhere.', remedy: 'Nothing.' });
    }
  }
}
