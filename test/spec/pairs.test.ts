import { describe, expect, test } from 'vitest';
import { comparePair } from '../../src/effective/index.ts';
import { kindOf } from '../../src/findings/catalogue.ts';
import type { Json } from '../../src/model.ts';
import { translate } from '../../src/spec/translate.ts';
import { loadGatewayConfig } from '../gateway/configuration.ts';
import { gatewayConfigPath, ownRecordings, readLines } from '../recordings/inputs.ts';

interface Pair {
  readonly id: string;
  readonly manifest: Json;
}

const config = loadGatewayConfig(gatewayConfigPath(ownRecordings));
const pairs = (readLines(ownRecordings, 'pairs') ?? []) as readonly Pair[];
const byManifest = new Map(pairs.map((pair) => [JSON.stringify(pair.manifest), pair]));

/** Manifests that Spark or the operator refuses: there is no job before to compare with. */
const neverRan = /memory-(?:1\.5g|512Mi|1Gi|1_g|0g)|overhead-(?:512Mi|0\.5g)|mode-client|nodeSelector-both/;
/** Differences that a promised difference or a class names, by the pods' own words. */
const promised = [
  /resources\.limits\.cpu/,
  /schedulerName$/,
  /env\[\w+\]\.valueFrom\.fieldRef\.apiVersion$/,
  /labels\.sparkoperator\.k8s\.io\/mutated-by-spark-operator$/,
  // A whole secret stands under a volume name of Spark's.
  /\[s(?:v|-volume)(?:@\/m)?\]/,
  // Read-only by the mount instead of by the server's volume.
  /volumes\[data\]\.nfs\.readOnly$|volumeMounts\[data@\/m\]\.readOnly$/,
];

describe('recorded manifests, translated and compared by what the programs make of both', () => {
  test('are there', () => {
    expect(byManifest.size).toBeGreaterThan(150);
  });

  test.each([...byManifest.values()].filter(({ id }) => !neverRan.test(id)))('$id', ({ manifest }) => {
    const translation = translate(JSON.stringify(manifest), { queue: 'poc', format: 'yaml' });
    if (!translation.ok) throw new Error(JSON.stringify(translation.findings));
    const { pods } = comparePair(manifest, translation.request, config);
    expect(pods.errors).toEqual([]);
    const differing = (pods.comparison?.differing ?? []).filter(
      ({ path }) => !promised.some((known) => known.test(path)),
    );
    const told = translation.findings.filter(({ code }) => kindOf(code).verdict === 'review');
    if (told.length === 0) expect(differing).toEqual([]);
  });
});
