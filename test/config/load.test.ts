import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadOptions, parseConfiguration } from '../../src/config/load.ts';
import { catalogue } from '../../src/findings/catalogue.ts';
import { everyKey } from './every-key.ts';

function configurationOf(text: string) {
  const read = parseConfiguration(text, 'bpg-migrate.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.configuration;
}
function problemsOf(text: string): string[] {
  const read = parseConfiguration(text, 'bpg-migrate.yaml');
  return read.ok ? [] : read.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('bpg-migrate.yaml', () => {
  it('reads every key', () => {
    expect(configurationOf(everyKey)).toEqual({
      paths: ['dags', 'more'],
      exclude: ['dags/archive/**'],
      maxFileSize: 2_000_000,
      source: {
        airflow: '2.10.3',
        provider: '9.0.1',
        sourceRoots: ['dags', 'plugins'],
        templateSearchPath: ['templates'],
        ignoreSyntax: 'regexp',
      },
      target: {
        operator: 'my.bpg.Operator',
        operatorSource: 'plugins/bpg_operator.py',
        profile: 'standalone',
        connectionId: 'other_connection',
        payload: 'content',
        applicationTimeout: 5400,
        accountingLabels: true,
        gatewayConfig: 'platform/bpg-config.yaml',
      },
      routing: [
        {
          connection: 'emr_on_eks_connection_1',
          namespace: 'phi-*',
          'not-dag': 'x_*',
          queue: 'phi-batch',
          spotInstance: false,
          labels: { 'cost-center': 'insights' },
        },
        { queue: null },
      ],
      isolation: [{ match: { namespace: 'phi-*' }, queues: ['phi-*'] }],
      queues: {
        'phi-batch': {
          maxRunning: 43_200,
          provides: { serviceAccounts: ['spark-phi'], secrets: ['phi-*'], configMaps: [], claims: [], pullSecrets: [] },
        },
        poc: { maxRunning: null, provides: 'all' },
      },
      classes: [{ name: 'utils.safe.SafeSparkKubernetesOperator', as: 'operator', replace: 'definition' }],
      sharedDefinitions: 'in-place',
      sensors: 'keep',
      strict: ['waits', 'core-limit'],
      severity: {},
      accept: [
        { field: 'driver.tolerations', queue: 'phi-batch', reason: 'tainted by the platform', until: '2027-03-31' },
      ],
      owners: { 'dags/a/**': 'team-a' },
      waves: { 'clinical_*': 2 },
    });
  });

  it('fills in every default', () => {
    expect(configurationOf('version: 1\n')).toEqual({
      paths: [],
      exclude: [],
      maxFileSize: 1_000_000,
      source: { airflow: null, provider: null, sourceRoots: [], templateSearchPath: [], ignoreSyntax: null },
      target: {
        operator: 'bpg_operator.BPGOperator',
        operatorSource: null,
        profile: null,
        connectionId: 'bpg_connection',
        payload: 'auto',
        applicationTimeout: 43_200,
        accountingLabels: false,
        gatewayConfig: null,
      },
      routing: [],
      isolation: [],
      queues: {},
      classes: [],
      sharedDefinitions: 'twin',
      sensors: 'remove',
      strict: [],
      severity: {},
      accept: [],
      owners: {},
      waves: {},
    });
  });

  it.each([
    ['', ['1:1 the file is empty; it needs at least `version: 1`']],
    ['# nothing\n', ['1:1 the file is empty; it needs at least `version: 1`']],
    ['paths: [dags]\n', ['1:1 the key `version` is missing; write `version: 1`']],
    ['version: 2\n', ['1:10 `version` is `2`; it must be the number 1']],
    ['version: 1\nroutes: []\n', ['2:1 unknown key `routes`; did you mean `routing`?']],
    ['version: 1\nque: {}\n', ['2:1 unknown key `que`; did you mean `queues`?']],
    [
      'version: 1\nrouting:\n  - {connection: a, que: b}\n',
      ['3:21 unknown key `routing[0].que`; did you mean `queue`?'],
    ],
    ['version: 1\nroutng: []\n', ['2:1 unknown key `routng`; did you mean `routing`?']],
    ['version: 1\ntarget:\n  conectionId: a\n', ['3:3 unknown key `target.conectionId`; did you mean `connectionId`?']],
    [
      'version: 1\nsensors: removed\n',
      ['2:10 `sensors` is `removed`; allowed are remove, placeholder, keep; did you mean `remove`?'],
    ],
    ['version: 1\nversion: 1\n', ['2:1 this key stands twice in the same mapping']],
    ['version: 1\nqueues:\n  a: {}\n  a: {}\n', ['4:3 this key stands twice in the same mapping']],
    ['version: 1\nrouting:\n  - connection: a\n', ['3:5 the key `routing[0].queue` is missing']],
    [
      'version: 1\nrouting:\n  - conection: a\n    queue: b\n',
      ['3:5 unknown key `routing[0].conection`; did you mean `connection`?'],
    ],
    [
      'version: 1\nsource: { airflow: 2.10 }\n',
      ['2:20 `source.airflow` is `2.10`; it must be text in quotes, for example "2.10.3"'],
    ],
    ['version: 1\npaths: [../x]\n', ['2:9 `paths[0]` is `../x`; it must be a path inside the root, relative to it']],
    ['version: 1\npaths: [/x]\n', ['2:9 `paths[0]` is `/x`; it must be a path inside the root, relative to it']],
    [
      'version: 1\nmaxFileSize: big\n',
      ['2:14 `maxFileSize` is `big`; it must be a size such as 1MB, 500kB, or a number of bytes'],
    ],
    [
      'version: 1\ntarget: { applicationTimeout: 0 }\n',
      [
        '2:31 `target.applicationTimeout` is `0`; it must be a duration of at least one second: 12h, 90m, 1h30m, or a number of seconds',
      ],
    ],
    [
      'version: 1\naccept: [{ field: a, reason: b, until: 2027-02-30 }]\n',
      ['2:40 `accept[0].until` is `2027-02-30`; it must be a date of the calendar'],
    ],
    [
      'version: 1\nstrict: [wait]\n',
      [
        '2:10 `strict[0]` is `wait`; allowed are gateway-decides, provided-names, log-and-xcom, waits, pod-keywords, core-limit, time-limit; did you mean `waits`?',
      ],
    ],
    ['version: 1\nqueues: []\n', ['2:9 `queues` is a list; it must be a mapping']],
    ['- 1\n', ['1:1 the file must be a mapping such as `version: 1`']],
    ['version: 1\n---\nversion: 1\n', ['2:1 a second document starts here; write one only']],
    ['version: 1\nowners: { __proto__: a }\n', ['2:11 `__proto__` can not be used as a name here']],
    ['version: 1\npaths: &a [x]\nexclude: *a\n', ['3:10 the alias `*a` is not followed here; write the value out']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it('tells all problems at once, in the order of the file', () => {
    const found = problemsOf('version: 1\nsensor: keep\ntarget: { payload: x }\nwaves: { a: -1 }\n');
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(['2:1', '3:20', '4:13']);
  });

  it('tells YAML that can not be read, with its place', () => {
    const [problem] = problemsOf('version: 1\npaths: [a\n');
    expect(problem).toMatch(/^\d+:\d+ not valid YAML: /);
  });

  it('knows the finding codes', () => {
    const [code] = Object.keys(catalogue);
    expect(problemsOf(`version: 1\nseverity: { ${code}: error }\n`)).toEqual([]);
    expect(problemsOf(`version: 1\nseverity: { ${code}: { "dags/**": info } }\n`)).toEqual([]);
    expect(problemsOf(`version: 1\nseverity:\n  ${code}x: error\n`)).toEqual([
      `3:3 \`${code}x\` is no finding code; did you mean \`${code}\`?`,
    ]);
  });

  it.each([
    ['12h', 43_200],
    ['90m', 5400],
    ['1h30m', 5400],
    ['2d', 172_800],
    ['45s', 45],
    ['3600', 3600],
    ['"3600"', 3600],
  ])('a duration of %s', (written, seconds) => {
    expect(configurationOf(`version: 1\ntarget: { applicationTimeout: ${written} }\n`).target.applicationTimeout).toBe(
      seconds,
    );
  });

  it.each([
    ['1MB', 1_000_000],
    ['500kB', 500_000],
    ['2MiB', 2_097_152],
    ['1.5 MB', 1_500_000],
    ['1000', 1000],
  ])('a size of %s', (written, size) => {
    expect(configurationOf(`version: 1\nmaxFileSize: ${written}\n`).maxFileSize).toBe(size);
  });
});

describe('where the configuration is found', () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-config-')));
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });
  const folder = (...parts: string[]): string => {
    const path = join(base, ...parts);
    mkdirSync(path, { recursive: true });
    return path;
  };

  it('above the working directory; its folder is the root', () => {
    const root = folder('a');
    writeFileSync(join(root, 'bpg-migrate.yaml'), 'version: 1\n');
    const loaded = loadOptions({ cwd: folder('a', 'b', 'c') });
    expect(loaded).toMatchObject({ ok: true, options: { root, configFile: 'bpg-migrate.yaml' } });
  });

  it('by name', () => {
    const root = folder('b');
    writeFileSync(join(root, 'other.yaml'), 'version: 1\nsensors: keep\n');
    expect(loadOptions({ cwd: base, config: 'b/other.yaml' })).toMatchObject({
      ok: true,
      options: { root, configFile: 'other.yaml', sensors: 'keep' },
    });
  });

  it('nowhere: the git root, else the working directory', () => {
    const root = folder('c');
    folder('c', '.git');
    expect(loadOptions({ cwd: folder('c', 'd') })).toMatchObject({ ok: true, options: { root, configFile: null } });
  });

  it('says what can not be read', () => {
    const root = folder('e');
    writeFileSync(join(root, 'latin.yaml'), Buffer.from([0x61, 0xe9]));
    expect(loadOptions({ cwd: root, config: 'missing.yaml' })).toMatchObject({
      ok: false,
      problems: [{ file: 'missing.yaml', line: 1, column: 1, message: 'the configuration can not be read (ENOENT)' }],
    });
    expect(loadOptions({ cwd: root, config: 'latin.yaml' })).toMatchObject({
      ok: false,
      problems: [{ message: 'the configuration is not UTF-8' }],
    });
  });
});
