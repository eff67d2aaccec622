import type { Json } from '../../model.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';

/** The parts of the gateway's own configuration that decide what becomes of a request. */
export interface GatewayConfig {
  readonly defaultSparkConf: Readonly<Record<string, string>>;
  readonly fixedSparkConf: Readonly<Record<string, string>>;
  readonly clusters: readonly GatewayCluster[];
  readonly images: readonly GatewayImage[];
  readonly queues: readonly GatewayQueue[];
  /** `*` lets everybody in; nobody is listed, nobody gets in. */
  readonly allowedUsers: readonly string[];
  readonly blockedUsers: readonly string[];
}

export interface GatewayCluster {
  readonly id: string;
  readonly weight: number;
  readonly namespace: string;
  readonly serviceAccount: string | null;
  readonly sparkVersions: readonly string[];
  readonly queues: readonly string[];
  readonly ttlSeconds: number | null;
  readonly batchScheduler: string | null;
  readonly sparkConf: Readonly<Record<string, string>>;
  readonly sparkUIOptions: JsonObject | null;
  readonly volumes: readonly Json[];
  readonly driver: GatewayClusterRole | null;
  readonly executor: GatewayClusterRole | null;
}
interface GatewayClusterRole {
  readonly env: readonly Json[] | null;
  readonly volumeMounts: readonly Json[] | null;
}

interface GatewayImage {
  readonly name: string;
  readonly types: readonly string[];
  readonly version: string;
}

export interface GatewayQueue {
  readonly name: string;
  readonly secure: boolean;
  readonly users: readonly string[];
  readonly maxRunningMillis: number;
  readonly maxExecutorInstances: number;
  readonly allowedZones: readonly string[];
  readonly driver: GatewayQueueRole;
  /** `spotValues` are used when the request says `spotInstance`. */
  readonly executor: GatewayQueueRole & { readonly spotValues: readonly string[] };
}
export interface GatewayQueueRole {
  readonly cpuRatio: number;
  readonly memoryRatio: number;
  readonly labelKey: string;
  readonly labelValues: readonly string[];
}

/** 12 h, for queues that say nothing. */
export const defaultMaxRunningMillis = 43_200_000;
const defaultMaxExecutors = 5000;
/** Key of the node label where a queue gives values only. */
const defaultLabelKey = 'node_group';

/** Reads the gateway's configuration file (already parsed); what is missing gets the gateway's defaults. */
export function readGatewayConfig(document: Json): GatewayConfig {
  const root = objectOf(document);
  return {
    defaultSparkConf: texts(root['defaultSparkConf']),
    fixedSparkConf: texts(root['fixedSparkConf']),
    clusters: listOf(root['sparkClusters']).filter(isObject).map(readCluster),
    images: listOf(root['sparkImages'])
      .filter(isObject)
      .map((image) => ({
        name: scalarText(image['name']) ?? '',
        types: strings(image['types']),
        version: scalarText(image['version']) ?? '',
      })),
    queues: listOf(root['queues']).filter(isObject).map(readQueue),
    allowedUsers: strings(root['allowedUsers']),
    blockedUsers: strings(root['blockedUsers']),
  };
}

function readCluster(cluster: JsonObject): GatewayCluster {
  return {
    id: scalarText(cluster['id']) ?? '',
    weight: numberOr(cluster['weight'], 0),
    namespace: scalarText(cluster['sparkApplicationNamespace']) ?? '',
    serviceAccount: textOf(cluster['sparkServiceAccount']),
    sparkVersions: strings(cluster['sparkVersions']),
    queues: strings(cluster['queues']),
    ttlSeconds: typeof cluster['ttlSeconds'] === 'number' ? cluster['ttlSeconds'] : null,
    batchScheduler: textOf(cluster['batchScheduler']),
    sparkConf: texts(cluster['sparkConf']),
    sparkUIOptions: isObject(cluster['sparkUIOptions']) ? cluster['sparkUIOptions'] : null,
    volumes: listOf(cluster['volumes']),
    driver: readClusterRole(cluster['driver']),
    executor: readClusterRole(cluster['executor']),
  };
}

function readClusterRole(role: Json | undefined): GatewayClusterRole | null {
  if (!isObject(role)) return null;
  return {
    env: role['env'] === undefined ? null : listOf(role['env']),
    volumeMounts: role['volumeMounts'] === undefined ? null : listOf(role['volumeMounts']),
  };
}

function readQueue(queue: JsonObject): GatewayQueue {
  return {
    name: scalarText(queue['name']) ?? '',
    secure: queue['secure'] === true,
    users: strings(queue['users']),
    maxRunningMillis: numberOr(queue['maxRunningMillis'], defaultMaxRunningMillis),
    maxExecutorInstances: numberOr(queue['maxExecutorInstances'], defaultMaxExecutors),
    allowedZones: strings(queue['allowedZones']),
    driver: readQueueRole(queue, 'driver'),
    executor: { ...readQueueRole(queue, 'executor'), spotValues: strings(queue['executorSpotNodeLabelValues']) },
  };
}

function readQueueRole(queue: JsonObject, role: 'driver' | 'executor'): GatewayQueueRole {
  return {
    cpuRatio: numberOr(queue[`${role}CPUBufferRatio`], 1),
    memoryRatio: numberOr(queue[`${role}MemBufferRatio`], 1),
    labelKey: textOf(queue[`${role}NodeLabelKey`]) ?? defaultLabelKey,
    labelValues: strings(queue[`${role}NodeLabelValues`]),
  };
}

/** Numbers may be written as texts in that file. */
function numberOr(value: Json | undefined, otherwise: number): number {
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  return typeof value === 'number' ? value : otherwise;
}

function scalarText(value: Json | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value);
}

function strings(value: Json | undefined): readonly string[] {
  return listOf(value).flatMap((item) => scalarText(item) ?? []);
}

function texts(value: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, item]) => [key, scalarText(item) ?? '']));
}
