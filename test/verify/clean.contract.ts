/** A clean migration of the example verifies clean in real Airflow, planned and applied, for each kind of target. */
import { afterAll, describe, expect, it } from 'vitest';
import { Repository } from './repository.ts';

const repositories: Repository[] = [];
function repository(files: Readonly<Record<string, string>> = {}): Repository {
  const made = new Repository(files);
  repositories.push(made);
  return made;
}
afterAll(() => {
  for (const made of repositories) made.remove();
});

describe('the example', () => {
  it('verifies clean as planned, and nothing is written', () => {
    const example = repository();
    const { code, result, faults, stderr } = example.verify();
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    expect(result).toMatchObject({ schemaVersion: 1, mode: 'planned', before: 'the work tree' });
    expect(result.summary).toMatchObject({ dags: 8, migrated: 2, requests: 2, legacy: 6, notCompared: 0 });
    expect(stderr).toMatch(/executes the DAG files/);
    expect(example.git('status', '--porcelain')).toBe('');
  });

  it('verifies clean as applied, sensor and all', () => {
    const example = repository();
    example.apply('--include', 'review');
    const { code, result, faults } = example.verify();
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    expect(result).toMatchObject({ mode: 'applied', before: 'HEAD', after: 'the work tree' });
    expect(result.summary).toMatchObject({ migrated: 4, requests: 4, legacy: 4, tasks: 17, notCompared: 0 });
    expect(result.differences.map(({ kind }) => kind)).toContain('sensor-removed');
  });

  it('verifies clean with a placeholder for the sensor, also after a commit', () => {
    const example = repository();
    example.change('bpg-migrate.yaml', 'version: 1', 'version: 1\nsensors: placeholder');
    example.apply('--include', 'review', '--dag', 'churn_score');
    example.record();
    const { faults, result } = example.verify('--before', 'HEAD~1');
    expect(faults).toEqual([]);
    expect(result.differences.map(({ kind }) => kind)).toContain('sensor-emptied');
  });

  it('verifies clean where the target renders: the same day and size in both documents', () => {
    const example = repository();
    const operator = 'templated_bpg_operator.TemplatedBPGOperator';
    example.change('bpg-migrate.yaml', 'operator: bpg_operator.BPGOperator', `operator: ${operator}`);
    example.change(
      'bpg-migrate.yaml',
      /\n {2}profile: published/,
      '\n  operatorSource: plugins/templated_bpg_operator.py',
    );
    const flags = ['--planned', '--include', 'review', '--logical-date', '2025-02-03', '--conf', '{"size": 9}'];
    const { faults, result } = example.verify(...flags);
    expect(faults).toEqual([]);
    const load = result.differences.filter(({ taskId }) => taskId === 'load').map(({ kind }) => kind);
    expect(load).toContain('request-translated');
  });
});
