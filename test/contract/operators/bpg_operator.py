"""An operator with the parameters and the behaviour of the published BPGOperator, for Airflow 2.x.

Written for these tests from what a run of the published one shows: no template fields, no application_file_type, the
content's type is told from its text and a file's is not told at all, only COMPLETED and FAILED end the polling, nothing
is cancelled, and the decorator ties it to Airflow 2.
"""

from __future__ import annotations

import json
import time

import requests
from airflow.exceptions import AirflowException
from airflow.hooks.base import BaseHook
from airflow.models import BaseOperator
from airflow.utils.decorators import apply_defaults


class BPGOperator(BaseOperator):
    """Submits a request document to the gateway and waits until the job has ended."""

    @apply_defaults
    def __init__(
        self,
        application_file: str | None = None,
        application_content: str | None = None,
        application_timeout: int = 3600,
        log_poll_interval: int = 1,
        connection_id: str | None = None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.application_file = application_file
        self.application_content = application_content
        self.application_timeout = application_timeout
        self.log_poll_interval = log_poll_interval
        self.connection_id = connection_id

    def execute(self, context):
        if not self.connection_id:
            raise AirflowException("connection_id is missing")
        connection = BaseHook.get_connection(self.connection_id)
        service = f"{connection.host}/skatev2"
        session = requests.Session()
        session.auth = (connection.login or "admin", connection.password or "password")
        body, headers = self.document()
        answer = session.post(f"{service}/spark", data=body, headers=headers, timeout=60)
        answer.raise_for_status()
        submission_id = answer.json()["submissionId"]
        self.xcom_push(context, key="submission_id", value=submission_id)
        self.wait(session, service, submission_id)

    def document(self):
        """The body, and the Content-Type where the published operator sends one."""
        if self.application_file:
            body = self.application_content or self.read(self.application_file)
            return body, {}
        return self.application_content, {"Content-Type": content_type(self.application_content)}

    def read(self, path: str) -> str:
        with open(path, encoding="utf-8") as file:
            return file.read()

    def wait(self, session, service: str, submission_id: str) -> None:
        deadline = time.monotonic() + self.application_timeout
        while True:
            if time.monotonic() > deadline:
                raise AirflowException(f"{submission_id} has not ended within {self.application_timeout} s")
            answer = session.get(f"{service}/spark/{submission_id}/status", timeout=60)
            answer.raise_for_status()
            state = answer.json()["applicationState"]
            self.log.info("%s is %s", submission_id, state)
            if state == "COMPLETED":
                return
            if state == "FAILED":
                raise AirflowException(f"{submission_id} failed: {answer.json().get('applicationErrorMessage')}")
            time.sleep(self.log_poll_interval)


def content_type(text: str) -> str:
    try:
        json.loads(text)
    except ValueError:
        return "application/yaml"
    return "application/json"
