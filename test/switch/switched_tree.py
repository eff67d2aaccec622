"""A temporary copy of `repository/`, switched by the command and loaded in the Airflow that runs the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import airflow

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
COMMAND = Path(os.environ.get("BPG_MIGRATE_COMMAND", PROJECT / "dist" / "bpg-migrate.js"))


class SwitchedTree:
    """The repository with the scaffolded operator as its plugin, for the Airflow at hand. `close` removes it."""

    def __init__(self) -> None:
        self.place = tempfile.TemporaryDirectory(prefix="bpg-migrate-switch-")
        self.root = Path(self.place.name) / "repository"
        self.home = Path(self.place.name) / "airflow"
        self.home.mkdir()
        shutil.copytree(HERE / "repository", self.root)
        plugins = self.root / "plugins"
        plugins.mkdir()
        shutil.copy(PROJECT / "scaffold" / "operator" / "standalone.py", plugins / "bpg_operator.py")
        file = self.root / "bpg-migrate.yaml"
        file.write_text(file.read_text().replace("2.10.3", airflow.__version__))

    def close(self) -> None:
        self.place.cleanup()

    def apply(self, *flags: str) -> str:
        return self.command("apply", *flags)

    def command(self, *words: str, code: int = 0) -> str:
        ran = subprocess.run(
            ["node", str(COMMAND), *words], cwd=self.root, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
        )
        if ran.returncode != code:
            raise AssertionError(f"bpg-migrate {' '.join(words)} ended with {ran.returncode}\n{ran.stdout}\n{ran.stderr}")
        return ran.stdout

    def route(self, text: str) -> None:
        (self.root / "dags" / "bpg-routing.yaml").write_text(text)

    def files(self) -> dict[str, bytes]:
        return {str(file.relative_to(self.root)): file.read_bytes() for file in sorted(self.root.glob("dags/**/*")) if file.is_file()}

    def load(self) -> dict:
        """Import errors, and the tasks of each DAG, as `describe_dags.py` prints them."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
        environment = {
            **inherited,
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(self.root / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(self.root / "plugins"),
            "PYTHONPATH": os.pathsep.join([str(self.root / "plugins"), str(self.root / "dags")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "ignore",
        }
        ran = subprocess.run(
            [sys.executable, str(HERE / "describe_dags.py"), str(self.root / "dags")],
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=200,
        )
        if ran.returncode != 0:
            raise AssertionError(f"loading ended with {ran.returncode}\n{ran.stdout[-4000:]}\n{ran.stderr[-4000:]}")
        return json.loads(ran.stdout.splitlines()[-1])
