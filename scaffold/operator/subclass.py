"""The smallest repair of an installed BPGOperator: a subclass that renders, ends in every state and cancels.

For Airflow 2.x and the operator as it was published with the AWS sample; put this file beside it. What stays as it is
there: every try submits anew, a slot is held while waiting, an unanswered status call fails the task, the document is
not checked before it is sent, and on Airflow up to 2.8.1 `execution_timeout` is lost while the driver's log streams.
"""

from __future__ import annotations

import json
import time
from typing import Any, Sequence

import requests
from airflow.exceptions import AirflowException
from bpg_operator import BPGOperator


class TemplatedBPGOperator(BPGOperator):  # type: ignore[misc]
    """`application_content` is rendered; what ends in `.yaml`, `.yml` or `.json` is a path beside the DAG file."""

    template_fields: Sequence[str] = ("application_content",)
    template_ext: Sequence[str] = (".yaml", ".yml", ".json")

    application_content: Any
    application_file: Any

    FAILED = ("FAILED", "FAILED_SUBMISSION", "SUBMISSION_FAILED")

    _job: tuple[str, str, tuple[str, str]] | None = None

    def execute(self, context: Any) -> None:
        """Makes a file or a dict to text first: only of text the published class tells the gateway the type."""
        if self.application_content is None and self.application_file:
            self.application_content = self._fetch_from_s3() if self._is_mwaa() else self._fetch_from_local()
        elif isinstance(self.application_content, dict):
            self.application_content = json.dumps(self.application_content)
        self.application_file = None
        super().execute(context)

    def on_kill(self) -> None:
        """Cancels the job of a task that was cleared, marked or timed out."""
        if self._job is None:
            return
        url, submission_id, auth = self._job
        self._job = None
        answer = requests.delete(f"{url}{self.BPG_JOB_ENDPOINT}/{submission_id}", auth=auth, timeout=(5, 30))
        self.log.info("Cancelling %s: %s", submission_id, answer.status_code)

    def _poll_job_status(self, url: str, submission_id: str, login: str, password: str) -> None:
        """Ends in every state that is an end, and looks at the state before the time."""
        self._job = (url, submission_id, (login, password))
        deadline = time.monotonic() + self.application_timeout
        shown = None
        while True:
            status = self._status(url, submission_id, (login, password))
            state = status.get("applicationState")
            if state == "COMPLETED":
                self._job = None
                return
            if state in self.FAILED:
                self._job = None
                raise AirflowException(f"{submission_id} ended as {state}: {status.get('applicationErrorMessage')}")
            if time.monotonic() > deadline:
                self.on_kill()
                limit = self.application_timeout
                raise AirflowException(f"{submission_id} was {state} after {limit} s, and is cancelled")
            if state != shown:
                self.log.info("%s is %s", submission_id, state)
                if state == "RUNNING":
                    self._fetch_logs(url, submission_id, login, password)
            shown = state
            time.sleep(self.log_poll_interval)

    def _status(self, url: str, submission_id: str, auth: tuple[str, str]) -> dict[str, Any]:
        answer = requests.get(f"{url}{self.BPG_JOB_ENDPOINT}/{submission_id}/status", auth=auth, timeout=(5, 30))
        if not answer.ok:
            raise AirflowException(f"no status of {submission_id}: {answer.status_code} {answer.text[:500]}")
        return dict(answer.json())
