"""Airflow loads the example before and after a migration, and finds the same graph of the same tasks."""

from __future__ import annotations

import unittest

from graphs import contracted, edges_of
from tree import Tree

SAFE = {"daily_revenue": "aggregate", "spark_pi": "submit_spark_pi"}
REVIEW = {"churn_score": "submit", "deidentify": "remove_names"}
MANUAL = {"clinical_load": {"load"}, "tenant_reports": {"run_north", "run_south", "run_west"}}
SOURCE = "SparkKubernetesOperator"


class ExampleLoads(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = Tree()
        cls.addClassCleanup(cls.tree.close)
        cls.source_files = cls.tree.files()
        cls.before = cls.tree.load()
        cls.verdicts = {task["id"]: task["verdict"] for task in cls.tree.scan()["tasks"]}
        cls.tree.migrate()
        cls.safe_files = cls.tree.files()
        cls.safe = cls.tree.load()
        cls.tree.migrate("--include", "review")
        cls.all_files = cls.tree.files()
        cls.all = cls.tree.load()
        cls.tree.migrate("--include", "review")
        cls.again_files = cls.tree.files()

    def test_loads_before(self):
        self.assertEqual(self.before["importErrors"], {})
        found = {
            (dag_id, task_id)
            for dag_id, dag in self.before["dags"].items()
            for task_id, task in dag["tasks"].items()
            if task["class"] == SOURCE
        }
        manual = {(dag_id, task_id) for dag_id, task_ids in MANUAL.items() for task_id in task_ids}
        self.assertEqual(found, {*SAFE.items(), *REVIEW.items(), *manual})

    def test_verdicts(self):
        expected = {
            "dags/sales/daily_revenue.py#daily_revenue.aggregate": "safe",
            "dags/quickstart/spark_pi.py#spark_pi.submit_spark_pi": "safe",
            "dags/scoring/churn_score.py#churn_score.submit": "review",
            "dags/clinical/deidentify.py#deidentify.remove_names": "review",
            "dags/clinical/clinical_load.py#clinical_load.load": "manual",
        }
        reports = {id: verdict for id, verdict in self.verdicts.items() if "tenant_reports.py" in id}
        self.assertEqual({id: self.verdicts.get(id) for id in expected}, expected)
        self.assertEqual(set(reports.values()), {"manual"})
        self.assertEqual(len(self.verdicts), len(expected) + len(reports))

    def test_loads_with_the_safe_tasks_migrated(self):
        self.assertEqual(self.safe["importErrors"], {})
        self.expect_migrated(self.safe, SAFE)
        self.expect_the_same(self.safe, {dag_id for dag_id in self.before["dags"] if dag_id not in SAFE})

    def test_loads_with_the_review_tasks_migrated(self):
        self.assertEqual(self.all["importErrors"], {})
        self.expect_migrated(self.all, {**SAFE, **REVIEW})
        self.expect_the_same(self.all, {*MANUAL, "log_cleanup", "spark_nodes"})

    def test_graph_with_the_safe_tasks_migrated(self):
        self.expect_graph(self.safe, removed={})

    def test_graph_with_the_sensor_removed(self):
        self.expect_graph(self.all, removed={"churn_score": {"monitor"}})

    def test_the_sensor_told_its_interval(self):
        """`churn_score`'s sensor asked every 30 s; what else the call said is still there."""
        submit = self.all["dags"]["churn_score"]["tasks"]["submit"]
        self.assertEqual(submit["log_poll_interval"], 30)
        self.assertEqual(submit["pool"], "spark")

    def test_graph_with_a_placeholder_for_the_sensor(self):
        tree = Tree({"sensors": "placeholder"})
        self.addCleanup(tree.close)
        tree.migrate("--include", "review")
        loaded = tree.load()
        self.assertEqual(loaded["importErrors"], {})
        self.expect_graph(loaded, removed={})
        self.assertEqual(loaded["dags"]["churn_score"]["tasks"]["monitor"]["class"], "EmptyOperator")

    def test_a_second_apply_changes_nothing(self):
        self.assertEqual(self.again_files, self.all_files)

    def test_files_without_a_migratable_task_keep_every_byte(self):
        for path in (
            "clinical/clinical_load.py",
            "clinical/clinical_load.yaml",
            "reports/tenant_reports.py",
            "platform/log_cleanup.py",
            "platform/spark_nodes.py",
            "sales/daily_revenue.yaml",
            "scoring/churn_score.yaml",
        ):
            with self.subTest(path):
                self.assertEqual(self.all_files[path], self.source_files[path])

    def test_a_default_apply_leaves_the_review_files(self):
        for path in ("scoring/churn_score.py", "clinical/deidentify.py"):
            with self.subTest(path):
                self.assertEqual(self.safe_files[path], self.source_files[path])
                self.assertNotEqual(self.all_files[path], self.source_files[path])

    def expect_migrated(self, loaded: dict, tasks: dict[str, str]) -> None:
        for dag_id, task_id in tasks.items():
            task = loaded["dags"][dag_id]["tasks"][task_id]
            with self.subTest(dag_id):
                self.assertEqual(task["class"], "BPGOperator")
                self.assertEqual(task["connection_id"], "bpg_connection")
                self.assertEqual(task["application_timeout"], 6 * 3600)
                self.assertIn("applicationName: ", task["application_content"])
                self.assertNotIn("apiVersion", task["application_content"])

    def expect_the_same(self, loaded: dict, dag_ids: set[str]) -> None:
        for dag_id in dag_ids:
            with self.subTest(dag_id):
                self.assertEqual(loaded["dags"][dag_id], self.before["dags"][dag_id])

    def expect_graph(self, loaded: dict, removed: dict[str, set[str]]) -> None:
        self.assertEqual(set(loaded["dags"]), set(self.before["dags"]))
        for dag_id, dag in self.before["dags"].items():
            gone = removed.get(dag_id, set())
            after = loaded["dags"][dag_id]
            with self.subTest(dag_id):
                self.assertEqual(set(after["tasks"]), set(dag["tasks"]) - gone)
                self.assertEqual(edges_of(after), contracted(edges_of(dag), gone))
