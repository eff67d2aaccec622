/** Rows of `spec.volumes` and of the mounts. */
import { dead, type FieldRow, lost, nothingToDo, same } from './row.ts';

const drops =
  'The gateway drops the source and Kubernetes would mount an empty folder instead, so volume and mounts are removed.';
const other = 'Put the content into the image, or use a claim, a secret or a config map.';

const moved = (path: string, type: FieldRow['type'], key: string): FieldRow => ({
  path: `volumes[].${path}`,
  type,
  class: 'moved',
  target: `sparkConf spark.kubernetes.<role>.volumes.${key}`,
  rule: 'volumes',
  why: 'The gateway drops the source; Spark mounts the same volume by these sparkConf keys.',
  remedy: nothingToDo,
  source: 'pair',
});

const ruled = (row: FieldRow): FieldRow => ({ ...row, rule: 'volumes' });

export const volumeRows: readonly FieldRow[] = [
  ruled(same('volumes[].name')),
  ruled(same('volumes[].hostPath.path')),
  ruled(same('volumes[].hostPath.type')),
  ruled(same('volumes[].configMap.name')),
  ...['items', 'defaultMode', 'optional'].map((key) =>
    ruled(
      lost(
        `volumes[].configMap.${key}.**`,
        'The gateway refuses a config map volume with anything but its name; without it the volume would hold other files, so it is removed with its mounts.',
        'Mount the whole config map, or make one that holds just these files.',
      ),
    ),
  ),
  moved('persistentVolumeClaim.claimName', 'string', 'persistentVolumeClaim.*.options.claimName'),
  moved('persistentVolumeClaim.readOnly', 'boolean', 'persistentVolumeClaim.*.mount.readOnly'),
  moved('emptyDir.medium', 'string', 'emptyDir.*.options.medium'),
  moved('emptyDir.sizeLimit', 'string', 'emptyDir.*.options.sizeLimit'),
  moved('nfs.server', 'string', 'nfs.*.options.server'),
  moved('nfs.path', 'string', 'nfs.*.options.path'),
  moved('nfs.readOnly', 'boolean', 'nfs.*.mount.readOnly'),
  {
    ...moved('secret.secretName', 'string', ''),
    target: 'sparkConf spark.kubernetes.<role>.secrets.*',
    why: 'The gateway drops the source; Spark mounts the whole secret by this sparkConf key.',
  },
  ...['items', 'defaultMode', 'optional'].map((key) =>
    ruled(
      lost(
        `volumes[].secret.${key}.**`,
        'Spark mounts whole secrets only, with its own modes.',
        'Mount the whole secret, or make one that holds just these files.',
      ),
    ),
  ),
  ...[
    'awsElasticBlockStore',
    'azureDisk',
    'azureFile',
    'cephfs',
    'cinder',
    'csi',
    'downwardAPI',
    'ephemeral',
    'fc',
    'flexVolume',
    'flocker',
    'gcePersistentDisk',
    'gitRepo',
    'glusterfs',
    'image',
    'iscsi',
    'photonPersistentDisk',
    'portworxVolume',
    'projected',
    'quobyte',
    'rbd',
    'scaleIO',
    'storageos',
    'vsphereVolume',
  ].map((key) => ruled(lost(`volumes[].${key}.**`, drops, other))),
  ruled(same('<role>.volumeMounts[].name')),
  ruled(same('<role>.volumeMounts[].mountPath')),
  ruled(same('<role>.volumeMounts[].readOnly', 'boolean')),
  ruled(same('<role>.volumeMounts[].subPath')),
  ruled(
    lost(
      '<role>.volumeMounts[].subPathExpr',
      'The gateway drops it; Spark has a sparkConf key for it from version 4 on.',
      'Write the path out in subPath.',
    ),
  ),
  ruled(
    lost(
      '<role>.volumeMounts[].mountPropagation',
      'The gateway drops it, and Spark has no sparkConf key for it.',
      other,
    ),
  ),
  ruled(
    lost(
      '<role>.volumeMounts[].recursiveReadOnly',
      'The gateway drops it, and Spark has no sparkConf key for it.',
      other,
    ),
  ),
  dead('<role>.volumes.**', 'The resource’s schema does not know volumes of a role; Kubernetes removes the key.'),
];
