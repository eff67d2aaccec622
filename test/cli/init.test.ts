import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, git } from './command.ts';
import { sample } from './sample.ts';

const { 'bpg-migrate.yaml': _, ...unconfigured } = sample;

it('writes a configuration that names every connection and that scan reads', async () => {
  const cwd = folderWith(unconfigured);
  const { code, stdout, stderr } = await bpgMigrate(['init'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe('bpg-migrate.yaml\n');
  expect(stderr).toContain('found 3 Spark tasks');
  expect(stderr).toContain('bpg-migrate apply');
  const text = contentOf(cwd, 'bpg-migrate.yaml');
  expect(text).toContain('known');
  expect(text).toContain('stranger');
  const scan = await bpgMigrate(['scan'], { cwd });
  expect(scan.code).toBe(0);
});

it('writes it at the git root, from a folder below', async () => {
  const cwd = folderWith(unconfigured);
  await git(cwd, ['init', '--quiet']);
  expect((await bpgMigrate(['init'], { cwd: join(cwd, 'dags') })).code).toBe(0);
  expect(existsSync(join(cwd, 'bpg-migrate.yaml'))).toBe(true);
  expect(existsSync(join(cwd, 'dags/bpg-migrate.yaml'))).toBe(false);
});

it.each(['version: 1\n', 'nonsense: [\n', ''])('never writes over an existing one: %j', async (text) => {
  const cwd = folderWith({ ...unconfigured, 'bpg-migrate.yaml': text });
  const { code, stdout } = await bpgMigrate(['init'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(contentOf(cwd, 'bpg-migrate.yaml')).toBe(text);
});

it('needs no Spark task', async () => {
  const cwd = folderWith({ 'dags/plain.py': 'from airflow import DAG\n' });
  const { code, stderr } = await bpgMigrate(['init'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain('found 0 Spark tasks');
});
