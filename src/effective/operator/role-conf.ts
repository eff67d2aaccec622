import type { Json } from '../../model.ts';
import { objectOf } from '../json.ts';
import { type Application, objectsIn, type RoleName, roleOf, textEntries, textOr } from './application.ts';
import type { ConfEntry } from './local-volumes.ts';
import { cleanPath } from './paths.ts';
import { compareVersions } from './versions.ts';

/** Conf key of a role's field that holds one value, null for the other role. */
interface FieldKey {
  readonly field: string;
  readonly key: string;
  readonly only?: RoleName;
}
const fieldKeys = (role: RoleName): readonly FieldKey[] => [
  { field: 'instances', key: 'spark.executor.instances', only: 'executor' },
  { field: 'cores', key: `spark.${role}.cores` },
  { field: 'coreRequest', key: `spark.kubernetes.${role}.request.cores` },
  { field: 'coreLimit', key: `spark.kubernetes.${role}.limit.cores` },
  { field: 'memory', key: `spark.${role}.memory` },
  { field: 'memoryOverhead', key: `spark.${role}.memoryOverhead` },
  { field: 'serviceAccount', key: `spark.kubernetes.authenticate.${role}.serviceAccountName` },
  { field: 'javaOptions', key: `spark.${role}.extraJavaOptions` },
  { field: 'kubernetesMaster', key: 'spark.kubernetes.driver.master', only: 'driver' },
  { field: 'deleteOnTermination', key: 'spark.kubernetes.executor.deleteOnTermination', only: 'executor' },
];

/** Labels that the operator finds its pods by. */
export const ownLabel = 'sparkoperator.k8s.io/';
export const submissionId = 'SUBMISSION-ID';

/** Files that a typed secret brings, and the variable that points to it. */
const secretFiles: Readonly<Record<string, readonly [variable: string, file: string]>> = {
  GCPServiceAccount: ['GOOGLE_APPLICATION_CREDENTIALS', 'key.json'],
  HadoopDelegationToken: ['HADOOP_TOKEN_FILE_LOCATION', 'hadoop.token'],
};

/** Prefix of a role's environment variables in conf. */
export function envPrefix(role: RoleName): string {
  return role === 'driver' ? 'spark.kubernetes.driverEnv.' : 'spark.executorEnv.';
}

/** The conf of one role: sizes, labels, annotations, variables and secrets; volumes are apart. */
export function roleConf(application: Application, role: RoleName): readonly ConfEntry[] {
  const fields = roleOf(application, role);
  const base = `spark.kubernetes.${role}`;
  const image = textOr(fields['image']) || textOr(application.spec['image']);
  return [
    ...ownLabels(application, role),
    ...(image === '' ? [] : [[`${base}.container.image`, image] as const]),
    ...fieldKeys(role)
      .filter(({ field, only }) => (only ?? role) === role && fields[field] !== undefined)
      .map(({ field, key }): ConfEntry => [key, String(fields[field])]),
    ...prefixed(`${base}.label.`, application.labels),
    ...prefixed(`${base}.label.`, fields['labels']),
    ...prefixed(`${base}.annotation.`, fields['annotations']),
    ...(role === 'driver' ? prefixed(`${base}.service.label.`, fields['serviceLabels']) : []),
    ...(role === 'driver' ? prefixed(`${base}.service.annotation.`, fields['serviceAnnotations']) : []),
    ...Object.entries(objectOf(fields['envSecretKeyRefs'])).map(([name, ref]): ConfEntry => {
      const { name: secret, key } = objectOf(ref);
      return [`${base}.secretKeyRef.${name}`, `${textOr(secret)}:${textOr(key)}`];
    }),
    ...prefixed(envPrefix(role), fields['envVars']),
    ...objectsIn(fields['secrets']).flatMap((secret) => secretConf(secret, role)),
  ];
}

function ownLabels(application: Application, role: RoleName): readonly ConfEntry[] {
  const label = `spark.kubernetes.${role}.label.${ownLabel}`;
  const templated = roleOf(application, role)['template'] !== undefined;
  const old = compareVersions(textOr(application.spec['sparkVersion']), '3.0.0') < 0;
  return [
    [`${label}app-name`, application.name],
    [`${label}launched-by-spark-operator`, 'true'],
    ...(old || !templated ? [[`${label}mutated-by-spark-operator`, 'true'] as const] : []),
    [`${label}submission-id`, submissionId],
  ];
}

function secretConf(secret: { readonly [key: string]: Json }, role: RoleName): readonly ConfEntry[] {
  const name = textOr(secret['name']);
  const path = textOr(secret['path']);
  const type = textOr(secret['secretType']);
  const file = Object.hasOwn(secretFiles, type) ? secretFiles[type] : undefined;
  const mount: ConfEntry = [`spark.kubernetes.${role}.secrets.${name}`, path];
  return file === undefined ? [mount] : [mount, [`${envPrefix(role)}${file[0]}`, cleanPath(`${path}/${file[1]}`)]];
}

/** The entries of a map under a prefix. */
export function prefixed(prefix: string, entries: Json | undefined): readonly ConfEntry[] {
  return textEntries(entries).map(([key, value]): ConfEntry => [`${prefix}${key}`, value]);
}
