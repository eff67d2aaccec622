"""An Airflow of its own for these tests: home, plugins folder with the operator, DAGs folder. Import before airflow."""

from __future__ import annotations

import atexit
import itertools
import json
import logging
import os
import shutil
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SCAFFOLD = PROJECT / "scaffold" / "operator"
sys.path.insert(0, str(PROJECT / "test" / "contract"))

ROOT = Path(tempfile.mkdtemp(prefix="bpg-migrate-operator-"))
atexit.register(shutil.rmtree, ROOT, ignore_errors=True)
DAGS, PLUGINS, HOME = ROOT / "dags", ROOT / "plugins", ROOT / "home"
for folder in (DAGS, PLUGINS, HOME):
    folder.mkdir()
shutil.copy(SCAFFOLD / "standalone.py", PLUGINS / "bpg_operator.py")
for name in [name for name in os.environ if name.startswith("AIRFLOW")]:
    del os.environ[name]
os.environ.update(
    AIRFLOW_HOME=str(HOME),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="False",
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__PLUGINS_FOLDER=str(PLUGINS),
    AIRFLOW__LOGGING__LOGGING_LEVEL="WARNING",
    PYTHONWARNINGS="ignore",
)
sys.path.insert(0, str(PLUGINS))

import airflow  # noqa: E402
from gateway import CREDENTIALS, Gateway  # noqa: E402

VERSION = tuple(int(part) for part in airflow.__version__.split(".")[:2])
CONNECTION = "AIRFLOW_CONN_BPG_CONNECTION"
REQUEST = """\
applicationName: pi
queue: poc
type: Scala
image: registry.example/spark:3.5.1
sparkVersion: "3.5"
mainClass: org.apache.spark.examples.SparkPi
mainApplicationFile: local:///spark-examples.jar
driver: {cores: 1, memory: 512m}
executor: {instances: 2, cores: 1, memory: 1024m}
"""
_numbers = itertools.count(1)


class Store(dict):
    """Airflow 3.3's task state store, as far as the operator uses it."""

    def set(self, key, value):
        self[key] = value

    def delete(self, key):
        self.pop(key, None)


class Instance:
    """A task instance without a database: what it was told, by key."""

    def __init__(self, dag_id: str, task_id: str):
        self.dag_id, self.task_id, self.run_id, self.map_index, self.try_number = dag_id, task_id, "manual", -1, 1
        self.pushed: dict = {}

    def xcom_push(self, key, value, **_):
        self.pushed[key] = value


class Lines(list):
    """A logger that keeps what it is told."""

    def info(self, message, *arguments):
        self.append(str(message) % arguments if arguments else str(message))

    debug = warning = error = exception = info


def describe_connection(url: str, **others) -> str:
    own = {"conn_type": "http", "host": url, "login": CREDENTIALS[0], "password": CREDENTIALS[1]}
    return json.dumps({**own, **others})


def load_dag(text: str, name: str | None = None, dag_id: str | None = None):
    """Writes a DAG file and loads it as the scheduler does; `$ID` in the text is a fresh DAG id.

    `name` is that of the file, `dag_id` the id where it is another.
    """
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag
    name = name or f"case_{next(_numbers)}"
    dag_id = dag_id or name
    file = DAGS / f"{name}.py"
    file.write_text(text.replace("$ID", dag_id))
    bag = DagBag(str(file))
    if bag.import_errors:
        raise AssertionError("\n".join(bag.import_errors.values()))
    return bag.dags[dag_id]


DAG_TEXT = """\
from datetime import datetime, timedelta
from airflow import DAG
from bpg_operator import BPGOperator
with DAG("$ID", start_date=datetime(2024, 6, 1), schedule=None, params={"n": 3}) as dag:
    BPGOperator(task_id="job", connection_id="bpg_connection", %s)
"""


class Ran:
    """What came of a task: `error` is None for success."""

    def __init__(self, task, instance, error, lines, store):
        self.task, self.instance, self.error, self.lines, self.store = task, instance, error, lines, store

    @property
    def said(self) -> str:
        return "\n".join(self.lines)


class WithGateway(unittest.TestCase):
    """A gateway per class; `run_job` executes a task in this process, without a database."""

    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp(dir=ROOT))
        cls.gateway = Gateway(folder)
        cls.addClassCleanup(cls.gateway.stop)
        logging.getLogger("airflow").setLevel(logging.ERROR)

    def setUp(self):
        os.environ[CONNECTION] = describe_connection(self.gateway.url)
        self.before = len(self.gateway.requests())

    def asked(self, method: str = "", path: str = "") -> list[dict]:
        """The gateway's requests since the test began."""
        requests = self.gateway.requests()[self.before :]
        return [one for one in requests if method in one["method"] and path in one["path"]]

    def plan(self, *scripts) -> None:
        """What happens to the next submissions: names of scenarios, or scripts."""
        import requests

        for script in scripts:
            answer = requests.post(f"{self.gateway.url}/control/next", json=script, timeout=10)
            self.assertEqual(answer.status_code, 200, answer.text)

    def task(self, arguments: str = "", content: str | None = REQUEST):
        """A task as the scheduler loads it."""
        given = "" if content is None else f"application_content={content!r}, "
        given += "" if "log_poll_interval" in arguments else "log_poll_interval=0.05, "
        return load_dag(DAG_TEXT % (given + arguments)).get_task("job")

    def execute(self, task, store: Store | None = None, method: str = "execute", **more) -> Ran:
        instance, lines = Instance(task.dag_id, task.task_id), Lines()
        store = Store() if store is None else store
        context = {"ti": instance, "task_state_store": store, "ds": "2024-06-03", "params": {"n": 3}, **more}
        error = None
        try:
            with unittest.mock.patch.object(type(task), "log", lines):
                if method == "execute":
                    task.render_template_fields(context)
                run = getattr(type(task), method)
                run = getattr(run, "__wrapped__", run)
                extra = {"event": more["event"]} if "event" in more else {}
                run(task, context, **extra)
        except BaseException as raised:
            if isinstance(raised, (KeyboardInterrupt, AssertionError)):
                raise
            error = raised
        return Ran(task, instance, error, lines, store)

    def run_job(self, arguments: str = "", content: str | None = REQUEST, **options) -> Ran:
        return self.execute(self.task(arguments, content), **options)

    def succeeded(self, ran: Ran) -> None:
        if ran.error is not None:
            raise ran.error
        self.assertEqual(ran.store, {}, "an ended submission is not remembered")

    def failed(self, ran: Ran, words: str, kind: str = "AirflowException") -> None:
        self.assertIsNotNone(ran.error, "the task succeeded")
        self.assertEqual(type(ran.error).__name__, kind, repr(ran.error))
        self.assertIn(words, str(ran.error))
