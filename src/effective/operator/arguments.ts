import type { Json } from '../../model.ts';
import { listOf, objectOf, textOf } from '../json.ts';
import { type Application, roleNames, roleOf, textOr } from './application.ts';
import { type ConfEntry, localVolumes } from './local-volumes.ts';
import { prefixed, roleConf, submissionId } from './role-conf.ts';

/** The arguments of spark-submit in parts; `conf` is in the order in which the operator writes it. */
export interface SparkSubmit {
  /** `--master … --deploy-mode … [--class …]`. */
  readonly head: readonly string[];
  readonly name: string;
  /** `--jars`, `--py-files` …, and `--proxy-user` where there is one. */
  readonly flags: readonly (readonly [flag: string, value: string])[];
  readonly conf: readonly ConfEntry[];
  readonly proxyUser: string | null;
  /** The application file and its arguments. */
  readonly tail: readonly string[];
}

const master = 'k8s://https://127.0.0.1:443';
const flagOf: readonly (readonly [list: string, flag: string])[] = [
  ['jars', '--jars'],
  ['packages', '--packages'],
  ['excludePackages', '--exclude-packages'],
  ['repositories', '--repositories'],
  ['pyFiles', '--py-files'],
  ['files', '--files'],
  ['archives', '--archives'],
];

export type SparkSubmitResult =
  | { readonly ok: true; readonly submit: SparkSubmit }
  | { readonly ok: false; readonly error: string };

/** Builds the arguments; a local volume that Spark does not know is an error. */
export function buildArguments(application: Application): SparkSubmitResult {
  const { spec, name, namespace } = application;
  const driver = localVolumes(application, 'driver');
  if (!driver.ok) return driver;
  const executor = localVolumes(application, 'executor');
  if (!executor.ok) return executor;
  const mainClass = textOf(spec['mainClass']);
  const deps = objectOf(spec['deps']);
  const file = textOf(spec['mainApplicationFile']);
  return {
    ok: true,
    submit: {
      head: [
        '--master',
        master,
        '--deploy-mode',
        textOr(spec['mode']),
        ...(mainClass === null ? [] : ['--class', mainClass]),
      ],
      name,
      flags: flagOf.flatMap(([list, flag]) => {
        const items = listOf(deps[list]);
        return items.length === 0 ? [] : [[flag, items.join(',')] as const];
      }),
      conf: [
        ['spark.kubernetes.namespace', namespace],
        ...generalConf(spec),
        ...prefixed('', withoutPodName(spec['sparkConf'])),
        ...prefixed('spark.hadoop.', spec['hadoopConf']),
        ['spark.kubernetes.driver.pod.name', driverPodName(application)],
        ...roleNames.flatMap((role) => [...templateConf(role), ...roleConf(application, role)]),
        ...driver.conf,
        ...executor.conf,
        ...prefixed('spark.kubernetes.node.selector.', spec['nodeSelector']),
        ...allocationConf(objectOf(spec['dynamicAllocation'])),
      ],
      proxyUser: textOr(spec['proxyUser']) || null,
      tail: [...(file === null ? [] : [file]), ...listOf(spec['arguments']).map(String)],
    },
  };
}

/** These come before sparkConf, which wins over them. */
function generalConf(spec: { readonly [key: string]: Json }): readonly ConfEntry[] {
  const secrets = listOf(spec['imagePullSecrets']);
  const entries: readonly ConfEntry[] = [
    ['spark.kubernetes.container.image', textOr(spec['image'])],
    ['spark.kubernetes.container.image.pullPolicy', textOr(spec['imagePullPolicy'])],
    ['spark.kubernetes.container.image.pullSecrets', secrets.join(',')],
    ['spark.kubernetes.pyspark.pythonVersion', textOr(spec['pythonVersion'])],
    ['spark.kubernetes.memoryOverheadFactor', textOr(spec['memoryOverheadFactor'])],
    ['spark.kubernetes.submission.waitAppCompletion', 'false'],
  ];
  return entries.filter(([, value]) => value !== '');
}

function withoutPodName(sparkConf: Json | undefined): Json {
  const { 'spark.kubernetes.driver.pod.name': _, ...others } = objectOf(sparkConf);
  return others;
}

function driverPodName(application: Application): string {
  const inConf = objectOf(application.spec['sparkConf'])['spark.kubernetes.driver.pod.name'];
  return textOr(roleOf(application, 'driver')['podName']) || textOr(inConf) || `${application.name}-driver`;
}

function templateConf(role: 'driver' | 'executor'): readonly ConfEntry[] {
  return [
    [`spark.kubernetes.${role}.podTemplateFile`, `/tmp/spark/${submissionId}/${role}-pod-template.yaml`],
    [`spark.kubernetes.${role}.podTemplateContainerName`, `spark-kubernetes-${role}`],
  ];
}

function allocationConf(fields: { readonly [key: string]: Json }): readonly ConfEntry[] {
  if (fields['enabled'] !== true) return [];
  const base = 'spark.dynamicAllocation';
  const numbers = ['initialExecutors', 'minExecutors', 'maxExecutors'].filter((field) => fields[field] !== undefined);
  const timeout = fields['shuffleTrackingTimeout'];
  return [
    [`${base}.enabled`, 'true'],
    ...numbers.map((field): ConfEntry => [`${base}.${field}`, String(fields[field])]),
    [`${base}.shuffleTracking.enabled`, String(fields['shuffleTrackingEnabled'] ?? true)],
    ...(timeout === undefined ? [] : [[`${base}.shuffleTracking.timeout`, String(timeout)] as const]),
  ];
}

/** The arguments as one list, conf sorted by key; of a key that is there twice the last one counts. */
export function argumentList(submit: SparkSubmit): readonly string[] {
  const sorted = [...submit.conf].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return [
    ...submit.head,
    '--name',
    submit.name,
    ...submit.flags.flat(),
    ...sorted.flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
    ...(submit.proxyUser === null ? [] : ['--proxy-user', submit.proxyUser]),
    ...submit.tail,
  ];
}

/** Keys that are set more than once, with all their values in order. */
export function duplicateConf(submit: SparkSubmit): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const [key, value] of submit.conf) values.set(key, [...(values.get(key) ?? []), value]);
  return Object.fromEntries([...values].filter(([, all]) => all.length > 1));
}

/** The conf that counts. */
export function effectiveConf(submit: SparkSubmit): ReadonlyMap<string, string> {
  return new Map(submit.conf);
}
