"""Loads a folder of DAGs in the running Airflow (2.7 to 3.x) and prints its tasks as JSON. Needs no database."""

from __future__ import annotations

import json
import sys

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag


def kind_of(task: object) -> str:
    """The name of the class; that of the operator for a mapped one."""
    return f"mapped {task.operator_class.__name__}" if hasattr(task, "expand_input") else type(task).__name__


def describe_task(task: object) -> dict:
    group = task.task_group
    return {
        "kind": kind_of(task),
        "below": sorted(task.downstream_task_ids),
        "above": sorted(task.upstream_task_ids),
        "group": None if group is None else group.group_id,
        "triggerRule": str(getattr(task.trigger_rule, "value", task.trigger_rule)),
        "pool": str(task.pool),
        "retries": task.retries,
        "mapped": repr(task.expand_input) if hasattr(task, "expand_input") else None,
    }


def main(folder: str) -> None:
    bag = DagBag(folder)
    found = {
        "importErrors": {str(file): error for file, error in bag.import_errors.items()},
        "dags": {
            dag_id: {task.task_id: describe_task(task) for task in dag.tasks} for dag_id, dag in sorted(bag.dags.items())
        },
    }
    print("\n" + json.dumps(found, default=str))


main(sys.argv[1])
