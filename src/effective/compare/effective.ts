import type { Json } from '../../model.ts';
import type { GatewayConfig } from '../gateway/config.ts';
import { submit } from '../gateway/submit.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../json.ts';
import { operate } from '../operator/operate.ts';
import { isPlaceholder } from '../placeholder.ts';
import { makeAlike } from './alike.ts';
import { anyGateway } from './any-gateway.ts';
import { isCarriedByPods } from './carried.ts';
import { commandLeaves, compareArguments, confLeaves, type Side } from './compare-arguments.ts';
import { comparePods } from './compare-pods.ts';
import { type Comparison, compareLeaves, type Difference, joinComparisons } from './difference.ts';
import { flatten, type Leaves } from './flatten.ts';
import { gatewayDecides } from './gateway-decides.ts';
import { podsOf, renamed } from './pair.ts';

export interface CompareOptions {
  /** The gateway that will take the request; without one, a gateway that takes every queue and version. */
  readonly config?: GatewayConfig;
  /** Whom the gateway runs it for. */
  readonly user?: string;
}

/** What a migration keeps and changes of the job that runs. Every place is in one of the lists. */
export interface EffectiveComparison extends Comparison {
  /** Places where it can't be known: an unrendered expression became another one, or a side does not run at all. */
  readonly unknown: readonly { readonly path: string; readonly because: string }[];
}

/**
 * Compares the job of a manifest (by the Spark operator) with the job of a request (by gateway and operator): command
 * line, conf, finished pods. Paths: `head`, `tail[0]` (the file, then its arguments), `--jars` …, `conf <key>`, `driverPod <path>`, `executorPod <path>`,
 * `initialExecutors`, `CR restartPolicy`; `manifest` and `request` for a side that is refused.
 */
export function compareEffective(manifest: Json, request: Json, options: CompareOptions = {}): EffectiveComparison {
  const given = objectOf(manifest);
  if (given['spec'] === undefined && Object.keys(objectOf(given['kubernetes'])).length > 0)
    return unknownOnly('manifest', 'its kubernetes: block is merged into the roles by Airflow');
  const document = named(given);
  const before = operate(document, true);
  // Who may submit is not the document's matter.
  const config = { ...(options.config ?? anyGateway(request)), allowedUsers: ['*'], blockedUsers: [] };
  const user = options.user ?? 'gateway';
  const answer = submit(
    { body: JSON.stringify(request), contentType: 'application/json', user, unrendered: true },
    config,
  );
  if (answer.cr === null) return refusedRequest(before.ok, textOf(objectOf(answer.responseBody)['message']) ?? '');
  const name = before.ok ? before.application.name : fallbackName;
  const after = operate(renamed(answer.cr, name), true);
  if (!after.ok) return refusedRequest(before.ok, after.error);
  if (!before.ok) return unknownOnly('manifest', before.error);
  const decides = gatewayDecides(config, true);
  const podsBefore = podsOf(before);
  const podsAfter = podsOf(after);
  if (!podsBefore.ok || !podsAfter.ok) {
    const because = podsBefore.ok ? '' : podsBefore.error;
    if (podsBefore.ok && !podsAfter.ok) return refusedRequest(true, podsAfter.error);
    return withUnknown(compareArguments(before, after, decides), [{ path: 'manifest', because }]);
  }
  const open = openKeys(before, after);
  return withUnknown(
    joinComparisons([
      compareLeaves(oneByOne(commandLeaves(before)), oneByOne(commandLeaves(after)), decides),
      compareLeaves(ownConf(before, open), ownConf(after, open), decides),
      knownPlaces(comparePods(...makeAlike(podsBefore, podsAfter), decides)),
    ]),
    [],
  );
}

const fallbackName = 'application';

/** Airflow unwraps `spark:` and names a document without a name; which name it is means nothing here. */
function named(given: JsonObject): JsonObject {
  const { spark, spec } = given;
  const document = isObject(spark) && spec === undefined ? spark : given;
  const { name, generateName } = objectOf(document['metadata']);
  return textOf(name) || textOf(generateName) ? document : renamed(document, fallbackName);
}

/** Keys that the pods speak for, but not where a placeholder stands in them: then their texts are compared. */
function openKeys(before: Side, after: Side): ReadonlySet<string> {
  const leaves = [...confLeaves(before.submit), ...confLeaves(after.submit)];
  return new Set(leaves.filter(([, value]) => isPlaceholder(value)).map(([path]) => path));
}

function ownConf(side: Side, open: ReadonlySet<string>): Leaves {
  return new Map([...confLeaves(side.submit)].filter(([path]) => open.has(path) || !isCarriedByPods(path)));
}

/** The application's arguments each in a place of its own. */
function oneByOne(leaves: Leaves): Leaves {
  const { tail, ...others } = Object.fromEntries(leaves);
  return new Map([...Object.entries(others), ...flatten(tail ?? [], 'tail', () => null)]);
}

/** Without the places that were computed from a placeholder, the driver's command line, which is compared
 * apart, and empty annotations. */
function knownPlaces(comparison: Comparison): Comparison {
  const computed = /^initialExecutors$|\.resources\.|\[SPARK_EXECUTOR_MEMORY\]/;
  const command = /\.containers\[spark-kubernetes-driver\]\.args\[|Pod annotations$/;
  const known = (value: Json): boolean =>
    !(typeof value === 'number' ? Number.isNaN(value) : String(value).includes('NaN'));
  return {
    ...comparison,
    equal: comparison.equal.filter((path) => !command.test(path)),
    differing: comparison.differing.filter(
      ({ path, before, after }) => !command.test(path) && (!computed.test(path) || (known(before) && known(after))),
    ),
  };
}

/** A placeholder that became another text may or may not be the same once it is rendered. */
function withUnknown(comparison: Comparison, unknown: EffectiveComparison['unknown']): EffectiveComparison {
  const open = ({ before, after }: Difference): boolean =>
    before !== null && after !== null && (holdsPlaceholder(before) || holdsPlaceholder(after));
  return {
    ...comparison,
    differing: comparison.differing.filter((difference) => !open(difference)),
    unknown: [
      ...unknown,
      ...comparison.differing.filter(open).map(({ path, before, after }) => ({
        path,
        because: `${JSON.stringify(before)} became ${JSON.stringify(after)}`,
      })),
    ],
  };
}

function holdsPlaceholder(value: Json): boolean {
  return isPlaceholder(typeof value === 'string' ? value : JSON.stringify(value));
}

function refusedRequest(manifestRuns: boolean, because: string): EffectiveComparison {
  if (!manifestRuns) return unknownOnly('request', because);
  return {
    equal: [],
    differing: [{ path: 'request', before: 'runs', after: because }],
    gatewayDecided: [],
    unknown: [],
  };
}

function unknownOnly(path: string, because: string): EffectiveComparison {
  return { equal: [], differing: [], gatewayDecided: [], unknown: [{ path, because }] };
}
