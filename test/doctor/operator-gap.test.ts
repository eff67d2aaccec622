import { describe, expect, it } from 'vitest';
import { operatorGap, operatorGapLines, type ProfileSplit, painter, renderTable } from '../../src/index.ts';
import { planFolder, withProject } from '../migration/project.ts';

const document = (more: string): string => `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec:
  type: Python
  image: registry.example/job:1
  sparkVersion: "3.5"
  mainApplicationFile: local:///opt/job.py
  arguments: [${more}]
  driver: {cores: 1, coreLimit: "1", memory: 1g}
  executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}
`;
const dag = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

with DAG("d"):
    a = SparkKubernetesOperator(task_id="a", application_file="jinja.yaml", kubernetes_conn_id="c")
    b = SparkKubernetesOperator(task_id="b", application_file="plain.yaml", kubernetes_conn_id="c")
`;
const files = {
  'dags/d.py': dag,
  'dags/jinja.yaml': document('"{{ ds }}"'),
  'dags/plain.yaml': document('a'),
  'bpg-migrate.yaml':
    'version: 1\nsource: {provider: "10.5.0"}\nrouting: [{connection: c, queue: q}]\nqueues: {q: {provides: all}}\n',
};

describe('operatorGap', () => {
  it('counts what is held, and shows every built-in operator beside the one at hand', async () => {
    await withProject(files, async (folder) => {
      const { report, profiles } = await planFolder(folder);
      const gap = operatorGap(report.tasks, profiles);
      expect(gap).toMatchObject({ held: 1, legacy: 2 });
      expect(gap?.profiles.map(({ name, safe, review, manual }) => [name, safe, review, manual])).toEqual([
        ['at hand (BPGOperator)', 1, 0, 1],
        ['published', 1, 0, 1],
        ['aws-blog', 1, 0, 1],
        ['standalone', 2, 0, 0],
      ]);
    });
  });

  it('decides under another operator as a plan with that operator does', async () => {
    const changed = (profile: string) => ({
      ...files,
      'bpg-migrate.yaml': `${files['bpg-migrate.yaml']}target: {profile: ${profile}}\n`,
    });
    for (const profile of ['published', 'aws-blog', 'standalone']) {
      const split = await withProject(files, async (folder) =>
        (await planFolder(folder)).profiles().find(({ name }) => name === profile),
      );
      const { safe, review, manual } = await withProject(
        changed(profile),
        async (folder) => (await planFolder(folder)).report.summary,
      );
      expect(split, profile).toMatchObject({ safe, review, manual });
    }
  });

  it('asks nobody where nothing is held', async () => {
    const capable = { ...files, 'bpg-migrate.yaml': `${files['bpg-migrate.yaml']}target: {profile: standalone}\n` };
    await withProject(capable, async (folder) => {
      const { report } = await planFolder(folder);
      const never = (): never => {
        throw new Error('asked');
      };
      expect(operatorGap(report.tasks, never)).toBeNull();
    });
  });

  it('begins the summary of the table', async () => {
    await withProject(files, async (folder) => {
      const { report, profiles } = await planFolder(folder);
      const options = { color: false, width: 100 };
      const table = renderTable(report, { ...options, gap: operatorGap(report.tasks, profiles) });
      const summary = table.slice(
        table.indexOf('1 of 2 legacy tasks are manual for what the target operator can not do'),
      );
      expect(summary).toContain('scaffold operator --style standalone   # 1 fewer manual\n\n2 tasks');
      expect(renderTable(report, options)).not.toContain('legacy tasks are manual');
    });
  });
});

describe('operatorGapLines', () => {
  const split = (name: string, profile: ProfileSplit['profile'], manual: number): ProfileSplit => ({
    name,
    profile,
    safe: 0,
    review: 3 - manual,
    manual,
  });
  const lastLine = (...profiles: readonly ProfileSplit[]): string | undefined =>
    operatorGapLines({ held: 1, legacy: 3, profiles }, painter(false)).at(-1);

  it('names the one command that changes it: the operator with the fewest manual tasks', () => {
    const now = split('at hand (X)', null, 3);
    expect(lastLine(now, split('aws-blog', 'aws-blog', 2), split('standalone', 'standalone', 1))).toBe(
      '  bpg-migrate scaffold operator --style standalone   # 2 fewer manual',
    );
    expect(lastLine(now, split('aws-blog', 'aws-blog', 2))).toContain('target.profile: aws-blog');
    expect(lastLine(now, split('standalone', 'standalone', 3))).toBe('  bpg-migrate doctor');
  });
});
