import { expect, test } from 'vitest';
import { read } from './read.ts';

const mentionsIn = (text: string): (readonly [string, string | null, string])[] =>
  read(text).mentions.map(({ kind, dag, name }) => [kind, dag, name] as const);

test('external sensors, markers and triggers name other DAGs', () => {
  const text = `from airflow import DAG
from airflow.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
UP = "up"
with DAG("mid") as dag:
    wait = ExternalTaskSensor(task_id="w", external_dag_id=UP, external_task_id="x")
    ExternalTaskMarker(task_id="m", external_dag_id="later", external_task_id="y")
TriggerDagRunOperator(task_id="t", trigger_dag_id="down", dag=dag)
`;
  expect(mentionsIn(text)).toEqual([
    ['waits-for', 'mid', 'up'],
    ['triggers', 'mid', 'later'],
    ['triggers', 'mid', 'down'],
  ]);
});

test('datasets are produced by outlets and consumed by schedules, also by conditions and names', () => {
  const text = `from airflow import DAG
from airflow.datasets import Dataset
from airflow.decorators import dag
RAW = Dataset("s3://raw")
with DAG(dag_id="make", tags=["team:ingest", "daily"]):
    Any(task_id="a", outlets=[RAW])
@dag(schedule=(RAW & Dataset(uri="s3://more")))
def use():
    pass
`;
  expect(mentionsIn(text)).toEqual([
    ['tag', 'make', 'team:ingest'],
    ['tag', 'make', 'daily'],
    ['produces', 'make', 's3://raw'],
    ['consumes', 'use', 's3://raw'],
    ['consumes', 'use', 's3://more'],
  ]);
});

test.each([
  [
    'a class of the same name from elsewhere',
    'from mine import ExternalTaskSensor\nExternalTaskSensor(external_dag_id="x")\n',
  ],
  [
    'an id that is not known',
    'from airflow.sensors.external_task import ExternalTaskSensor\nExternalTaskSensor(external_dag_id=f())\n',
  ],
  ['a cron schedule', 'from airflow import DAG\nDAG("d", schedule="@daily")  # tags\n'],
])('%s is no mention', (_, text) => {
  expect(mentionsIn(text)).toEqual([]);
});
