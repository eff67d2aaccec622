import type { Json } from '../../model.ts';
import type { RoleName } from '../operator/application.ts';
import { type Conf, isTrue, SparkRefusal, under } from './conf.ts';
import type { PodDraft } from './draft.ts';

/** Volumes and secrets that Spark mounts because the conf says so. */

const local = 'spark-local-dir-';

/** `spark.kubernetes.<role>.volumes.<type>.<name>.…`. */
export function mountConfVolumes(draft: PodDraft, conf: Conf, role: RoleName): void {
  const settings = new Map(under(conf, `spark.kubernetes.${role}.volumes.`));
  const names = new Set<string>();
  for (const key of settings.keys()) {
    const [type, name] = key.split('.');
    if (type !== undefined && name !== undefined) names.add(`${type}.${name}`);
  }
  for (const place of names) {
    const [type = '', name = ''] = place.split('.');
    const setting = (key: string): string | undefined => settings.get(`${place}.${key}`);
    const required = (key: string): string => {
      const value = setting(key);
      if (value === undefined) throw new SparkRefusal(`java.util.NoSuchElementException: ${place}.${key}`);
      return value;
    };
    const readOnly = isTrue(setting('mount.readOnly'));
    const source = volumeSource(type, setting, required, readOnly);
    if (source === null)
      throw new SparkRefusal(`java.lang.IllegalArgumentException: Kubernetes Volume type \`${type}\` is not supported`);
    const subPath = setting('mount.subPath');
    draft.volumes.push({ name, ...source });
    draft.mounts.push({
      name,
      mountPath: required('mount.path'),
      ...(subPath === undefined || subPath === '' ? {} : { subPath }),
      ...(readOnly ? { readOnly } : {}),
    });
  }
}

function volumeSource(
  type: string,
  setting: (key: string) => string | undefined,
  required: (key: string) => string,
  readOnly: boolean,
): { readonly [source: string]: Json } | null {
  switch (type) {
    case 'hostPath':
      return { hostPath: { path: required('options.path'), type: '' } };
    case 'persistentVolumeClaim':
      return { persistentVolumeClaim: { claimName: required('options.claimName'), ...(readOnly ? { readOnly } : {}) } };
    case 'emptyDir': {
      const medium = setting('options.medium');
      const sizeLimit = setting('options.sizeLimit');
      return { emptyDir: { ...(medium ? { medium } : {}), ...(sizeLimit ? { sizeLimit } : {}) } };
    }
    case 'nfs':
      return { nfs: { path: required('options.path'), server: required('options.server') } };
    default:
      return null;
  }
}

/** `spark.kubernetes.<role>.secrets.<name>` (mount path) and `.secretKeyRef.<variable>` (`name:key`). */
export function addSecrets(draft: PodDraft, conf: Conf, role: RoleName): void {
  for (const [name, mountPath] of under(conf, `spark.kubernetes.${role}.secrets.`)) {
    draft.volumes.push({ name: `${name}-volume`, secret: { secretName: name } });
    draft.mounts.push({ name: `${name}-volume`, mountPath });
  }
  for (const [variable, ref] of under(conf, `spark.kubernetes.${role}.secretKeyRef.`)) {
    const [name, key, ...rest] = ref.split(':');
    if (name === undefined || key === undefined || rest.length > 0)
      throw new SparkRefusal(`java.lang.IllegalArgumentException: requirement failed: ${ref} is no secret:key`);
    draft.env.push({ name: variable, valueFrom: { secretKeyRef: { name, key } } });
  }
}

/** Scratch space: the volumes named for it, else an emptyDir for each directory of `spark.local.dir`. */
export function addLocalDirs(draft: PodDraft, conf: Conf): void {
  const mounted = draft.mounts.flatMap((mount) => {
    const { name, mountPath } = mount as { readonly name?: Json; readonly mountPath?: Json };
    return typeof name === 'string' && name.startsWith(local) ? [String(mountPath)] : [];
  });
  if (mounted.length > 0) {
    draft.env.push({ name: 'SPARK_LOCAL_DIRS', value: mounted.join(',') });
    return;
  }
  const directories = (conf.get('spark.local.dir') ?? '/var/data/spark-UUID').split(',');
  const medium = isTrue(conf.get('spark.kubernetes.local.dirs.tmpfs')) ? { medium: 'Memory' } : {};
  for (const [i, mountPath] of directories.entries()) {
    draft.volumes.push({ name: `${local}${i + 1}`, emptyDir: medium });
    draft.mounts.push({ name: `${local}${i + 1}`, mountPath });
  }
  draft.env.push({ name: 'SPARK_LOCAL_DIRS', value: directories.join(',') });
}
