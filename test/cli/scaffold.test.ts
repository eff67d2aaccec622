import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';

const source = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../scaffold/operator', name), 'utf8');

it('writes the operator and the helper, which doctor then finds able', async () => {
  const cwd = folderWith({ 'plugins/.keep': '', 'dags/a.py': 'print()\n' });
  const { code, stdout, stderr } = await bpgMigrate(['scaffold', 'operator', '--runtime-helper'], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'new     plugins/bpg_operator.py\nnew     plugins/to_bpg.py\n' });
  expect(contentOf(cwd, 'plugins/bpg_operator.py')).toBe(source('standalone.py'));
  expect(contentOf(cwd, 'plugins/to_bpg.py')).toBe(source('to_bpg.py'));
  expect(stderr).toContain('operatorSource: plugins/bpg_operator.py');
  const told = folderWith({
    'bpg-migrate.yaml': 'version: 1\ntarget: {operatorSource: plugins/bpg_operator.py}\n',
    'dags/a.py': 'print()\n',
    'plugins/bpg_operator.py': source('standalone.py'),
  });
  const doctor = await bpgMigrate(['doctor', '--format', 'json'], { cwd: told });
  const { operator } = JSON.parse(doctor.stdout) as { operator: { origin: string; capabilities: { has: boolean }[] } };
  expect(operator.origin).toBe('inspected');
  expect(operator.capabilities.length).toBeGreaterThan(5);
  expect(operator.capabilities.every(({ has }) => has)).toBe(true);
});

it('never writes over a file, and makes nothing that it does not know', async () => {
  const cwd = folderWith({ 'dags/templated_bpg_operator.py': 'mine\n' });
  const before = stateOf(cwd);
  expect((await bpgMigrate(['scaffold', 'operator', '--style', 'subclass'], { cwd })).code).toBe(2);
  expect((await bpgMigrate(['scaffold', 'castle'], { cwd })).code).toBe(2);
  expect(stateOf(cwd)).toEqual(before);
});
