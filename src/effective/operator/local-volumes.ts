import { isObject, type JsonObject, objectOf } from '../json.ts';
import { type Application, objectsIn, type RoleName, roleOf, textOr } from './application.ts';
import { canonicalQuantity } from './quantity.ts';

/** Volumes of this prefix are Spark's scratch space: the operator says them by conf, its webhook leaves them alone. */
export const localPrefix = 'spark-local-dir-';

export type ConfEntry = readonly [key: string, value: string];
export type LocalVolumes =
  | { readonly ok: true; readonly conf: readonly ConfEntry[] }
  | { readonly ok: false; readonly error: string };

/** The conf of a role's local volumes, in the order of its mounts. */
export function localVolumes(application: Application, role: RoleName): LocalVolumes {
  const volumes = new Map(objectsIn(application.spec['volumes']).map((volume) => [textOr(volume['name']), volume]));
  const conf: ConfEntry[] = [];
  for (const mount of objectsIn(roleOf(application, role)['volumeMounts'])) {
    const name = textOr(mount['name']);
    if (!name.startsWith(localPrefix)) continue;
    const volume = volumes.get(name);
    if (volume === undefined) return { ok: false, error: `volume ${name} not found` };
    const options = sourceOptions(volume);
    if (options === null) return { ok: false, error: 'unsupported volume type' };
    const prefix = `spark.kubernetes.${role}.volumes.${options.type}.${name}`;
    conf.push(...mountConf(mount, prefix));
    conf.push(...options.entries.map(([key, value]): ConfEntry => [`${prefix}.options.${key}`, value]));
  }
  return { ok: true, conf };
}

function mountConf(mount: JsonObject, prefix: string): readonly ConfEntry[] {
  const path = textOr(mount['mountPath']);
  const subPath = textOr(mount['subPath']);
  const conf: ConfEntry[] = [];
  if (path !== '') conf.push([`${prefix}.mount.path`, path]);
  if (subPath !== '') conf.push([`${prefix}.mount.subPath`, subPath]);
  if (mount['readOnly'] === true) conf.push([`${prefix}.mount.readOnly`, 'true']);
  return conf;
}

interface SourceOptions {
  readonly type: string;
  readonly entries: readonly ConfEntry[];
}

/** The kinds that Spark knows, in the order in which the operator looks for them. */
function sourceOptions(volume: JsonObject): SourceOptions | null {
  const { emptyDir, hostPath, nfs, persistentVolumeClaim: claim } = volume;
  if (isObject(emptyDir)) return { type: 'emptyDir', entries: emptyDirOptions(emptyDir) };
  if (isObject(hostPath))
    return { type: 'hostPath', entries: [...given(hostPath, 'path', true), ...given(hostPath, 'type')] };
  if (isObject(nfs))
    return { type: 'nfs', entries: [...given(nfs, 'path', true), ...given(nfs, 'server', true), ...readOnly(nfs)] };
  if (isObject(claim))
    return { type: 'persistentVolumeClaim', entries: [...given(claim, 'claimName', true), ...readOnly(claim)] };
  return null;
}

function emptyDirOptions(source: JsonObject): readonly ConfEntry[] {
  const limit = objectOf(source)['sizeLimit'];
  const sizeLimit: readonly ConfEntry[] =
    limit === undefined ? [] : [['sizeLimit', canonicalQuantity(String(limit))] as const];
  return [...sizeLimit, ...given(source, 'medium')];
}

function given(source: JsonObject, key: string, always = false): readonly ConfEntry[] {
  const text = textOr(source[key]);
  return text === '' && !always ? [] : [[key, text]];
}

function readOnly(source: JsonObject): readonly ConfEntry[] {
  return source['readOnly'] === true ? [['readOnly', 'true']] : [];
}
