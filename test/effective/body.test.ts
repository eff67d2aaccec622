import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../src/effective/gateway/body.ts';
import { readJsonBody } from '../../src/effective/gateway/body-json.ts';
import type { BodyNode } from '../../src/effective/gateway/body-node.ts';
import { readYamlBody } from '../../src/effective/gateway/body-yaml.ts';

const yaml = (text: string): unknown => readRequest(text, 'application/yaml', false);
const json = (text: string): unknown => readRequest(text, 'application/json', false);
const refused = (message: string): unknown =>
  expect.objectContaining({ refused: true, message: expect.stringContaining(message) });

describe('YAML', () => {
  test('scalars of string fields keep their text', () => {
    const request = yaml('sparkConf: {a: 1.50, b: 010, c: yes, d: 2024-01-02, e: 0x1F, f: 1_000, g: 12:30:45}');
    expect(request).toEqual({
      sparkConf: { a: '1.50', b: '010', c: 'yes', d: '2024-01-02', e: '0x1F', f: '1_000', g: '12:30:45' },
    });
  });

  test('integers are YAML 1.1: octal by a leading zero, fractions cut off', () => {
    expect(yaml('driver: {cores: 010}')).toEqual({ driver: { cores: 8 } });
    expect(yaml('driver: {cores: 0x10}')).toEqual({ driver: { cores: 16 } });
    expect(yaml('driver: {cores: 1.9}')).toEqual({ driver: { cores: 1 } });
    expect(yaml('driver: {cores: "1.9"}')).toEqual(refused('from String "1.9"'));
  });

  test('an alias is the text of its name, a merge key below the top is dropped', () => {
    expect(yaml('image: &i x\nmainClass: *i')).toEqual({ image: 'x', mainClass: 'i' });
    expect(yaml('driver: &d {cores: 2}\nexecutor: {<<: *d}')).toEqual({ driver: { cores: 2 }, executor: {} });
    expect(yaml('driver: &d {cores: 2}\nexecutor: *d')).toEqual(refused('executor'));
  });

  test('only the first document is read', () => {
    expect(yaml('queue: a\n---\n{{{')).toEqual({ queue: 'a' });
    expect(yaml('---\n---\nqueue: a')).toEqual(refused('request'));
  });

  test('unrendered Jinja is refused where it is no text', () => {
    expect(yaml('driver: {cores: "{{ n }}"}')).toEqual(refused('{{ n }}'));
    expect(yaml('driver: {cores: {{ n }}}')).toEqual(refused('Expected a field name'));
    expect(yaml('arguments: ["{{ ds }}"]')).toEqual({ arguments: ['{{ ds }}'] });
    expect(readRequest('driver: {cores: "{{ n }}"}', 'text/yaml', true)).toEqual({ driver: { cores: '{{ n }}' } });
  });

  test.each(['.inf', '.nan', '-.Inf'])('%s is refused even in a text field', (text) => {
    expect(yaml(`applicationName: ${text}`)).toEqual(refused('Malformed numeric value'));
  });
});

test('fields without an effect must fit nevertheless', () => {
  expect(json('{"overheadFactor": "0.2", "driverOverheadFactor": 1, "executorOverheadFactor": ""}')).toEqual({
    overheadFactor: 0.2,
    driverOverheadFactor: 1,
  });
  expect(json('{"overheadFactor": "much"}')).toEqual(refused('Double'));
  expect(json('{"driver": {"dnsConfig": "x"}}')).toEqual(refused('driver.dnsConfig'));
});

describe('JSON', () => {
  test.each(['{"a": 1,}', '{a: 1}', '// x\n{}', "{'a': 1}", '{"queue": 01}', '{"queue": "a\nb"}', '\ufeff{}', ''])(
    '%j is refused',
    (text) => {
      expect(json(text)).toEqual(expect.objectContaining({ refused: true, status: 400 }));
    },
  );

  test('a body that looks like a path is answered with a hint', () => {
    expect(json('/home/me/spec.yaml')).toEqual(refused('file path'));
    expect(yaml('/home/me/spec.yaml')).toEqual(refused('Invalid YAML request'));
  });

  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const reading = readJsonBody(JSON.stringify(value));
        expect(reading.ok && plainOf(reading.node)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

test('bodies of another world are refused, not survived', () => {
  const deep = '['.repeat(100_000);
  expect(readJsonBody(deep)).toEqual({ ok: false, problem: expect.stringContaining('nesting depth') });
  expect(readYamlBody(deep)).toEqual({ ok: false, problem: expect.stringContaining('nesting depth') });
  expect(yaml('queue: "a\u0007b"')).toEqual(refused('special characters'));
});

test.each(['queue: a\r\nimage: b\r\n', '\ufeffqueue: a\nimage: b', '{"queue": "a", "image": "b"}'])(
  '%j is YAML',
  (text) => {
    expect(yaml(text)).toEqual({ queue: 'a', image: 'b' });
  },
);

test('no text makes a reader throw', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ' ',
    '\n',
    '- ',
    'a',
    '"',
    "'",
    '&x',
    '*x',
    '|',
    '>',
    '%',
    '\t',
    '?',
    '!',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      expect(typeof readYamlBody(text).ok).toBe('boolean');
      expect(typeof readJsonBody(text).ok).toBe('boolean');
    }),
    { seed: 11, numRuns: 500 },
  );
});

function plainOf(node: BodyNode): unknown {
  if (node.kind === 'null') return null;
  if (node.kind === 'list') return node.items.map(plainOf);
  if (node.kind === 'map') return Object.fromEntries(node.entries.map(([key, value]) => [key, plainOf(value)]));
  if (node.kind === 'text') return node.text;
  return node.kind === 'integer' ? Number(node.value) : node.value;
}
