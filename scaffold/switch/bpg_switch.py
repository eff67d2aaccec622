"""Which operator a task is made of, while both stand in the DAG: asked where the DAG is parsed.

    submit = New(task_id="submit", ...) if on_bpg("submit", connection="emr") else Old(task_id="submit", ...)

The answer stands in `bpg-routing.yaml` beside this file, one word for each task, DAG or connection: `old` or `new`. The
most specific one wins, what is named nowhere is `old`. Only the operator that was chosen is made. A file that is
missing or damaged, or an unknown word in it, is an import error of the DAG: no task ever takes another path in silence.
Needs PyYAML, which Airflow has. `bpg-migrate apply --mode final` takes all of this away again.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Tuple

import yaml

ROUTES = Path(__file__).with_name("bpg-routing.yaml")
WORDS = {"old": False, "new": True}
FROM_AIRFLOW: Any = object()
Routes = Dict[Tuple[str, ...], bool]


class RoutingError(ValueError):
    """`bpg-routing.yaml` can not be followed; the message says where and why."""


def on_bpg(task_id: str, *, dag: Any = None, task_group: Any = FROM_AIRFLOW, connection: str | None = None) -> bool:
    """True where the task takes the new path.

    :param task_id: as the operator is given it; the prefixes of the TaskGroups around are added as Airflow does
    :param dag: the DAG where the operator is given one; without it the one that Airflow is in the middle of
    :param task_group: likewise; None: `task_id` is the whole id
    :param connection: the connection of the old operator, for routes by connection
    :raises RoutingError: if `bpg-routing.yaml` is missing or damaged
    """
    routes = _read(_text())
    if dag is None:
        dag = _contexts()[0]()
    if task_group is FROM_AIRFLOW:
        task_group = None if dag is None else _contexts()[1](dag)
    full_id = task_id if task_group is None else task_group.child_id(task_id)
    dag_id = "?" if dag is None else dag.dag_id
    for key in (("tasks", dag_id, full_id), ("dags", dag_id), ("connections", connection or "?")):
        if key in routes:
            return routes[key]
    return False


def _contexts() -> tuple[Any, Any]:
    """How this Airflow is asked for the DAG and the TaskGroup that are being defined."""
    try:
        from airflow.sdk.definitions._internal import contextmanager
    except ImportError:
        from airflow.models.dag import DagContext
        from airflow.utils.task_group import TaskGroupContext

        return DagContext.get_current_dag, TaskGroupContext.get_current_task_group
    return contextmanager.DagContext.get_current, contextmanager.TaskGroupContext.get_current


def _text() -> str:
    try:
        return ROUTES.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RoutingError(f"{ROUTES} can not be read, so no task has a path: {error}") from error


@lru_cache(maxsize=4)
def _read(text: str) -> Routes:
    try:
        document = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise RoutingError(f"{ROUTES} is no valid YAML: {error}") from error
    if document is None:
        raise RoutingError(f"{ROUTES} is empty, so no task has a path")
    routes: Routes = {}
    for kind, entries in _map(document, "the file").items():
        if kind not in ("tasks", "dags", "connections"):
            raise RoutingError(f"{ROUTES}: {kind!r} is none of tasks, dags, connections")
        for name, value in _map(entries, kind).items():
            if kind != "tasks":
                routes[kind, name] = _word(value, f"{kind}: {name}")
                continue
            for task_id, word in _map(value, f"{kind}: {name}").items():
                routes[kind, name, task_id] = _word(word, f"{kind}: {name}: {task_id}")
    return routes


def _map(value: Any, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise RoutingError(f"{ROUTES}: {where} is {value!r} in place of names with a word each")
    for name in value:
        if not isinstance(name, str):
            raise RoutingError(f"{ROUTES}: {where}: {name!r} is no text; write it in quotes")
    return value


def _word(value: Any, where: str) -> bool:
    if not isinstance(value, str) or value not in WORDS:
        raise RoutingError(f"{ROUTES}: {where}: {value!r} is neither old nor new")
    return WORDS[value]


class _Loader(yaml.SafeLoader):
    """YAML in which a name stands once: of two lines for a task one would be lost in silence."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise yaml.YAMLError(f"{twice[0]!r} stands twice below line {node.start_mark.line}")
        return super().construct_mapping(node, deep)
