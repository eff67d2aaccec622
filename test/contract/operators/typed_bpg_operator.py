"""The form of the blog post: the text stands in application_file, its type beside it, and there is no other way in."""

from __future__ import annotations

from airflow.models import BaseOperator
from gateway_job import run_job


class TypedBPGOperator(BaseOperator):
    def __init__(
        self,
        application_file: str | None = None,
        application_file_type: str = "json",
        application_timeout: int = 3600,
        log_poll_interval: int = 1,
        connection_id: str | None = None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.application_file = application_file
        self.application_file_type = application_file_type
        self.application_timeout = application_timeout
        self.log_poll_interval = log_poll_interval
        self.connection_id = connection_id

    def execute(self, context):
        run_job(self, context, self.application_file, {"Content-Type": f"application/{self.application_file_type}"})
