"""The same DAGs before the switch, with it on the old path, on the new one, on both, and without it again."""

from __future__ import annotations

import unittest

from switched_tree import SwitchedTree

ALL_NEW = "dags: {with_sensor: new, in_loops: new, in_groups: new, mapped: new, outside: new, decorated: new}\n"
MOVED = {
    "SparkKubernetesOperator": "BPGOperator",
    "mapped SparkKubernetesOperator": "mapped BPGOperator",
    "SparkKubernetesSensor": "EmptyOperator",
}


def moved(task: dict) -> dict:
    """The task as it must be on the new path: another class, and nothing else."""
    return {**task, "kind": MOVED.get(task["kind"], task["kind"])}


class Switch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        tree = SwitchedTree()
        cls.addClassCleanup(tree.close)
        cls.before = tree.load()
        cls.source = tree.files()
        tree.apply("--mode", "switch", "--include", "review")
        cls.switched = tree.files()
        cls.old = tree.load()
        tree.apply("--mode", "switch", "--include", "review")
        cls.again = tree.files()
        tree.route(
            "tasks:\n"
            "  in_groups: {outer.inner.second: new, third: new}\n"
            "  in_loops: {run_south: new}\n"
            "  outside: {other: new}\n"
            "dags:\n  mapped: new\n"
            "connections:\n  emr_a: new\n"
        )
        cls.some = tree.load()
        tree.route(ALL_NEW)
        cls.new = tree.load()
        tree.apply("--mode", "final")
        cls.final_files = tree.files()
        cls.final = tree.load()
        tree.command("undo")
        cls.undone = tree.files()
        for name, text in {"unknown": "dags: {mapped: newer}\n", "twice": "dags: {a: new, a: old}\n", "text": "old\n"}.items():
            tree.route(text)
            setattr(cls, name, tree.load())
        (tree.root / "dags" / "bpg-routing.yaml").unlink()
        cls.missing = tree.load()

    def expect(self, found: dict, new: set[tuple[str, str]] | None) -> None:
        """`new`: the tasks on the new path, None for all."""
        self.assertEqual(found["importErrors"], {})
        expected = {
            dag_id: {
                task_id: moved(task) if new is None or (dag_id, task_id) in new else task for task_id, task in tasks.items()
            }
            for dag_id, tasks in self.before["dags"].items()
        }
        self.assertEqual(found["dags"], expected)

    def test_loads_before(self):
        self.assertEqual(self.before["importErrors"], {})
        kinds = [task["kind"] for tasks in self.before["dags"].values() for task in tasks.values()]
        self.assertEqual(kinds.count("SparkKubernetesOperator"), 13)
        self.assertEqual(kinds.count("SparkKubernetesSensor"), 2)
        self.assertEqual(kinds.count("mapped SparkKubernetesOperator"), 1)

    def test_the_switch_alone_changes_nothing(self):
        self.assertNotEqual(self.switched, self.source)
        self.expect(self.old, set())

    def test_a_second_run_has_nothing_to_do(self):
        self.assertEqual(self.again, self.switched)

    def test_every_task_on_the_new_path(self):
        self.expect(self.new, None)

    def test_some_by_task_some_by_dag_some_by_connection(self):
        new = {
            ("with_sensor", "submit"),
            ("with_sensor", "monitor"),
            ("in_groups", "outer.inner.second"),
            ("in_groups", "outer.inner.watch"),
            ("in_groups", "third"),
            ("in_loops", "run_south"),
            ("mapped", "each"),
            ("outside", "other"),
            ("outside", "lonely"),
        }
        self.expect(self.some, new)

    def test_without_the_switch(self):
        self.assertEqual(self.final["importErrors"], {})
        kinds = {task["kind"] for tasks in self.final["dags"].values() for task in tasks.values()}
        self.assertFalse(kinds & set(MOVED))
        self.assertNotIn(b"on_bpg", self.final_files["dags/team/shapes.py"])
        for dag_id, tasks in self.final["dags"].items():
            kept = {task_id: task for task_id, task in self.new["dags"][dag_id].items() if task_id in tasks}
            self.assertEqual({task_id: task["kind"] for task_id, task in tasks.items()}, {t: k["kind"] for t, k in kept.items()})

    def test_undo_of_final(self):
        self.assertEqual({**self.undone, "dags/bpg-routing.yaml": b""}, {**self.switched, "dags/bpg-routing.yaml": b""})

    def test_a_damaged_file_is_an_import_error(self):
        for name, said in {
            "unknown": "'newer' is neither old nor new",
            "twice": "'a' stands twice",
            "text": "the file is 'old' in place of names",
            "missing": "can not be read, so no task has a path",
        }.items():
            with self.subTest(name):
                found = getattr(self, name)
                self.assertEqual(found["dags"], {})
                [error] = found["importErrors"].values()
                self.assertIn(said, error)


if __name__ == "__main__":
    unittest.main()
