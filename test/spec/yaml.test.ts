import { describe, expect, test } from 'vitest';
import { application, codes, refusals, translated } from './sample.ts';

describe('documents that can not be read are refused with their place', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'not-a-mapping'],
    ['a comment only', '# nothing\n', 'not-a-mapping'],
    ['a list', '- a\n- b\n', 'not-a-mapping - a'],
    ['a text', 'just words\n', 'not-a-mapping just words'],
    ['broken YAML', 'a: [1, 2\nb: c\n', 'yaml-broken'],
    ['another kind', 'apiVersion: v1\nkind: Pod\n', 'foreign-resource v1'],
    ['no kind', 'apiVersion: sparkoperator.k8s.io/v1beta2\nspec: {}\n', 'foreign-resource'],
    [
      'another group',
      'apiVersion: sparkoperator.hpe.com/v1beta2\nkind: SparkApplication\n',
      'foreign-resource sparkoperator.hpe.com/v1beta2',
    ],
    ['no spec', 'apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\n', 'spec-missing'],
    ['a tag', application({ spec: 'image: !env IMAGE' }), 'yaml-tag'],
    ['a mapping as key', application({ spec: 'sparkConf: {? {a: b} : c}' }), 'yaml-key'],
    ['an alias inside its anchor', application({ spec: 'arguments: &a [*a]' }), 'yaml-recursive *a]'],
    ['a list where a text belongs', application({ spec: 'image: [a]' }), 'wrong-type [a]'],
    ['a text where a list belongs', application({ spec: 'arguments: a' }), 'wrong-type a'],
    ['a word where a number belongs', application({ driver: 'terminationGracePeriodSeconds: two' }), 'wrong-type two'],
  ])('%s', (_, text, expected) => {
    expect(refusals(text).join('|')).toContain(expected);
  });

  test('an alias bomb and absurd nesting end in a finding, soon', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      bomb.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}*a${level - 1}]`);
    }
    expect(refusals(bomb.join('\n'))[0]).toMatch(/^yaml-too-large/);
    expect(refusals('['.repeat(100_000))[0]).toMatch(/^yaml-too-deep/);
    expect(refusals('- '.repeat(100_000))[0]).toMatch(/^yaml-too-deep/);
    const stairs = Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    expect(refusals(stairs)[0]).toMatch(/^yaml-too-deep/);
  });
});

describe('how a text is written', () => {
  const plain = translated(application()).text;

  test('line ends, leading blank lines and a missing last newline stay', () => {
    expect(translated(application().replaceAll('\n', '\r\n')).text).toBe(plain.replaceAll('\n', '\r\n'));
    expect(translated(`\n\n${application()}`).text).toBe(`\n\n${plain}`);
    expect(translated(application().trimEnd()).text).toBe(plain.trimEnd());
  });

  test('a document that is indented as a whole stays so, up to the closing quotes', () => {
    const source = application({ driver: 'labels: {a: b}' });
    const indented = (text: string): string => `\n${text.replace(/^(?=.)/gm, '    ')}    `;
    expect(translated(indented(source)).text).toBe(indented(translated(source).text));
  });

  test('a byte order mark goes, because JSON readers refuse it, and offsets still count it', () => {
    const translation = translated(`\ufeff${application({ driver: 'coreLimit: 1200m' })}`);
    expect(translation.text.startsWith('applicationName')).toBe(true);
    const rounded = translation.findings.find(({ code }) => code === 'core-limit-rounded');
    expect(`\ufeff${application({ driver: 'coreLimit: 1200m' })}`.slice(rounded?.offset ?? 0)).toMatch(/^1200m/);
  });

  test('tabs between tokens are read', () => {
    expect(translated(application({ driver: 'serviceAccount:\tspark' })).text).toContain('serviceAccount: spark');
  });

  test('long texts are not folded', () => {
    const long = `local:///${'path with words '.repeat(40)}end`;
    expect(translated(application({ spec: `mainClass: ${long}` })).text).toContain(`mainClass: ${long}\n`);
  });

  test('texts that some reader takes for something else are quoted, others are not', () => {
    const text = translated(application({ spec: 'arguments: [1e3, y, "no", 3.0.0, =, a:b, 12e03]' })).text;
    expect(text).toContain('arguments: ["1e3", "y", "no", 3.0.0, "=", a:b, "12e03"]');
  });

  test('a number where a text belongs is quoted, and told: Kubernetes refused it', () => {
    const translation = translated(application({ spec: 'sparkConf: {spark.a: 5, spark.b: true, spark.c: 1.50}' }));
    expect(translation.text).toContain('sparkConf: {spark.a: "5", spark.b: "true", spark.c: "1.50"}');
    expect(codes(translation).filter((code) => code === 'type-repaired')).toHaveLength(3);
  });

  test('a key given twice: the last one, told, and the first is entered from the root', () => {
    const translation = translated(
      application({
        spec: 'image: a\nimage: b\nsparkConf:\n  spark.x: "1"\nsparkConf:\n  spark.password: hush\n  spark.password: c',
      }),
    );
    expect(translation.request).toMatchObject({ image: 'b', sparkConf: { 'spark.password': 'c' } });
    expect(codes(translation).filter((code) => code === 'duplicate-key')).toHaveLength(3);
    const dead = translation.losses.filter((loss) => loss.class === 'dead');
    expect(dead.map(({ path, value }) => [path, value])).toEqual(
      expect.arrayContaining([
        ['spec.image', 'a'],
        ['spec.sparkConf', { 'spark.x': '1' }],
        ['spec.sparkConf.spark.password', '***'],
      ]),
    );
    expect(dead).toHaveLength(3);
  });

  test('a key given twice inside a value that is overwritten itself', () => {
    const { losses } = translated(application({ spec: 'deps: {jars: [a], jars: [b]}\ndeps: {jars: [c]}' }));
    expect(losses.map(({ path, value }) => [path, value])).toEqual(
      expect.arrayContaining([
        ['spec.deps', { jars: ['b'] }],
        ['spec.deps.jars', ['a']],
      ]),
    );
  });

  test('several documents: the first, told, and the others are entered by kind and name', () => {
    const translation = translated(
      `${application()}---\nkind: Secret\nmetadata: {name: s}\ndata: {a: hush}\n---\n- x\n`,
    );
    expect(translation.text).toBe(plain);
    expect(codes(translation)).toContain('several-documents');
    expect(JSON.stringify(translation)).not.toContain('hush');
    expect(translation.losses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'document 2', class: 'dead', value: { kind: 'Secret', name: 's' } }),
        expect.objectContaining({ path: 'document 3', class: 'dead', value: { kind: null, name: null } }),
      ]),
    );
    expect(translated(application()).losses.map(({ path }) => path)).not.toContain('document 2');
  });

  test('a comment behind a key stays there, and those of fields that go away stay in the text', () => {
    const text = application({
      spec: 'image: a # given\ndynamicAllocation: # dyn\n  enabled: false # off\nsparkConf: # conf\n  spark.a: b # ab',
      driver: 'gpu: # odd\n  name: odd\n  quantity: 1 # one\nlabels: {team: a} # team',
      executor: 'secrets: [] # none\nenv: # all\n  # of A\n  - name: A # a',
    }).replace('  executor:', '  executor: # workers');
    const options = { labels: { team: 'b' }, overrides: { image: 'z' } };
    const request = translated(text, options).text;
    for (const line of ['image: "z" # given', 'sparkConf: # conf', 'executor: # workers', '  env: # all']) {
      expect(request.split('\n')).toContain(line);
    }
    for (const comment of ['dyn', 'off', 'odd', 'one', 'team', 'none', 'of A', 'a', 'ab']) {
      expect(
        request.split('\n').filter((line) => line.endsWith(`# ${comment}`)),
        comment,
      ).toHaveLength(1);
    }
  });

  test('keys without value are gone, as Kubernetes removes them', () => {
    const translation = translated(application({ spec: 'image:\nsparkConf:\n  spark.a: ~' }));
    expect(translation.request).not.toHaveProperty('image');
    expect(translation.request).not.toHaveProperty('sparkConf');
    expect(translation.losses.map(({ path, class: kind }) => `${path} ${kind}`)).toEqual(
      expect.arrayContaining(['image dead', 'sparkConf.spark.a dead']),
    );
  });
});

describe('JSON', () => {
  const source = JSON.stringify({
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: 'j' },
    spec: { type: 'Python', sparkVersion: '3.5.1', mainApplicationFile: 'x', sparkConf: { 'spark.a': 'a"\\b' } },
  });

  test('becomes JSON that reads as the request, or YAML in block style', () => {
    const json = translated(source, { format: 'json' });
    expect(JSON.parse(json.text)).toEqual(json.request);
    const yaml = translated(source);
    expect(yaml.text).toContain('sparkConf:\n  spark.a: "a\\"\\\\b"\n');
    expect(yaml.request).toEqual(json.request);
  });

  test('a placeholder of YAML inside JSON text is told', () => {
    const json = translated(
      application({ spec: 'image: "{{ i }}"', driver: 'terminationGracePeriodSeconds: {{ n }}' }),
      { format: 'json' },
    );
    expect(codes(json).filter((code) => code === 'json-placeholder')).toHaveLength(1);
    expect(json.text).toContain('"terminationGracePeriodSeconds": {{ n }}');
    expect(json.text).toContain('"image": "{{ i }}"');
  });

  test('YAML can become JSON', () => {
    const json = translated(application({ driver: 'labels: {a: "1"}' }), { format: 'json' });
    expect(JSON.parse(json.text)).toEqual(json.request);
    expect(json.request).toMatchObject({ driver: { cores: 1, labels: { a: '1' } } });
  });
});
