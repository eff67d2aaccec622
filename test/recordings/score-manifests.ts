import { argumentList, comparePods, type Operation, operate, type Pod, podsOf } from '../../src/effective/index.ts';
import { isObject, objectOf, sameJson } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';
import { readManifest } from './documents.ts';
import { countCase, listVersus, type Score, sameObjection, Tally, versus } from './score.ts';

/** A line of `manifest-args.jsonl`. */
interface ManifestArguments {
  readonly file: string;
  readonly args: readonly string[] | null;
  readonly error: string | null;
  readonly stage: string | null;
  readonly pruned: readonly string[] | null;
}
/** A line of `manifest-pods.jsonl`. */
interface ManifestPods {
  readonly file: string;
  readonly error: string | null;
  readonly initialExecutors: number | null;
  readonly driverPod: Json;
  readonly executorPod: Json;
}

/** Score for documents: their arguments, or the stage and the words with which they are refused. */
export function scoreManifests(lines: readonly unknown[], root: string): Score {
  const tally = new Tally('recorded manifests: arguments, or the stage that refuses them');
  for (const line of lines as readonly ManifestArguments[]) countCase(line.file, [tally], () => countManifest(line));
  return tally.score();

  function countManifest(recorded: ManifestArguments): void {
    const reading = readManifest(root, recorded.file);
    const operation: Operation | null = reading.ok ? operate(reading.document) : null;
    const ours = operation?.ok ? argumentList(operation.submit) : null;
    const stage = operation === null ? (reading.ok ? null : reading.stage) : operation.ok ? null : operation.stage;
    const error = operation === null || operation.ok ? null : operation.error;
    // The words of the YAML reader are not ours to know, its refusal is.
    const sameError = recorded.stage === 'yaml' || sameObjection(error, recorded.error);
    const pruned = operation !== null && operation.pruned.length > 0 ? operation.pruned : null;
    const equal =
      sameJson(ours, recorded.args) && stage === recorded.stage && sameError && sameJson(pruned, recorded.pruned);
    tally.count(recorded.file, equal, () =>
      [
        listVersus(ours, recorded.args),
        versus({ stage, error, pruned }, { stage: recorded.stage, error: recorded.error, pruned: recorded.pruned }),
      ].join('; '),
    );
  }
}

/** Score for documents: driver and executor pod, without the names that are new each time. */
export function scoreManifestPods(lines: readonly unknown[], root: string): Score {
  const tally = new Tally('recorded manifests: pods');
  for (const line of lines as readonly ManifestPods[]) countCase(line.file, [tally], () => countPods(line));
  return tally.score();

  function countPods(recorded: ManifestPods): void {
    const reading = readManifest(root, recorded.file);
    const operation = reading.ok ? operate(reading.document) : null;
    const pods = operation?.ok ? podsOf(operation) : null;
    if (pods === null || !pods.ok || recorded.error !== null) {
      const refused = pods === null || !pods.ok;
      tally.count(recorded.file, refused && recorded.error !== null, () => versus(pods, recorded.error));
      return;
    }
    const theirs = {
      ok: true as const,
      initialExecutors: recorded.initialExecutors ?? 0,
      driver: podOf(recorded.driverPod),
      executor: podOf(recorded.executorPod),
    };
    const { differing } = comparePods(
      { ...pods, driver: stable(pods.driver), executor: stable(pods.executor) },
      theirs,
    );
    tally.count(recorded.file, differing.length === 0, () => JSON.stringify(differing));
  }
}

function podOf(pod: Json): Pod {
  const { metadata, spec } = objectOf(pod);
  const { hostname: _, ...rest } = objectOf(spec);
  return stable({
    labels: objectOf(objectOf(metadata)['labels']),
    annotations: objectOf(objectOf(metadata)['annotations']),
    spec: rest,
  });
}

const newEachTime = new Set(['SPARK_DRIVER_URL']);
/** Without what is random: scratch directories, generated ConfigMaps, the driver's address. */
function stable(pod: Pod): Pod {
  return { ...pod, spec: objectOf(scrub(pod.spec)) };
}
function scrub(value: Json): Json {
  if (typeof value === 'string')
    return value
      .replace(/spark-(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|UUID)/, 'spark-ID')
      .replace(/^.*-conf-map$/, 'conf-map');
  if (Array.isArray(value))
    return value.filter((item) => !isObject(item) || !newEachTime.has(String(item['name']))).map(scrub);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scrub(item)]));
}
