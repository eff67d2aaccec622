/**
 * Volumes and their mounts. The gateway keeps hostPath and whole config maps; claims, empty folders, NFS and whole
 * secrets are mounted by Spark from sparkConf keys; what has no way through is removed with its mounts, because the
 * gateway would mount an empty folder instead.
 */
import { type RoleName, roleNames } from '../fields/index.ts';
import { entryOf, isMapping, isText, listOf, type Mapping, removeFrom, type Text, textOf } from '../tree.ts';
import { isNothing } from '../walk.ts';
import type { Work } from '../work.ts';
import { type Mount, moveMount, type Volume } from './mounts.ts';

export function moveVolumes(work: Work): void {
  const entry = entryOf(work.spec, 'volumes');
  const list = listOf(work.spec, 'volumes');
  const volumes = (list?.items ?? []).flatMap((node, index): Volume[] => {
    const volume = isMapping(node) ? readVolume(work, node, `volumes[${index}]`) : null;
    return volume === null ? [] : [volume];
  });
  const mounts = roleNames.flatMap((role) => readMounts(work, role));
  for (const mount of mounts) {
    const volume = volumes.find(({ name }) => name.value === mount.name.value);
    if (volume !== undefined) moveMount(work, mount, volume, mounts);
    else {
      work.enter(mount.path, mount.node, 'dead', {
        why: 'There is no volume of this name, so the operator mounts nothing.',
        remedy: 'Nothing, or add the volume that was meant.',
      });
      work.say('mount-without-volume', { path: mount.path, name: work.restore(mount.name.value) }, mount.node);
      removeFrom(mount.list, mount.node);
    }
  }
  for (const role of roleNames) pruneMounts(work.role(role));
  if (list === undefined || entry === undefined) return;
  for (const volume of volumes) settle(work, volume, mounts);
  for (const { way, node } of volumes) {
    if (way !== 'same' || isUnused(work, node)) removeFrom(list, node);
  }
  if (list.items.length === 0) removeFrom(work.spec, entry);
}

function readVolume(work: Work, node: Mapping, path: string): Volume | null {
  const name = textOf(node, 'name');
  if (name === undefined) {
    work.say('wrong-type', { path, wanted: 'a volume with a name', found: 'none' }, node);
    return null;
  }
  const found = node.items.find(({ key }) => key.value !== 'name');
  const source = found !== undefined && isMapping(found.value) ? found.value : undefined;
  const kind = found?.key.value ?? 'emptyDir';
  const isScalar = found !== undefined && isText(found.value) && !isNothing(found.value);
  if (isScalar)
    work.say(
      'placeholder-structure',
      { path: `${path}.${kind}`, text: work.restore((found.value as Text).value), wanted: 'a mapping' },
      found.value,
    );
  return { path, node, name, kind, source, way: wayOf(kind, source) };
}

function wayOf(kind: string, source: Mapping | undefined): Volume['way'] {
  if (kind === 'hostPath') return 'same';
  if (kind === 'configMap') return source?.items.every(({ key }) => key.value === 'name') === true ? 'same' : 'none';
  if (kind === 'persistentVolumeClaim' || kind === 'emptyDir' || kind === 'nfs') return 'conf';
  return kind === 'secret' && textOf(source, 'secretName') !== undefined ? 'secret' : 'none';
}

function readMounts(work: Work, role: RoleName): Mount[] {
  const list = listOf(work.role(role), 'volumeMounts');
  if (list === undefined) return [];
  return [...list.items].flatMap((node, index): Mount[] => {
    const path = `${role}.volumeMounts[${index}]`;
    const name = isMapping(node) ? textOf(node, 'name') : undefined;
    const at = isMapping(node) ? textOf(node, 'mountPath') : undefined;
    if (name === undefined || at === undefined || !isMapping(node)) {
      work.say('wrong-type', { path, wanted: 'a mount with name and mountPath', found: 'less' }, node);
      return [];
    }
    return [{ role, list, node, path, name, at }];
  });
}

/** Enters the volume itself; the ways of its mounts are entered with them. */
function settle(work: Work, volume: Volume, mounts: readonly Mount[]): void {
  const { path, node, name, way, source } = volume;
  const isMounted = mounts.some((mount) => mount.name.value === name.value);
  if (!isMounted) {
    work.enter(path, node, 'dead', { why: 'Nothing mounts it.', remedy: 'Nothing.' });
    work.say('dead-field', { path, why: 'nothing mounts it' }, node);
    return;
  }
  if (way === 'same') return;
  if (way === 'none') {
    const why = 'the gateway would mount an empty folder instead, so it is removed with its mounts';
    work.enter(path, node, 'lost');
    work.say('field-lost', { path, why }, node);
    return;
  }
  const extras = way === 'secret' ? (source?.items ?? []).filter(({ key }) => key.value !== 'secretName') : [];
  if (extras.length === 0) {
    work.enter(path, node, 'moved', {
      why: 'The gateway drops the source; Spark mounts the same by sparkConf keys.',
      remedy: 'Nothing.',
    });
    work.say(
      'field-moved',
      { path, target: `sparkConf spark.kubernetes.*.${way === 'secret' ? 'secrets' : 'volumes'}.*` },
      node,
    );
    return;
  }
  work.enter(`${path}.name`, name, 'moved', { remedy: 'Nothing.' });
  const secretName = textOf(source, 'secretName');
  if (secretName !== undefined) work.enter(`${path}.secret.secretName`, secretName, 'moved');
  for (const { key, value } of extras) {
    work.enter(`${path}.secret.${key.value}`, value, 'lost');
    work.say(
      'field-lost',
      { path: `${path}.secret.${key.value}`, why: 'Spark mounts whole secrets only, with its own modes' },
      key,
    );
  }
}

function isUnused(work: Work, volume: Mapping): boolean {
  const name = textOf(volume, 'name')?.value;
  return !roleNames.some((role) =>
    listOf(work.role(role), 'volumeMounts')?.items.some(
      (mount) => isMapping(mount) && textOf(mount, 'name')?.value === name,
    ),
  );
}

function pruneMounts(role: Mapping | undefined): void {
  const entry = role === undefined ? undefined : entryOf(role, 'volumeMounts');
  if (role !== undefined && entry !== undefined && listOf(role, 'volumeMounts')?.items.length === 0)
    removeFrom(role, entry);
}
