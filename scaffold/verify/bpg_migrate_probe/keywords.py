"""What a call said about a task."""

from __future__ import annotations

NOT_COMPARED = {"self", "args", "kwargs", "task_id", "dag", "task_group", "default_args"}


def is_mapped(task):
    return hasattr(task, "partial_kwargs") and hasattr(task, "operator_class")


def given_keywords(task):
    """Names that the call or `default_args` gave a value; a subclass that passes on its own None gave nothing."""
    if is_mapped(task):
        return {*task.partial_kwargs} - NOT_COMPARED
    given = getattr(task, "_BaseOperator__init_kwargs", {})
    return {name for name, value in given.items() if value is not None} - NOT_COMPARED
