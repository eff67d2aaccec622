import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEffective } from '../../src/effective/index.ts';
import type { Json } from '../../src/model.ts';
import { loadGatewayConfig } from '../gateway/configuration.ts';

type Part = { readonly [key: string]: Json };
function manifest(spec: Part = {}, metadata: Part = { name: 'my-app' }): Json {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata,
    spec: { ...common, sparkVersion: '3.5.1', ...spec },
  };
}
function request(spec: Part = {}): Json {
  return { ...common, sparkVersion: '3.5', queue: 'poc', applicationName: 'my-app', ...spec };
}
const role = { cores: 1, memory: '1g' };
const common = {
  type: 'Scala',
  image: 'registry.example/own:1',
  mainClass: 'org.example.Main',
  mainApplicationFile: 'local:///opt/app.jar',
  driver: role,
  executor: { ...role, instances: 2 },
};
const paths = (comparison: { readonly differing: readonly { readonly path: string }[] }): readonly string[] =>
  comparison.differing.map(({ path }) => path);

describe('equal', () => {
  test.each<[string, Part, Part]>([
    ['nothing special', {}, {}],
    ['a memory in another case', { driver: { ...role, memory: '1G' } }, {}],
    ['hadoopConf by sparkConf', { hadoopConf: { a: 'b' } }, { sparkConf: { 'spark.hadoop.a': 'b' } }],
    [
      'a secret variable by conf',
      { driver: { ...role, env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] } },
      { sparkConf: { 'spark.kubernetes.driver.secretKeyRef.A': 's:k' } },
    ],
    [
      'a secret volume under another name',
      {
        volumes: [{ name: 'sv', secret: { secretName: 's' } }],
        driver: { ...role, volumeMounts: [{ name: 'sv', mountPath: '/m' }] },
      },
      { sparkConf: { 'spark.kubernetes.driver.secrets.s': '/m' } },
    ],
    [
      'the API version of a field that Kubernetes fills in',
      {
        driver: {
          ...role,
          env: [{ name: 'H', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.hostIP' } } }],
        },
      },
      { driver: { ...role, env: [{ name: 'H', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }] } },
    ],
    [
      'a claim by conf',
      {
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'c' } }],
        executor: { ...common.executor, volumeMounts: [{ name: 'd', mountPath: '/m' }] },
      },
      {
        sparkConf: {
          'spark.kubernetes.executor.volumes.persistentVolumeClaim.d.mount.path': '/m',
          'spark.kubernetes.executor.volumes.persistentVolumeClaim.d.options.claimName': 'c',
        },
      },
    ],
  ])('%s', (_, before, after) => {
    const comparison = compareEffective(manifest(before), request(after));
    expect(comparison.differing).toEqual([]);
    expect(comparison.unknown).toEqual([]);
    expect(comparison.equal).toContain('conf spark.driver.cores');
  });
});

describe('different', () => {
  test.each<[string, Part, Part, string]>([
    ['tolerations', { driver: { ...role, tolerations: [{ key: 'a' }] } }, {}, 'driverPod spec.tolerations[0].key'],
    ['an argument', { arguments: ['a'] }, { arguments: ['b'] }, 'tail[1]'],
    ['a conf value', { sparkConf: { 'spark.a': '1' } }, { sparkConf: { 'spark.a': '2' } }, 'conf spark.a'],
    ['retries', { restartPolicy: { type: 'Always' } }, {}, 'CR restartPolicy'],
    [
      'a size by sparkConf alone',
      { sparkConf: { 'spark.executor.memory': '3g' }, executor: { cores: 1, instances: 2 } },
      { sparkConf: { 'spark.executor.memory': '3g' }, executor: { cores: 1, instances: 2 } },
      'executorPod spec.containers[spark-kubernetes-executor].resources.requests.memory',
    ],
  ])('%s', (_, before, after, path) => {
    expect(paths(compareEffective(manifest(before), request(after)))).toContain(path);
  });

  test('a request that the gateway refuses is a difference, with its words', () => {
    const { differing } = compareEffective(manifest(), request({ hadoopConf: {} }));
    expect(differing).toEqual([{ path: 'request', before: 'runs', after: expect.stringContaining('hadoopConf') }]);
  });

  test('the gateway of the configuration decides: its versions, queues and limits', () => {
    const config = loadGatewayConfig();
    expect(paths(compareEffective(manifest(), request(), { config }))).toEqual([]);
    expect(paths(compareEffective(manifest(), request({ queue: 'nope' }), { config }))).toEqual(['request']);
    const analytics = compareEffective(manifest(), request({ queue: 'analytics' }), { config });
    expect(analytics.gatewayDecided.map(({ path }) => path)).toContain('driverPod spec.schedulerName');
    expect(paths(analytics)).toContain('driverPod spec.containers[spark-kubernetes-driver].env[CLUSTER_ENV].name');
  });
});

test('the wrapper of newer providers is taken off, its kubernetes block is not', () => {
  expect(compareEffective({ spark: manifest() }, request()).differing).toEqual([]);
  const { unknown } = compareEffective({ spark: manifest(), kubernetes: { namespace: 'x' } }, request());
  expect(unknown.map(({ path }) => path)).toEqual(['manifest']);
});

test('what the gateway decides is told apart', () => {
  const { gatewayDecided } = compareEffective(manifest(), request());
  const decided = gatewayDecided.map(({ path }) => path);
  expect(decided).toContain('--proxy-user');
  expect(decided).toContain('driverPod spec.containers[spark-kubernetes-driver].resources.limits.cpu');
});

describe('placeholders', () => {
  const open = { cores: '{{ params.c }}', memory: '{{ params.m }}', coreLimit: '{{ params.l }}' };

  test('carried as they are, they are equal', () => {
    const executor = { ...open, instances: '{{ params.n }}' };
    const before = manifest(
      { driver: open, executor, sparkVersion: '{{ params.v }}', arguments: ['{{ ds }}'] },
      { name: 'a-{{ ds }}' },
    );
    const after = request({ driver: open, executor, sparkVersion: '{{ params.v }}', arguments: ['{{ ds }}'] });
    const comparison = compareEffective(before, after);
    expect(comparison.differing).toEqual([]);
    expect(comparison.unknown).toEqual([]);
    expect(comparison.equal).toContain('conf spark.executor.instances');
  });

  test('a main file that is one can be of any language', () => {
    const { mainClass: _, ...python } = common;
    const file = { mainApplicationFile: '{{ params.file }}', type: 'Python' };
    const before = { ...(manifest() as Part), spec: { ...python, sparkVersion: '3.5.1', ...file } };
    const comparison = compareEffective(before, { ...python, sparkVersion: '3.5', queue: 'poc', ...file });
    expect(comparison.unknown).toEqual([]);
    expect(comparison.differing).toEqual([]);
  });

  test('one that became another is unknown', () => {
    const after = request({ driver: { ...role, memory: '{{ params.other }}' } });
    const { unknown, differing } = compareEffective(manifest({ driver: { ...role, memory: '{{ params.m }}' } }), after);
    expect(differing).toEqual([]);
    expect(unknown.map(({ path }) => path)).toEqual(['conf spark.driver.memory']);
  });

  test('one that is gone is a difference', () => {
    expect(paths(compareEffective(manifest({ arguments: ['{{ ds }}'] }), request()))).toEqual(['tail[1]']);
  });
});

test('a manifest that never ran is unknown, and the rest is compared still', () => {
  const { unknown, differing } = compareEffective(
    manifest({ driver: { ...role, memory: '1.5g' } }),
    request({ driver: { ...role, memory: '1536m' } }),
  );
  expect(unknown).toEqual([{ path: 'manifest', because: expect.stringContaining('Driver memory') }]);
  expect(differing.map(({ path }) => path)).toEqual(['conf spark.driver.memory']);
});

test('no document makes the comparison throw', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
      const comparison = compareEffective(manifest({ driver: a as Json }), request({ executor: b as Json }));
      expect(compareEffective(a as Json, b as Json)).toHaveProperty('unknown');
      expect(comparison).toHaveProperty('differing');
    }),
    { seed: 5, numRuns: 200 },
  );
});
