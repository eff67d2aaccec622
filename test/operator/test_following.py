"""From the submission to the end: every state, every broken call, each with its one outcome."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from unittest import mock

import requests
from world import CONNECTION, CREDENTIALS, REQUEST, Store, WithGateway, describe_connection

RUNNING = ["UNKNOWN", "SUBMITTED", "RUNNING"]


class States(WithGateway):
    def test_completed(self):
        ran = self.run_job()
        self.succeeded(ran)
        [submission] = self.asked("POST")
        self.assertEqual(ran.instance.pushed["submission_id"], submission["response"]["submissionId"])
        self.assertEqual(self.asked("DELETE"), [])
        self.assertEqual(ran.lines.count("Pi is roughly 3.14"), 1)

    def test_failed_with_the_reason(self):
        self.plan("failed")
        ran = self.run_job()
        self.failed(ran, "ended as FAILED: driver container failed with ExitCode: 1")
        self.assertEqual(ran.store, {}, "a failed job is not looked for again")
        self.assertIn("Pi is roughly 3.14", ran.lines)

    def test_failed_submission(self):
        for state in ("FAILED_SUBMISSION", "SUBMISSION_FAILED"):
            with self.subTest(state):
                self.plan({"states": ["UNKNOWN", state], "errorMessage": "no such image", "log": None})
                self.failed(self.run_job(), f"ended as {state}: no such image")

    def test_a_failed_submission_that_is_tried_again(self):
        policy = (
            "restartPolicy: {type: OnFailure, onSubmissionFailureRetries: 2, onSubmissionFailureRetryInterval: 1}\n"
        )
        self.plan(
            {"states": ["UNKNOWN", "FAILED_SUBMISSION", "FAILED_SUBMISSION", "SUBMITTED", "RUNNING", "COMPLETED"]}
        )
        self.succeeded(self.run_job("", REQUEST + policy))

    def test_states_on_the_way(self):
        way = [
            None,
            "",
            "PENDING_RERUN",
            "INVALIDATING",
            "RUNNING",
            "FAILING",
            "SUCCEEDING",
            "SOMETHING_NEW",
            "COMPLETED",
        ]
        self.plan({"states": way})
        self.succeeded(self.run_job())

    def test_unknown_for_ever(self):
        """Never taken up: the timeout counts, and the queue is left empty behind."""
        self.plan("unknown-for-ever")
        ran = self.run_job("application_timeout=0.5, unknown_timeout=0.1")
        self.failed(ran, "has not ended within 0.5 s (it was UNKNOWN) and is cancelled")
        self.assertEqual(len(self.asked("DELETE")), 1)
        self.assertEqual(ran.store, {})

    def test_unknown_after_running(self):
        self.plan({"states": [*RUNNING, "UNKNOWN"]})
        self.failed(self.run_job("unknown_timeout=0.3"), "was UNKNOWN for 0.3 s after it had started")
        self.assertEqual(len(self.asked("DELETE")), 1)

    def test_unknown_for_a_moment(self):
        self.plan({"states": [*RUNNING, "UNKNOWN", "UNKNOWN", "RUNNING", "UNKNOWN", "COMPLETED"]})
        self.succeeded(self.run_job("unknown_timeout=30"))

    def test_deleted_by_somebody_else(self):
        self.plan("running-for-ever")
        deleting = threading.Thread(target=self.delete_the_job)
        deleting.start()
        ran = self.run_job()
        deleting.join()
        self.failed(ran, "does not exist any longer")
        self.assertEqual(ran.store, {})

    def delete_the_job(self):
        while not any(
            "/status" in one["path"] and (one["response"] or {}).get("applicationState") == "RUNNING"
            for one in self.asked("GET")
        ):
            time.sleep(0.1)
        name = self.asked("POST")[0]["response"]["submissionId"]
        requests.delete(f"{self.gateway.url}/skatev2/spark/{name}", auth=CREDENTIALS, timeout=10)


class Timeouts(WithGateway):
    def test_running_too_long(self):
        self.plan("running-for-ever")
        ran = self.run_job("application_timeout=1")
        self.failed(ran, "has not ended within 1 s (it was RUNNING)")
        [deleted] = self.asked("DELETE")
        self.assertIn(ran.instance.pushed["submission_id"], deleted["path"])

    def test_completed_while_the_log_streamed_past_the_timeout(self):
        """The log takes 3 s, the job less than the timeout of 2 s: it is followed meanwhile, and the log is whole."""
        lines = [f"line {n}\n" for n in range(30)]
        self.plan({"log": lines, "logChunkMillis": 100, "states": [*RUNNING, "RUNNING", "COMPLETED"]})
        ran = self.run_job("application_timeout=2")
        self.succeeded(ran)
        self.assertEqual([line for line in ran.lines if line.startswith("line ")], [line.strip() for line in lines])

    def test_completed_and_airflows_timeout_strikes_in_the_rest_of_the_log(self):
        import bpg_operator

        class AirflowTaskTimeout(BaseException):
            pass

        with mock.patch.object(bpg_operator.DriverLog, "finish", side_effect=AirflowTaskTimeout):
            self.succeeded(self.run_job())
        self.assertEqual(self.asked("DELETE"), [])

    def test_a_job_that_can_not_be_cancelled_is_remembered(self):
        import bpg_operator

        self.plan("running-for-ever")
        refusal = bpg_operator.GatewayUnavailable("503")
        with mock.patch.object(bpg_operator.Gateway, "cancel", side_effect=refusal) as cancel:
            ran = self.run_job("application_timeout=1")
        self.failed(ran, "(it was RUNNING) and could not be cancelled and may be running")
        self.assertEqual(cancel.call_count, 3)
        self.assertIn("bpg_submission", ran.store)

    def test_completed_at_the_last_moment(self):
        """The state is looked at before the time."""
        self.plan({"states": [*RUNNING, "COMPLETED"], "statusDelays": {"3": 1500}})
        self.succeeded(self.run_job("application_timeout=1"))


class Faults(WithGateway):
    def test_500_while_polling(self):
        self.plan(
            {"statusErrors": {"1": 500, "2": 502, "3": 503}, "states": [*RUNNING, "RUNNING", "RUNNING", "COMPLETED"]}
        )
        ran = self.run_job()
        self.succeeded(ran)
        self.assertEqual(len(self.asked("POST")), 1)
        self.assertIn("500 Internal Server Error: injected failure", ran.said)

    def test_500_for_too_long(self):
        """The job goes on, and is remembered for the next try."""
        self.plan({"statusErrors": {str(n): 500 for n in range(50)}})
        ran = self.run_job("gateway_patience=1.5")
        self.failed(ran, "is left running, the next try looks for it: 500")
        self.assertIn(ran.instance.pushed["submission_id"], ran.store["bpg_submission"])
        self.assertEqual(self.asked("DELETE"), [])

    def test_500_for_too_long_without_reattaching(self):
        self.plan({"statusErrors": {str(n): 500 for n in range(50)}})
        self.failed(
            self.run_job("gateway_patience=1.5, reattach_on_restart=False"), "can not be followed and is cancelled: 500"
        )
        self.assertEqual(len(self.asked("DELETE")), 1)

    def test_401_while_polling(self):
        self.plan({"statusErrors": {"2": 401}})
        ran = self.run_job()
        self.failed(ran, "is left running, the next try looks for it: the gateway refused GET")
        self.assertIn("bpg_submission", ran.store)

    def test_503_at_the_submission(self):
        self.plan({"submitError": 503}, "completed")
        self.succeeded(self.run_job())
        self.assertEqual([one["status"] for one in self.asked("POST")], [503, 200])

    def test_500_at_the_submission(self):
        """Not repeated by itself: the gateway says 500 for what it will never take, too."""
        self.plan("submit-500")
        self.failed(self.run_job(), "500 Internal Server Error: injected failure", "GatewayError")
        self.assertEqual(len(self.asked("POST")), 1)

    def test_a_connection_that_breaks_at_the_submission(self):
        """Nobody knows whether the job runs: not repeated, and not retried by Airflow either."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            calls = []

            def answer_nothing():
                while True:
                    try:
                        connection, _ = server.accept()
                    except OSError:
                        return
                    calls.append(connection.recv(65536))
                    connection.close()

            threading.Thread(target=answer_nothing, daemon=True).start()
            os.environ[CONNECTION] = describe_connection(f"http://127.0.0.1:{server.getsockname()[1]}")
            ran = self.run_job()
            self.failed(ran, "whether the job runs is not known", "AirflowFailException")
            self.assertEqual(len([call for call in calls if call.startswith(b"POST")]), 1)

    def test_calls_that_time_out(self):
        """A status call without an answer is repeated; a submission without one is not, for it may have been taken."""
        import bpg_operator

        real, late = requests.request, ["GET", "GET"]

        def hanging(method, url, **options):
            if late and method == late[0]:
                late.pop(0)
                raise requests.exceptions.ReadTimeout("read timed out")
            return real(method, url, **options)

        with mock.patch.object(bpg_operator.requests, "request", hanging):
            ran = self.run_job()
            self.succeeded(ran)
            self.assertIn("read timed out", ran.said)
            self.assertEqual((len(self.asked("POST")), late), (1, []))
            late.append("POST")
            self.failed(self.run_job(), "whether the job runs is not known", "AirflowFailException")
            self.assertEqual(len(self.asked("POST")), 1)

    def test_no_credential_is_told(self):
        """Not in the log, not in what is raised, not in what is remembered: whatever goes wrong."""
        os.environ[CONNECTION] = describe_connection(
            self.gateway.url, password="pa55word", extra=json.dumps({"queue_token": "t0k3n"})
        )
        ran = self.run_job()
        self.assertIsNotNone(ran.error)
        os.environ[CONNECTION] = describe_connection(self.gateway.url, extra=json.dumps({"queue_token": "t0k3n"}))
        self.plan("submit-500")
        also = self.run_job()
        self.assertIsNotNone(also.error)
        told = "".join([ran.said, str(ran.error), also.said, repr(also.error), json.dumps({**ran.store, **also.store})])
        for secret in ("pa55word", "t0k3n", CREDENTIALS[1]):
            self.assertNotIn(secret, told)

    def test_a_gateway_that_is_not_there(self):
        os.environ[CONNECTION] = describe_connection("http://127.0.0.1:9")
        self.failed(self.run_job("gateway_patience=1.5"), "the gateway does not answer")

    def test_a_log_that_breaks(self):
        self.plan({"dropLogAfter": 1, "logDrops": 2, "states": [*RUNNING, *["RUNNING"] * 30, "COMPLETED"]})
        ran = self.run_job()
        self.succeeded(ran)
        log = [line for line in ran.lines if line in ("Starting driver", "Pi is roughly 3.14", "Done")]
        self.assertEqual(log, ["Starting driver", "Pi is roughly 3.14", "Done"])
        self.assertGreaterEqual(len(self.asked("GET", "/log")), 3)

    def test_a_log_that_breaks_in_the_middle_of_a_line(self):
        self.plan({"log": ["one\ntw", "o\nthree\n"], "dropLogAfter": 1, "logDrops": 1})
        ran = self.run_job()
        self.succeeded(ran)
        self.assertEqual(
            [line for line in ran.lines if line in ("one", "two", "three", "tw", "o")], ["one", "two", "three"]
        )

    def test_a_log_that_always_breaks(self):
        self.plan("log-dropped")
        ran = self.run_job()
        self.succeeded(ran)
        self.assertIn("A part of the driver log is missing", ran.lines)

    def test_no_log(self):
        for scenario in ("no-log", "log-500"):
            with self.subTest(scenario):
                self.plan(scenario)
                self.succeeded(self.run_job())


class Killed(WithGateway):
    def kill_when(self, state: str, task) -> threading.Thread:
        """Calls the kill hook as Airflow 3 does: in a signal handler, after which `execute` goes on."""
        before = signal.signal(signal.SIGUSR1, lambda *_: task.on_kill())
        self.addCleanup(signal.signal, signal.SIGUSR1, before)

        def wait_and_kill():
            while not any(state in json.dumps(one["response"]) for one in self.asked("GET", "/status")):
                time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGUSR1)

        killing = threading.Thread(target=wait_and_kill)
        killing.start()
        return killing

    def test_while_running(self):
        self.plan("running-for-ever")
        task = self.task()
        killing = self.kill_when("RUNNING", task)
        ran = self.execute(task)
        killing.join()
        self.failed(ran, "killed")
        self.assertEqual(len(self.asked("DELETE")), 1)
        self.assertEqual(ran.store, {})

    def test_while_queued(self):
        self.plan("unknown-for-ever")
        task = self.task()
        killing = self.kill_when("UNKNOWN", task)
        ran = self.execute(task)
        killing.join()
        self.failed(ran, "killed")
        self.assertEqual(len(self.asked("DELETE")), 1)

    def test_while_it_is_being_submitted(self):
        import bpg_operator

        task, submit = self.task(), bpg_operator.Gateway.submit

        def submit_and_be_killed(gateway, request):
            task.on_kill()
            return submit(gateway, request)

        self.plan("running-for-ever")
        with mock.patch.object(bpg_operator.Gateway, "submit", submit_and_be_killed):
            ran = self.execute(task)
        self.failed(ran, "killed")
        self.assertEqual(len(self.asked("DELETE")), 1)
        self.assertEqual(ran.store, {})

    def test_before_anything_was_submitted(self):
        task = self.task()
        task.on_kill()
        self.assertEqual(self.asked(), [])


class Again(WithGateway):
    """A second try, given what the first one left in the store. `test_tries.py` lets Airflow itself do it."""

    def left(self, *states: str) -> Store:
        """A store after a try that lost its job in the last of these states."""
        polls = {str(n): 500 for n in range(len(states), len(states) + 3)}  # looked at after 0, 1 and 3 seconds
        self.plan({"states": list(states), "statusErrors": polls})
        store = Store()
        self.failed(self.run_job("gateway_patience=1.2", store=store), "is left running")
        self.assertIn("bpg_submission", store)
        return store

    def test_goes_on_with_a_running_job(self):
        store = self.left(*RUNNING)
        ran = self.run_job("application_timeout=5", store=store)
        self.failed(ran, "has not ended within 5 s (it was RUNNING)")
        self.assertEqual(len(self.asked("POST")), 1)

    def script_left(self, state: str) -> Store:
        """A job in that state, remembered."""
        self.plan({"states": [state]})
        answer = self.gateway.submit(REQUEST, "application/yaml")
        note = {"submission_id": answer.json()["submissionId"], "submitted": time.time(), "try": 1}
        return Store(bpg_submission=json.dumps(note))

    def test_takes_the_success_of_a_completed_job(self):
        ran = self.run_job("", store=self.script_left("COMPLETED"))
        self.succeeded(ran)
        self.assertEqual(len(self.asked("POST")), 1, "the one that was there before")

    def test_submits_anew_after_a_failed_job(self):
        self.succeeded(self.run_job("", store=self.script_left("FAILED")))
        self.assertEqual(len(self.asked("POST")), 2)

    def test_submits_anew_where_the_job_is_gone(self):
        note = {"submission_id": "c01-" + "0" * 31 + "f", "submitted": 0, "try": 1}
        self.succeeded(self.run_job("", store=Store(bpg_submission=json.dumps(note))))
        self.assertEqual(len(self.asked("POST")), 1)

    def test_not_if_it_must_not(self):
        store = self.script_left("RUNNING")
        self.assertIsNone(self.run_job("reattach_on_restart=False", store=store).error)
        self.assertEqual(len(self.asked("POST")), 2)

    def test_the_timeout_counts_from_the_submission(self):
        store = self.script_left("RUNNING")
        note = json.loads(store["bpg_submission"])
        store["bpg_submission"] = json.dumps({**note, "submitted": time.time() - 3600})
        self.failed(self.run_job("application_timeout=1800", store=store), "has not ended within 1800 s")
        self.assertEqual(len(self.asked("DELETE")), 1)


class Connections(WithGateway):
    def test_host_port_and_schema_apart(self):
        scheme, _, place = self.gateway.url.partition("://")
        host, _, port = place.partition(":")
        os.environ[CONNECTION] = describe_connection(host, port=int(port), schema=scheme)
        self.succeeded(self.run_job())

    def test_host_with_scheme_and_a_port_apart(self):
        scheme_and_host, _, port = self.gateway.url.rpartition(":")
        os.environ[CONNECTION] = describe_connection(scheme_and_host, port=int(port))
        self.succeeded(self.run_job())

    def test_base_path(self):
        os.environ[CONNECTION] = describe_connection(self.gateway.url, extra=json.dumps({"base_path": "/apiv2"}))
        self.failed(self.run_job(), "404", "GatewayError")
        self.assertEqual([one["path"] for one in self.asked("POST")], ["/apiv2/spark"])

    def test_urls(self):
        from types import SimpleNamespace as Connection

        import bpg_operator

        def gateway(host, **more):
            given = {
                "conn_id": "c",
                "host": host,
                "schema": "",
                "port": None,
                "login": "",
                "password": None,
                "extra_dejson": {},
            }
            return bpg_operator.Gateway.of(Connection(**{**given, **more}))

        cases = {
            "http://gw/skatev2": gateway("gw"),
            "https://gw:8443/skatev2": gateway("gw", schema="https", port=8443),
            "https://gw:1/skatev2": gateway("https://gw:1", port=2),
            "https://gw/prefix/skatev2": gateway("https://user:secret@gw/prefix/"),
            "https://gw/apiv2": gateway("https://gw", extra_dejson={"base_path": "apiv2/"}),
        }
        for url, found in cases.items():
            self.assertEqual(found.url, url)
        for given, verify in ((False, False), ("false", False), ("True", True), ("/ca.pem", "/ca.pem")):
            self.assertEqual(gateway("gw", extra_dejson={"verify": given})._verify, verify)
        self.assertRaisesRegex(Exception, "has no host", gateway, "")
        self.assertRaisesRegex(Exception, "wants http or https", gateway, "ftp://gw")


class SparkUi(WithGateway):
    def test_the_address_is_pushed(self):
        self.plan({"sparkUIUrl": "https://history.example/1"})
        ran = self.run_job()
        self.succeeded(ran)
        self.assertEqual(ran.instance.pushed["spark_ui_url"], "https://history.example/1")

    def test_the_link_is_the_tasks(self):
        self.assertEqual([link.name for link in self.task().operator_extra_links], ["Spark UI"])


class Deferred(WithGateway):
    def test_the_default_of_airflow(self):
        """`[operators] default_deferrable` decides where the task does not."""
        import importlib.util
        import inspect

        import bpg_operator
        from world import SCAFFOLD

        def default_of(value: str) -> bool:
            name = "AIRFLOW__OPERATORS__DEFAULT_DEFERRABLE"
            with mock.patch.dict(os.environ, {name: value}):
                spec = importlib.util.spec_from_file_location(bpg_operator.__name__, SCAFFOLD / "standalone.py")
                module = importlib.util.module_from_spec(spec)
                with mock.patch.dict(sys.modules, {spec.name: module}):
                    spec.loader.exec_module(module)
            return inspect.signature(module.BPGOperator.__init__).parameters["deferrable"].default

        self.assertEqual((default_of("True"), default_of("False")), (True, False))

    def deferred(self, arguments: str = ""):
        """The trigger of a task, and what the task was until then."""
        ran = self.run_job("deferrable=True, poll_interval=0.05, " + arguments)
        self.assertEqual(type(ran.error).__name__, "TaskDeferred", repr(ran.error))
        return ran, ran.error.trigger

    def resumed(self, ran, trigger):
        """The trigger rebuilt from its serialised form, run to its event, and the task gone on with it."""
        import asyncio

        import bpg_operator

        path, arguments = trigger.serialize()
        self.assertEqual(path, "bpg_operator.BPGTrigger")
        again = bpg_operator.BPGTrigger(**json.loads(json.dumps(arguments)))

        async def first():
            return await again.run().__anext__()

        event = asyncio.run(first())
        return self.execute(
            self.task("deferrable=True"), ran.store, "execute_complete", event=json.loads(json.dumps(event.payload))
        )

    def test_completed(self):
        self.plan({"sparkUIUrl": "https://history.example/1"})
        ran, trigger = self.deferred()
        self.assertIn("submission_id", ran.instance.pushed)
        self.assertEqual(len(ran.store), 1)
        again = self.resumed(ran, trigger)
        self.assertIsNone(again.error)
        self.assertIn("Pi is roughly 3.14", again.lines)
        self.assertEqual(again.instance.pushed["spark_ui_url"], "https://history.example/1")
        self.assertEqual(len(self.asked("POST")), 1)

    def test_failed(self):
        self.plan("failed")
        self.failed(self.resumed(*self.deferred()), "ended as FAILED: driver container failed")

    def test_500_while_polling(self):
        self.plan({"statusErrors": {"0": 500, "1": 500}})
        self.assertIsNone(self.resumed(*self.deferred()).error)

    def test_timeout(self):
        self.plan("running-for-ever")
        self.failed(self.resumed(*self.deferred("application_timeout=1")), "has not ended within")
        self.assertEqual(len(self.asked("DELETE")), 1)

    def test_execution_timeout_cancels_too(self):
        self.plan("running-for-ever")
        self.failed(self.resumed(*self.deferred("execution_timeout=timedelta(seconds=1)")), "has not ended")
        self.assertEqual(len(self.asked("DELETE")), 1)

    def test_unreachable(self):
        self.plan({"statusErrors": {str(n): 500 for n in range(50)}})
        self.failed(self.resumed(*self.deferred("gateway_patience=1.2")), "is left running")

    def test_the_triggers_arguments_hold_no_secret(self):
        _, trigger = self.deferred()
        text = json.dumps(trigger.serialize())
        self.assertNotIn(CREDENTIALS[1], text.replace("gateway_patience", ""))
        self.assertNotIn("127.0.0.1", text)

    def test_killed_by_hand(self):
        """The hook that Airflow calls from 3.3 on; on 2.x the trigger finds out by itself."""
        import asyncio

        self.plan("running-for-ever")
        _, trigger = self.deferred()
        asyncio.run(trigger.on_kill())
        self.assertEqual(len(self.asked("DELETE")), 1)
