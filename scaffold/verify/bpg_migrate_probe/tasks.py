"""DAGs and tasks as Airflow holds them, without running any."""

from __future__ import annotations

import inspect
import os

from .documents import documents_of
from .keywords import NOT_COMPARED, given_keywords, is_mapped
from .values import DESCRIBE, public

SOURCE_MODULES = {
    "SparkKubernetesOperator": "airflow.providers.cncf.kubernetes.operators.spark_kubernetes",
    "SparkKubernetesSensor": "airflow.providers.cncf.kubernetes.sensors.spark_kubernetes",
}
# Told in a place of their own, or different by nature.
NOT_OWN = {
    "dag",
    "downstream_task_ids",
    "label",
    "log",
    "operator_class",
    "start_from_trigger",
    "start_trigger_args",
    "task_group",
    "task_id",
    "template_ext",
    "template_fields",
    "template_fields_renderers",
    "upstream_task_ids",
}
ALSO_BASE = ("is_setup", "is_teardown", "on_failure_fail_dagrun")


def describe_dag(dag, asked, root):
    names = [name for name in inspect.signature(type(dag).__init__).parameters if name not in ("self", "dag_id")]
    attributes = {name: DESCRIBE.value(getattr(dag, name)) for name in names if hasattr(dag, name)}
    attributes["timetable"] = DESCRIBE.value(getattr(getattr(dag, "timetable", None), "summary", None))
    return {
        "file": relative(dag.fileloc, root),
        "attributes": attributes,
        "tasks": {task.task_id: describe_task(task, asked, root) for task in dag.tasks},
    }


def describe_task(task, asked, root):
    cls = task.operator_class if is_mapped(task) else type(task)
    lineage = [f"{one.__module__}.{one.__name__}" for one in getattr(cls, "__mro__", ()) if one is not object]
    role = role_of(lineage, asked["target"])
    group = getattr(task, "task_group", None)
    base, own = attributes_of(task, cls)
    return {
        "class": getattr(cls, "__name__", str(cls)),
        "module": getattr(cls, "__module__", ""),
        "role": role,
        "mapped": is_mapped(task),
        "group": getattr(group, "group_id", None),
        "upstream": sorted(task.upstream_task_ids),
        "downstream": sorted(task.downstream_task_ids),
        "given": sorted(given_keywords(task)),
        "base": base,
        "own": own,
        "expand": DESCRIBE.value(getattr(task.expand_input, "value", None)) if is_mapped(task) else None,
        "templateFields": sorted(task.template_fields),
        "documents": documents_of(task, role, asked, root),
    }


def role_of(lineage, target):
    """`operator` and `sensor` are those of the provider and what is derived from them; `target` is the gateway's."""
    for name, module in SOURCE_MODULES.items():
        if f"{module}.{name}" in lineage:
            return "operator" if name.endswith("Operator") else "sensor"
    wanted = target.rsplit(".", 1)[-1]
    return "target" if any(one.rsplit(".", 1)[-1] == wanted for one in lineage) else "other"


def base_names(cls):
    """What BaseOperator itself takes, in this version."""
    base = next((one for one in getattr(cls, "__mro__", ()) if one.__name__ == "BaseOperator"), None)
    if base is None:
        return []
    return [name for name in inspect.signature(base.__init__).parameters if name not in NOT_COMPARED]


def attributes_of(task, cls):
    names = base_names(cls)
    if is_mapped(task):
        partial = dict(task.partial_kwargs)
        base = {name: DESCRIBE.value(partial[name]) for name in names if name in partial}
        rest = {*partial} - {*names} - NOT_COMPARED
        own = {name: DESCRIBE.value(value) for name, value in partial.items() if name in rest}
        return base, own
    base = {name: attribute(task, name) for name in [*names, *ALSO_BASE] if readable(task, name)}
    hidden = {*base} | NOT_OWN
    own = {name: DESCRIBE.value(value) for name, value in public(task).items() if name not in hidden}
    return base, own


def attribute(task, name):
    """A method of the class itself (`pre_execute`) says nothing about the call: classes are compared apart."""
    value = getattr(task, name)
    return {"method": name} if getattr(value, "__self__", None) is task else DESCRIBE.value(value)


def readable(thing, name):
    try:
        getattr(thing, name)
        return True
    except Exception:
        return False


def relative(path, root):
    way = os.path.relpath(str(path), root)
    return str(path) if way.startswith("..") else way.replace(os.sep, "/")
