"""An operator with the parameters and the behaviour of the published BPGOperator, for Airflow 2.x.

Written for these tests from what a run of the published one shows: no template fields, no application_file_type, the
content's type is told from its text and a file's is not told at all, nothing is cancelled, and the decorator ties it to
Airflow 2.
"""

from __future__ import annotations

import json

from airflow.models import BaseOperator
from airflow.utils.decorators import apply_defaults
from gateway_job import run_job


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
        if self.application_file:
            run_job(self, context, self.application_content or self.read_file(), headers={})
        else:
            run_job(self, context, self.application_content, {"Content-Type": content_type(self.application_content)})

    def read_file(self) -> str:
        """Relative to the worker's working directory, not to the DAG file."""
        with open(self.application_file, encoding="utf-8") as file:
            return file.read()


def content_type(text: str) -> str:
    try:
        json.loads(text)
    except ValueError:
        return "application/yaml"
    return "application/json"
