/** One mount of a volume: kept, moved into sparkConf, or removed. */
import type { RoleName } from '../fields/index.ts';
import { entryOf, type List, type Mapping, newText, removeFrom, type Text, textOf } from '../tree.ts';
import type { Work } from '../work.ts';
import { isSparkAtLeast } from './spark-version.ts';

/** What a volume is, and what can be done with it. */
export interface Volume {
  readonly path: string;
  readonly node: Mapping;
  readonly name: Text;
  /** Its source's key; `emptyDir` where it has none, as Kubernetes reads it. */
  readonly kind: string;
  readonly source: Mapping | undefined;
  readonly way: 'same' | 'conf' | 'secret' | 'none';
}

export interface Mount {
  readonly role: RoleName;
  readonly list: List;
  readonly node: Mapping;
  readonly path: string;
  readonly name: Text;
  /** `mountPath`. */
  readonly at: Text;
}

const withoutWay = ['mountPropagation', 'recursiveReadOnly'];

export function moveMount(work: Work, mount: Mount, volume: Volume, all: readonly Mount[]): void {
  if (volume.way === 'none') {
    lose(work, mount, 'its volume has no way through the gateway');
    return;
  }
  const expression = textOf(mount.node, 'subPathExpr');
  const hasSubPath = textOf(mount.node, 'subPath') !== undefined;
  if (expression !== undefined && (volume.way !== 'conf' || isSparkAtLeast(work, 4, 0) !== true)) {
    lose(work, mount, 'the gateway drops subPathExpr, and without it other files would be mounted');
    return;
  }
  if (volume.way === 'secret') {
    if (hasSubPath) {
      lose(work, mount, 'Spark mounts whole secrets only');
      return;
    }
    moveSecretMount(work, mount, volume, all);
    return;
  }
  const losses = withoutWay.flatMap((key) => entryOf(mount.node, key) ?? []);
  if (volume.way === 'conf') {
    moveToConf(
      work,
      mount,
      volume,
      all,
      losses.map(({ key }) => key.value),
    );
    return;
  }
  for (const entry of losses) {
    const path = `${mount.path}.${entry.key.value}`;
    work.enter(path, entry.value, 'lost');
    work.say('field-lost', { path, why: 'the gateway drops it' }, entry.key);
    removeFrom(mount.node, entry);
  }
}

function moveSecretMount(work: Work, mount: Mount, volume: Volume, all: readonly Mount[]): void {
  const secret = textOf(volume.source, 'secretName');
  if (secret === undefined) return;
  const key = `spark.kubernetes.${mount.role}.secrets.${secret.value}`;
  const isTaken = work.conf(key) !== undefined && earlier(mount, all).length > 0;
  if (isTaken) {
    lose(work, mount, 'Spark mounts a secret once per role');
    return;
  }
  const comments = finish(work, mount, []);
  work.setConf(key, mount.at, comments);
}

function moveToConf(work: Work, mount: Mount, volume: Volume, all: readonly Mount[], losses: readonly string[]): void {
  const before = earlier(mount, all).length;
  if (before > 0 && volume.kind === 'emptyDir') {
    lose(work, mount, 'Spark mounts an empty folder once per role; a second one would be another folder');
    return;
  }
  const name = before === 0 ? volume.name.value : `${volume.name.value}-${before + 1}`;
  const prefix = `spark.kubernetes.${mount.role}.volumes.${volume.kind}.${name}`;
  const comments = finish(work, mount, losses);
  work.setConf(`${prefix}.mount.path`, mount.at, comments);
  for (const key of ['subPath', 'subPathExpr']) {
    const value = textOf(mount.node, key);
    if (value !== undefined) work.setConf(`${prefix}.mount.${key}`, value);
  }
  const readOnly = textOf(mount.node, 'readOnly');
  const source = textOf(volume.source, 'readOnly');
  if (source?.value === 'true') work.setConf(`${prefix}.mount.readOnly`, newText('true', 'QUOTE_DOUBLE'));
  else if (readOnly !== undefined) {
    work.setConf(`${prefix}.mount.readOnly`, readOnly);
    if (volume.kind === 'persistentVolumeClaim' && readOnly.value !== 'false') {
      work.say('claim-read-only', { path: mount.path, name: work.restore(volume.name.value) }, readOnly);
    }
  }
  for (const { key, value } of volume.source?.items ?? []) {
    if (key.value !== 'readOnly') work.setConf(`${prefix}.options.${key.value}`, value as Text);
  }
}

/** Mounts of the same volume in the same role that stand before this one and are moved too. */
function earlier(mount: Mount, all: readonly Mount[]): readonly Mount[] {
  return all
    .slice(0, all.indexOf(mount))
    .filter(
      ({ role, name, node }) =>
        role === mount.role && name.value === mount.name.value && textOf(node, 'subPathExpr') === undefined,
    );
}

/** Takes a moved mount out, and enters it without the parts that are lost. Gives its comments. */
function finish(work: Work, mount: Mount, losses: readonly string[]): readonly string[] {
  const comments = work.take(mount.list, mount.node);
  const moved = { why: 'Spark mounts the volume by sparkConf keys.', remedy: 'Nothing.' };
  if (losses.length === 0) {
    work.enter(mount.path, mount.node, 'moved', moved);
    return comments;
  }
  for (const { key, value } of mount.node.items) {
    const path = `${mount.path}.${key.value}`;
    if (!losses.includes(key.value)) {
      work.enter(path, value, 'moved', moved);
      continue;
    }
    work.enter(path, value, 'lost');
    work.say('field-lost', { path, why: 'neither the gateway nor Spark has a key for it' }, key);
  }
  return comments;
}

function lose(work: Work, mount: Mount, why: string): void {
  work.enter(mount.path, mount.node, 'lost', {
    why: `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
    remedy: 'Put the content into the image, or mount it by a claim, a whole secret or a whole config map.',
  });
  work.say('field-lost', { path: mount.path, why }, mount.node);
  removeFrom(mount.list, mount.node);
}
