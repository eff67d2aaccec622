"""Airflow itself runs the tries, each in a process that can be killed. What must survive a try survives it here."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

from world import DAG_TEXT, DAGS, HERE, REQUEST, ROOT, SCAFFOLD, VERSION, WithGateway

RUNNING = ["UNKNOWN", "SUBMITTED", "RUNNING"]


class Tries(WithGateway):
    """Each test is a DAG of its own; all share one database."""

    def dag(self, arguments: str, name: str, text: str = DAG_TEXT) -> str:
        folder = DAGS / name
        folder.mkdir()
        given = (
            f"application_content={REQUEST!r}, log_poll_interval=0.2, retries=2, retry_delay=timedelta(0), {arguments}"
        )
        (folder / f"{name}.py").write_text((text % given).replace("$ID", name))
        return name

    def start(self, name: str) -> subprocess.Popen:
        return self.airflow(name, str(HERE / "one_try.py"), str(DAGS / name), name)

    def airflow(self, name: str, *words: str, **variables: str) -> subprocess.Popen:
        """A process of the Airflow whose DAGs are those of that test."""
        environment = {
            **os.environ,
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS / name),
        }
        local = "airflow.dag_processing.bundles.local.LocalDagBundle"
        bundle = [{"name": "dags-folder", "classpath": local, "kwargs": {"path": str(DAGS / name)}}]
        if VERSION >= (3, 0):
            environment["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"] = json.dumps(bundle)
        process = subprocess.Popen(
            [sys.executable, *words],
            env={**environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def end(self, process: subprocess.Popen) -> dict:
        """What `one_try.py` printed last."""
        self.said = process.communicate(timeout=120)[0]
        try:
            return json.loads(self.said.strip().splitlines()[-1])
        except (ValueError, IndexError):
            raise AssertionError(self.said[-6000:]) from None

    def wait_for(self, state: str, process: subprocess.Popen) -> None:
        """Until the gateway has answered a status call with it."""
        end = time.monotonic() + 90
        while not any((one["response"] or {}).get("applicationState") == state for one in self.asked("GET", "/status")):
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"never {state}\n{process.communicate(timeout=10)[0][-6000:]}")
            time.sleep(0.1)

    def test_one_try(self):
        self.plan({"sparkUIUrl": "https://history.example/1"})
        told = self.end(self.start(self.dag("", "one_try")))
        self.assertEqual(told["state"], "success", self.said[-3000:])
        [submission] = self.asked("POST")
        self.assertEqual(told["xcom"]["submission_id"], submission["response"]["submissionId"])
        self.assertEqual(told["xcom"]["spark_ui_url"], "https://history.example/1")
        self.assertEqual(told["xcom"]["_link_SparkUiLink"], "https://history.example/1")
        self.assertFalse(told["remembered"])
        self.assertIn("Pi is roughly 3.14", self.said)

    def test_a_worker_that_dies(self):
        """SIGKILL while the job runs; the second try follows the same job to its success: one submission."""
        self.plan({"states": [*RUNNING, *["RUNNING"] * 30, "COMPLETED"]})
        name = self.dag("", "dies")
        first = self.start(name)
        self.wait_for("RUNNING", first)
        first.send_signal(signal.SIGKILL)
        first.wait()
        submission_id = self.asked("POST")[0]["response"]["submissionId"]
        # the rest of the job, quickly
        told = self.end(self.start(name))
        self.assertEqual(told["state"], "success", self.said[-3000:])
        self.assertIn(f"Going on with submission {submission_id} of try", self.said)
        self.assertEqual(len(self.asked("POST")), 1)
        self.assertEqual(told["xcom"]["submission_id"], submission_id)
        self.assertFalse(told["remembered"])

    def test_a_worker_that_dies_without_reattaching(self):
        self.plan("running-for-ever")
        name = self.dag("reattach_on_restart=False", "forgets")
        first = self.start(name)
        self.wait_for("RUNNING", first)
        first.send_signal(signal.SIGKILL)
        first.wait()
        self.assertEqual(self.end(self.start(name))["state"], "success")
        self.assertEqual(len(self.asked("POST")), 2)

    def test_a_task_that_is_terminated(self):
        """SIGTERM is how Airflow ends a task that was cleared or marked: the job is cancelled, the next try is fresh."""
        self.plan("running-for-ever")
        name = self.dag("", "terminated")
        first = self.start(name)
        self.wait_for("RUNNING", first)
        first.send_signal(signal.SIGTERM)
        told = self.end(first)
        self.assertNotEqual(told["state"], "success")
        self.assertEqual(len(self.asked("DELETE")), 1, self.said[-3000:])
        self.assertFalse(told["remembered"])

    def test_execution_timeout(self):
        self.plan({"states": RUNNING, "logChunkMillis": 500, "log": ["a line\n"] * 200})
        told = self.end(self.start(self.dag("execution_timeout=timedelta(seconds=3)", "times_out")))
        self.assertNotEqual(told["state"], "success")
        self.assertEqual(len(self.asked("DELETE")), 1, self.said[-3000:])
        self.assertFalse(told["remembered"])

    def test_a_failed_job_is_submitted_again_by_a_retry(self):
        self.plan("failed", "completed")
        name = self.dag("", "fails_once")
        self.assertEqual(self.end(self.start(name))["state"], "up_for_retry", self.said[-3000:])
        self.assertEqual(self.end(self.start(name))["state"], "success", self.said[-3000:])
        self.assertEqual(len(self.asked("POST")), 2)

    def test_deferred_to_a_triggerer(self):
        """A real triggerer imports the trigger, finds the connection by itself, and hands the task back."""
        self.defer_and_resume("deferred_from_plugins")

    def test_deferred_from_the_dags_folder(self):
        """On Airflow 2 the triggerer imports from there, too; on 3 it does not, and the task waits in its slot."""
        name = "deferred_from_dags"
        elsewhere = {"AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "no-plugins")}
        if VERSION < (3, 0):
            self.defer_and_resume(name, **elsewhere)
            return
        self.dag("deferrable=True", name)
        shutil.copy(SCAFFOLD / "standalone.py", DAGS / name / "bpg_operator.py")
        told = self.end(self.airflow(name, str(HERE / "one_try.py"), str(DAGS / name), name, **elsewhere))
        self.assertEqual(told["state"], "success", self.said[-3000:])
        self.assertIn("Waiting in the worker", self.said)

    def defer_and_resume(self, name: str, **variables: str) -> None:
        self.plan({"states": [*RUNNING, "RUNNING", "COMPLETED"], "sparkUIUrl": "https://history.example/1"})
        self.dag("deferrable=True, poll_interval=0.5", name)
        if variables:
            shutil.copy(SCAFFOLD / "standalone.py", DAGS / name / "bpg_operator.py")
        one_try = (str(HERE / "one_try.py"), str(DAGS / name), name)
        told = self.end(self.airflow(name, *one_try, **variables))
        self.assertEqual(told["state"], "deferred", self.said[-3000:])
        self.assertTrue(told["remembered"])
        triggerer = self.airflow(name, "-m", "airflow", "triggerer", "--skip-serve-logs", **variables)
        self.wait_for("COMPLETED", triggerer)
        time.sleep(4)
        self.stop(triggerer)
        told = self.end(self.airflow(name, *one_try, **variables))
        self.assertEqual(told["state"], "success", self.said[-3000:])
        self.assertEqual(len(self.asked("POST")), 1)
        self.assertEqual(told["xcom"]["submission_id"], self.asked("POST")[0]["response"]["submissionId"])
        self.assertEqual(told["xcom"]["spark_ui_url"], "https://history.example/1")
        self.assertFalse(told["remembered"])
        self.assertIn("Pi is roughly 3.14", self.said)

    def test_marked_by_hand_while_deferred(self):
        """The triggerer sees that nobody waits for the trigger any longer, and the job is cancelled.

        On 3.0 to 3.2 the trigger is not told why it ends: the job goes on, and the next try will follow it.
        """
        is_told = VERSION < (3, 0) or VERSION >= (3, 3)
        self.plan("running-for-ever")
        name = self.dag("deferrable=True, poll_interval=0.5", "deferred_and_failed")
        one_try = (str(HERE / "one_try.py"), str(DAGS / name), name)
        self.assertEqual(self.end(self.airflow(name, *one_try))["state"], "deferred", self.said[-3000:])
        triggerer = self.airflow(name, "-m", "airflow", "triggerer", "--skip-serve-logs")
        self.wait_for("RUNNING", triggerer)
        marking = self.airflow(name, *one_try, "failed")
        self.assertEqual(marking.wait(60), 0)
        end = time.monotonic() + (40 if is_told else 10)
        while not self.asked("DELETE") and time.monotonic() < end:
            time.sleep(0.5)
        self.stop(triggerer)
        self.assertEqual(len(self.asked("DELETE")), 1 if is_told else 0)
        left = self.end(self.airflow(name, *one_try, "tell"))["variables"]
        self.assertEqual(len(left), 0 if is_told else 1)

    def stop(self, triggerer: subprocess.Popen) -> None:
        triggerer.send_signal(signal.SIGINT)
        try:
            triggerer.wait(20)
        except subprocess.TimeoutExpired:
            triggerer.kill()
