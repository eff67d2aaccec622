/** Names that the gateway's namespace must provide, read from the finished request. */
import type { Json, ProvidedKind, ProvidedNames } from '../model.ts';

type Names = Record<ProvidedKind, Set<string>>;

/** Service accounts, secrets, config maps, claims and pull secrets that the request names, each sorted. */
export function providedNames(request: Json): ProvidedNames {
  const names: Names = {
    serviceAccounts: new Set(),
    secrets: new Set(),
    configMaps: new Set(),
    claims: new Set(),
    pullSecrets: new Set(),
  };
  for (const role of ['driver', 'executor']) add(names.serviceAccounts, get(get(request, role), 'serviceAccount'));
  const volumes = get(request, 'volumes');
  for (const volume of Array.isArray(volumes) ? volumes : [])
    add(names.configMaps, get(get(volume, 'configMap'), 'name'));
  const conf = get(request, 'sparkConf');
  if (isObject(conf)) for (const [key, value] of Object.entries(conf)) fromConf(names, key, value);
  const sorted = (set: ReadonlySet<string>): readonly string[] => [...set].sort();
  return {
    serviceAccounts: sorted(names.serviceAccounts),
    secrets: sorted(names.secrets),
    configMaps: sorted(names.configMaps),
    claims: sorted(names.claims),
    pullSecrets: sorted(names.pullSecrets),
  };
}

function fromConf(names: Names, key: string, value: Json): void {
  if (!key.startsWith('spark.kubernetes.') || typeof value !== 'string') return;
  const secret = /^spark\.kubernetes\.(?:driver|executor)\.secrets\.(.+)$/.exec(key);
  if (secret !== null) add(names.secrets, secret[1] ?? null);
  if (/^spark\.kubernetes\.(?:driver|executor)\.secretKeyRef\./.test(key))
    add(names.secrets, value.split(':')[0] ?? null);
  // Spark makes a claim of that name by itself.
  const isClaim =
    /^spark\.kubernetes\.(?:driver|executor)\.volumes\.persistentVolumeClaim\..+\.options\.claimName$/.test(key);
  if (isClaim && value !== 'OnDemand') add(names.claims, value);
  if (key === 'spark.kubernetes.container.image.pullSecrets') {
    for (const name of value.split(',')) add(names.pullSecrets, name.trim());
  }
  if (/^spark\.kubernetes\.(?:driver|executor)?\.?(?:hadoop|kerberos)\.configMapName$/.test(key))
    add(names.configMaps, value);
}

function add(set: Set<string>, name: Json): void {
  if (typeof name === 'string' && name !== '') set.add(name);
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const get = (value: Json, key: string): Json => (isObject(value) ? (value[key] ?? null) : null);
