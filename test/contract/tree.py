"""A temporary copy of the example repository, and what is done to it: migrate, load in Airflow, run in Airflow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from gateway import CREDENTIALS

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
EXAMPLE = PROJECT / "fixtures" / "example"
COMMAND = PROJECT / "dist" / "bpg-migrate.js"


class Tree:
    """The example with the operators of the tests as its plugins. `close` removes it."""

    def __init__(self, settings: dict | None = None):
        """`settings` are merged into the example's bpg-migrate.yaml."""
        self.place = tempfile.TemporaryDirectory(prefix="bpg-migrate-contract-")
        self.root = Path(self.place.name) / "repository"
        self.home = Path(self.place.name) / "airflow"
        self.home.mkdir()
        shutil.copytree(EXAMPLE, self.root)
        shutil.copytree(HERE / "operators", self.root / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
        if settings:
            self.configure(settings)

    def close(self) -> None:
        self.place.cleanup()

    def configure(self, settings: dict) -> None:
        file = self.root / "bpg-migrate.yaml"
        configuration = yaml.safe_load(file.read_text())
        for key, value in settings.items():
            configuration[key] = {**configuration[key], **value} if isinstance(value, dict) else value
        file.write_text(yaml.safe_dump(configuration, sort_keys=False))

    def migrate(self, *flags: str) -> None:
        """Runs `bpg-migrate apply`; anything but success is an error that shows what it said."""
        self.command("apply", *flags)

    def scan(self) -> dict:
        return json.loads(self.command("scan", "--format", "json"))

    def command(self, *words: str) -> str:
        ran = subprocess.run(
            ["node", str(COMMAND), *words], cwd=self.root, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
        )
        if ran.returncode != 0:
            raise AssertionError(f"bpg-migrate {' '.join(words)} ended with {ran.returncode}\n{ran.stdout}\n{ran.stderr}")
        return ran.stdout

    def files(self) -> dict[str, bytes]:
        """Every file under dags/, by its path there."""
        dags = self.root / "dags"
        return {str(file.relative_to(dags)): file.read_bytes() for file in sorted(dags.rglob("*")) if file.is_file()}

    def load(self) -> dict:
        """What `load_dags.py` prints for this tree: import errors, tasks, edges."""
        return json.loads(self.python("load_dags.py", str(self.root / "dags")).splitlines()[-1])

    def run(self, dag_id: str, gateway: str, day: str = "2024-06-03") -> dict:
        """Runs one DAG from end to end against a gateway; the states and XComs that `run_dag.py` prints."""
        connection = {"conn_type": "http", "host": gateway, "login": CREDENTIALS[0], "password": CREDENTIALS[1]}
        words = ("run_dag.py", str(self.root / "dags"), dag_id, day)
        printed = self.python(*words, AIRFLOW_CONN_BPG_CONNECTION=json.dumps(connection))
        return json.loads(printed.splitlines()[-1])

    def python(self, script: str, *words: str, **variables: str) -> str:
        """Runs a script of this folder in the Airflow that runs the tests, with this tree as its DAGs and plugins."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
        environment = {
            **inherited,
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(self.root / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(self.root / "plugins"),
            "PYTHONPATH": str(self.root / "plugins"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "ignore",
            **variables,
        }
        ran = subprocess.run(
            [sys.executable, str(HERE / script), *words],
            env=environment,
            cwd=self.root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )
        if ran.returncode != 0:
            raise AssertionError(f"{script} ended with {ran.returncode}\n{ran.stdout[-4000:]}\n{ran.stderr[-4000:]}")
        return ran.stdout
