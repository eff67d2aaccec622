"""The module of the switch by itself, in the Airflow that runs the tests: who wins, and what it refuses."""

from __future__ import annotations

import importlib.util
import shutil
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import pendulum
from airflow import DAG
from airflow.utils.task_group import TaskGroup
from switched_tree import PROJECT


class Module(unittest.TestCase):
    def setUp(self):
        folder = TemporaryDirectory(prefix="bpg-migrate-module-")
        self.addCleanup(folder.cleanup)
        file = Path(folder.name) / "bpg_switch.py"
        shutil.copy(PROJECT / "scaffold" / "switch" / "bpg_switch.py", file)
        specification = importlib.util.spec_from_file_location("bpg_switch_under_test", file)
        self.module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(self.module)
        self.routes = file.with_name("bpg-routing.yaml")
        self.dag = DAG("d", start_date=pendulum.datetime(2024, 1, 1))

    def on_bpg(self, routes: str, *words, **keywords) -> bool:
        self.routes.write_text(routes)
        return self.module.on_bpg(*words, **keywords)

    def test_the_most_specific_wins(self):
        connection = "connections: {c: new}\n"
        dag = connection + "dags: {d: old}\n"
        task = dag + "tasks: {d: {t: new}}\n"
        with self.dag:
            self.assertFalse(self.on_bpg("tasks:\n", "t", connection="c"))
            self.assertTrue(self.on_bpg(connection, "t", connection="c"))
            self.assertFalse(self.on_bpg(connection, "t", connection="other"))
            self.assertFalse(self.on_bpg(connection, "t"))
            self.assertFalse(self.on_bpg(dag, "t", connection="c"))
            self.assertTrue(self.on_bpg(task, "t", connection="c"))
            self.assertFalse(self.on_bpg(task, "u", connection="c"))

    def test_ids_have_the_prefixes_of_their_groups(self):
        routes = "tasks: {d: {g.h.t: new, t: old}}\n"
        with self.dag, TaskGroup("g"):
            with TaskGroup("h") as inner:
                self.assertTrue(self.on_bpg(routes, "t"))
                self.assertFalse(self.on_bpg(routes, "t", task_group=None))
                self.assertTrue(self.on_bpg(routes, "g.h.t", task_group=None))
            self.assertFalse(self.on_bpg(routes, "t"))
            self.assertTrue(self.on_bpg(routes, "t", task_group=inner))

    def test_a_dag_that_is_given(self):
        self.assertTrue(self.on_bpg("dags: {d: new}\n", "t", dag=self.dag))
        self.assertFalse(self.on_bpg("dags: {d: new}\n", "t"))
        self.assertTrue(self.on_bpg('tasks: {"?": {t: new}}\n', "t"))

    def test_a_word_that_changes_counts_at_once(self):
        with self.dag:
            self.assertFalse(self.on_bpg("dags: {d: old}\n", "t"))
            self.assertTrue(self.on_bpg("dags: {d: new}\n", "t"))

    def test_what_is_refused(self):
        for routes, said in {
            "tasks: {d: new}\n": "in place of names",
            "task: {d: {t: new}}\n": "'task' is none of tasks, dags, connections",
            "dags: {d: true}\n": "neither old nor new",
            "dags: {d: }\n": "None is neither old nor new",
            "dags: {1: new}\n": "1 is no text",
            "dags:\n  d: new\n  d: old\n": "'d' stands twice",
            "dags: [d\n": "no valid YAML",
            "[]\n": "in place of names",
            "": "is empty",
            "# nothing\n": "is empty",
        }.items():
            with self.subTest(routes), self.assertRaises(self.module.RoutingError) as caught:
                self.on_bpg(routes, "t", dag=self.dag)
            self.assertIn(said, str(caught.exception))

    def test_no_file(self):
        with self.assertRaises(self.module.RoutingError):
            self.module.on_bpg("t", dag=self.dag)


if __name__ == "__main__":
    unittest.main()
