/** The package as somebody gets it: packed, looked at, installed without a network in an empty folder, and used. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Answer, execute } from './command.ts';

/** What the tarball may weigh, in kB of 1,000 bytes; what it weighed when this was set stands beside it. */
const limit = 1000; // 775

let folder = '';
let tarball = '';
let empty = '';
const npm = (args: readonly string[], cwd: string): Promise<Answer> =>
  execute('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: { npm_config_offline: 'true', npm_config_update_notifier: 'false' },
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-package-'));
  const built = dirname(inject('built'));
  for (const name of [
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'docs',
    'scaffold',
    'schema',
    'action.yml',
    '.pre-commit-hooks.yaml',
  ])
    if (existsSync(name)) cpSync(name, join(folder, name), { recursive: true });
  cpSync(join(built, 'dist'), join(folder, 'dist'), { recursive: true });
  const packed = await npm(['pack', '--ignore-scripts'], folder);
  tarball = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
  // Not below the package: npm would take its package.json for the one to install.
  empty = mkdtempSync(join(tmpdir(), 'bpg-migrate-empty-'));
  const installed = await npm(['install', tarball], empty);
  expect(installed).toMatchObject({ code: 0, stderr: '' });
}, 120_000);
afterAll(() => {
  for (const one of [folder, empty]) rmSync(one, { recursive: true, force: true });
});

const installed = (): string => join(empty, 'node_modules/bpg-migrate');

describe('the tarball', () => {
  it('has no native file, no dependency to fetch and no script to run', () => {
    const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' });
    expect(files.filter((path) => /\.(?:node|so|dll|dylib|exe)$/.test(path))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(['dist/bpg-migrate.js', 'dist/library.js', 'dist/library.d.ts', 'README.md', 'LICENSE']),
    );
    expect(files.filter((path) => /__pycache__|demo\.js|\.test\./.test(path))).toEqual([]);
    expect(readdirSync(dirname(installed())).filter((name) => !name.startsWith('.'))).toEqual(['bpg-migrate']);
    const { dependencies, optionalDependencies, scripts } = JSON.parse(
      readFileSync(join(installed(), 'package.json'), 'utf8'),
    );
    expect({ dependencies, optionalDependencies }).toEqual({});
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(name);
  });

  it(`weighs at most ${limit} kB`, () => {
    expect(statSync(tarball).size / 1000).toBeLessThan(limit);
  });

  it('has no fault that publint knows', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed(), pack: false, strict: true });
    expect(pkg?.['name']).toBe('bpg-migrate');
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  it('has types that every resolution finds and that are those of the code', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
    if (!result.types) throw new Error('the package has no types');
    // CommonJS gets the module through require(esm), which every supported Node has.
    const problems = result.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM');
    expect(problems).toEqual([]);
  });
});

describe('in an empty folder, without a network', () => {
  it('runs by npx from the tarball and as installed', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const once = mkdtempSync(join(empty, 'once-'));
    for (const [args, cwd] of [
      [['--offline', '--yes', `--package=${tarball}`, 'bpg-migrate', '--version'], once],
      [['--offline', 'bpg-migrate', '--version'], empty],
    ] as const) {
      const answer = await execute('npx', args, {
        cwd,
        env: { npm_config_cache: join(folder, 'cache'), npm_config_update_notifier: 'false' },
      });
      expect(answer).toMatchObject({ code: 0, stdout: `${version}\n` });
    }
    expect(readdirSync(once)).toEqual([]);
  }, 60_000);

  /** The examples of the docstrings, by the function that they stand above. */
  const source = readFileSync('library/index.ts', 'utf8');
  const examples = [...source.matchAll(/ \* @example\n([\s\S]*?) \*\/\nexport (?:async )?function (\w+)/g)].map(
    ([, text = '', name = '']) => [name, text.replace(/^ \* ?/gm, '')] as const,
  );

  it('has an example for each function of the library', () => {
    const functions = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
    expect(examples.map(([name]) => name)).toEqual(functions);
    expect(functions).toEqual(['plan', 'apply', 'translate', 'report']);
  });

  it.each([
    ['plan', '2\n', null],
    ['apply', '', 'dags/sales/daily_revenue.bpg.yaml'],
    ['translate', /^applicationName: [\s\S]*queue: poc/m, null],
    ['report', '', 'report.html'],
  ] as const)(
    'runs the example of %s',
    async (name, said, made) => {
      const cwd = mkdtempSync(join(empty, 'example-'));
      cpSync('fixtures/example', name === 'plan' ? join(cwd, 'airflow') : cwd, { recursive: true });
      mkdirSync(join(cwd, 'node_modules'));
      cpSync(installed(), join(cwd, 'node_modules/bpg-migrate'), { recursive: true });
      const head = `import { apply, plan, report, translate } from 'bpg-migrate';\nimport { readFileSync } from 'node:fs';\nimport { writeFile } from 'node:fs/promises';\nvoid [apply, plan, report, translate, writeFile];\n`;
      const text = `const text = readFileSync(${JSON.stringify(join(process.cwd(), 'fixtures/example/dags/sales/daily_revenue.yaml'))}, 'utf8');\n`;
      const example = examples.find(([one]) => one === name)?.[1] ?? '';
      writeFileSync(join(cwd, 'example.mjs'), `${head}${text}${example}`);
      const answer = await execute(process.execPath, ['example.mjs'], { cwd });
      expect(answer).toMatchObject({ code: 0, stderr: '' });
      if (typeof said === 'string') expect(answer.stdout).toBe(said);
      else expect(answer.stdout).toMatch(said);
      if (made !== null) expect(existsSync(join(cwd, made))).toBe(true);
    },
    30_000,
  );
});
