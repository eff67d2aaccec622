import type { Json } from '../../model.ts';
import { objectOf, textOf } from '../json.ts';
import { isPlaceholder } from '../placeholder.ts';
import { type Application, objectsIn, roleNames, roleOf, textEntries } from './application.ts';
import { allocationProblem } from './validate-allocation.ts';
import { compareVersions } from './versions.ts';

const useImage = 'use the image field on the CRD instead';
const useAccount = 'configure the service account via the CRD spec instead';
const credentials = 'authentication credentials are managed by the operator';
const managed = 'this value is managed by the operator';

/** sparkConf keys that the operator's webhook refuses, and its advice. */
const deniedKeys: Readonly<Record<string, string>> = {
  'spark.kubernetes.authenticate.driver.serviceAccountName': useAccount,
  'spark.kubernetes.authenticate.executor.serviceAccountName': useAccount,
  'spark.kubernetes.authenticate.oauthToken': credentials,
  'spark.kubernetes.authenticate.oauthTokenFile': credentials,
  'spark.kubernetes.authenticate.driver.oauthToken': credentials,
  'spark.kubernetes.authenticate.driver.oauthTokenFile': credentials,
  'spark.kubernetes.authenticate.executor.oauthToken': credentials,
  'spark.kubernetes.authenticate.executor.oauthTokenFile': credentials,
  'spark.master': managed,
  'spark.kubernetes.driver.master': managed,
  'spark.kubernetes.container.image': useImage,
  'spark.kubernetes.driver.container.image': useImage,
  'spark.kubernetes.executor.container.image': useImage,
};

const dnsLabel = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const dnsSentence =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const longestName = 63;

/** The first objection of the operator's webhook, null if it has none; `unrendered` lets placeholders pass. */
export function validate(application: Application, unrendered: boolean): string | null {
  return (
    (unrendered && isPlaceholder(application.name) ? null : nameProblem(application.name)) ??
    templateProblem(application) ??
    confProblem(application) ??
    selectorProblem(application) ??
    ingressProblem(application.spec['driverIngressOptions']) ??
    allocationProblem(application, unrendered)
  );
}

function nameProblem(name: string): string | null {
  const problems = [
    ...(name.length > longestName ? [`must be no more than ${longestName} characters`] : []),
    ...(dnsLabel.test(name) ? [] : [dnsSentence]),
  ];
  return problems.length === 0 ? null : `invalid SparkApplication name "${name}": ${problems.join(', ')}`;
}

function templateProblem(application: Application): string | null {
  const templated = roleNames.some((role) => roleOf(application, role)['template'] !== undefined);
  const old = compareVersions(textOf(application.spec['sparkVersion']) ?? '', '3.0.0') < 0;
  return templated && old ? 'pod template feature requires Spark version 3.0.0 or higher' : null;
}

function confProblem({ spec, namespace }: Application): string | null {
  for (const [key, value] of textEntries(spec['sparkConf'])) {
    const advice = Object.hasOwn(deniedKeys, key) ? deniedKeys[key] : undefined;
    if (advice !== undefined) return `sparkConf key "${key}" is not allowed: ${advice}`;
    if (key === 'spark.kubernetes.namespace' && value !== namespace)
      return `sparkConf key "${key}" is not allowed: must equal the application namespace "${namespace}", got "${value}"`;
  }
  return null;
}

function selectorProblem(application: Application): string | null {
  if (application.spec['nodeSelector'] === undefined) return null;
  const both = roleNames.some((role) => roleOf(application, role)['nodeSelector'] !== undefined);
  return both ? 'node selector cannot be defined at both SparkApplication and Driver/Executor' : null;
}

function ingressProblem(options: Json | undefined): string | null {
  const ports = new Set<Json>();
  const formats = new Set<Json>();
  for (const option of objectsIn(options).map(objectOf)) {
    const port = option['servicePort'];
    const format = option['ingressURLFormat'] ?? '';
    if (port === undefined) return 'DriverIngressOptions has nill ServicePort';
    if (ports.has(port)) return `DriverIngressOptions has duplicate ServicePort: ${port}`;
    if (format === '') return 'DriverIngressOptions has empty IngressURLFormat';
    if (formats.has(format)) return `DriverIngressOptions has duplicate IngressURLFormat: ${format}`;
    ports.add(port);
    formats.add(format);
  }
  return null;
}
