"""The documents that tasks hand over, rendered."""

from __future__ import annotations

import copy
import inspect
import itertools
import os

from .context import context_for
from .keywords import given_keywords, is_mapped
from .stand_ins import Used
from .values import DESCRIBE

MOST_INSTANCES = 50


def documents_of(task, role, asked, root):
    """The rendered payload of each instance of a task: text or value, or why it can not be told."""
    if role not in ("operator", "target"):
        return []
    found = []
    for map_index, instance, reason in instances(task):
        if instance is None:
            found.append({"index": map_index, "kind": "unknown", "because": reason})
            continue
        used = Used()
        try:
            rendered = document(instance, task.dag, role, asked, used, map_index, root)
            found.append({"index": map_index, **rendered, "standIns": list(used)})
        except Exception as error:  # of a template or of a user's operator
            found.append({"index": map_index, "kind": "unknown", "because": f"{type(error).__name__}: {error}"[:500]})
    return found


def instances(task):
    """`(index, operator, reason)`: the task itself, or what its literal `expand` makes of it."""
    if not is_mapped(task):
        return [(None, task, None)]
    rows = expansion(task)
    if rows is None:
        return [(None, None, "it is expanded from what another task returns")]
    made = []
    for index, row in enumerate(rows[:MOST_INSTANCES]):
        try:
            made.append((index, task.unmap(row), None))
        except Exception as error:
            made.append((index, None, f"{type(error).__name__}: {error}"[:500]))
    return made


def expansion(task):
    """The keywords of each instance where they are literals, else None."""
    value = getattr(task.expand_input, "value", None)
    if isinstance(value, (list, tuple)):
        return list(value) if all(isinstance(row, dict) for row in value) else None
    if not isinstance(value, dict) or not all(isinstance(items, (list, tuple, dict)) for items in value.values()):
        return None
    lists = [list(items.items()) if isinstance(items, dict) else list(items) for items in value.values()]
    return [dict(zip(value, row)) for row in itertools.islice(itertools.product(*lists), MOST_INSTANCES)]


def document(task, dag, role, asked, used, map_index, root):
    task = copy.copy(task)
    context = context_for(task, dag, asked, used, -1 if map_index is None else map_index)
    environment = task.get_template_env(dag) if takes_dag(task.get_template_env) else task.get_template_env()

    def rendered(name):
        value = getattr(task, name, None)
        if value is None or name not in task.template_fields:
            return value
        return task.render_template(value, context, environment)

    overrides = {}
    if role == "operator":
        value = rendered("application_file")
        if value is None or value == "":
            value = rendered("template_spec")
        elif isinstance(value, str):
            value = opened(value, [os.getcwd()])
        for name in ("name", "image", "code_path", "namespace"):
            given = rendered(name) if name in given_keywords(task) else None
            if isinstance(given, str):
                overrides[name] = given
    else:
        value = rendered("application_content")
        if value is None or value == "":
            value = rendered("application_file")
            if isinstance(value, str):
                value = opened(value, [root, os.path.dirname(dag.fileloc), asked["dagsFolder"]])
        translate = getattr(task, "translate", None)
        if callable(translate) and value is not None:
            # what the operator does with the document that it rendered
            value = translate(opened(value, [os.getcwd()]) if isinstance(value, str) else value)
    if isinstance(value, str):
        return {"kind": "text", "text": str(value), "overrides": overrides}
    if isinstance(value, (dict, list)):
        return {"kind": "value", "value": DESCRIBE.value(value), "overrides": overrides}
    return {"kind": "unknown", "because": f"it is {'nothing' if value is None else type(value).__name__}"}


def takes_dag(method):
    return "dag" in inspect.signature(method).parameters


def opened(text, folders):
    """A text that names a file is that file's text, unrendered, as the operators read it; else it is the document."""
    if "\n" in text.strip() or len(text) > 4000:
        return text
    for folder in folders:
        path = os.path.join(folder, text.strip())
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    return text
