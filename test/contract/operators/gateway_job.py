"""One job on the gateway, as the published operator runs it: submit, poll, stream the log, never cancel."""

from __future__ import annotations

import time

import requests
from airflow.exceptions import AirflowException
from airflow.hooks.base import BaseHook


def run_job(task, context, body: str, headers: dict[str, str]) -> None:
    """Submits `body` and returns when the job has completed; every other end is an exception.

    `task` brings connection_id, application_timeout and log_poll_interval (seconds) and takes the XCom.
    """
    if not task.connection_id:
        raise AirflowException("connection_id is missing")
    connection = BaseHook.get_connection(task.connection_id)
    service = f"{connection.host}/skatev2"
    session = requests.Session()
    session.auth = (connection.login or "admin", connection.password or "password")
    answer = session.post(f"{service}/spark", data=body, headers=headers, timeout=60)
    answer.raise_for_status()
    submission_id = answer.json()["submissionId"]
    task.xcom_push(context, key="submission_id", value=submission_id)
    wait(task, session, service, submission_id)


def wait(task, session: requests.Session, service: str, submission_id: str) -> None:
    """Only COMPLETED and FAILED end it; the time is looked at before the state."""
    deadline = time.monotonic() + task.application_timeout
    while True:
        if time.monotonic() > deadline:
            raise AirflowException(f"{submission_id} has not ended within {task.application_timeout} s")
        answer = session.get(f"{service}/spark/{submission_id}/status", timeout=60)
        answer.raise_for_status()
        state = answer.json()["applicationState"]
        task.log.info("%s is %s", submission_id, state)
        if state == "COMPLETED":
            return
        if state == "FAILED":
            raise AirflowException(f"{submission_id} failed: {answer.json().get('applicationErrorMessage')}")
        if state == "RUNNING":
            stream_log(task, session, service, submission_id)
        time.sleep(task.log_poll_interval)


def stream_log(task, session: requests.Session, service: str, submission_id: str) -> None:
    """Blocks while the driver writes; a call that fails is tolerated."""
    try:
        with session.get(f"{service}/log", params={"subId": submission_id}, stream=True, timeout=60) as answer:
            for line in answer.iter_lines(decode_unicode=True):
                task.log.info(line)
    except requests.RequestException as error:
        task.log.warning("no log: %s", error)
