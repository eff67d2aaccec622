"""The runtime helper: what the project's own translator makes of a document, or a refusal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from world import DAGS, PROJECT, SCAFFOLD, WithGateway, load_dag

sys.path.insert(0, str(SCAFFOLD))
from to_bpg import NotTranslatable, to_bpg  # noqa: E402

TRANSLATE = """
import { readFileSync } from 'node:fs';
import { translate } from './src/spec/translate.ts';
const told = JSON.parse(readFileSync(0, 'utf8')).map((text) => {
  const made = translate(text, { queue: 'poc', format: 'json' });
  const lost = made.ok ? made.losses.filter((loss) => loss.class === 'lost').map((loss) => loss.path) : ['*'];
  return { request: made.ok ? made.request : null, lost };
});
console.log(JSON.stringify(told));
"""
PI = {
    "apiVersion": "sparkoperator.k8s.io/v1beta2",
    "kind": "SparkApplication",
    "metadata": {"name": "pi", "namespace": "phi", "labels": {"team": "phi"}},
    "spec": {
        "type": "Scala",
        "mode": "cluster",
        "image": "registry.example/spark:3.5.1",
        "sparkVersion": "3.5.1",
        "mainClass": "org.apache.spark.examples.SparkPi",
        "mainApplicationFile": "local:///spark-examples.jar",
        "driver": {"cores": 1, "coreLimit": "1200m", "memory": "512m", "nodeSelector": {"pool": "phi"}},
        "executor": {"instances": 2, "memory": "1024"},
    },
}


def outside(variable: str, beside: str) -> Path | None:
    """Data that does not belong to the project, beside the checkout or where the variable says."""
    place = Path(os.environ.get(variable, PROJECT.parent / "shared" / beside))
    return place if place.is_dir() else None


class EqualsTheTranslator(unittest.TestCase):
    def compare(self, texts: list[str]) -> tuple[int, list[str]]:
        """How many both translate, and why the helper refuses what the translator does."""
        words = ["node", "--import", "tsx", "--input-type=module", "-e", TRANSLATE]
        ran = subprocess.run(words, cwd=PROJECT, input=json.dumps(texts), capture_output=True, text=True, timeout=180)
        self.assertEqual(ran.returncode, 0, ran.stderr[-2000:])
        both, alone = 0, []
        for text, told in zip(texts, json.loads(ran.stdout)):
            with self.subTest(text[:200]):
                try:
                    made = json.loads(to_bpg(text, "poc"))
                except NotTranslatable as refusal:
                    alone += [] if told["lost"] else [str(refusal)]
                    continue
                self.assertEqual(told["lost"], [], "something was lost without a word")
                self.assertEqual(made, told["request"])
                both += 1
        return both, alone

    def test_the_designed_recordings(self):
        import gzip

        file = PROJECT / "fixtures" / "recordings" / "pairs.jsonl.gz"
        with gzip.open(file, "rt") as lines:
            pairs = [json.loads(line) for line in lines]
        both, alone = self.compare([json.dumps(pair["manifest"]) for pair in pairs])
        self.assertGreater(both, 150)
        self.assertEqual(alone, [])

    def test_public_manifests(self):
        place = outside("BPG_MANIFESTS", "corpus/manifests")
        if place is None:
            self.skipTest("no public manifests beside the checkout (BPG_MANIFESTS)")
        found = [file.read_bytes().decode("utf-8", "replace") for file in sorted(place.iterdir())]
        self.assertGreater(len(found), 50)
        both, alone = self.compare(found)
        self.assertGreater(both, 30)
        # what is refused is text that nobody has rendered yet, or says two things at once
        for reason in alone:
            self.assertRegex(reason, r"\{\{|found un|is there twice|Jinja")
        # and as the helper gets them: rendered
        both, alone = self.compare([re.sub(r"\{[{%].*?[%}]\}", "2", text) for text in found])
        self.assertGreater(both, 40)
        for reason in alone:
            self.assertIn("is there twice", reason)


class Made(WithGateway):
    def test_the_gateway_takes_it(self):
        answer = self.gateway.submit(to_bpg(PI, "poc"), "application/json")
        self.assertEqual(answer.status_code, 200, answer.text)

    def test_the_operator_sends_it(self):
        self.succeeded(self.run_job(content=to_bpg(PI, "poc")))

    def test_a_dict(self):
        made = json.loads(to_bpg(PI, "poc"))
        self.assertEqual(made["driver"], {"cores": 1, "coreLimit": "2", "memory": "512m", "labels": {"team": "phi"}})
        self.assertEqual(made["executor"], {"cores": 1, "instances": 2, "memory": "1024m", "labels": {"team": "phi"}})
        self.assertEqual(made["sparkConf"], {"spark.kubernetes.driver.node.selector.pool": "phi"})
        self.assertEqual((made["applicationName"], made["queue"], made["sparkVersion"]), ("pi", "poc", "3.5"))

    def test_the_document_stays_as_it_was(self):
        before = json.dumps(PI)
        to_bpg(PI, "poc", labels={"cost": "1"}, image="other")
        self.assertEqual(json.dumps(PI), before)

    def test_what_is_said_beside_it(self):
        given = {
            "name": "x",
            "image": "i",
            "main_application_file": "f",
            "spot_instance": True,
            "labels": {"team": "b"},
        }
        made = json.loads(to_bpg(PI, None, max_running_millis=5, **given))
        self.assertNotIn("queue", made)
        self.assertEqual((made["applicationName"], made["image"], made["mainApplicationFile"]), ("x", "i", "f"))
        self.assertIs(made["spotInstance"], True)
        self.assertEqual(made["executor"]["labels"], {"team": "b"})
        self.assertEqual(made["sparkConf"]["bpg.maxRunningMillis"], "5")


class Refused(unittest.TestCase):
    def changed(self, place: str, value) -> dict:
        document = json.loads(json.dumps(PI))
        *parents, last = place.split(".")
        target = document
        for key in parents:
            target = target[key]
        target[last] = value
        return document

    def test_each_names_its_path(self):
        cases = {
            "spec.driver.tolerations": ([{"operator": "Exists"}], "driver.tolerations"),
            "spec.executor.sidecars": ([{}], "executor.sidecars"),
            "spec.driver.envFrom": ([{}], "driver.envFrom"),
            "spec.driver.env": ([{"name": "A", "valueFrom": {"configMapKeyRef": {}}}], "driver.env[0].valueFrom"),
            "spec.driver.securityContext": ({"runAsGroup": 1}, "driver.securityContext.runAsGroup"),
            "spec.executor.instancse": (2, "executor.instancse"),
            "spec.suspend": (True, "suspend"),
            "spec.sparkVersion": ("latest", "sparkVersion"),
            "spec.driver.cores": (1.5, "driver.cores"),
            "spec.executor.memory": ("much", "executor.memory"),
            "spec.type": (None, "type"),
            "kind": ("ScheduledSparkApplication", "kind"),
            "spec.driver.memory": ("{{ params.m }}", "driver.memory"),
            "spec.arguments": (['{{ params["a"] }}'], "arguments[0]"),
        }
        for place, (value, path) in cases.items():
            with self.subTest(place), self.assertRaises(NotTranslatable) as raised:
                to_bpg(self.changed(place, value), "poc")
            self.assertIn(path, str(raised.exception))

    def test_a_volume_that_is_mounted(self):
        document = self.changed("spec.volumes", [{"name": "a", "csi": {"driver": "x"}}])
        to_bpg(document, "poc")  # nothing mounts it
        document["spec"]["driver"]["volumeMounts"] = [{"name": "a", "mountPath": "/a"}]
        with self.assertRaisesRegex(NotTranslatable, r"driver.volumeMounts\[0\]"):
            to_bpg(document, "poc")

    def test_all_at_once_and_what_was_agreed(self):
        document = self.changed("spec.driver.tolerations", [{}])
        document["spec"]["executor"]["tolerations"] = [{}]
        with self.assertRaisesRegex(NotTranslatable, "driver.tolerations.*executor.tolerations"):
            to_bpg(document, "poc")
        made = to_bpg(document, "poc", accept=["driver.tolerations", "executor.tolerations"])
        self.assertEqual(made, to_bpg(PI, "poc"))

    def test_broken_texts(self):
        for text in ("", "a: [", "- a", "a: 1\n---\nb: 2", "a: &a [*a]\nkind: x"):
            with self.subTest(text), self.assertRaises(NotTranslatable):
                to_bpg(text, "poc")

    def test_what_is_no_document(self):
        for value in (None, 7, [PI], "nowhere/a.yaml"):
            with self.subTest(value), self.assertRaises(NotTranslatable):
                to_bpg(value, "poc")

    def test_the_path_of_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "pi.json"
            file.write_text(json.dumps(PI))
            for path in (file, str(file)):
                self.assertEqual(to_bpg(path, "poc"), to_bpg(PI, "poc"))


class Rendered(WithGateway):
    """Documents that exist only when the task runs: the operator renders them, then has them translated."""

    TRANSLATE = 'translate=lambda document: __import__("to_bpg").to_bpg(document, queue="poc")'

    def sent(self, content, **context) -> dict:
        self.before = len(self.gateway.requests())
        self.succeeded(self.run_job(f"{self.TRANSLATE}, accounting_labels=False", content, **context))
        [submission] = self.asked("POST")
        return json.loads(submission["body"])

    def test_text_and_dicts_of_another_task(self):
        expected = json.loads(to_bpg(PI, "poc"))
        for value in (json.dumps(PI), PI):
            with self.subTest(type(value)):
                self.assertEqual(self.sent("{{ made }}", made=value), expected)

    def test_a_path_that_is_rendered(self):
        file = DAGS / "made-2024.yaml"
        file.write_text(json.dumps(PI))
        self.assertEqual(self.sent(f"{DAGS}/made-{{{{ ds[:4] }}}}{{{{ '.yaml' }}}}")["applicationName"], "pi")

    def test_jinja_that_changes_the_structure(self):
        (DAGS / "forms.yaml").write_text(
            "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata: {name: pi}\n"
            "spec:\n  type: Python\n  sparkVersion: '3.5'\n  mainApplicationFile: local:///a.py\n"
            "  executor:\n    instances: {{ params.n }}\n{% if params.n > 2 %}    memory: 2Gi\n{% endif %}"
        )
        self.assertEqual(self.sent("forms.yaml")["executor"], {"instances": 3, "memory": "2g", "cores": 1})

    def test_what_can_not_be_translated_is_not_tried_again(self):
        ran = self.run_job(self.TRANSLATE, "{{ made }}", made={**PI, "kind": "ScheduledSparkApplication"})
        self.failed(ran, "kind must be SparkApplication", "AirflowFailException")
        self.assertEqual(self.asked("POST"), [])

    def test_it_is_no_part_of_what_the_scheduler_stores(self):
        from airflow.serialization import serialized_objects

        dag = self.task(self.TRANSLATE, "{{ made }}").dag
        # its name since 3.1
        writer = getattr(serialized_objects, "DagSerialization", None) or serialized_objects.SerializedDAG
        self.assertNotIn("lambda", json.dumps(writer.to_dict(dag)))

    def test_mapped_tasks(self):
        from airflow.serialization import serialized_objects

        mapped = (
            "from datetime import datetime\nfrom airflow import DAG\nfrom bpg_operator import BPGOperator\n"
            "from to_bpg import to_bpg\nwith DAG('$ID', start_date=datetime(2024, 6, 1), schedule=None) as dag:\n"
            "    BPGOperator.partial(task_id='job', translate=lambda document: to_bpg(document, queue='poc'))"
            f".expand(application_content=[{PI!r}])\n"
        )
        dag = load_dag(mapped)
        writer = getattr(serialized_objects, "DagSerialization", None) or serialized_objects.SerializedDAG
        self.assertIn("job", json.dumps(writer.to_dict(dag)))
        task = dag.get_task("job").unmap({"application_content": PI})
        self.assertEqual(json.loads(task.translate(PI)), json.loads(to_bpg(PI, "poc")))
