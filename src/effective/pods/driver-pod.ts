import type { SparkSubmit } from '../operator/arguments.ts';
import { envPrefix } from '../operator/role-conf.ts';
import { type Conf, memoryOf, under } from './conf.ts';
import type { PodDraft } from './draft.ts';
import { type Language, languageOf, overheadFactor, smallestOverhead } from './language.ts';
import { addBasics, fieldEnv, resourceLimits } from './pod-basics.ts';
import { addLocalDirs, addSecrets, mountConfVolumes } from './spark-volumes.ts';

const runners: Readonly<Record<Exclude<Language, 'java'>, string>> = {
  python: 'org.apache.spark.deploy.PythonRunner',
  r: 'org.apache.spark.deploy.RRunner',
};

/** What Spark's builder adds to the driver pod. */
export function buildDriver(draft: PodDraft, submit: SparkSubmit, conf: Conf): void {
  const language = languageOf(submit);
  addBasics(draft, conf, 'driver');
  const port = (key: string, otherwise: number): number => Number(conf.get(key) ?? otherwise);
  draft.ports.push(
    { name: 'driver-rpc-port', containerPort: port('spark.driver.port', 7078), protocol: 'TCP' },
    { name: 'blockmanager', containerPort: blockManagerPort(conf), protocol: 'TCP' },
    { name: 'spark-ui', containerPort: port('spark.ui.port', 4040), protocol: 'TCP' },
  );
  draft.env.push({ name: 'SPARK_USER', value: 'root' }, { name: 'SPARK_APPLICATION_ID', value: 'spark-appid' });
  for (const [name, value] of under(conf, envPrefix('driver'))) draft.env.push({ name, value });
  draft.env.push(fieldEnv('SPARK_DRIVER_BIND_ADDRESS', 'status.podIP'));
  addSizes(draft, conf, language);
  const account = conf.get('spark.kubernetes.authenticate.driver.serviceAccountName');
  if (account !== undefined) Object.assign(draft.spec, { serviceAccount: account, serviceAccountName: account });
  addSecrets(draft, conf, 'driver');
  mountConfVolumes(draft, conf, 'driver');
  addCommand(draft, submit, conf, language);
  addTemplateVolume(draft, conf);
  addLocalDirs(draft, conf);
}

function blockManagerPort(conf: Conf): number {
  return Number(conf.get('spark.driver.blockManager.port') ?? conf.get('spark.blockManager.port') ?? 7079);
}

function addSizes(draft: PodDraft, conf: Conf, language: Language): void {
  const memory = memoryOf(conf, 'spark.driver.memory') ?? 1024;
  const factor = Number(conf.get('spark.driver.memoryOverheadFactor') ?? overheadFactor(conf, language));
  const least = memoryOf(conf, 'spark.driver.minMemoryOverhead') ?? smallestOverhead;
  const overhead = memoryOf(conf, 'spark.driver.memoryOverhead') ?? Math.max(Math.trunc(factor * memory), least);
  const cores = conf.get('spark.kubernetes.driver.request.cores') ?? conf.get('spark.driver.cores') ?? '1';
  draft.requests['cpu'] = cores;
  draft.requests['memory'] = `${memory + overhead}Mi`;
  draft.limits['memory'] = `${memory + overhead}Mi`;
  Object.assign(draft.limits, resourceLimits(conf, 'driver'));
}

function addCommand(draft: PodDraft, submit: SparkSubmit, conf: Conf, language: Language): void {
  const [file, ...others] = submit.tail;
  const mainClass =
    language === 'java' ? (submit.head.at(-2) === '--class' ? submit.head.at(-1) : undefined) : runners[language];
  draft.container['args'] = [
    'driver',
    '--properties-file',
    '/opt/spark/conf/spark.properties',
    '--class',
    mainClass ?? '',
    file ?? 'spark-internal',
    ...others,
  ];
  if (language !== 'python') return;
  const python = conf.get('spark.pyspark.python');
  const driverPython = conf.get('spark.pyspark.driver.python') ?? python;
  if (python !== undefined) draft.env.push({ name: 'PYSPARK_PYTHON', value: python });
  if (driverPython !== undefined) draft.env.push({ name: 'PYSPARK_DRIVER_PYTHON', value: driverPython });
}

/** The executor's template travels with the driver. */
function addTemplateVolume(draft: PodDraft, conf: Conf): void {
  if (!conf.has('spark.kubernetes.executor.podTemplateFile')) return;
  const items = [{ key: 'podspec-configmap-key', path: 'pod-spec-template.yml' }];
  draft.volumes.push({ name: 'pod-template-volume', configMap: { name: 'driver-podspec-conf-map', items } });
  draft.mounts.push({ name: 'pod-template-volume', mountPath: '/opt/spark/pod-template' });
}
