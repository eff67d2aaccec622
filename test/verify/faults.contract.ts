/** Faults of each kind, seeded into an applied migration of the example: real Airflow shows every one of them. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Difference } from '../../src/verify/difference.ts';
import { Repository, type Verified } from './repository.ts';

const imports = {
  spark: 'from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator',
  gateway: 'from bpg_operator import BPGOperator',
};

const manifest = (cores: number): string =>
  JSON.stringify({
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: 'each' },
    spec: {
      type: 'Python',
      mode: 'cluster',
      image: 'registry.example/spark:3.5.3',
      sparkVersion: '3.5.3',
      mainApplicationFile: 's3a://jobs/each.py',
      driver: { cores, memory: '1g' },
      executor: { instances: 1, cores: 1, memory: '1g' },
    },
  });

/** One task per document, by `expand` over literals. */
const mapped = (dagId: string, call: string, documents: readonly string[], argument: string, head: string): string =>
  `import json
from datetime import datetime

from airflow import DAG
${head}

DOCUMENTS = [${documents.map((text) => `r'''${text}'''`).join(', ')}]

with DAG("${dagId}", schedule="@daily", start_date=datetime(2024, 1, 1), default_args={"owner": "platform"}):
    ${call}.expand(${argument}=DOCUMENTS)
`;

const sparkEach = (dagId: string): string =>
  mapped(
    dagId,
    'SparkKubernetesOperator.partial(task_id="run", kubernetes_conn_id="emr_on_eks_connection_1", pool="spark")',
    [manifest(1), manifest(2)],
    'application_file',
    imports.spark,
  );

describe('faults in an applied migration', () => {
  let repository: Repository;
  let verified: Verified;

  beforeAll(() => {
    repository = new Repository({
      'dags/each.py': sparkEach('each'),
      'dags/each_clean.py': sparkEach('each_clean'),
      'dags/odd.py': readFileSync('test/verify/dags/odd.py', 'utf8'),
    });
    // The requests of the mapped tasks as `translate` makes them.
    const requests = [1, 2].map((cores) => {
      repository.write('one.json', manifest(cores));
      const ran = repository.run('translate', 'one.json', '--queue', 'poc', '--format', 'json');
      expect(ran.code).toBe(0);
      return ran.stdout.trim();
    });
    repository.apply('--include', 'review');
    const gatewayEach = (dagId: string, pool: string, texts: readonly string[]): string =>
      mapped(
        dagId,
        `BPGOperator.partial(task_id="run", application_timeout=21600, connection_id="bpg_connection", pool="${pool}")`,
        texts,
        'application_content',
        imports.gateway,
      );
    const [first = '', second = ''] = requests;
    repository.write('dags/each_clean.py', gatewayEach('each_clean', 'spark', [first, second]));
    repository.write('dags/each.py', gatewayEach('each', 'other', [first, second.replace('"cores": 2', '"cores": 4')]));
    repository.change('dags/sales/daily_revenue.py', ' >> aggregate >> announce', ' >> aggregate');
    repository.change('dags/scoring/churn_score.py', 'pool="spark"', 'pool="other"');
    repository.change('dags/scoring/churn_score.py', 'task_id="publish"', 'task_id="publish", trigger_rule="all_done"');
    repository.change('dags/clinical/deidentify.bpg.yaml', 'memory: 2g', 'memory: 3g');
    repository.change('dags/quickstart/spark_pi.py', "task_id='submit_spark_pi'", "task_id='submit_pi'");
    repository.change('dags/platform/log_cleanup.py', 'from datetime', 'import nowhere\nfrom datetime');
    repository.change('dags/platform/spark_nodes.py', 'print("counted")', 'print("miscounted")');
    verified = repository.verify('--before', 'HEAD', '--conf', '{"size": 4}');
  });
  afterAll(() => repository.remove());

  const of = (dagId: string | null): Partial<Difference>[] =>
    verified.faults
      .filter((one) => one.dagId === dagId)
      .map(({ kind, taskId, subject, before, after }) => ({ kind, taskId, subject, before, after }));

  it('makes the exit code 1, and every fault names its remedy', () => {
    expect(verified.code).toBe(1);
    expect(verified.faults.every(({ remedy }) => remedy !== null && remedy !== '')).toBe(true);
    expect(verified.result.summary.unexplained).toBe(verified.faults.length);
  });

  it('edge lost', () => {
    const edge = 'aggregate >> announce';
    expect(of('daily_revenue')).toEqual([
      { kind: 'edge-lost', taskId: 'announce', subject: edge, before: edge, after: null },
    ]);
  });

  it('argument changed, and trigger rule changed', () => {
    expect(of('churn_score')).toEqual([
      {
        kind: 'trigger-rule-changed',
        taskId: 'publish',
        subject: 'trigger_rule',
        before: 'all_success',
        after: 'all_done',
      },
      { kind: 'argument-changed', taskId: 'submit', subject: 'pool', before: 'spark', after: 'other' },
    ]);
  });

  it('document changed', () => {
    expect(of('deidentify')).toEqual([
      { kind: 'document-changed', taskId: 'remove_names', subject: 'executor.memory', before: '2g', after: '3g' },
    ]);
  });

  it('task renamed', () => {
    expect(of('spark_pi')[0]).toEqual({
      kind: 'task-renamed',
      taskId: 'submit_pi',
      subject: null,
      before: 'submit_spark_pi',
      after: 'submit_pi',
    });
  });

  it('new import error', () => {
    const [error] = verified.faults.filter(({ kind }) => kind === 'import-error');
    expect(error).toMatchObject({
      file: 'dags/platform/log_cleanup.py',
      before: null,
      after: "ModuleNotFoundError: No module named 'nowhere'",
    });
  });

  it('what a function of another task does changed', () => {
    expect(of('spark_nodes')).toMatchObject([
      { kind: 'argument-changed', taskId: 'count_nodes', subject: 'python_callable' },
    ]);
  });

  it('mapped task changed, in what `partial` says and in the document of one instance', () => {
    expect(of('each')).toEqual([
      { kind: 'mapped-changed', taskId: 'run', subject: 'pool', before: 'spark', after: 'other' },
      { kind: 'document-changed', taskId: 'run', subject: 'instance 1: driver.cores', before: '2', after: '4' },
    ]);
  });

  it('and nothing where there is no fault', () => {
    expect(of('each_clean')).toEqual([]);
    expect(of('clinical_load')).toEqual([]);
    expect(of('tenant_reports')).toEqual([]);
    expect(of('odd')).toEqual([]);
    const clean = verified.result.differences.filter(({ dagId }) => dagId === 'each_clean').map(({ kind }) => kind);
    expect(clean.filter((kind) => kind === 'request-translated')).toHaveLength(2);
  });

  it('says of odd tasks what could not be rendered, and why', () => {
    const reasons = verified.result.notCompared.filter(({ dagId }) => dagId === 'odd');
    expect(Object.fromEntries(reasons.map(({ taskId, reason }) => [taskId, reason]))).toEqual({
      each_made: expect.stringContaining('it is expanded from what another task returns'),
      missing: expect.stringContaining('TemplateNotFound'),
      undefined: expect.stringContaining('UndefinedError'),
    });
  });
});
