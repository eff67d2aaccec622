"""A switched DAG of the example, run from end to end on the new path against the gateway of the tests (Airflow 2.10)."""

from __future__ import annotations

import json
import sys
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import airflow

if not airflow.__version__.startswith("2.10."):
    raise unittest.SkipTest("the published operator and the contract's tools are for Airflow 2.10")

import tree as contract  # noqa: E402
import yaml  # noqa: E402
from gateway import Gateway  # noqa: E402
from switched_tree import COMMAND  # noqa: E402


class NewPath(unittest.TestCase):
    def test_the_job_goes_to_the_gateway(self):
        folder = TemporaryDirectory(prefix="bpg-migrate-gateway-")
        self.addCleanup(folder.cleanup)
        gateway = Gateway(Path(folder.name))
        self.addCleanup(gateway.stop)
        contract.COMMAND = COMMAND
        example = contract.Tree()
        self.addCleanup(example.close)
        example.migrate("--mode", "switch")
        (example.root / "dags" / "bpg-routing.yaml").write_text("dags: {daily_revenue: new}\n")
        ended = example.run("daily_revenue", gateway.url)
        self.assertEqual(ended["state"], "success", f"{ended}\n{gateway.log()}")
        [submission] = gateway.submissions()
        sent = yaml.safe_load(submission["body"])
        self.assertEqual((sent["applicationName"], sent["queue"]), ("daily-revenue", "analytics"))

    def test_verify_looks_at_both_paths(self):
        contract.COMMAND = COMMAND
        example = contract.Tree()
        self.addCleanup(example.close)
        words = ("--planned", "--mode", "switch", "--include", "review", "--format", "json")
        old, new = json.loads(example.command("verify", "--python", sys.executable, *words))
        self.assertEqual((old["summary"]["unexplained"], new["summary"]["unexplained"]), (0, 0))
        self.assertEqual(old["summary"]["migrated"], 0)
        self.assertEqual(new["summary"]["migrated"], 4)
