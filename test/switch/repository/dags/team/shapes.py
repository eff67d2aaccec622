"""Tasks in every place that a call may stand in: one DAG for each."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import dag, task
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor
from airflow.utils.task_group import TaskGroup

START = datetime(2024, 1, 1)
TEXT = """
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: text
spec:
  type: Python
  image: registry.example/job:1
  sparkVersion: "3.5.1"
  mainApplicationFile: local:///opt/job.py
  driver: {cores: 1, coreLimit: "1", memory: 1g}
  executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}
"""


@task
def say(what):
    print(what)


with DAG("with_sensor", schedule=None, start_date=START, default_args={"kubernetes_conn_id": "emr_a", "retries": 1}):
    submit = SparkKubernetesOperator(
        task_id="submit",
        application_file="job.yaml",
        pool="spark",  # shared with nobody
    )
    # waits for the job
    monitor = SparkKubernetesSensor(
        task_id="monitor",
        application_name="{{ task_instance.xcom_pull(task_ids='submit')['metadata']['name'] }}",
        trigger_rule="none_failed",
        timeout=7200,
    )
    prepare = say.override(task_id="prepare")("go")
    publish = say.override(task_id="publish")("done")
    prepare >> submit >> monitor >> publish

with DAG("in_loops", schedule=None, start_date=START):
    before = None
    for name in ("north", "south"):
        run = SparkKubernetesOperator(task_id=f"run_{name}", application_file="job.yaml", kubernetes_conn_id="emr_b")
        if before is not None:
            before >> run
        before = run
    several = [SparkKubernetesOperator(task_id=f"part_{i}", application_file="job.yaml") for i in range(3)]
    before >> several

with DAG("in_groups", schedule=None, start_date=START):
    with TaskGroup("outer"):
        first = SparkKubernetesOperator(task_id="first", application_file="job.yaml")
        with TaskGroup("inner") as inner:
            second = SparkKubernetesOperator(task_id="second", application_file="job.yaml")
            watch = SparkKubernetesSensor(
                task_id="watch",
                application_name="{{ ti.xcom_pull(task_ids='outer.inner.second')['metadata']['name'] }}",
            )
            second >> watch
        first >> inner
    with TaskGroup("plain", prefix_group_id=False) as plain:
        SparkKubernetesOperator(task_id="third", application_file="job.yaml")
    inner >> plain

with DAG("mapped", schedule=None, start_date=START):
    each = SparkKubernetesOperator.partial(task_id="each", application_file="job.yaml", max_active_tis_per_dag=2).expand(
        params=[{"day": 1}, {"day": 2}]
    )
    say.override(task_id="end")("mapped") << each

outside = DAG("outside", schedule=None, start_date=START, dagrun_timeout=timedelta(hours=9))
lonely = SparkKubernetesOperator(
    task_id='lonely', application_file=TEXT, kubernetes_conn_id='emr_a', dag=outside, trigger_rule='all_done'
)
SparkKubernetesOperator(task_id='other', application_file=TEXT, dag=outside) >> lonely


@dag(schedule=None, start_date=START)
def decorated():
    @task
    def look():
        return 1

    def build(suffix):
        return SparkKubernetesOperator(task_id=f"built_{suffix}", application_file="job.yaml")

    look() >> (build("a"), build("b"))


decorated()
