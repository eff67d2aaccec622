"""Texts that stand for what only a run could know: XComs, and variables and connections that nobody gave."""

from __future__ import annotations

import json
import os


class StandIn(str):
    """Stands for a value of the run; whatever is taken out of it names its way."""

    def __getitem__(self, key):
        return StandIn(f"{self}.{key}")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self}.{name}")

    def __call__(self, *args, **kwargs):
        return self

    def get(self, key, default=None):
        return self[key]

    def __iter__(self):
        return iter([self["item"]])


class Used(list):
    """The stand-ins that a document needed."""

    def note(self, name):
        if name not in self:
            self.append(name)
        return StandIn(name)


class FakeInstance:
    """The `ti` of the made-up context."""

    def __init__(self, task, used, run_id, map_index):
        self.task, self.used, self.run_id, self.map_index = task, used, run_id, map_index
        self.task_id, self.dag_id = task.task_id, task.dag_id
        self.try_number = self.max_tries = 1
        self.hostname, self.operator, self.queue, self.pool = "localhost", type(task).__name__, task.queue, task.pool
        self.state, self.start_date, self.key = "running", None, f"{task.dag_id}.{task.task_id}"

    def xcom_pull(self, task_ids=None, key="return_value", **kwargs):
        names = task_ids if isinstance(task_ids, str) or task_ids is None else "_".join(map(str, task_ids))
        return self.used.note(f"xcom.{names or 'all'}.{key}")

    def xcom_push(self, *args, **kwargs):
        return None

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.used.note(f"ti.{name}")


class Variables:
    """`var.value`, `var.json`: from AIRFLOW_VAR_…, else a stand-in."""

    def __init__(self, used, parse):
        self.used, self.parse = used, parse

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name)

    __getitem__ = __getattr__

    def get(self, name, default=None):
        text = os.environ.get(f"AIRFLOW_VAR_{name.upper()}")
        if text is None:
            return self.used.note(f"var.{name}")
        return json.loads(text) if self.parse else text


class Connections:
    def __init__(self, used):
        self.used = used

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.used.note(f"conn.{name}")

    get = __getitem__ = __getattr__


class Plain:
    def __init__(self, **values):
        self.__dict__.update(values)
