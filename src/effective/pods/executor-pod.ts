import type { SparkSubmit } from '../operator/arguments.ts';
import { envPrefix } from '../operator/role-conf.ts';
import { type Conf, isTrue, memoryOf, under } from './conf.ts';
import type { PodDraft } from './draft.ts';
import { type Language, languageOf, overheadFactor, smallestOverhead } from './language.ts';
import { addBasics, fieldEnv, resourceLimits } from './pod-basics.ts';
import { addLocalDirs, addSecrets, mountConfVolumes } from './spark-volumes.ts';

/** Settings that an executor must know before it can ask the driver. */
const startupKey = /^spark\.(?:auth|ssl|rpc|network)|^spark\.port|^spark\..*\.port$/;

/** What Spark's builder adds to an executor pod. */
export function buildExecutor(draft: PodDraft, submit: SparkSubmit, conf: Conf): void {
  const language = languageOf(submit);
  addBasics(draft, conf, 'executor');
  const port = Number(conf.get('spark.blockManager.port') ?? 7079);
  if (port !== 0) draft.ports.push({ name: 'blockmanager', containerPort: port });
  draft.container['args'] = ['executor'];
  const cores = conf.get('spark.executor.cores') ?? '1';
  const memory = addSizes(draft, conf, cores, language);
  draft.env.push(
    { name: 'SPARK_USER', value: 'root' },
    { name: 'SPARK_EXECUTOR_CORES', value: cores },
    { name: 'SPARK_EXECUTOR_MEMORY', value: `${memory}m` },
    { name: 'SPARK_APPLICATION_ID', value: 'spark-appid' },
    { name: 'SPARK_CONF_DIR', value: '/opt/spark/conf' },
    { name: 'SPARK_EXECUTOR_ID', value: '1' },
    { name: 'SPARK_RESOURCE_PROFILE_ID', value: '0' },
  );
  const classPath = conf.get('spark.executor.extraClassPath');
  if (classPath !== undefined) draft.env.push({ name: 'SPARK_CLASSPATH', value: classPath });
  for (const [name, value] of under(conf, envPrefix('executor'))) draft.env.push({ name, value });
  for (const [i, option] of javaOptions(conf).entries()) draft.env.push({ name: `SPARK_JAVA_OPT_${i}`, value: option });
  draft.env.push(
    fieldEnv('SPARK_EXECUTOR_POD_IP', 'status.podIP'),
    fieldEnv('SPARK_EXECUTOR_POD_NAME', 'metadata.name'),
  );
  const account =
    conf.get('spark.kubernetes.authenticate.executor.serviceAccountName') ??
    conf.get('spark.kubernetes.authenticate.driver.serviceAccountName');
  if (account !== undefined) Object.assign(draft.spec, { serviceAccount: account, serviceAccountName: account });
  if (!isTrue(conf.get('spark.kubernetes.executor.disableConfigMap'))) {
    draft.volumes.push({ name: 'spark-conf-volume-exec', configMap: { name: 'spark-exec-conf-map' } });
    draft.mounts.push({ name: 'spark-conf-volume-exec', mountPath: '/opt/spark/conf' });
  }
  addSecrets(draft, conf, 'executor');
  mountConfVolumes(draft, conf, 'executor');
  addLocalDirs(draft, conf);
}

/** Sets requests and limits; the result is the heap in mebibytes. */
function addSizes(draft: PodDraft, conf: Conf, cores: string, language: Language): number {
  const memory = memoryOf(conf, 'spark.executor.memory') ?? 1024;
  const factor = Number(conf.get('spark.executor.memoryOverheadFactor') ?? overheadFactor(conf, language));
  const least = memoryOf(conf, 'spark.executor.minMemoryOverhead') ?? smallestOverhead;
  const overhead = memoryOf(conf, 'spark.executor.memoryOverhead') ?? Math.max(Math.trunc(factor * memory), least);
  const offHeap = isTrue(conf.get('spark.memory.offHeap.enabled')) ? offHeapOf(conf) : 0;
  const python = language === 'python' ? (memoryOf(conf, 'spark.executor.pyspark.memory') ?? 0) : 0;
  draft.requests['cpu'] = conf.get('spark.kubernetes.executor.request.cores') ?? cores;
  draft.requests['memory'] = `${memory + overhead + offHeap + python}Mi`;
  draft.limits['memory'] = draft.requests['memory'];
  Object.assign(draft.limits, resourceLimits(conf, 'executor'));
  return memory;
}

/** This one setting counts in bytes where it has no unit. */
function offHeapOf(conf: Conf): number {
  const text = conf.get('spark.memory.offHeap.size') ?? '0';
  return /^\d+$/.test(text) ? Math.floor(Number(text) / 1_048_576) : (memoryOf(conf, 'spark.memory.offHeap.size') ?? 0);
}

function javaOptions(conf: Conf): readonly string[] {
  const written = ['spark.executor.defaultJavaOptions', 'spark.executor.extraJavaOptions'].flatMap((key) =>
    (conf.get(key) ?? '').split(/\s+/).filter((option) => option !== ''),
  );
  const ports: Conf = new Map([
    ['spark.driver.blockManager.port', '7079'],
    ['spark.driver.port', '7078'],
    ...[...conf].filter(([key]) => startupKey.test(key)),
  ]);
  return [...written, ...[...ports].map(([key, value]) => `-D${key}=${value}`)];
}
