import type { Json } from '../../model.ts';
import { compact, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import { isPlaceholder } from '../placeholder.ts';
import { defaultMaxRunningMillis, type GatewayCluster, type GatewayConfig } from './config.ts';
import { parseLong } from './java-numbers.ts';
import { labelValue } from './label.ts';
import type { ChosenQueue } from './queue.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { makeRole, type RoleContext, type RoleName } from './role.ts';

/** All that the gateway has found out when it makes the resource. */
export interface ResourceContext {
  readonly request: JsonObject;
  readonly config: GatewayConfig;
  readonly cluster: GatewayCluster;
  readonly queue: ChosenQueue;
  readonly user: string;
  readonly proxyUser: string;
  readonly submissionId: string;
  /** Placeholders stand where numbers belong: they are carried, not refused. */
  readonly unrendered: boolean;
}

const ownName = '{spark-application-resource-name}';
const runningLimit = 'bpg.maxRunningMillis';

/** The SparkApplication that the gateway creates. Sizes are checked before the image, the running time comes last. */
export function makeResource(context: ResourceContext): JsonObject | Refusal {
  const { request, cluster, submissionId } = context;
  const driver = makeRole('driver', roleContext(context, 'driver'));
  if (isRefusal(driver)) return driver;
  const executor = makeRole('executor', roleContext(context, 'executor'));
  if (isRefusal(executor)) return executor;
  const type = textOf(request['type']) || (textOf(request['mainClass']) ? 'Java' : 'Python');
  const image = chooseImage(context, type);
  if (isRefusal(image)) return image;
  const millis = chooseRunningTime(context);
  if (isRefusal(millis)) return millis;
  const volumes = listOf(request['volumes']);
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { labels: makeLabels(context, millis), name: submissionId, namespace: cluster.namespace },
    spec: compact({
      type,
      sparkVersion: request['sparkVersion'],
      mode: 'cluster',
      originalUser: context.user,
      proxyUser: context.proxyUser,
      image,
      imagePullPolicy: request['imagePullPolicy'],
      mainClass: request['mainClass'],
      mainApplicationFile: request['mainApplicationFile'],
      arguments: request['arguments'],
      sparkConf: makeSparkConf(context),
      deps: request['deps'],
      pythonVersion: request['pythonVersion'],
      restartPolicy: request['restartPolicy'],
      volumes: volumes.length > 0 ? [...volumes, ...volumes] : clusterVolumes(context),
      driver,
      executor,
      ...batchScheduler(context),
      sparkUIOptions: uiOptions(context),
      timeToLiveSeconds: cluster.ttlSeconds ?? undefined,
    }),
  };
}

function clusterVolumes(context: ResourceContext): Json | undefined {
  return context.cluster.volumes.length > 0 ? context.cluster.volumes : context.request['volumes'];
}

function roleContext(context: ResourceContext, name: RoleName): RoleContext {
  const queue = context.queue.config;
  const spot = name === 'executor' && context.request['spotInstance'] === true;
  return {
    request: context.request,
    cluster: context.cluster,
    queue: queue?.[name] ?? { cpuRatio: 1, memoryRatio: 1, labelKey: '', labelValues: [] },
    labelValues: (spot ? queue?.executor.spotValues : queue?.[name].labelValues) ?? [],
    zones: pickedZones(context),
    unrendered: context.unrendered,
  };
}

/** A queue with zones picks one, but only for a request that has a sparkConf. */
function pickedZones(context: ResourceContext): readonly string[] {
  return context.request['sparkConf'] === undefined ? [] : (context.queue.config?.allowedZones.slice(0, 1) ?? []);
}

function chooseImage(context: ResourceContext, type: string): string | Refusal {
  const version = textOf(context.request['sparkVersion']) ?? '';
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const served = context.config.images.find(
    (image) => image.types.some((name) => same(name, type)) && same(image.version, version),
  );
  return (
    textOf(context.request['image']) ||
    (served?.name ?? refuse(400, `Spark image not found for type: ${type}, version: ${version}`))
  );
}

function chooseRunningTime(context: ResourceContext): string | Refusal {
  const asked = textOf(objectOf(context.request['sparkConf'])[runningLimit]);
  if (asked === null || asked === '') return String(defaultMaxRunningMillis);
  if (context.unrendered && isPlaceholder(asked)) return asked;
  const millis = parseLong(asked);
  if (millis === null) return refuse(400, `Invalid value for config ${runningLimit}: ${asked}`);
  const allowed = context.queue.config?.maxRunningMillis ?? defaultMaxRunningMillis;
  const { name } = context.queue;
  return millis > BigInt(allowed)
    ? refuse(400, `maxRunningMillis ${millis} is too large than allowed ${allowed} for queue ${name}`)
    : String(millis);
}

function makeLabels(context: ResourceContext, millis: string): Json {
  const name = textOf(context.request['applicationName']);
  return compact({
    proxyUser: context.proxyUser,
    applicationName: name === null ? undefined : labelValue(name),
    queue: `root.${context.queue.name}`,
    maxRunningMillis: millis,
  });
}

/** Server defaults < cluster < request < the name < fixed; only the server's own values know the resource's name. */
function makeSparkConf(context: ResourceContext): Json {
  const named = (conf: Readonly<Record<string, string>>): JsonObject =>
    Object.fromEntries(
      Object.entries(conf).map(([key, text]) => [key, text.replaceAll(ownName, context.submissionId)]),
    );
  const name = textOf(context.request['applicationName']);
  const zones = pickedZones(context);
  return {
    ...named(context.config.defaultSparkConf),
    ...named(context.cluster.sparkConf),
    ...objectOf(context.request['sparkConf']),
    ...(name ? { 'spark.app.name': name } : {}),
    ...(zones.length > 0 ? { 'bpg.pickedZones': zones.join(',') } : {}),
    ...named(context.config.fixedSparkConf),
  };
}

function batchScheduler(context: ResourceContext): JsonObject {
  if (context.cluster.batchScheduler !== 'yunikorn') return {};
  const options = { queue: `root.${context.queue.name}`, reservationTimeoutInSeconds: 180, gang: false };
  return { batchScheduler: 'yunikorn', batchSchedulerOptions: options };
}

function uiOptions(context: ResourceContext): Json | undefined {
  const options = context.cluster.sparkUIOptions;
  if (options === null) return undefined;
  const annotations = Object.entries(objectOf(options['ingressAnnotations'])).map(([key, value]) => [
    key,
    typeof value === 'string' ? value.replaceAll(ownName, context.submissionId) : value,
  ]);
  return annotations.length === 0 ? options : { ...options, ingressAnnotations: Object.fromEntries(annotations) };
}
