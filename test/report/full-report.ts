/** A small report that has one of everything, and the files of its one change. */
import type { PlannedFile, Report } from '../../src/model.ts';
import { finding, loss, report, sensor, task } from './sample.ts';

const dagBefore = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor

with DAG("score", schedule=None) as dag:
    submit = SparkKubernetesOperator(
        task_id="submit",
        namespace="analytics",
        application_file="score.yaml",
        do_xcom_push=True,
        pool="spark",
    )
    monitor = SparkKubernetesSensor(
        task_id="monitor",
        namespace="analytics",
        application_name="{{ task_instance.xcom_pull(task_ids='submit')['metadata']['name'] }}",
        timeout=7200,
        poke_interval=30,
    )
    prepare >> submit >> monitor >> [publish, notify]
`;
const dagAfter = `from airflow import DAG
from bpg_operator import BPGOperator

with DAG("score", schedule=None) as dag:
    submit = BPGOperator(
        task_id="submit",
        application_content="score.bpg.yaml",
        application_timeout=7200,
        log_poll_interval=30,
        connection_id="bpg_connection",
        pool="spark",
    )
    prepare >> submit >> [publish, notify]
`;
const documentBefore = `apiVersion: "sparkoperator.k8s.io/v1beta2"
kind: SparkApplication
metadata:
  name: score
spec:
  type: Scala
  mode: cluster
  image: "registry.example/spark:3.5.1"
  sparkVersion: "3.5.1"
  mainClass: org.example.Score
  mainApplicationFile: "s3a://jobs/score.jar"
  arguments: ["{{ ds }}"]
  # the platform's sizing for small jobs
  driver:
    cores: 1
    coreLimit: "1200m"
    memory: "512m"
    nodeSelector: {team: phi}
    tolerations:
      - {key: phi, operator: Exists}
  executor:
    instances: 2
    memory: "1024"
`;
const documentAfter = `# translated from score.yaml (sha256 0f3c) by bpg-migrate
applicationName: score
queue: poc
type: Scala
image: "registry.example/spark:3.5.1"
sparkVersion: "3.5"
mainClass: org.example.Score
mainApplicationFile: "s3a://jobs/score.jar"
arguments: ["{{ ds }}"]
sparkConf:
  spark.kubernetes.driver.node.selector.team: phi
# the platform's sizing for small jobs
driver:
  cores: 1
  coreLimit: "2"
  memory: "512m"
executor:
  instances: 2
  cores: 1
  memory: "1024m"
`;

export const plannedFiles: readonly PlannedFile[] = [
  { path: 'dags/score.py', before: dagBefore, after: dagAfter, encoding: 'utf-8' },
  { path: 'dags/score.bpg.yaml', before: null, after: documentAfter, encoding: 'utf-8' },
];

/** One of everything: each state, each outcome, a skipped file, a connection that can retire, a change with its diff. */
export const fullReport: Report = report({
  tasks: [
    task({
      file: 'dags/score.py',
      dagId: 'score',
      line: 6,
      column: 14,
      verdict: 'review',
      sensors: ['dags/score.py#score.monitor'],
      losses: [
        loss(),
        loss({
          path: 'driver.nodeSelector',
          value: { team: 'phi' },
          class: 'moved',
          why: 'Spark has a setting for it.',
          remedy: 'Nothing to do.',
        }),
      ],
      findings: [
        finding({ file: 'dags/score.py', line: 6, column: 14 }),
        finding({
          code: 'told-core-limit',
          severity: 'info',
          message: 'The core limit 1200m becomes 2.',
          file: 'dags/score.yaml',
          line: 16,
          column: 16,
        }),
      ],
      change: 'c3f1',
    }),
    task({ change: null }),
    task({
      taskId: null,
      line: 30,
      verdict: 'manual',
      connection: null,
      namespace: null,
      queue: null,
      payload: { kind: 'runtime', path: null, target: null },
      multiplicity: 'dynamic',
      findings: [
        finding({ code: 'payload-runtime', severity: 'error', message: 'The document is build(name).', line: 30 }),
      ],
    }),
    task({ taskId: 'done', line: 40, status: 'migrated', verdict: null, payload: null, connection: null }),
    task({ taskId: 'left', line: 50, status: 'ignored', verdict: 'safe' }),
  ],
  sensors: [
    sensor({
      id: 'dags/score.py#score.monitor',
      file: 'dags/score.py',
      dagId: 'score',
      line: 13,
      task: 'dags/score.py#score.submit',
    }),
    sensor({ outcome: 'manual', task: null, findings: [finding({ code: 'sensor-unpaired', line: 20 })] }),
  ],
  connections: [
    {
      name: 'emr_phi',
      kind: 'kubernetes_conn_id',
      legacy: 3,
      migrated: 0,
      otherUsers: 1,
      queues: ['poc'],
      retirable: false,
    },
    {
      name: 'emr_old',
      kind: 'kubernetes_conn_id',
      legacy: 0,
      migrated: 2,
      otherUsers: 0,
      queues: ['poc'],
      retirable: true,
    },
  ],
  files: [
    { file: 'dags/score.py', tasks: 1, skipped: null },
    { file: 'dags/pi.py', tasks: 4, skipped: null },
    { file: 'dags/plain.py', tasks: 0, skipped: null },
    { file: 'dags/huge.py', tasks: 0, skipped: 'larger than 1 MB' },
  ],
  findings: [
    finding({
      code: 'target-assumed',
      message: 'The target operator was not found.',
      file: 'bpg-migrate.yaml',
      line: 1,
      column: 1,
    }),
  ],
  changes: [
    {
      id: 'c3f1',
      task: 'dags/score.py#score.submit',
      verdict: 'review',
      proof: {
        equal: 87,
        differing: [{ path: 'driverPod spec.tolerations[0].key', before: '<phi>', after: null }],
        gatewayDecided: [{ path: 'conf spark.app.name', before: 'a', after: 'b' }],
        unknown: [],
      },
      files: [
        {
          kind: 'python',
          path: 'dags/score.py',
          target: 'dags/score.py',
          language: 'python',
          before: dagBefore,
          after: dagAfter,
        },
        {
          kind: 'document',
          path: 'dags/score.yaml',
          target: 'dags/score.bpg.yaml',
          language: 'yaml',
          before: documentBefore,
          after: documentAfter,
        },
      ],
    },
  ],
});
