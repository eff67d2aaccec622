"""The gateway of the tests as a process: started on a free port, recording what it is asked."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import requests

PROJECT = Path(__file__).resolve().parents[2]
CREDENTIALS = ("airflow", "password")


class Gateway:
    def __init__(self, folder: Path):
        """`folder` takes the recording and what the gateway says on stderr."""
        self.record = folder / "requests.jsonl"
        self.said = (folder / "gateway.log").open("w+")
        self.process = subprocess.Popen(
            ["node", "--import", "tsx", "test/gateway/main.ts", "--port", "0", "--record", str(self.record)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        if not self.url.startswith("http"):
            said = self.log()
            self.stop()
            raise AssertionError(f"the gateway printed {self.url!r} in place of its address\n{said}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stdin.close()
        self.process.stdout.close()
        self.said.close()

    def log(self) -> str:
        self.said.seek(0)
        return self.said.read()

    def requests(self) -> list[dict]:
        """Everything it was asked so far, in order: method, path, contentType, body, and the status it answered."""
        return [json.loads(line) for line in self.record.read_text().splitlines()]

    def submissions(self) -> list[dict]:
        return [request for request in self.requests() if request["method"] == "POST"]

    def submit(self, body: str, content_type: str) -> requests.Response:
        return requests.post(
            f"{self.url}/skatev2/spark",
            data=body.encode(),
            headers={"Content-Type": content_type},
            auth=CREDENTIALS,
            timeout=30,
        )
