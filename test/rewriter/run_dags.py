"""Executes DAG files against tasks that only remember their edges. Standard input: a list of texts; output: edges of each."""
import json
import sys
import types

EDGES = []
DAG_ID = [None]
GROUPS = []


def link(before, after):
    for item in (before, after):
        if not isinstance(item, Node):
            raise TypeError(f"{item!r} is no task")
    if isinstance(before, Label):
        before.downs.append(after)
        for up in before.ups:
            link(up, after)
    elif isinstance(after, Label):
        after.ups.append(before)
        for down in after.downs:
            link(before, down)
    else:
        for one in before.leaves():
            for other in after.roots():
                EDGES.append((one.key, other.key))


class Node:
    def roots(self):
        return [self]

    def leaves(self):
        return [self]

    def set_downstream(self, other):
        for item in other if isinstance(other, (list, tuple)) else [other]:
            link(self, item)

    def set_upstream(self, other):
        for item in other if isinstance(other, (list, tuple)) else [other]:
            link(item, self)

    def __rshift__(self, other):
        self.set_downstream(other)
        return other

    def __lshift__(self, other):
        self.set_upstream(other)
        return other

    def __rrshift__(self, other):
        self.__lshift__(other)
        return self

    def __rlshift__(self, other):
        self.__rshift__(other)
        return self


class Label(Node):
    def __init__(self, text):
        self.ups, self.downs = [], []


class Task(Node):
    made = []

    def __init__(self, task_id, **kwargs):
        prefix = "".join(f"{group.group_id}." for group in GROUPS)
        self.key = f"{DAG_ID[0]}:{prefix}{task_id}"
        self.output = {"metadata": {"name": "x"}}
        Task.made.append(self.key)
        for group in GROUPS:
            group.tasks.append(self)


class TaskGroup(Node):
    def __init__(self, group_id):
        self.group_id, self.tasks = group_id, []

    def __enter__(self):
        GROUPS.append(self)
        return self

    def __exit__(self, *error):
        GROUPS.pop()

    def roots(self):
        keys = {task.key for task in self.tasks}
        return [task for task in self.tasks if not any(b == task.key and a in keys for a, b in EDGES)]

    def leaves(self):
        keys = {task.key for task in self.tasks}
        return [task for task in self.tasks if not any(a == task.key and b in keys for a, b in EDGES)]


class DAG:
    def __init__(self, dag_id, **kwargs):
        self.dag_id = dag_id

    def __enter__(self):
        DAG_ID[0] = self.dag_id
        return self

    def __exit__(self, *error):
        DAG_ID[0] = None


def chain(*tasks):
    for up, down in zip(tasks, tasks[1:]):
        if isinstance(up, Node):
            up.set_downstream(down)
        elif isinstance(down, Node):
            down.set_upstream(up)
        else:
            if len(up) != len(down):
                raise ValueError("chain of lists of different lengths")
            for one, other in zip(up, down):
                one.set_downstream(other)


def chain_linear(*elements):
    before = None
    for element in elements:
        after = [element] if isinstance(element, Node) else list(element)
        for task in before or []:
            task.set_downstream(after)
        before = after


def cross_downstream(from_tasks, to_tasks):
    for task in from_tasks:
        task.set_downstream(to_tasks)


def install(name, **members):
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:end]), types.ModuleType(".".join(parts[:end])))
    vars(sys.modules[name]).update(members)


install("airflow", DAG=DAG)
install("airflow.models.baseoperator", chain=chain, chain_linear=chain_linear, cross_downstream=cross_downstream)
install("airflow.operators.empty", EmptyOperator=Task)
install("airflow.providers.cncf.kubernetes.operators.spark_kubernetes", SparkKubernetesOperator=Task)
install("airflow.providers.cncf.kubernetes.sensors.spark_kubernetes", SparkKubernetesSensor=Task)
install("airflow.utils.edgemodifier", Label=Label)
install("airflow.utils.task_group", TaskGroup=TaskGroup)
install("bpg_operator", BPGOperator=Task)


def run(text):
    EDGES.clear()
    Task.made = []
    try:
        exec(compile(text, "dag.py", "exec"), {"__name__": "dag"})
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}", "tasks": [], "edges": []}
    return {"error": None, "tasks": sorted(Task.made), "edges": sorted(set(EDGES))}


json.dump([run(text) for text in json.load(sys.stdin)], sys.stdout)
