"""Migrated DAGs run from end to end in Airflow against the gateway, one for each way a document reaches the operator."""

from __future__ import annotations

import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from gateway import Gateway
from tree import EXAMPLE, Tree


class WithGateway(unittest.TestCase):
    """Starts a gateway for each test; the trees are made by the tests."""

    def setUp(self):
        folder = TemporaryDirectory(prefix="bpg-migrate-gateway-")
        self.addCleanup(folder.cleanup)
        self.gateway = Gateway(Path(folder.name))
        self.addCleanup(self.gateway.stop)

    def migrated(self, *flags: str, operator: str | None = None) -> Tree:
        """The example, migrated; `operator` is a class of `operators/` other than the published one."""
        settings = {}
        if operator:
            module = f"{operator}_bpg_operator"
            name = f"{operator.title()}BPGOperator"
            settings["target"] = {"operator": f"{module}.{name}", "operatorSource": f"plugins/{module}.py"}
        tree = Tree(settings)
        self.addCleanup(tree.close)
        tree.migrate(*flags)
        return tree


class Runs(WithGateway):
    def run_dag(self, tree: Tree, dag_id: str, task_id: str) -> tuple[dict, str]:
        """Runs the DAG; what the gateway was given, as a value, and the Content-Type it came with."""
        ended = tree.run(dag_id, self.gateway.url)
        self.assertEqual(ended["state"], "success", f"{ended}\n{self.gateway.log()}")
        self.assertEqual(set(ended["tasks"].values()), {"success"})
        [submission] = self.gateway.submissions()
        polls = [request for request in self.gateway.requests() if request["path"].endswith("/status")]
        self.assertGreater(len(polls), 1, "the task looked at the state once only: the gateway's states are not real")
        self.assertIn(ended["submissions"][task_id], polls[-1]["path"])
        return yaml.safe_load(submission["body"]), submission["contentType"]

    def test_content(self):
        """The published operator: the file's text, read where the DAG is parsed."""
        tree = self.migrated()
        sent, content_type = self.run_dag(tree, "daily_revenue", "aggregate")
        written = yaml.safe_load((tree.root / "dags/sales/daily_revenue.bpg.yaml").read_text())
        self.assertEqual(sent, written)
        self.assertEqual(content_type, "application/yaml")
        self.assertEqual(sent["applicationName"], "daily-revenue")
        self.assertEqual(sent["queue"], "analytics")
        self.assertEqual(sent["sparkVersion"], "3.5")
        self.assertEqual(sent["executor"]["instances"], 4)
        self.assertEqual(sent["sparkConf"]["spark.hadoop.fs.s3a.endpoint.region"], "eu-central-1")

    def test_content_from_a_constant(self):
        tree = self.migrated()
        sent, _ = self.run_dag(tree, "spark_pi", "submit_spark_pi")
        self.assertEqual(sent["queue"], "poc")
        self.assertEqual(sent["driver"], {"cores": 1, "coreLimit": "2", "memory": "512m", "labels": {"version": "3.5.1"}})
        self.assertEqual(sent["executor"], {"instances": 2, "cores": 1, "memory": "1024m"})
        self.assertEqual(sent["sparkConf"], {"spark.kubernetes.driver.node.selector.team": "phi"})

    def test_content_after_consent(self):
        tree = self.migrated("--include", "review")
        sent, _ = self.run_dag(tree, "deidentify", "remove_names")
        self.assertEqual(sent["applicationName"], "deidentify")
        self.assertEqual(sent["queue"], "phi-batch")
        self.assertEqual(sent["driver"]["serviceAccount"], "spark-clinical")
        self.assertEqual(sent["sparkConf"], {"spark.kubernetes.driver.secrets.clinical-salt": "/etc/clinical/salt"})

    def test_templated(self):
        """A subclass with template fields: a path, resolved beside the DAG file, and its Jinja rendered."""
        tree = self.migrated("--include", "review", operator="templated")
        sent, content_type = self.run_dag(tree, "clinical_load", "load")
        self.assertEqual(content_type, "application/yaml")
        source = (tree.root / "dags/clinical/clinical_load.py").read_text()
        self.assertIn('application_content="clinical_load.bpg.yaml"', source)
        self.assertEqual(sent["arguments"], ["--day=2024-06-03"])
        self.assertEqual(sent["executor"]["instances"], 4)
        self.assertEqual(sent["queue"], "phi-batch")
        secret = sent["sparkConf"]["spark.kubernetes.driver.secretKeyRef.DATABASE_PASSWORD"]
        self.assertEqual(secret, "clinical-database:password")

    def test_file_with_type(self):
        """The blog post's form: the text in application_file and its type beside it."""
        tree = self.migrated(operator="typed")
        task = tree.load()["dags"]["spark_pi"]["tasks"]["submit_spark_pi"]
        self.assertNotIn("apiVersion", task["application_file"])
        sent, content_type = self.run_dag(tree, "spark_pi", "submit_spark_pi")
        self.assertEqual(content_type, "application/yaml")
        self.assertEqual(sent["queue"], "poc")
        self.assertEqual(sent["executor"], {"instances": 2, "cores": 1, "memory": "1024m"})


class Refusals(WithGateway):
    """What would have happened without a translation."""

    def test_the_manifest_itself_is_refused(self):
        for file in sorted(EXAMPLE.glob("dags/*/*.yaml")):
            with self.subTest(file.name):
                answer = self.gateway.submit(file.read_text(), "application/yaml")
                self.assertEqual(answer.status_code, 400, answer.text)
                if "{{" not in file.read_text():  # Jinja is no YAML, so nothing gets as far as the keys
                    self.assertIn("apiVersion", answer.text)

    def test_a_yaml_file_without_a_type_is_refused(self):
        """The published operator sends no Content-Type with a file: why a path is never chosen for it."""
        tree = self.migrated()
        written = (tree.root / "dags/sales/daily_revenue.bpg.yaml").read_text()
        self.assertEqual(self.gateway.submit(written, "").status_code, 400)
        self.assertEqual(self.gateway.submit(written, "application/yaml").status_code, 200)
