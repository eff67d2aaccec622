"""Runs one DAG with `dag.test()`, in a database of its own, and prints states and XComs as JSON."""

from __future__ import annotations

import json
import sys

import pendulum
from airflow.models.dagbag import DagBag
from airflow.models.xcom import XCom
from airflow.utils import db


def main(folder: str, dag_id: str, day: str) -> None:
    db.initdb()
    dag = DagBag(folder).dags[dag_id]
    dag.test(execution_date=pendulum.parse(day, tz="UTC"))
    run = dag.get_last_dagrun(include_externally_triggered=True)
    ended = {
        "state": str(run.state),
        "tasks": {instance.task_id: str(instance.state) for instance in run.get_task_instances()},
        "submissions": {
            task_id: XCom.get_one(key="submission_id", task_id=task_id, dag_id=dag_id, run_id=run.run_id)
            for task_id in dag.task_ids
        },
    }
    print("\n" + json.dumps(ended))


main(*sys.argv[1:])
