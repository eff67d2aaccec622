/** A small repository: one task of each verdict, a sensor, and a file that is none of our business. */
const operatorImport =
  'from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator';
const sensorImport = 'from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor';

const document = (name: string): string => `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: ${name}
spec:
  type: Scala
  mode: cluster
  image: registry.example/spark:3.5.1
  sparkVersion: 3.5.1
  mainClass: org.example.Main
  mainApplicationFile: local:///opt/main.jar
  driver:
    cores: 1
    memory: 512m
    labels: {version: 3.5.1}
  executor:
    instances: 2
    cores: 1
    memory: 1g
    labels: {version: 3.5.1}
`;

const dag = (id: string, body: string, imports = operatorImport): string => `from airflow import DAG
${imports}

with DAG("${id}"):
${body}`;

const task = (file: string, connection: string): string => `    submit = SparkKubernetesOperator(
        task_id="submit",
        application_file=${file},
        kubernetes_conn_id="${connection}",
    )
`;

export const configuration = `version: 1
source: { airflow: "2.10.3" }
target: { operator: bpg_operator.BPGOperator, profile: published }
routing:
  - { connection: known, queue: poc }
queues:
  poc: { provides: all }
`;

/** `safe`: plain file, known connection. */
export const safeFiles: Readonly<Record<string, string>> = {
  'dags/safe.py': dag('safe_dag', task('"safe.yaml"', 'known')),
  'dags/safe.yaml': document('safe'),
};

/** `review`: no route for the connection. */
export const reviewFiles: Readonly<Record<string, string>> = {
  'dags/review.py': dag('review_dag', task('"review.yaml"', 'stranger')),
  'dags/review.yaml': document('review'),
};

/** `manual`: the document is made at run time. */
export const manualFiles: Readonly<Record<string, string>> = {
  'dags/made.py': dag('manual_dag', task('build("x")', 'known')),
};

/** `safe` with a sensor, which only an old provider needs. */
export const sensorFiles: Readonly<Record<string, string>> = {
  'dags/waits.py': dag(
    'waiting_dag',
    `${task('"waits.yaml"', 'known').replace('        kubernetes', '        do_xcom_push=True,\n        kubernetes')}    monitor = SparkKubernetesSensor(
        task_id="monitor",
        application_name="{{ task_instance.xcom_pull(task_ids='submit')['metadata']['name'] }}",
        kubernetes_conn_id="known",
        timeout=7200,
    )
    submit >> monitor
`,
    `${operatorImport}\n${sensorImport}`,
  ),
  'dags/waits.yaml': document('waits'),
};

export const plainFile: Readonly<Record<string, string>> = { 'dags/plain.py': 'from airflow import DAG\n' };

export const sample: Readonly<Record<string, string>> = {
  'bpg-migrate.yaml': configuration,
  ...safeFiles,
  ...reviewFiles,
  ...manualFiles,
  ...plainFile,
};

/** Translates without a finding that needs a person. */
export const sparkDocument: string = document('alone');
