"""Each way a document reaches the operator, as the command writes it: migrated, loaded here, executed, and sent whole."""

from __future__ import annotations

import json
import shutil
import subprocess

import yaml
from world import DAGS, PROJECT, SCAFFOLD, WithGateway

COMMAND = PROJECT / "dist" / "bpg-migrate.js"
MANIFEST = """\
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: report
spec:
  type: Python
  mode: cluster
  image: registry.example/jobs:1
  sparkVersion: "3.5.1"
  mainApplicationFile: local:///opt/report.py
  arguments: [%s]
  driver: {cores: 1, memory: 1g}
  executor: {instances: 2, cores: 1, memory: 1536m}
"""
HEAD = """\
from datetime import datetime
import json
from pathlib import Path

from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

MANIFEST = '''%s'''


def build():
    return json.loads(%r)


with DAG("$ID", start_date=datetime(2024, 6, 1), schedule=None) as dag:
    SparkKubernetesOperator(task_id="job", kubernetes_conn_id="emr", %s)
"""
CONFIGURATION = {
    "version": 1,
    "paths": ["dags"],
    "source": {"airflow": "2.10.3"},
    "routing": [{"connection": "emr", "queue": "poc"}],
    "queues": {"poc": {"provides": "all"}},
}


class Styles(WithGateway):
    def sent(self, name: str, given: str, payload: str = "auto", argument: str = "--day={{ ds }}") -> tuple[dict, str]:
        """What the gateway was sent for a task that was given so before, and the call as it was written."""
        root = DAGS.parent / f"styles_{name}"
        folder = root / "dags" / name
        folder.mkdir(parents=True)
        (root / "plugins").mkdir()
        shutil.copy(SCAFFOLD / "standalone.py", root / "plugins" / "bpg_operator.py")
        shutil.copy(SCAFFOLD / "to_bpg.py", root / "plugins" / "to_bpg.py")
        manifest = MANIFEST % json.dumps(argument)
        (folder / "report.yaml").write_text(manifest)
        text = HEAD % (manifest, json.dumps(yaml.safe_load(manifest)), given)
        (folder / f"{name}.py").write_text(text.replace("$ID", name))
        configuration = {**CONFIGURATION, "target": {"payload": payload}}
        (root / "bpg-migrate.yaml").write_text(yaml.safe_dump(configuration))
        words = ["node", str(COMMAND), "apply", "--include", "review", "--allow-dirty"]
        ran = subprocess.run(words, cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        written = (folder / f"{name}.py").read_text()
        self.assertNotIn("SparkKubernetesOperator(", written, ran.stdout + ran.stderr)
        shutil.copytree(folder, DAGS / name)
        shutil.copy(SCAFFOLD / "to_bpg.py", DAGS.parent / "plugins" / "to_bpg.py")
        ran = self.execute(self.loaded(DAGS / name / f"{name}.py", name))
        self.succeeded(ran)
        [submission] = self.asked("POST")
        return json.loads(submission["body"]), written[written.index("BPGOperator(task_id") :]

    def loaded(self, file, name: str):
        from world import load_dag

        text = file.read_text()
        # the file stays where its documents are
        return load_dag(text, f"{name}/{name}", dag_id=name).get_task("job")

    def expect(self, sent: dict, day: str = "2024-06-03") -> None:
        self.assertEqual(sent["arguments"], [f"--day={day}"])
        self.assertEqual((sent["queue"], sent["applicationName"], sent["sparkVersion"]), ("poc", "report", "3.5"))
        self.assertEqual(sent["executor"]["memory"], "1536m")
        self.assertEqual(sent["executor"]["instances"], 2)

    def test_templated(self):
        """A path beside the DAG file, which Airflow opens and renders."""
        sent, call = self.sent("templated", 'application_file="report.yaml"')
        self.expect(sent)
        self.assertIn('application_content="report.bpg.yaml"', call)

    def test_content(self):
        """The text itself, read where the DAG is parsed, rendered by the operator all the same."""
        sent, call = self.sent("content", 'application_file="report.yaml"', "content")
        self.expect(sent)
        self.assertIn(".read_text()", call)

    def test_file(self):
        sent, call = self.sent("file", 'application_file="report.yaml"', "file")
        self.expect(sent)
        self.assertIn('application_file="report.bpg.json"', call)

    def test_text_of_a_constant(self):
        sent, call = self.sent("constant", "application_file=MANIFEST")
        self.expect(sent)
        self.assertIn("application_content=MANIFEST", call)

    def test_dict(self):
        manifest = json.dumps(yaml.safe_load(MANIFEST % json.dumps("--day={{ ds }}")))
        sent, call = self.sent("dict", f"template_spec={manifest}")
        self.expect(sent)
        self.assertIn("application_content={", call)

    def test_runtime_helper(self):
        """A document that exists at run time only goes through the helper."""
        sent, call = self.sent("helper", "template_spec=build()")
        self.expect(sent)
        self.assertIn("to_bpg(build()", call)
