import { describe, expect, test } from 'vitest';
import { mask } from '../../src/spec/mask.ts';
import { application, codes, refusals, translated } from './sample.ts';

describe('masking', () => {
  test.each([
    '{{ ds }}',
    'a {{ d["}}"] }} b {{ {"k": {}} }}',
    '{# note #} {% if x %}y{% endif %}',
    'x: {{ a\n  | default("b") }}\n',
    'private \ue000 use {{ x }} "\\ue001"',
  ])('%j comes back unchanged, at the same length', (text) => {
    const masked = mask(text, []);
    expect(masked.text).toHaveLength(text.length);
    expect(masked.text).not.toContain('{{');
    expect(masked.restore(masked.text)).toBe(text);
  });

  test('what Python fills in is masked, also inside Jinja', () => {
    const text = 'a {n} {{ x[{n}] }} %s';
    const spans = [
      { start: 2, end: 5 },
      { start: 11, end: 14 },
      { start: 19, end: 21 },
    ];
    const masked = mask(text, spans);
    expect(masked.holes.map(({ kind, text: hole }) => `${kind} ${hole}`)).toEqual([
      'opaque {n}',
      'expression {{ x[{n}] }}',
      'opaque %s',
    ]);
    expect(masked.restore(masked.text)).toBe(text);
  });

  test('a tag without end is told with its place', () => {
    expect(refusals(application({ spec: 'image: {{ x' }))).toEqual(['jinja-broken {{ x']);
  });
});

describe('expressions', () => {
  test('stay where a rule copies: values, parts of texts, keys, items, whole numbers', () => {
    const source = application({
      spec: 'image: {{ params.image }}\narguments: [\'{{ p["a"] }}\', "x-{{ ds }}"]\nsparkConf:\n  spark.{{ k }}: "{{ v }}"',
      driver: 'terminationGracePeriodSeconds: {{ n }}',
    });
    const { text, placeholders } = translated(source);
    for (const part of [
      'image: {{ params.image }}\n',
      `['{{ p["a"] }}', "x-{{ ds }}"]`,
      'spark.{{ k }}: "{{ v }}"',
      'Seconds: {{ n }}\n',
    ]) {
      expect(text).toContain(part);
    }
    expect(placeholders).toHaveLength(6);
    for (const { text: expression, offset } of placeholders) expect(text.startsWith(expression, offset)).toBe(true);
  });

  test('are carried over and told where a rule must compute', () => {
    const translation = translated(application({ driver: 'memoryOverhead: "{{ o }}"\ncoreLimit: "{{ c }}"' }));
    expect(codes(translation).filter((code) => code === 'placeholder-computed')).toHaveLength(2);
    expect(translation.text).toContain('coreLimit: "{{ c }}"');
  });

  test.each([
    'volumes: {{ params.volumes }}',
    'sparkConf: {{ params.conf }}',
    'deps: {{ params.deps }}',
    'dynamicAllocation:\n  enabled: {{ params.dynamic }}',
    '{{ params.key }}: b',
  ])('%s is refused', (spec) => {
    expect(refusals(application({ spec })).join()).toMatch(/placeholder-(?:structure|key) /);
  });

  test('a whole role or specification is refused', () => {
    const head = 'apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\n';
    expect(refusals(`${head}spec: {{ s }}\n`)).toEqual(['placeholder-structure {{ s }}']);
    expect(refusals(`${head}spec:\n  sparkVersion: "3.5"\n  driver: {{ d }}\n`)[0]).toBe(
      'placeholder-structure {{ d }}',
    );
  });

  test('placeholders of the DAG’s own code are copied, and refused where a rule must compute', () => {
    const document = `image: <image>\nmainClass: ${'$'}{MAIN}\narguments: [__DAY__, "%(day)s"]`;
    const copied = translated(application({ spec: document }));
    expect(copied.text).toContain(document);
    expect(refusals(application({ driver: 'coreLimit: <limit>' }))).toEqual(['placeholder-manual <limit>']);
    expect(refusals(application().replace('cores: 1', 'cores: <cores>'))).toEqual(['placeholder-manual <cores>']);
  });

  test('what Python fills in counts as known at run time only', () => {
    const source = application({ spec: 'image: {image}' });
    const start = source.indexOf('{image}');
    const { text, placeholders } = translated(source, { opaque: [{ start, end: start + 7 }] });
    expect(text).toContain('image: {image}\n');
    expect(placeholders).toEqual([]);
  });
});

describe('statements', () => {
  const loop = 'arguments:\n  - a\n{% for x in xs %}\n  - "{{ x }}"\n{% endfor %}';

  test('a loop over items and a condition around sparkConf keys stay around what they held', () => {
    const { text } = translated(application({ spec: loop, driver: 'nodeSelector: {a: b}' }));
    expect(text).toMatch(/- a\n\s*\{% for x in xs %\}\n {2}- "\{\{ x \}\}"\n\s*\{% endfor %\}\n/);
  });

  test('a comment of Jinja stays', () => {
    expect(translated(application({ spec: '{# why #}\nimage: a {# so #}' })).text).toContain('image: a {# so #}');
  });

  test.each<[string, string]>([
    ['a size', '{% if big %}\ncoreLimit: "2"\n{% endif %}'],
    ['a lost field', '{% if big %}\ntolerations: []\n{% endif %}'],
    ['a moved field', '{% if big %}\nnodeSelector: {a: b}\n{% endif %}'],
    ['two branches with one key', '{% if a %}\nimage: b\n{% else %}\nimage: c\n{% endif %}'],
    ['a tag without its end', '{% if a %}\nimage: b'],
    ['an include', '{% include "driver.yaml" %}'],
    ['raw text', '{% raw %}\nimage: b\n{% endraw %}'],
    ['a tag that eats the indentation', 'annotations:\n{% if a -%}\n  a: b\n{% endif %}'],
  ])('%s under a condition is refused', (_, driver) => {
    expect(refusals(application({ driver })).join()).toMatch(/jinja-structure \{%/);
  });

  test('a condition from one role into the next is refused', () => {
    const source = application().replace('    memory: 1g\n  executor', '{% if a %}\n    memory: 1g\n  executor');
    expect(refusals(`${source}{% endif %}\n`).join()).toMatch(/jinja-structure/);
  });

  test('a condition inside one text is part of it', () => {
    const { text } = translated(application({ spec: 'mainClass: "a{% if x %}b{% endif %}"' }));
    expect(text).toContain('mainClass: "a{% if x %}b{% endif %}"');
  });
});
