"""The small subclass, over a stand-in for the published operator. That one is for Airflow 2 only."""

from __future__ import annotations

import json
import shutil
import sys
import unittest

from world import DAG_TEXT, DAGS, HERE, REQUEST, ROOT, SCAFFOLD, VERSION, WithGateway, load_dag

IMPORT = """\
import sys
sys.path.insert(0, %r)
from templated_bpg_operator import TemplatedBPGOperator as BPGOperator
"""


@unittest.skipIf(VERSION >= (3, 0), "the published operator does not run on Airflow 3")
class Subclass(WithGateway):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        place = ROOT / "published"
        place.mkdir()
        shutil.copy(SCAFFOLD / "subclass.py", place / "templated_bpg_operator.py")
        shutil.copy(HERE / "published.py", place / "bpg_operator.py")
        cls.text = DAG_TEXT.replace("from bpg_operator import BPGOperator\n", IMPORT % str(place))
        # the same module name as the standalone operator's: out with it for the time of this class
        cls.standalone = sys.modules.pop("bpg_operator", None)

    @classmethod
    def tearDownClass(cls):
        sys.modules.pop("bpg_operator", None)
        sys.path.remove(str(ROOT / "published"))
        if cls.standalone is not None:
            sys.modules["bpg_operator"] = cls.standalone

    def run_one(self, arguments: str):
        task = load_dag(self.text % f"log_poll_interval=0.05, {arguments}").get_task("job")
        ran = self.execute(task)
        return ran

    def test_a_path_rendered(self):
        (DAGS / "sub.bpg.yaml").write_text(REQUEST.replace("instances: 2", "instances: {{ params.n }}"))
        ran = self.run_one("application_content='sub.bpg.yaml'")
        self.assertIsNone(ran.error)
        [submission] = self.asked("POST")
        self.assertIn("instances: 3", submission["body"])
        self.assertEqual(submission["contentType"], "application/yaml")

    def test_a_file_with_its_type(self):
        file = ROOT / "plain.yaml"
        file.write_text(REQUEST)
        self.assertIsNone(self.run_one(f"application_file={str(file)!r}").error)
        self.assertEqual(self.asked("POST")[0]["contentType"], "application/yaml")

    def test_a_dict(self):
        content = {"sparkVersion": "3.5", "type": "Python", "mainApplicationFile": "a.py", "arguments": ["{{ ds }}"]}
        self.assertIsNone(self.run_one(f"application_content={content!r}").error)
        self.assertEqual(json.loads(self.asked("POST")[0]["body"])["arguments"], ["2024-06-03"])

    def test_failed_states(self):
        for scenario, words in (
            ("failed", "ended as FAILED: driver"),
            ("failed-submission", "ended as FAILED_SUBMISSION"),
        ):
            with self.subTest(scenario):
                self.plan(scenario)
                self.failed(self.run_one(f"application_content={REQUEST!r}"), words)

    def test_timeout_cancels(self):
        self.plan("running-for-ever")
        self.failed(self.run_one(f"application_content={REQUEST!r}, application_timeout=1"), "and is cancelled")
        self.assertEqual(len(self.asked("DELETE")), 1)

    def test_completed_while_the_log_streamed_past_the_timeout(self):
        self.plan({"log": ["line\n"] * 20, "logChunkMillis": 100})
        self.assertIsNone(self.run_one(f"application_content={REQUEST!r}, application_timeout=1").error)

    def test_killed(self):
        self.plan("running-for-ever")
        task = load_dag(self.text % f"application_content={REQUEST!r}").get_task("job")
        task._job = (self.gateway.url, "c01-" + "0" * 32, ("airflow", "password"))
        task.on_kill()
        task.on_kill()
        self.assertEqual(len(self.asked("DELETE")), 1)
