import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';
import { sparkDocument } from './sample.ts';

const files = { 'spark/one.yaml': sparkDocument, 'spark/two.yml': sparkDocument.replace('alone', 'two') };
const specOf = (text: string): Record<string, unknown> => parse(text);
const both = ['spark/one.yaml', 'spark/two.yml'];

describe('translate', () => {
  it('prints the request, the queue in it, and writes nothing', async () => {
    const cwd = folderWith(files);
    const { code, stdout } = await bpgMigrate(['translate', 'spark/one.yaml', '--queue', 'poc'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^queue: poc$/m);
    expect(stdout).toMatch(/^applicationName: alone$/m);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(Object.keys(stateOf(cwd))).toEqual(['spark', 'spark/one.yaml', 'spark/two.yml']);
  });

  it('reads stdin', async () => {
    const fromFile = await bpgMigrate(['translate', 'spark/one.yaml'], { cwd: folderWith(files) });
    const fromInput = await bpgMigrate(['translate', '-'], { input: sparkDocument });
    expect(fromInput.code).toBe(0);
    expect(fromInput.bytes).toEqual(fromFile.bytes);
    expect(fromInput.stdout).not.toContain('queue:');
  });

  it('separates several documents', async () => {
    const { stdout } = await bpgMigrate(['translate', ...both], { cwd: folderWith(files) });
    expect(stdout.split('---\n')).toHaveLength(2);
  });

  it('does as the provider of the project does, where what it does depends on its version', async () => {
    const document = JSON.stringify({
      spark: { ...specOf(sparkDocument), metadata: { name: 'alone', labels: { team: 'a' } } },
    });
    const told = async (provider: string): Promise<string> => {
      const cwd = folderWith({
        'one.json': document,
        'bpg-migrate.yaml': `version: 1\nsource: {provider: "${provider}"}\n`,
      });
      const { stdout, stderr } = await bpgMigrate(['translate', 'one.json', '--format', 'json'], { cwd });
      return stdout + stderr;
    };
    expect(await told('10.25.0')).toContain('"team": "a"');
    expect(await told('9.0.1')).not.toContain('"team": "a"');
  });

  it('ends in 2 where the configuration is wrong', async () => {
    const cwd = folderWith({ 'one.yaml': sparkDocument, 'bpg-migrate.yaml': 'version: 2\n' });
    expect((await bpgMigrate(['translate', 'one.yaml'], { cwd })).code).toBe(2);
  });

  it('prints JSON', async () => {
    const { stdout } = await bpgMigrate(['translate', '-', '--format', 'json', '--queue', 'q'], {
      input: sparkDocument,
    });
    expect(JSON.parse(stdout)).toMatchObject({ applicationName: 'alone', queue: 'q' });
  });

  it('says findings on stderr with their place', async () => {
    const input = sparkDocument.replace('    memory: 512m\n', '    memory: 512m\n    coreLimit: 1200m\n');
    const { code, stderr } = await bpgMigrate(['translate', '-'], { input });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^-:15:\d+: safe \S+ \S/m);
    expect((await bpgMigrate(['translate', '-', '--quiet'], { input })).stderr).toBe('');
  });

  it('prints the ledger instead, every loss with its file', async () => {
    const { code, stdout } = await bpgMigrate(['translate', ...both, '--losses'], { cwd: folderWith(files) });
    expect(code).toBe(0);
    const ledger = JSON.parse(stdout) as { file: string; path: string; class: string; why: string }[];
    expect(new Set(ledger.map(({ file }) => file))).toEqual(new Set(both));
    for (const loss of ledger) expect(loss).toMatchObject({ path: expect.any(String), class: expect.any(String) });
  });

  it('tells a broken document, ends in 2 and does the others', async () => {
    const cwd = folderWith({
      ...files,
      'a.yaml': 'kind: Pod\n',
      'b.yaml': 'x: [\n',
      'c.yaml': Buffer.from([0xff, 0xfe]),
    });
    const { code, stdout, stderr } = await bpgMigrate(['translate', 'a.yaml', 'b.yaml', 'c.yaml', ...both, '--quiet'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stdout.match(/^applicationName:/gm)).toHaveLength(2);
    for (const name of ['a.yaml', 'b.yaml', 'c.yaml']) expect(stderr).toMatch(new RegExp(`^${name}:\\d+:\\d+: `, 'm'));
  });
});

describe('translate --output', () => {
  it('writes each under its name, below the folder only, and again only what differs', async () => {
    const cwd = folderWith(files);
    const first = await bpgMigrate(['translate', ...both, '--output', 'out/put'], { cwd });
    expect(first.stdout).toBe('new     out/put/one.bpg.yaml\nnew     out/put/two.bpg.yaml\n');
    expect(contentOf(cwd, 'out/put/one.bpg.yaml')).toMatch(/^applicationName: alone$/m);
    const second = await bpgMigrate(['translate', ...both, '--output', 'out/put'], { cwd });
    expect(second.stdout).toBe('');
    const third = await bpgMigrate(['translate', both[0] ?? '', '--queue', 'q', '--output', 'out/put'], { cwd });
    expect(third.stdout).toBe('changed out/put/one.bpg.yaml\n');
    const json = await bpgMigrate(['translate', both[0] ?? '', '--format', 'json', '--output', 'out/put'], { cwd });
    expect(json.stdout).toBe('new     out/put/one.bpg.json\n');
    expect(Object.keys(stateOf(cwd)).filter((path) => !path.startsWith('out'))).toEqual(['spark', ...both]);
  });

  it('with --check compares, writes nothing, and answers 1 while something is missing or differs', async () => {
    const cwd = folderWith(files);
    const missing = await bpgMigrate(['translate', ...both, '--output', 'out', '--check'], { cwd });
    expect({ code: missing.code, stdout: missing.stdout }).toEqual({
      code: 1,
      stdout: 'missing out/one.bpg.yaml\nmissing out/two.bpg.yaml\n',
    });
    expect(existsSync(join(cwd, 'out'))).toBe(false);
    await bpgMigrate(['translate', ...both, '--output', 'out'], { cwd });
    expect((await bpgMigrate(['translate', ...both, '--output', 'out', '--check'], { cwd })).code).toBe(0);
    const other = await bpgMigrate(['translate', ...both, '--queue', 'q', '--output', 'out', '--check'], { cwd });
    expect(other.stdout).toBe('differs out/one.bpg.yaml\ndiffers out/two.bpg.yaml\n');
  });

  it('writes through no link and over no folder', async () => {
    const cwd = folderWith({ ...files, 'far.yaml': 'far\n', 'out/two.bpg.yaml/x': '' });
    symlinkSync(join(cwd, 'far.yaml'), join(cwd, 'out/one.bpg.yaml'));
    const before = stateOf(cwd);
    for (const file of both) expect((await bpgMigrate(['translate', file, '--output', 'out'], { cwd })).code).toBe(2);
    expect((await bpgMigrate(['translate', ...both, '--output', 'far.yaml'], { cwd })).code).toBe(2);
    expect(stateOf(cwd)).toEqual(before);
  });
});
