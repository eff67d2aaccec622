import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Json } from '../../src/model.ts';
import { translate } from '../../src/spec/translate.ts';
import { validateRequest } from '../../src/spec/validate.ts';
import { misplacedLeaves, yamlTricks } from './accounting.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
const text = fc.oneof(
  name,
  fc.string({ maxLength: 12 }).filter((each) => !/\{[{%#]/.test(each)),
  fc.constantFrom('yes', '1e3', '010', 'null', '~', '1:30', '#a', 'a: b', '{{ ds }}'),
);
const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}(?:\.[a-z]{1,6}){0,2}$/), text, { maxKeys: 4 });

const volume = fc.record({
  source: fc.oneof(
    fc.constant({ hostPath: { path: '/h', type: 'Directory' } }),
    fc.record({ configMap: fc.record({ name, defaultMode: fc.constant(420) }, { requiredKeys: ['name'] }) }),
    fc.record({
      persistentVolumeClaim: fc.record({ claimName: name, readOnly: fc.boolean() }, { requiredKeys: ['claimName'] }),
    }),
    fc.constant({ emptyDir: {} }),
    fc.record({ secret: fc.record({ secretName: name }) }),
    fc.constant({ csi: { driver: 'd' } }),
  ),
});
const mount = fc.record(
  {
    index: fc.integer({ min: 0, max: 3 }),
    mountPath: name.map((part) => `/${part}`),
    readOnly: fc.boolean(),
    subPath: name,
  },
  { requiredKeys: ['index', 'mountPath'] },
);
const variable = fc.oneof(
  fc.record({ name: fc.stringMatching(/^[A-Z]{1,6}$/), value: text }),
  fc.record({
    name: fc.stringMatching(/^[A-Z]{1,6}$/),
    valueFrom: fc.record({ secretKeyRef: fc.record({ name, key: name }) }),
  }),
  fc.record({
    name: fc.stringMatching(/^[A-Z]{1,6}$/),
    valueFrom: fc.constant({ configMapKeyRef: { name: 'a', key: 'b' } }),
  }),
);
const role = fc.record(
  {
    cores: fc.integer({ min: 1, max: 8 }),
    coreRequest: fc.constantFrom('100m', '1', '1500m'),
    coreLimit: fc.constantFrom('1', '1200m', '2.5'),
    memory: fc.constantFrom('512m', '1g', '1.5g', '2Gi', '1024'),
    labels: texts,
    annotations: texts,
    nodeSelector: texts,
    envVars: texts,
    env: fc.uniqueArray(variable, { maxLength: 3, selector: (each) => each.name }),
    tolerations: fc.constant([{ key: 'a', operator: 'Exists' }]),
    volumeMounts: fc.array(mount, { maxLength: 4 }),
    memroy: fc.constant('1g'),
  },
  { requiredKeys: [] },
);
const spec = fc.record(
  {
    type: fc.constantFrom('Python', 'Scala'),
    sparkVersion: fc.constantFrom('3.5.1', '3.5', '3.2.0', '4.0.0'),
    image: name,
    arguments: fc.array(text, { maxLength: 4 }),
    sparkConf: texts,
    hadoopConf: texts,
    volumes: fc.array(volume, { maxLength: 4 }),
    driver: role,
    executor: role,
    timeToLiveSeconds: fc.integer(),
    imagePullSecrets: fc.array(name, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['type', 'sparkVersion'] },
);

interface Mounted {
  readonly volumeMounts?: readonly { readonly index: number }[];
}

/** Gives volumes names, and mounts the name of a volume that may be there. */
function application(body: {
  readonly volumes?: readonly { readonly source: object }[];
  readonly driver?: Mounted;
  readonly executor?: Mounted;
}): Json {
  const mounted = (part: Mounted | undefined): object | undefined =>
    part?.volumeMounts === undefined
      ? part
      : { ...part, volumeMounts: part.volumeMounts.map(({ index, ...rest }) => ({ name: `v${index}`, ...rest })) };
  const volumes = body.volumes?.map(({ source }, index) => ({ name: `v${index}`, ...source }));
  const whole = { ...body, volumes, driver: mounted(body.driver), executor: mounted(body.executor) };
  return JSON.parse(
    JSON.stringify({
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'SparkApplication',
      metadata: { name: 'p' },
      spec: whole,
    }),
  ) as Json;
}

describe('any application', () => {
  test('is translated to a valid request, the same each time, with every leaf in one class', () => {
    fc.assert(
      fc.property(spec, fc.boolean(), (body, asJson) => {
        const document = application(body as Parameters<typeof application>[0]);
        const source = asJson ? JSON.stringify(document, null, 1) : stringify(document, { version: '1.1' });
        const options = { queue: 'poc', format: 'yaml' } as const;
        const translation = translate(source, options);
        expect(translation).toEqual(translate(source, options));
        if (!translation.ok) throw new Error(`${JSON.stringify(translation.findings)}\n${source}`);
        expect(validateRequest(translation.request)).toEqual([]);
        expect(yamlTricks(translation.text.replaceAll('{{ ds }}', '__ds__'))).toEqual([]);
        expect(misplacedLeaves(document, translation), source).toEqual([]);
        const json = translate(source, { ...options, format: 'json' });
        expect(json.ok && JSON.parse(json.text)).toEqual(translation.request);
        if (!translation.text.includes('{{')) expect(parse(translation.text)).toEqual(translation.request);
      }),
      { seed: 20261124, numRuns: 80 },
    );
  });
});
