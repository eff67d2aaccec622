import { describe, expect, test } from 'vitest';
import { application, codes, translated } from './sample.ts';

describe('what a route adds', () => {
  test('queue and spot instances come after the name', () => {
    const { text } = translated(application(), { queue: 'phi', spotInstance: true });
    expect(text).toMatch(/^applicationName: sample\nqueue: phi\nspotInstance: true\ntype: Python\n/);
  });

  test('no queue: none is written', () => {
    expect(translated(application(), { queue: null }).text).toMatch(/^applicationName: sample\ntype: Python\n/);
  });

  test('labels of the route win over the document’s, and the loss is entered', () => {
    const source = application({ driver: 'labels: {team: own, app: x}' });
    const { request, losses, findings } = translated(source, { labels: { team: 'phi' } });
    expect(request).toMatchObject({
      driver: { labels: { team: 'phi', app: 'x' } },
      executor: { labels: { team: 'phi' } },
    });
    expect(losses).toContainEqual(
      expect.objectContaining({ path: 'driver.labels.team', value: 'own', class: 'changed' }),
    );
    expect(findings.map(({ code }) => code)).toContain('label-overridden');
  });

  test('a label that says the same already changes nothing', () => {
    const translation = translated(application({ driver: 'labels: {team: phi}' }), { labels: { team: 'phi' } });
    expect(codes(translation)).not.toContain('label-overridden');
  });

  test('the longest running time is written over the document’s', () => {
    const source = application({ spec: 'sparkConf: {bpg.maxRunningMillis: "1"}' });
    const { request, losses } = translated(source, { maxRunningMillis: 86_400_000 });
    expect(request).toMatchObject({ sparkConf: { 'bpg.maxRunningMillis': '86400000' } });
    expect(losses.map(({ path }) => path)).toContain('sparkConf.bpg.maxRunningMillis');
    expect(translated(source).request).toMatchObject({ sparkConf: { 'bpg.maxRunningMillis': '1' } });
  });
});

describe('the time limit of the document and of the task', () => {
  const hour = 3600;
  const says = (own: string | null, options: object): readonly (string | number | undefined)[] => {
    const source = application(own === null ? {} : { spec: `sparkConf: {bpg.maxRunningMillis: ${own}}` });
    const found = translated(source, options).findings.find(({ code }) => code === 'running-time-disagrees');
    return found === undefined ? [] : [found.args['millis'], found.args['seconds']].map(String);
  };

  test.each([
    ['the default of the gateway is enough', null, { applicationTimeout: 12 * hour }, []],
    ['the caller says more, and writes it', null, { applicationTimeout: 13 * hour, maxRunningMillis: 46_800_000 }, []],
    ['the caller says more, and does not write it', null, { applicationTimeout: 13 * hour }, ['43200000', '46800']],
    ['the document says the same', '"7200000"', { applicationTimeout: 2 * hour }, []],
    ['the document says less', '"3600000"', { applicationTimeout: 2 * hour }, ['3600000', '7200']],
    ['the document says more', '"86400000"', { applicationTimeout: 2 * hour }, ['86400000', '7200']],
    ['the document says another than is written', '"1"', { maxRunningMillis: 46_800_000 }, ['1', '46800']],
    ['a placeholder', '"{{ m }}"', { applicationTimeout: hour }, ['{{ m }}', '3600']],
    ['nobody waits', '"1"', {}, []],
  ])('%s', (_, own, options, expected) => {
    expect(says(own, options)).toEqual(expected);
  });
});

describe('what a provider writes over the document', () => {
  test('name, image and main file', () => {
    const overrides = { name: 'other', image: 'registry.example/b:2', mainApplicationFile: 'local:///b.py' };
    const { request, name, losses } = translated(application({ spec: 'image: a' }), { overrides });
    expect(name).toBe('other');
    expect(request).toMatchObject({
      applicationName: 'other',
      ...{ image: overrides.image, mainApplicationFile: 'local:///b.py' },
    });
    expect(losses.map(({ path, class: kind }) => `${path} ${kind}`)).toEqual(
      expect.arrayContaining(['image changed', 'mainApplicationFile changed', 'metadata.name changed']),
    );
  });

  test('an equal argument changes nothing', () => {
    const translation = translated(application({ spec: 'image: a' }), { overrides: { image: 'a' } });
    expect(codes(translation)).not.toContain('field-overridden');
  });
});

describe('names that the namespace must provide', () => {
  test('all kinds', () => {
    const { names } = translated(
      application({
        spec: 'imagePullSecrets: [pull]\nvolumes:\n  - {name: d, persistentVolumeClaim: {claimName: data}}\n  - {name: c, configMap: {name: conf}}',
        driver:
          'serviceAccount: spark\nsecrets: [{name: keys, path: /k, secretType: Generic}]\nenv: [{name: A, valueFrom: {secretKeyRef: {name: db, key: a}}}]\nvolumeMounts: [{name: d, mountPath: /d}, {name: c, mountPath: /c}]',
      }),
    );
    expect(names).toEqual({
      serviceAccounts: ['spark'],
      secrets: ['db', 'keys'],
      configMaps: ['conf'],
      claims: ['data'],
      pullSecrets: ['pull'],
    });
  });
});

describe('secrets in the ledger', () => {
  test('are masked by their key, wherever they stand', () => {
    const { losses } = translated(
      application({
        spec: 'hadoopConf: {fs.s3a.secret.key: hush1, fs.s3a.endpoint: shown1}',
        driver:
          'envVars: {DB_PASSWORD: hush2, DAY: shown2}\nsidecars: [{name: a, env: [{name: API_TOKEN, value: hush3}]}]',
      }),
    );
    const ledger = JSON.stringify(losses);
    expect(ledger).not.toMatch(/hush/);
    expect(ledger).toMatch(/shown1.*shown2|shown2.*shown1/);
    expect(ledger.match(/\*\*\*/g)).toHaveLength(3);
  });

  test('names of secrets are shown', () => {
    const { losses } = translated(application({ driver: 'envSecretKeyRefs: {A: {name: db, key: password}}' }));
    expect(JSON.stringify(losses)).toContain('"name":"db","key":"password"');
  });
});

describe('the wrapper of newer providers', () => {
  const wrapped = (kubernetes: string): string => `spark:\n${application().replace(/^(?=.)/gm, '  ')}${kubernetes}`;

  test('is taken off', () => {
    const translation = translated(wrapped(''));
    expect(translation.request).toEqual(translated(application()).request);
    expect(codes(translation)).toContain('wrapper-unwrapped');
  });

  test('an empty block is nothing', () => {
    expect(translated(wrapped('kubernetes: {}\n')).request).toEqual(translated(application()).request);
  });
});
