import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model.ts';
import { validateRequest } from '../../src/spec/validate.ts';
import { ownRecordings, readLines } from '../recordings/inputs.ts';

const schemaPath = fileURLToPath(new URL('../../schema/bpg-request.schema.json', import.meta.url));
const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
const request = {
  sparkVersion: '3.5',
  type: 'Python',
  driver: { cores: 1, memory: '1g', coreLimit: '2' },
  executor: { instances: 2, cores: 1, memory: '1024m' },
};

describe('a request that the gateway takes', () => {
  test.each<[string, Json]>([
    ['the smallest', { sparkVersion: '3.5' }],
    ['a usual one', request],
    ['placeholders where scalars stand', { ...request, executor: { instances: '{{ params.n }}', memory: '{{ m }}' } }],
    ['a suffix', { ...request, submissionIdSuffix: 'a-1' }],
    ['whole volumes', { ...request, volumes: [{ name: 'v', configMap: { name: 'c' } }] }],
  ])('%s', (_, value) => {
    expect(validateRequest(value)).toEqual([]);
    expect(isValid(value)).toBe(true);
  });
});

describe('a request that it refuses or reads in another way', () => {
  test.each<[string, Json, string]>([
    ['an unknown key on top', { ...request, metadata: {} }, 'metadata'],
    ['a key in other case', { ...request, SparkVersion: '3.5' }, 'SparkVersion'],
    ['a key that is dropped', { ...request, driver: { tolerations: [] } }, 'driver.tolerations'],
    [
      'a config map with items',
      { ...request, volumes: [{ name: 'v', configMap: { name: 'c', items: [] } }] },
      'volumes[0].configMap.items',
    ],
    [
      'a reference that is emptied',
      { ...request, driver: { env: [{ name: 'A', valueFrom: { secretKeyRef: {} } }] } },
      'driver.env[0].valueFrom.secretKeyRef',
    ],
    ['a full version', { ...request, sparkVersion: '3.5.1' }, 'sparkVersion'],
    ['no version', { type: 'Python' }, 'sparkVersion'],
    ['a part of a core', { ...request, driver: { coreLimit: '1200m' } }, 'driver.coreLimit'],
    ['memory without unit', { ...request, driver: { memory: '1024' } }, 'driver.memory'],
    ['memory with a fraction', { ...request, driver: { memory: '1.5g' } }, 'driver.memory'],
    ['cores as a fraction', { ...request, driver: { cores: 1.5 } }, 'driver.cores'],
    ['a number in sparkConf', { ...request, sparkConf: { a: 1 } }, 'sparkConf.a'],
    ['a long suffix', { ...request, submissionIdSuffix: 'a'.repeat(27) }, 'submissionIdSuffix'],
    ['a suffix with capitals', { ...request, submissionIdSuffix: 'A' }, 'submissionIdSuffix'],
    ['one text for a list', { ...request, arguments: '--all' }, 'arguments'],
  ])('%s', (_, value, path) => {
    expect(validateRequest(value).map((problem) => problem.path)).toContain(path);
    expect(isValid(value)).toBe(false);
  });

  test('an empty volume is told, though the gateway takes it', () => {
    const problems = validateRequest({ ...request, volumes: [{ name: 'v' }] });
    expect(problems).toEqual([{ path: 'volumes[0]', problem: expect.stringContaining('empty folder') }]);
  });

  test('executor instances in sparkConf must be a number', () => {
    const problems = validateRequest({ ...request, sparkConf: { 'spark.executor.instances': 'many' } });
    expect(problems.map(({ path }) => path)).toEqual(['sparkConf.spark.executor.instances']);
  });
});

describe('the recorded requests', () => {
  const cases = (readLines(ownRecordings, 'gateway-cases') ?? []) as readonly {
    readonly id: string;
    readonly status: number;
    readonly body: string;
    readonly responseBody: Json;
  }[];

  /** Refused for what the request says, not for users, queues or what a cluster offers. */
  const isAboutShape =
    /Unrecognized field|Cannot deserialize|Spark version not supported: (?:3\.5\.1|v3\.5| ?3?)$|is not a number|NumberFormatException/;

  test('what the gateway refuses for its shape is refused here', () => {
    const refused = cases.flatMap(({ id, status, body, responseBody }) => {
      if (status === 200 || !isAboutShape.test(JSON.stringify(responseBody)) || !body.trimStart().startsWith('{'))
        return [];
      try {
        return [{ id, value: JSON.parse(body) as Json }];
      } catch {
        return [];
      }
    });
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.filter(({ value }) => validateRequest(value).length === 0).map(({ id }) => id)).toEqual([]);
  });
});
