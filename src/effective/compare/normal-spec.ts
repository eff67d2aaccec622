import type { Json } from '../../model.ts';
import { isList, isObject, type JsonObject, objectOf, sameJson } from '../json.ts';
import { canonicalQuantity } from '../operator/quantity.ts';

/** What a pod's spec says, said in one way: what means nothing is left out, quantities are canonical. */
export function normalSpec(spec: JsonObject): JsonObject {
  const { affinity, dnsConfig, ...others } = spec;
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(others)) kept[key] = normal(key, value);
  if (affinity !== undefined && !saysNothing(affinity)) kept['affinity'] = affinity;
  if (dnsConfig !== undefined && !sameJson(dnsConfig, gatewayDns)) kept['dnsConfig'] = dnsConfig;
  return kept;
}

/** The gateway gives every executor this, whatever the request says. */
const gatewayDns: Json = { options: [{ name: 'ndots', value: '1' }] };

function saysNothing(affinity: Json): boolean {
  return Object.values(objectOf(affinity)).every((part) => isObject(part) && Object.keys(part).length === 0);
}

function normal(key: string, value: Json): Json {
  if (key === 'env' && isList(value)) return normalEnv(value);
  if (isList(value)) return value.map((item) => normal('', item));
  if (!isObject(value)) return key === 'sizeLimit' ? canonicalQuantity(String(value)) : value;
  if (key === 'limits' || key === 'requests')
    return Object.fromEntries(Object.entries(value).map(([name, amount]) => [name, canonicalQuantity(String(amount))]));
  const kept: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value))
    if (!(name === 'readOnly' && item === false)) kept[name] = normal(name, item);
  return kept;
}

/** An empty value is none; Spark numbers the options of the JVM in an order that nobody chose. */
function normalEnv(env: readonly Json[]): Json {
  const numbered = /^SPARK_JAVA_OPT_\d+$/;
  const options: string[] = [];
  const others: Json[] = [];
  for (const entry of env) {
    const { name, value, ...rest } = objectOf(entry);
    if (numbered.test(String(name))) options.push(String(value));
    else others.push(value === undefined || value === '' ? { name: name ?? '', ...rest } : entry);
  }
  return [...others, ...options.sort().map((value, i) => ({ name: `SPARK_JAVA_OPT_${i}`, value }))];
}
