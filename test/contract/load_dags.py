"""Loads a folder of DAGs in the running Airflow and prints what it found, as JSON. Needs no database.

Run in a process of its own: an operator module that was imported once can not be exchanged for another.
"""

from __future__ import annotations

import json
import sys

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:  # before 3.2
    from airflow.models.dagbag import DagBag

READ = ("connection_id", "application_timeout", "log_poll_interval", "application_content", "application_file", "pool")


def describe_task(task: object) -> dict:
    """What a migration may change about a task; missing attributes are left out."""
    attributes = {name: getattr(task, name) for name in READ if hasattr(task, name)}
    return {"class": type(task).__name__, "module": type(task).__module__, **attributes}


def describe_dag(dag: object) -> dict:
    edges = sorted([task.task_id, below] for task in dag.tasks for below in task.downstream_task_ids)
    return {"tasks": {task.task_id: describe_task(task) for task in dag.tasks}, "edges": edges}


def main(folder: str) -> None:
    bag = DagBag(folder)
    found = {
        "importErrors": {str(file): error for file, error in bag.import_errors.items()},
        "dags": {dag_id: describe_dag(dag) for dag_id, dag in sorted(bag.dags.items())},
    }
    print("\n" + json.dumps(found, default=str))


main(sys.argv[1])
