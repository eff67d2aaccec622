import { describe, expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';
import { configuration, manualFiles, plainFile, reviewFiles, safeFiles, sample, sensorFiles } from './sample.ts';

describe('apply', () => {
  it('writes what is safe, says what it wrote and what it left and why', async () => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const { code, stdout, stderr } = await bpgMigrate(['apply'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('changed dags/safe.py\n');
    expect(stdout).toContain('new     dags/safe.bpg.yaml\n');
    expect(stdout).toMatch(/left {4}dags\/made\.py:\d+:\d+ manual_dag\.submit \(manual\)\n {10}\S+: \S/);
    expect(stdout).toMatch(/left {4}dags\/review\.py:\d+:\d+ review_dag\.submit \(review\)\n {10}\S+: \S/);
    expect(stderr).toContain('1 moved, 2 left');
    expect(stderr).toContain('apply --include review');
    const { 'dags/safe.py': _, 'dags/safe.bpg.yaml': created, ...others } = stateOf(cwd);
    const { 'dags/safe.py': __, ...othersBefore } = before;
    expect(created).toBeDefined();
    expect(others).toEqual(othersBefore);
    expect(contentOf(cwd, 'dags/safe.py')).toContain('BPGOperator(');
    expect(contentOf(cwd, 'dags/safe.bpg.yaml')).toContain('queue: poc');
  });

  it('finds nothing to do the second time', async () => {
    const cwd = folderWith(sample);
    await bpgMigrate(['apply', '--include', 'review'], { cwd });
    const after = stateOf(cwd);
    const { code, stdout } = await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/^(?:new|changed)/m);
    expect(stateOf(cwd)).toEqual(after);
  });

  it('writes what needs consent with --include review only', async () => {
    const cwd = folderWith({ ...reviewFiles, 'bpg-migrate.yaml': configuration });
    const before = stateOf(cwd);
    expect((await bpgMigrate(['apply'], { cwd })).code).toBe(0);
    expect(stateOf(cwd)).toEqual(before);
    expect((await bpgMigrate(['apply', '--include', 'review'], { cwd })).code).toBe(0);
    expect(contentOf(cwd, 'dags/review.py')).toContain('BPGOperator(');
  });

  it('writes only what is selected', async () => {
    const cwd = folderWith({ ...sample, ...sensorFiles });
    const { stdout } = await bpgMigrate(['apply', '--include', 'review', '--dag', 'review_*'], { cwd });
    expect(stdout.match(/^(?:new|changed).*$/gm)).toEqual(['new     dags/review.bpg.yaml', 'changed dags/review.py']);
  });

  it('hints at runs in flight when a sensor goes, and only then', async () => {
    const old = configuration.replace('{ airflow: "2.10.3" }', '{ provider: "7.6.0" }');
    const cwd = folderWith({ ...sensorFiles, 'bpg-migrate.yaml': old });
    const { code, stderr } = await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(code).toBe(0);
    expect(contentOf(cwd, 'dags/waits.py')).not.toContain('SparkKubernetesSensor');
    expect(stderr).toContain('waiting_dag');
    expect(stderr).toContain('pause, let runs finish, deploy, unpause');
    const without = await bpgMigrate(['apply'], { cwd: folderWith(sample) });
    expect(without.stderr).not.toContain('unpause');
  });
});

describe('apply --check', () => {
  const withConfiguration = { 'bpg-migrate.yaml': configuration };

  it('answers 1 and names the legacy tasks that are left, whatever their verdict', async () => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const { code, stdout, stderr } = await bpgMigrate(['apply', '--check'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^dags\/made\.py:\d+:\d+: legacy manual_dag\.submit \(manual\)$/m);
    expect(stdout.trim().split('\n')).toHaveLength(3);
    expect(stderr).toContain('3 legacy, 0 migrated, 0 ignored');
    expect(stateOf(cwd)).toEqual(before);
  });

  it('answers 0 once all are migrated', async () => {
    const cwd = folderWith({ ...withConfiguration, ...safeFiles, ...plainFile });
    expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(1);
    await bpgMigrate(['apply'], { cwd });
    const { code, stdout } = await bpgMigrate(['apply', '--check'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('passes over what is ignored in the source', async () => {
    const text =
      manualFiles['dags/made.py']?.replace('Operator(\n', 'Operator(  # bpg-migrate: ignore[stays on EMR]\n') ?? '';
    const { code, stderr } = await bpgMigrate(['apply', '--check'], {
      cwd: folderWith({ ...withConfiguration, 'dags/made.py': text }),
    });
    expect(stderr).toContain('0 legacy, 0 migrated, 1 ignored');
    expect(code).toBe(0);
  });
});
