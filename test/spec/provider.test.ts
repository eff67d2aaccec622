import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json, Translation } from '../../src/model.ts';
import { translate } from '../../src/spec/translate.ts';
import { misplacedLeaves } from './accounting.ts';
import { codes, refusals } from './sample.ts';

interface Recording {
  readonly id: string;
  readonly provider: string;
  readonly document: string;
  /** What the operator created; absent where it stopped, with its error. */
  readonly body?: { readonly [key: string]: Json };
  readonly error?: string;
}

const path = fileURLToPath(new URL('../../fixtures/recordings/provider-kubernetes-block.jsonl', import.meta.url));
const recordings = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recording);
const options = { queue: 'poc', format: 'yaml' } as const;

/** Labels and variable of newer operators' own: a promised difference, replaced by the accounting labels. */
const ownNames = new Set(['dag_id', 'task_id', 'run_id', 'try_number', 'spark_kubernetes_operator']);

/** The recorded body without what the operator adds of its own, and without `spec.labels`, which Kubernetes removes. */
function withoutOwn(value: Json): Json {
  if (Array.isArray(value)) {
    return value.filter((item: Json) => get(item, 'name') !== 'SPARK_APPLICATION_NAME').map(withoutOwn);
  }
  if (typeof value !== 'object' || value === null) return value;
  const isSpec = get(value, 'sparkVersion') !== undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ownNames.has(key) && !(isSpec && key === 'labels'))
      .map(([key, item]) => [key, withoutOwn(item)]),
  );
}

const get = (value: Json, key: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[key]
    : undefined;

/** Ledger entries of fields of the resource that did something; what the operator read is entered in its own words. */
const effective = (translation: Translation): readonly string[] =>
  translation.ok
    ? translation.losses
        .filter(
          ({ path: place, class: kind }) =>
            kind !== 'dead' && !/^(?:kubernetes\b|labels$|metadata\.namespace$|\w+\.container_resources)/.test(place),
        )
        .map((loss) => `${loss.class} ${loss.path} ${JSON.stringify(loss.value)}`)
        .sort()
    : [];

describe('what the operator of newer providers makes of a document, by recordings of two of them', () => {
  test('are there', () => {
    expect(recordings.length).toBe(78);
    expect(new Set(recordings.map(({ provider }) => provider))).toEqual(new Set(['9.0.1', '10.25.0']));
    expect(recordings.filter(({ error }) => error !== undefined).length).toBeGreaterThan(15);
  });

  test.each(recordings)('$id by $provider', ({ document, provider, body, error }) => {
    const actual = translate(document, { ...options, provider });
    if (body === undefined) {
      expect(codes(actual), error).toContain('provider-refuses');
      expect(actual.ok).toBe(false);
      expect(actual.findings.find(({ code }) => code === 'provider-refuses')?.offset).not.toBeNull();
      return;
    }
    const created = translate(JSON.stringify(withoutOwn(body)), options);
    expect(actual.ok, JSON.stringify(actual.ok ? created.findings : actual.findings)).toBe(created.ok);
    if (!actual.ok || !created.ok) return;
    expect(actual.request).toEqual(created.request);
    expect(effective(actual)).toEqual(effective(created));
    const told = codes(actual).filter((code) => code === 'provider-version-matters');
    expect(told).toEqual([]);
  });

  const wrapped = recordings.filter(({ id, provider }) => provider === '9.0.1' && !id.startsWith('plain'));
  test.each(wrapped)('$id, the version not known', ({ document }) => {
    const [old, young] = ['9.0.1', '10.25.0'].map((provider) => translate(document, { ...options, provider }));
    const unknown = translate(document, options);
    const differs = JSON.stringify(old) !== JSON.stringify(young);
    if (unknown.ok) expect(codes(unknown).includes('provider-version-matters')).toBe(differs);
    if (young?.ok && unknown.ok) expect(unknown.request).toEqual(young.request);
    expect(unknown.ok).toBe(young?.ok);
  });

  test('a document that is not wrapped is prepared by these providers only', () => {
    const source = recordings.find(({ id }) => id === 'plain-resources')?.document ?? '';
    const by = (provider?: string): Translation =>
      translate(source, provider === undefined ? options : { ...options, provider });
    expect(by('9.0.1')).toMatchObject({ ok: true, request: { driver: { cores: 2, memory: '1462m' } } });
    expect(codes(by('9.0.1'))).not.toContain('provider-version-matters');
    expect(by('7.13.0')).toMatchObject({ ok: true, request: { driver: { cores: 1, memory: '1g' } } });
    expect(codes(by('7.13.0'))).toContain('unknown-field');
    expect(by().ok && codes(by())).toContain('provider-version-matters');
    const labelled = recordings.find(({ id }) => id === 'plain')?.document ?? '';
    const labels = (provider: string): Translation => translate(labelled, { ...options, provider });
    expect(labels('10.8.0')).toMatchObject({ request: { driver: { labels: { a: 'b' } } } });
    expect(labels('10.9.0')).toMatchObject({ request: { driver: { labels: { a: 'b', tier: 'gold' } } } });
    expect(labels('7.13.0')).toMatchObject({ request: { driver: { labels: { a: 'b', tier: 'gold' } } } });
    expect(JSON.stringify(labels('10.8.0'))).toContain(
      '"path":"metadata.labels","value":{"tier":"gold"},"class":"dead"',
    );
  });
});

describe('the ledger of wrapped documents', () => {
  test.each(recordings)('$id by $provider', ({ document, provider }) => {
    const translation = translate(document, { ...options, provider });
    if (translation.ok) expect(misplacedLeaves(parse(document) as Json, translation)).toEqual([]);
    else expect(translation.findings).not.toEqual([]);
  });
});

describe('the block, in the words of the document', () => {
  const block = recordings.find(({ id }) => id === 'block-all-empty-over-own')?.document ?? '';

  test('what it overwrites is entered from the root, once for each place', () => {
    const translation = translate(block, { ...options, provider: '9.0.1' });
    const entered = translation.ok ? translation.losses.map((loss) => `${loss.class} ${loss.path}`) : [];
    expect(entered).toEqual(
      expect.arrayContaining([
        'dead spark.spec.driver.env',
        'dead spark.spec.executor.labels',
        'dead spark.spec.volumes',
      ]),
    );
    expect(entered.filter((each) => each.includes('kubernetes.'))).toHaveLength(11);
    expect(new Set(entered).size).toBe(entered.length);
  });

  test('comments stay, placeholders are carried to both roles, secrets are masked', () => {
    const source = block
      .replace('env_vars: {}', '# the day\n  env_vars:\n    # of the run\n    DAY: "{{ ds }}"\n    DB_PASSWORD: hush')
      .replace('  tolerations: []', '  # none needed\n  tolerations: []');
    const translation = translate(source, { ...options, provider: '9.0.1' });
    if (!translation.ok) throw new Error(JSON.stringify(translation.findings));
    for (const comment of ['# the day', '# of the run', '# none needed'])
      expect(translation.text.split(comment)).toHaveLength(2);
    expect(translation.request).toMatchObject({
      driver: { env: [{ name: 'DAY', value: '{{ ds }}' }, { name: 'DB_PASSWORD' }] },
      executor: { env: [{ name: 'DAY', value: '{{ ds }}' }, { name: 'DB_PASSWORD' }] },
    });
    expect(translation.placeholders).toHaveLength(2);
    expect(JSON.stringify(translation.losses)).not.toContain('hush');
  });

  test.each([
    ['env_vars: {}', 'env_vars: {{ params.env }}', 'placeholder-structure {{ params.env }}'],
    ['volumes: []', 'volumes: {{ params.volumes }}', 'placeholder-structure {{ params.volumes }}'],
    ['env_from: []', 'env_from: [{secretRef: {name: s}}]\n  more: &a [*a]', 'yaml-recursive *a]'],
  ])('%s as %s', (before, after, refused) => {
    expect(refusals(block.replace(before, after), { provider: '9.0.1' }).join()).toBe(refused);
  });

  test('sizes out of a placeholder are refused with the place', () => {
    const source = (recordings.find(({ id }) => id === 'resources')?.document ?? '').replace(
      'limit: 2Gi',
      'limit: "{{ m }}"',
    );
    expect(refusals(source)).toEqual(['kubernetes-block "{{ m }}"}']);
  });

  test('a cluster that the document names is for a person to check', () => {
    const source = block.replace('  env_vars: {}', '  in_cluster: true\n  env_vars: {}');
    const translation = translate(source, { ...options, provider: '9.0.1' });
    expect(codes(translation)).toContain('block-names-cluster');
    expect(codes(translate(block, { ...options, provider: '9.0.1' }))).not.toContain('block-names-cluster');
  });
});
