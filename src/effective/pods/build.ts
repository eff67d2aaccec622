import type { JsonObject } from '../json.ts';
import type { Application, RoleName } from '../operator/application.ts';
import { effectiveConf, type SparkSubmit } from '../operator/arguments.ts';
import { withMonitoring } from '../operator/monitoring.ts';
import { type Conf, isTrue, SparkRefusal } from './conf.ts';
import { finishSpec, startDraft } from './draft.ts';
import { buildDriver } from './driver-pod.ts';
import { buildExecutor } from './executor-pod.ts';
import { submitProblem } from './submit-check.ts';
import { mutate } from './webhook.ts';

/** A pod without its name, its owner and what Kubernetes adds. */
export interface Pod {
  readonly labels: JsonObject;
  readonly annotations: JsonObject;
  readonly spec: JsonObject;
}

export type Pods =
  | {
      readonly ok: true;
      readonly driver: Pod;
      readonly executor: Pod;
      /** How many executors Spark asks for at the start. */
      readonly initialExecutors: number;
    }
  | { readonly ok: false; readonly error: string };

const mutated = 'sparkoperator.k8s.io/mutated-by-spark-operator';

/** The pods that Spark 3.5 makes of the arguments, edited by the operator's webhook. */
export function buildPods(application: Application, submit: SparkSubmit): Pods {
  const conf = effectiveConf(submit);
  const problem = submitProblem(submit, conf);
  if (problem !== null) return { ok: false, error: problem };
  const known = withMonitoring(application);
  try {
    return {
      ok: true,
      driver: buildPod(known, 'driver', submit, conf),
      executor: buildPod(known, 'executor', submit, conf),
      initialExecutors: initialExecutors(conf),
    };
  } catch (refusal) {
    if (refusal instanceof SparkRefusal) return { ok: false, error: refusal.message };
    throw refusal;
  }
}

function buildPod(application: Application, role: RoleName, submit: SparkSubmit, conf: Conf): Pod {
  const draft = startDraft(application, role);
  if (role === 'driver') buildDriver(draft, submit, conf);
  else buildExecutor(draft, submit, conf);
  if (draft.labels[mutated] === 'true') mutate(draft, application, role);
  const preset = role === 'driver' ? {} : { 'spark-exec-id': '1', 'spark-exec-resourceprofile-id': '0' };
  const labels = {
    ...draft.labels,
    'spark-app-name': application.name,
    'spark-app-selector': 'spark-appid',
    'spark-role': role,
    'spark-version': '3.5.6',
    ...preset,
  };
  return { labels, annotations: draft.annotations, spec: finishSpec(draft) };
}

/** The webhook's edits alone: what a role says past Spark's conf. */
export function webhookSpec(application: Application, role: RoleName): JsonObject {
  const known = withMonitoring(application);
  const draft = startDraft(known, role);
  mutate(draft, known, role);
  return finishSpec(draft);
}

function initialExecutors(conf: Conf): number {
  const count = (key: string): number | null => (conf.has(key) ? Number(conf.get(key)) : null);
  const instances = count('spark.executor.instances');
  if (!isTrue(conf.get('spark.dynamicAllocation.enabled'))) return instances ?? 2;
  const least = count('spark.dynamicAllocation.minExecutors') ?? 0;
  return Math.max(least, count('spark.dynamicAllocation.initialExecutors') ?? least, instances ?? 0);
}
