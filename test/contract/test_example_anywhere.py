"""The example in whatever Airflow runs this, migrated for the standalone operator: it loads, and the graph is the same."""

from __future__ import annotations

import shutil
import unittest
from importlib.metadata import version

from graphs import contracted, edges_of
from tree import PROJECT, Tree

AIRFLOW = version("apache-airflow")
VERSION = tuple(int(part) for part in AIRFLOW.split(".")[:2])
# 2.7: a keyword of the newer operator. 3.x: `schedule_interval`.
NOT_HERE = {"deidentify.py"} if VERSION < (2, 8) else {"spark_pi.py"} if VERSION >= (3, 0) else set()
REMOVED = {"churn_score": {"monitor"}}


def example() -> Tree:
    """With the standalone operator as its plugin, which the command finds by itself."""
    tree = Tree({"source": {"airflow": AIRFLOW}, "target": {"operator": "bpg_operator.BPGOperator"}})
    shutil.copy(PROJECT / "scaffold" / "operator" / "standalone.py", tree.root / "plugins" / "bpg_operator.py")
    return tree


class ExampleAnywhere(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = example()
        cls.addClassCleanup(cls.tree.close)
        cls.before = cls.tree.load()
        cls.tree.migrate("--include", "review")
        cls.after = cls.tree.load()

    def test_loads_before(self):
        """All but the files that use what this version does not have."""
        self.assertEqual({file.rpartition("/")[2] for file in self.before["importErrors"]}, NOT_HERE)
        self.assertEqual(len(self.before["dags"]), 8 - len(NOT_HERE))

    def test_loads_after(self):
        """A keyword that the source operator rejects here is no longer written, so a file may load only now."""
        self.assertLessEqual(set(self.after["importErrors"]), set(self.before["importErrors"]))

    def test_what_moved(self):
        moved = {
            dag_id
            for dag_id, dag in self.after["dags"].items()
            for task in dag["tasks"].values()
            if task["class"] == "BPGOperator"
        }
        wanted = {"daily_revenue", "spark_pi", "churn_score", "deidentify", "clinical_load"}
        self.assertEqual(moved, wanted & set(self.after["dags"]))
        self.assertGreaterEqual(len(moved), 4)

    def test_the_graph(self):
        self.assertLessEqual(set(self.before["dags"]), set(self.after["dags"]))
        for dag_id, dag in self.before["dags"].items():
            with self.subTest(dag_id):
                gone = set(dag["tasks"]) - set(self.after["dags"][dag_id]["tasks"])
                self.assertLessEqual(gone, REMOVED.get(dag_id, set()))
                self.assertEqual(edges_of(self.after["dags"][dag_id]), contracted(edges_of(dag), gone))
