import { describe, expect, test } from 'vitest';
import { readGatewayConfig, submit } from '../../src/effective/index.ts';
import { objectOf } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';

const config = readGatewayConfig({
  allowedUsers: ['*'],
  blockedUsers: ['mallory'],
  sparkClusters: [
    { id: 'c1', weight: 1, sparkApplicationNamespace: 'one', sparkVersions: ['3.5'], queues: ['poc', 'big'] },
    { id: 'c2', weight: 9, sparkApplicationNamespace: 'two', sparkVersions: ['3.5'], queues: ['big'] },
  ],
  sparkImages: [{ name: 'own/spark:3.5', types: ['Scala'], version: '3.5' }],
  queues: [{ name: 'poc' }, { name: 'big', users: ['Carol'], driverCPUBufferRatio: '0.5' }, { name: 'nowhere' }],
});
type Part = { readonly [key: string]: Json };
const common = { type: 'Scala', sparkVersion: '3.5', mainClass: 'M', mainApplicationFile: 'local:///a.jar' };

function answerTo(request: Part, user = 'alice'): ReturnType<typeof submit> {
  return submit({ body: JSON.stringify({ ...common, ...request }), contentType: 'application/json', user }, config);
}
function driverOf(request: Part): Part {
  return objectOf(objectOf(objectOf(answerTo(request).cr ?? null)['spec'])['driver']);
}

describe('another gateway than the recorded one', () => {
  test('a star lets everybody in but the blocked, an empty list nobody', () => {
    expect(answerTo({}, 'anybody').status).toBe(200);
    expect(answerTo({}, 'mallory').status).toBe(401);
    const nobody = { ...config, allowedUsers: [] };
    expect(submit({ body: '{}', contentType: null, user: 'alice' }, nobody).status).toBe(401);
  });

  test('the image of a type is found in any case', () => {
    expect(answerTo({ type: 'SCALA' }).cr).toMatchObject({ spec: { image: 'own/spark:3.5', type: 'SCALA' } });
    expect(answerTo({ type: 'R' }).status).toBe(400);
  });

  test('the heavier of two clusters stands for the draw, a pin takes the other', () => {
    expect(answerTo({ queue: 'big' }).cr).toMatchObject({ metadata: { namespace: 'two' } });
    expect(answerTo({ queue: 'big', clusterId: 'c1' }).cr).toMatchObject({ metadata: { namespace: 'one' } });
  });

  test('a queue of the user comes before the default', () => {
    expect(answerTo({}, 'carol').cr).toMatchObject({ metadata: { labels: { queue: 'root.big' } } });
    expect(answerTo({}).cr).toMatchObject({ metadata: { labels: { queue: 'root.poc' } } });
  });

  test('a queue without a cluster is refused', () => {
    expect(answerTo({ queue: 'nowhere' }).status).toBe(400);
  });

  test('ratios may be written as texts', () => {
    expect(driverOf({ queue: 'big', driver: { cores: 4 } })).toMatchObject({ cores: 2, coreLimit: '1000.0m' });
  });
});

test('a preference without a weight weighs nothing', () => {
  const preferred = [{ preference: { matchExpressions: [{ key: 'k', operator: 'Exists' }] } }];
  const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } };
  expect(driverOf({ driver: { affinity } })['affinity']).toEqual({
    nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, ...preferred[0] }] },
  });
});

test('a refusal of Kubernetes is a fault of the gateway', () => {
  const body = JSON.stringify(common);
  const refuses = (): { status: number; message: string } => ({ status: 403, message: 'forbidden' });
  const answer = submit({ body, contentType: null, user: 'alice' }, config, refuses);
  expect(answer).toMatchObject({ status: 500, cr: null });
  expect(JSON.stringify(answer.responseBody)).toContain('KubernetesClientException');
});
