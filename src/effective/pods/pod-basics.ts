import type { Json } from '../../model.ts';
import type { RoleName } from '../operator/application.ts';
import { type Conf, partsOf, SparkRefusal, under } from './conf.ts';
import type { PodDraft } from './draft.ts';

/** What both builders of Spark do alike: image, labels, annotations, placement, pull secrets. */
export function addBasics(draft: PodDraft, conf: Conf, role: RoleName): void {
  const base = `spark.kubernetes.${role}`;
  const image = conf.get(`${base}.container.image`) ?? conf.get('spark.kubernetes.container.image');
  if (image === undefined)
    throw new SparkRefusal(`org.apache.spark.SparkException: Must specify the ${role} container image`);
  Object.assign(draft.container, {
    image,
    imagePullPolicy: conf.get('spark.kubernetes.container.image.pullPolicy') ?? 'IfNotPresent',
  });
  Object.assign(draft.labels, Object.fromEntries(under(conf, `${base}.label.`)));
  Object.assign(draft.annotations, Object.fromEntries(under(conf, `${base}.annotation.`)));
  const selector = [...under(conf, 'spark.kubernetes.node.selector.'), ...under(conf, `${base}.node.selector.`)];
  if (selector.length > 0) draft.spec['nodeSelector'] = Object.fromEntries(selector);
  const scheduler = conf.get(`${base}.scheduler.name`) ?? conf.get('spark.kubernetes.scheduler.name');
  if (scheduler !== undefined) draft.spec['schedulerName'] = scheduler;
  const pullSecrets = partsOf(conf.get('spark.kubernetes.container.image.pullSecrets'));
  if (pullSecrets.length > 0) draft.spec['imagePullSecrets'] = pullSecrets.map((name) => ({ name }));
  draft.spec['restartPolicy'] = 'Never';
  const limit = conf.get(`${base}.limit.cores`);
  if (limit !== undefined) draft.limits['cpu'] = limit;
}

/** Limits of `spark.<role>.resource.<name>.{amount,vendor}`. */
export function resourceLimits(conf: Conf, role: RoleName): Readonly<Record<string, Json>> {
  const limits: Record<string, Json> = {};
  for (const [key, amount] of under(conf, `spark.${role}.resource.`)) {
    const name = /^(.+)\.amount$/.exec(key)?.[1];
    if (name === undefined) continue;
    const vendor = conf.get(`spark.${role}.resource.${name}.vendor`);
    if (vendor === undefined)
      throw new SparkRefusal(
        `org.apache.spark.SparkException: Resource: ${name} was requested, but vendor was not specified.`,
      );
    limits[`${vendor}/${name}`] = amount;
  }
  return limits;
}

/** A variable that takes its value from a field of the pod. */
export function fieldEnv(name: string, fieldPath: string): Json {
  return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } };
}
