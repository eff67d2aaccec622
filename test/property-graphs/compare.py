"""
Loads the DAGs that `migrate.ts` wrote, before and after, in one Airflow, and compares them: the same tasks but for removed
sensors, in the same groups with the same trigger rules, ordered as before with those contracted, and every task in the
state that it had, whichever tasks fail or are skipped.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "plugins"), str(HERE)]

from airflow.models.dagbag import DagBag  # noqa: E402

from states import simulate  # noqa: E402

SPARK = ("SparkKubernetesOperator", "SparkKubernetesSensor")


def describe(dag) -> dict[str, dict]:
    return {
        task.task_id: {
            "class": type(task).__name__,
            "rule": str(getattr(task.trigger_rule, "value", task.trigger_rule)),
            "group": task.task_group.group_id if task.task_group else None,
            "setup": task.is_setup,
            "teardown": task.is_teardown,
            "downstream": sorted(task.downstream_task_ids),
        }
        for task in dag.tasks
    }


def load(folder: Path) -> tuple[dict[str, dict], dict[str, str]]:
    bag = DagBag(str(folder / "dags"), include_examples=False)
    return {id: describe(dag) for id, dag in bag.dags.items()}, {Path(file).name: text for file, text in bag.import_errors.items()}


def edges_of(tasks: dict[str, dict]) -> set[tuple[str, str]]:
    return {(id, below) for id, task in tasks.items() for below in task["downstream"]}


def contracted(edges: set[tuple[str, str]], removed: set[str]) -> set[tuple[str, str]]:
    for task in removed:
        above, below = {a for a, b in edges if b == task}, {b for a, b in edges if a == task}
        edges = {edge for edge in edges if task not in edge} | {(a, b) for a in above for b in below}
    return edges


def differences(before: dict[str, dict], after: dict[str, dict], chance: random.Random) -> list[str]:
    removed = set(before) - set(after)
    found = [f"{id} is new" for id in set(after) - set(before)]
    found += [f"{id} is gone, and no sensor" for id in removed if before[id]["class"] != SPARK[1]]
    if contracted(edges_of(before), removed) != edges_of(after):
        lost = contracted(edges_of(before), removed) - edges_of(after)
        new = edges_of(after) - contracted(edges_of(before), removed)
        found.append(f"edges lost {sorted(lost)}, new {sorted(new)}")
    for id in set(before) & set(after):
        for key in ("rule", "group", "setup", "teardown"):
            if before[id][key] != after[id][key]:
                found.append(f"{id}: {key} {before[id][key]} became {after[id][key]}")
        kinds = (before[id]["class"], after[id]["class"])
        if kinds[0] != kinds[1] and kinds not in ((SPARK[0], "BPGOperator"), (SPARK[1], "EmptyOperator")):
            found.append(f"{id}: {kinds[0]} became {kinds[1]}")
    return found or states_that_differ(before, after, chance)


def states_that_differ(before: dict[str, dict], after: dict[str, dict], chance: random.Random) -> list[str]:
    """
    Runs in which some tasks fail or are skipped, a submission among them. A job that fails is not one of them: what stood
    behind the submission and not behind the sensor went on before, and waits now, as promised.
    """
    others = [id for id, task in before.items() if task["class"] != SPARK[1]]
    single = [{id: state} for id, state in itertools.product(others, ("failed", "skipped"))]
    mixed = [{id: chance.choice(("success", "failed", "skipped")) for id in others} for _ in range(12)]
    for outcomes in [{}, *single, *mixed]:
        old, now = simulate(before, outcomes), simulate(after, outcomes)
        wrong = {id: (old[id], now[id]) for id in now if old[id] != now[id]}
        if wrong:
            return [f"when {outcomes}: {wrong}"]
    return []


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--counts", type=Path)
    chosen = arguments.parse_args()
    started = time.monotonic()
    told = json.loads((chosen.folder / "told.json").read_text())
    before, errors = load(chosen.folder / "before")
    failures = [*told["problems"], *(f"before: {file}: {text[-300:]}" for file, text in errors.items())]
    passed = 0
    for name in ("all", "half"):
        after, errors = load(chosen.folder / name)
        failures += [f"{name}: {file}: {text[-300:]}" for file, text in errors.items()]
        for id, tasks in sorted(before.items()):
            found = differences(tasks, after[id], random.Random(id)) if id in after else ["it is gone"]
            passed += not found
            failures += [f"{name}: {id}: {difference}" for difference in found]
    sensors = sum(told["outcomes"].values())
    if told["outcomes"].get("removed", 0) * 3 < sensors:
        failures.append(f"only {told['outcomes'].get('removed', 0)} of {sensors} sensors were removed: nothing is shown")
    for failure in failures:
        print(failure)
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(told["outcomes"].items()))
    print(f"seed {told['seed']}: {len(before)} DAGs, {told['legacy']} tasks, {told['changes']} changes; sensors: {outcomes}")
    print(f"{passed} passed, {len(failures)} failed ({time.monotonic() - started:.0f} s in Airflow)")
    if chosen.counts:
        chosen.counts.write_text(json.dumps({"passed": passed, "failed": len(failures)}))
    return 1 if failures or len(before) != told["dags"] else 0


sys.exit(main())
