"""What a migration leaves alone and Airflow still has to make sense of: every odd form once, nothing in it can be moved."""

import functools
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.models.param import Param
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator


class TeamOperator(SparkKubernetesOperator):
    """Holds what has no text of its own: itself, plain objects, sets, functions."""

    def __init__(self, team, **kwargs):
        super().__init__(**kwargs)
        self.team = team
        self.itself = self
        self.things = [object(), {"set": {"b", "a", "c"}}, lambda value: value]


@task
def make():
    return "made.yaml"


@task
def use(number):
    return number


def tell(context, extra=None):
    print(extra)


DOCUMENT = """
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: "{{ params.needed }}-{{ var.value.region }}-{{ macros.ds_add(ds, 1) }}"}
spec:
  arguments:
    - "{{ dag_run.conf['size'] }}"
    - "{{ ti.xcom_pull(task_ids='make')['metadata'][0] }}"
    - "{{ conn.storage.host }} {{ shout(ds) }} {{ data_interval_start | ds }}"
    - "{% for shop in var.json.shops %}{{ shop.name }}{% endfor %}"
"""

with DAG(
    "odd",
    schedule=None,
    start_date=datetime(2024, 1, 1),
    params={"needed": Param(type="string"), "given": 3},
    user_defined_macros={"shout": str.upper},
    default_args={
        "owner": "platform",
        "on_failure_callback": functools.partial(tell, extra=1),
        "retry_delay": timedelta(seconds=5),
    },
):
    made = make()
    team = TeamOperator(team="x", task_id="team", application_file=DOCUMENT, on_success_callback=[lambda context: None])
    from_xcom = SparkKubernetesOperator(task_id="from_xcom", application_file=made)
    from_dict = SparkKubernetesOperator(task_id="from_dict", template_spec={"spec": {"arguments": ["{{ ds }}"]}})
    each_literal = SparkKubernetesOperator.partial(task_id="each_literal", namespace="n").expand_kwargs(
        [{"application_file": "a: {{ ds }}", "image": "one"}, {"application_file": "b: 2", "image": "two"}]
    )
    SparkKubernetesOperator.partial(task_id="each_made").expand(application_file=made)
    SparkKubernetesOperator(task_id="missing", application_file="nowhere.yaml")
    SparkKubernetesOperator(task_id="undefined", application_file="{{ nothing.here }}")

    @task_group
    def group(number):
        use(number)
        SparkKubernetesOperator(task_id="inside", application_file=DOCUMENT)

    group.expand(number=[1, 2])
    team >> [from_xcom, from_dict] >> each_literal
