"""Python values as JSON."""

from __future__ import annotations

import datetime
import hashlib
import json
import re

MOST_TEXT = 200_000
MOST_PARTS = 20_000


class Describer:
    """Values as JSON that is equal when they mean the same: no addresses, no order of sets, no place of the code."""

    parts = 0

    def value(self, value, depth=0):
        self.parts = self.parts + 1 if depth else 0
        if self.parts > MOST_PARTS:
            return {"too large": type(value).__name__}
        if value is None or isinstance(value, (bool, int)):
            return value
        if isinstance(value, float):
            return value if value == value and abs(value) != float("inf") else repr(value)
        if isinstance(value, str):
            return str(value)[:MOST_TEXT]
        if isinstance(value, datetime.timedelta):
            return {"seconds": value.total_seconds()}
        if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
            return {"time": value.isoformat()}
        if depth > 8:
            return {"too deep": type(value).__name__}
        try:
            return self.compound(value, depth + 1)
        except Exception as error:  # whatever a user's object does when it is looked at
            return {"unreadable": type(value).__name__, "because": type(error).__name__}

    def compound(self, value, depth):
        if type(value).__name__ == "ParamsDict":
            return {str(name): self.param(value, name, depth) for name in sorted(value)}
        if isinstance(value, dict):
            return {self.key(key): self.value(item, depth) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item, depth) for item in value]
        if isinstance(value, (set, frozenset)):
            items = [self.value(item, depth) for item in value]
            return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
        if isinstance(value, type):
            return {"class": f"{value.__module__}.{value.__qualname__}"}
        code = getattr(getattr(value, "__func__", value), "__code__", None)
        if code is not None:
            defaults = self.value(getattr(value, "__defaults__", None), depth)
            return {"function": f"{value.__module__}.{value.__qualname__}", "code": self.code(code), "defaults": defaults}
        if type(value).__name__ == "partial" and hasattr(value, "func"):
            parts = {"partial": value.func, "args": value.args, "keywords": value.keywords}
            return {name: self.value(part, depth) for name, part in parts.items()}
        if hasattr(value, "operator") and hasattr(value, "key") and hasattr(getattr(value, "operator"), "task_id"):
            return {"output of": value.operator.task_id, "key": value.key}
        if hasattr(value, "to_dict") and not hasattr(value, "task_id"):
            return {"object": type(value).__name__, "value": self.value(value.to_dict(), depth)}
        if type(value).__repr__ is object.__repr__:
            return {"object": type(value).__name__, "value": self.value(public(value), depth)}
        return {"object": type(value).__name__, "text": re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))[:2000]}

    def param(self, params, name, depth):
        found = params.get_param(name) if hasattr(params, "get_param") else params[name]
        value, schema = getattr(found, "value", found), getattr(found, "schema", None)
        return {"value": self.value(value, depth), "schema": self.value(schema, depth)}

    @staticmethod
    def key(key):
        return key if isinstance(key, str) else repr(key)

    def code(self, code):
        """What the function does: instructions, names and constants, those of inner functions too; not its lines."""
        constants = [self.constant(item) for item in code.co_consts]
        text = repr((code.co_code, code.co_names, code.co_varnames, constants))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def constant(self, item):
        if hasattr(item, "co_code"):
            return self.code(item)
        return repr(sorted(map(repr, item))) if isinstance(item, frozenset) else repr(item)


def public(thing):
    """Attributes of an instance that are no secret of its class."""
    return {name: value for name, value in getattr(thing, "__dict__", {}).items() if not name.startswith("_")}


DESCRIBE = Describer()
