"""Every case of `fixtures/migrate` that this Airflow loads, loads again once it is migrated: the same graph of the same tasks.

All in this process: a case takes its folders to the front of `sys.path`, and what it imported is forgotten after it. What
a case becomes stands in its `after/`, which `test/migration` holds the command to.
"""

from __future__ import annotations

import atexit
import importlib.util
import logging
import os
import shutil
import sys
import tempfile
import types
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
CASES = PROJECT / "fixtures" / "migrate"
sys.path.append(str(HERE / "operators"))
SCAFFOLD = PROJECT / "scaffold" / "operator"
PLACE = Path(tempfile.mkdtemp(prefix="bpg-migrate-cases-"))
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
# before Airflow is imported, here and by nobody else in this process
(PLACE / "home").mkdir()
os.environ.update(AIRFLOW_HOME=str(PLACE / "home"), AIRFLOW__CORE__LOAD_EXAMPLES="False", ENV="prod")
os.environ.update(AIRFLOW__LOGGING__LOGGING_LEVEL="CRITICAL", PYTHONWARNINGS="ignore")
if "airflow" in sys.modules:
    raise RuntimeError("Airflow was imported before it was told where its home is")

import airflow  # noqa: E402
import yaml  # noqa: E402
from graphs import contracted  # noqa: E402

VERSION = tuple(int(part) for part in airflow.__version__.split(".")[:2])
# Cases that must load before: fewer would mean that this test has stopped to look.
LEAST = {(2, 7): 110, (2, 10): 120, (3, 3): 110}.get(VERSION, 100)
try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag
if VERSION < (2, 8):
    # that old, Airflow wants a start date of every task, which the cases leave out
    from datetime import datetime

    from airflow.models.dag import DAG

    made = DAG.__init__

    def with_start_date(self, *arguments, **keywords):
        made(self, *arguments, **{"start_date": datetime(2024, 1, 1), **keywords})

    DAG.__init__ = with_start_date
logging.getLogger("airflow").setLevel(logging.CRITICAL)
OPERATORS: dict[str, types.ModuleType | None] = {}


def read_module(name: str, file: Path) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def operator_of(profile: str) -> types.ModuleType | None:
    """`bpg_operator` as a profile has it; None where it is not for this Airflow, as the published one on 3.x."""
    if profile not in OPERATORS:
        OPERATORS[profile] = None
        if profile == "standalone":
            OPERATORS[profile] = read_module("bpg_operator", SCAFFOLD / "standalone.py")
        elif VERSION < (3, 0):
            OPERATORS[profile] = read_module("bpg_operator", HERE / "operators" / "bpg_operator.py")
            if profile == "aws-blog":
                typed = read_module("typed_bpg_operator", HERE / "operators" / "typed_bpg_operator.py")
                OPERATORS[profile] = types.ModuleType("bpg_operator")
                OPERATORS[profile].BPGOperator = typed.TypedBPGOperator
    return OPERATORS[profile]


def configuration_of(case: Path) -> dict:
    file = case / "before" / "bpg-migrate.yaml"
    return yaml.safe_load(file.read_text()) if file.exists() else {}


class Loaded:
    def __init__(self, root: Path, operator: types.ModuleType | None):
        dags = root / "dags"
        kept, path = set(sys.modules), list(sys.path)
        sys.path[:0] = [str(folder) for folder in (dags, root / "plugins", root, SCAFFOLD)]
        if operator is not None:
            sys.modules["bpg_operator"] = operator
        try:
            bag = DagBag(str(dags if dags.is_dir() else root))
        finally:
            sys.path[:] = path
            for name in set(sys.modules) - kept:
                module = sys.modules[name]
                # a package without __init__.py has a path only, and holds its modules
                where = getattr(module, "__file__", None) or list(getattr(module, "__path__", None) or [])
                if str(PLACE) in str(where):
                    del sys.modules[name]
        self.errors = {str(Path(file).relative_to(root)): error for file, error in bag.import_errors.items()}
        self.dags = bag.dags


def edges_of(dag) -> set[tuple[str, str]]:
    return {(task.task_id, below) for task in dag.tasks for below in task.downstream_task_ids}


def kind_of(task) -> str:
    return getattr(task, "task_type", type(task).__name__)


class Cases(unittest.TestCase):
    """One test for each case that has an `after/`."""

    looked = 0

    def look(self, case: Path) -> None:
        configuration = configuration_of(case)
        said = str((configuration.get("source") or {}).get("airflow") or airflow.__version__)
        wanted = tuple(int(part) for part in f"{said}.0".split(".")[:2])
        if wanted[0] > VERSION[0] or wanted < (2, 7):
            self.skipTest(f"it is for Airflow {said}")
        target = configuration.get("target") or {}
        profile = target.get("profile") or "published"
        operator = None if target.get("operatorSource") else operator_of(profile)
        if operator is None and not target.get("operatorSource"):
            self.skipTest(f"the {profile} operator is not for Airflow {airflow.__version__}")
        name = f"{case.parent.name}-{case.name}"
        before_root, after_root = PLACE / name / "before", PLACE / name / "after"
        shutil.copytree(case / "before", before_root)
        before = Loaded(before_root, operator)
        if not before.dags:
            first = next(iter(before.errors.values()), "no DAG").strip().splitlines()[-1]
            self.skipTest(f"does not load before: {first}")
        shutil.copytree(case / "before", after_root)
        shutil.copytree(case / "after", after_root, dirs_exist_ok=True)
        after = Loaded(after_root, operator)
        type(self).looked += 1
        new = {file: error for file, error in after.errors.items() if file not in before.errors}
        self.assertEqual(new, {}, "an import error that was not there before")
        self.assertEqual(set(after.dags), set(before.dags))
        for dag_id, dag in before.dags.items():
            self.compare(dag, after.dags[dag_id])

    def compare(self, before, after) -> None:
        old, new = ({task.task_id: task for task in dag.tasks} for dag in (before, after))
        gone = set(old) - set(new)
        self.assertEqual({task_id for task_id in gone if "Sensor" not in kind_of(old[task_id])}, set())
        self.assertEqual(set(new) - set(old), set(), "a task that was not there before")
        self.assertEqual(edges_of(after), contracted(edges_of(before), gone))
        for task_id, task in new.items():
            self.assertEqual(task.trigger_rule, old[task_id].trigger_rule, task_id)
            self.assertEqual(task.owner, old[task_id].owner, task_id)

    @classmethod
    def tearDownClass(cls):
        if cls.looked < LEAST:
            raise AssertionError(f"only {cls.looked} cases load in Airflow {airflow.__version__}")
        print(f"{cls.looked} cases loaded before and after in Airflow {airflow.__version__}")


def add_tests() -> None:
    for case in sorted(CASES.glob("*/*")):
        if (case / "after").is_dir():
            name = f"test_{case.parent.name}_{case.name}".replace("-", "_")
            setattr(Cases, name, lambda self, case=case: self.look(case))


add_tests()
