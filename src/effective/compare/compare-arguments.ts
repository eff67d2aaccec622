import type { Json } from '../../model.ts';
import { type Application, roleNames } from '../operator/application.ts';
import { effectiveConf, type SparkSubmit } from '../operator/arguments.ts';
import { webhookSpec } from '../pods/build.ts';
import { type Comparison, compareLeaves, type GatewayDecides, joinComparisons } from './difference.ts';
import { byName, flatten, type Leaves } from './flatten.ts';
import { isOperatorConf } from './gateway-decides.ts';
import { normalSpec } from './normal-spec.ts';

/** One side that reached spark-submit. */
export interface Side {
  readonly application: Application;
  readonly submit: SparkSubmit;
}

/**
 * Compares what the operator says to Spark, and what its webhook edits. Both sides must have the same name. Paths:
 * `conf <key>`, `head`, `tail`, `--jars` …, `driverPod <path>`, `CR restartPolicy`.
 */
export function compareArguments(before: Side, after: Side, gateway: GatewayDecides): Comparison {
  return joinComparisons([
    compareLeaves(commandLeaves(before), commandLeaves(after), gateway),
    compareLeaves(confLeaves(before.submit), confLeaves(after.submit), gateway),
    ...roleNames.map((role) => compareLeaves(webhookLeaves(before, role), webhookLeaves(after, role), gateway)),
  ]);
}

/** The command line but its conf, and the retries that the operator makes of the resource. */
export function commandLeaves({ submit, application }: Side): Leaves {
  return new Map<string, Json>([
    ['CR restartPolicy', application.spec['restartPolicy'] ?? null],
    ['head', submit.head],
    ['tail', submit.tail],
    ...submit.flags,
    ...(submit.proxyUser === null ? [] : [['--proxy-user', submit.proxyUser] as const]),
  ]);
}

/** The conf that counts, without what tells the operator its own pods. */
export function confLeaves(submit: SparkSubmit): Leaves {
  const conf = [...effectiveConf(submit)].filter(([key]) => !isOperatorConf(key));
  return new Map(conf.map(([key, value]) => [`conf ${key}`, value]));
}

function webhookLeaves({ application }: Side, role: 'driver' | 'executor'): Leaves {
  return flatten(normalSpec(webhookSpec(application, role)), `${role}Pod `, byName);
}
