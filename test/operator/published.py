"""A stand-in for the published operator: its parameters, and the seams that the subclass holds on to."""

from __future__ import annotations

import json
from pathlib import Path

import requests
from airflow.hooks.base import BaseHook
from airflow.models import BaseOperator


class BPGOperator(BaseOperator):
    BPG_JOB_ENDPOINT = "/skatev2/spark"

    def __init__(
        self,
        application_file=None,
        application_content=None,
        application_timeout=3600,
        log_poll_interval=1,
        connection_id=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.application_file = application_file
        self.application_content = application_content
        self.application_timeout = application_timeout
        self.log_poll_interval = log_poll_interval
        self.connection_id = connection_id

    def execute(self, context):
        connection = BaseHook.get_connection(self.connection_id)
        url, login, password = connection.host, connection.login, connection.password
        headers = {}
        if not self.application_file:
            try:
                json.loads(self.application_content)
                headers = {"Content-Type": "application/json"}
            except ValueError:
                headers = {"Content-Type": "application/yaml"}
        answer = requests.post(
            url + self.BPG_JOB_ENDPOINT,
            data=self.application_content,
            headers=headers,
            auth=(login, password),
            timeout=30,
        )
        answer.raise_for_status()
        submission_id = answer.json()["submissionId"]
        context["ti"].xcom_push(key="submission_id", value=submission_id)
        self._poll_job_status(url, submission_id, login, password)

    def _is_mwaa(self):
        return False

    def _fetch_from_local(self):
        return Path(self.application_file).read_text()

    def _poll_job_status(self, url, submission_id, login, password):
        raise NotImplementedError("only COMPLETED and FAILED end it there")

    def _fetch_logs(self, url, submission_id, login, password):
        """Blocks while the driver writes."""
        log = requests.get(f"{url}/skatev2/log?subId={submission_id}", auth=(login, password), stream=True, timeout=60)
        for line in log.iter_lines():
            self.log.info(line.decode())
