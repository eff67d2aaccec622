"""What becomes of each task of a run, by the states that some of them end in: the trigger rules of Airflow, without a run."""

from __future__ import annotations

FAILURES = ("failed", "upstream_failed")


def decide(rule: str, above: list[str], setups: list[str]) -> str:
    """What a task does once everything above (setups apart too) has ended: `run`, or its state without running."""
    total = len(above)
    count = {state: above.count(state) for state in ("success", "failed", "upstream_failed", "skipped")}
    failures = count["failed"] + count["upstream_failed"]
    if not above or rule in ("always", "all_done"):
        return "run"
    if rule == "all_done_setup_success":
        if not setups or "success" in setups:
            return "run"
        return "skipped" if "skipped" in setups else "upstream_failed"
    if rule == "all_success":
        return "upstream_failed" if failures else "skipped" if count["skipped"] else "run"
    if rule == "all_failed":
        return "run" if failures == total else "skipped"
    if rule == "one_failed":
        return "run" if failures else "skipped"
    if rule == "one_success":
        return "run" if count["success"] else "skipped" if count["skipped"] == total else "upstream_failed"
    if rule == "one_done":
        return "run" if count["success"] + count["failed"] else "skipped"
    if rule == "none_failed":
        return "upstream_failed" if failures else "run"
    if rule == "none_failed_min_one_success":
        return "upstream_failed" if failures else "skipped" if count["skipped"] == total else "run"
    if rule == "none_skipped":
        return "skipped" if count["skipped"] else "run"
    if rule == "all_skipped":
        return "run" if count["skipped"] == total else "skipped"
    raise ValueError(f"a trigger rule without a meaning here: {rule}")


def simulate(tasks: dict[str, dict], outcomes: dict[str, str]) -> dict[str, str]:
    """States of all tasks when those that run end as `outcomes` says (success without a word)."""
    above = {task_id: [] for task_id in tasks}
    for task_id, task in tasks.items():
        for below in task["downstream"]:
            above[below].append(task_id)
    states: dict[str, str] = {}

    def state(task_id: str) -> str:
        if task_id not in states:
            states[task_id] = "removed"
            setups = [state(one) for one in above[task_id] if tasks[one]["setup"]]
            decided = decide(tasks[task_id]["rule"], [state(one) for one in above[task_id]], setups)
            states[task_id] = outcomes.get(task_id, "success") if decided == "run" else decided
        return states[task_id]

    for task_id in tasks:
        state(task_id)
    return states
