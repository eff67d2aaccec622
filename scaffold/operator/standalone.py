"""BPGOperator: submits a Spark job to a Batch Processing Gateway, follows it and answers for its end.

One file, for Airflow 2.7 to 3.x. It needs nothing that Airflow does not bring. Put it into the plugins folder, or into
the DAGs folder, and import it by its file name:

    from bpg_operator import BPGOperator

    BPGOperator(
        task_id="load",
        application_content="spark/load.bpg.yaml",  # beside the DAG file, rendered like every template
        application_timeout=6 * 3600,
        connection_id="bpg_connection",
    )

**Where the file may lie.** The plugins folder serves everything. In the DAGs folder all works but two things: on
Airflow 3 the triggerer does not import from there, so `deferrable=True` needs the plugins folder (or PYTHONPATH); on
Airflow 2 operator links come from plugins only, so there is no link to the Spark UI. Defined in the DAG file itself,
the class can be deferred nowhere. Where it can not, the task waits in its slot, and says so.

**The connection.** Host (with or without scheme), port, schema (`http` or `https`), login and password; without a login
no credentials are sent. Extra: `base_path` (default `/skatev2`), `verify` (false, or the path of a CA bundle),
`queue_token` for a secure queue, so that it stands in no DAG.

**Retries.** The id of the running submission is remembered outside of XCom, which Airflow empties when a try begins: in
the task state store from Airflow 3.3 on, before that in a Variable `bpg_submission_…` that is deleted when the job has
ended. The next try goes on with the job, or takes its success; a job that failed is submitted anew. What remains: a
worker that dies between the gateway's answer and that write leaves a job that nobody knows. A submission whose answer
was lost is not repeated, it fails the task without a retry.

**Deferred.** A task that is cleared or marked by hand while deferred cancels its job on Airflow 2 and from 3.3 on. On
3.0 to 3.2 the trigger is not told why it ends: the job goes on, and the next try follows it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import os
import re
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, AsyncIterator, Callable, ClassVar, Dict, List, Mapping, Sequence, Union
from urllib.parse import quote, urlsplit

import requests
import yaml
from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin
from airflow.triggers.base import BaseTrigger, TriggerEvent

try:
    from airflow.sdk import BaseOperator, BaseOperatorLink, Variable

    AIRFLOW_3 = True
except ImportError:
    from airflow.models import BaseOperator, Variable  # type: ignore[assignment,attr-defined,no-redef]

    try:
        from airflow.models.baseoperatorlink import BaseOperatorLink  # type: ignore
    except ImportError:  # before 2.10
        from airflow.models.baseoperator import BaseOperatorLink  # type: ignore

    AIRFLOW_3 = False
try:
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowException, AirflowFailException
except ImportError:  # before 3.1
    from airflow.exceptions import AirflowException, AirflowFailException  # type: ignore
    from airflow.hooks.base import BaseHook  # type: ignore

if TYPE_CHECKING:
    import jinja2

# --- the request document ---------------------------------------------------------------------------------------------

# What the gateway binds, by place. It drops every other key without a word (refuses it at the top level): here both are
# errors. A new gateway may know more: add its fields.
TEXT, WHOLE, FLAG, TEXTS, TEXT_MAP = "a text", "a whole number", "true or false", "a list of texts", "a map of texts"
Shape = Union[str, List[Any], Dict[str, Any]]

_NODE_TERM: dict[str, Shape] = {"matchExpressions": [{"key": TEXT, "operator": TEXT, "values": TEXTS}]}
_NODE_AFFINITY: dict[str, Shape] = {
    "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": WHOLE, "preference": _NODE_TERM}],
    "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [_NODE_TERM]},
}
_ROLE: dict[str, Shape] = {
    "cores": WHOLE,
    "coreRequest": TEXT,
    "coreLimit": TEXT,
    "memory": TEXT,
    "memoryOverhead": TEXT,
    "image": TEXT,
    "env": [{"name": TEXT, "value": TEXT, "valueFrom": {"fieldRef": {"fieldPath": TEXT}}}],
    "labels": TEXT_MAP,
    "annotations": TEXT_MAP,
    "terminationGracePeriodSeconds": WHOLE,
    "serviceAccount": TEXT,
    "volumeMounts": [{"name": TEXT, "readOnly": FLAG, "mountPath": TEXT, "subPath": TEXT}],
    "securityContext": {"privileged": FLAG, "runAsUser": WHOLE, "allowPrivilegeEscalation": FLAG},
    "affinity": {"nodeAffinity": _NODE_AFFINITY},
    "javaOptions": TEXT,
}
REQUEST: dict[str, Shape] = {
    "submissionIdSuffix": TEXT,
    "applicationName": TEXT,
    "type": TEXT,
    "mode": TEXT,
    "image": TEXT,
    "spotInstance": FLAG,
    "sparkVersion": TEXT,
    "mainClass": TEXT,
    "mainApplicationFile": TEXT,
    "arguments": TEXTS,
    "sparkConf": TEXT_MAP,
    "volumes": [{"name": TEXT, "hostPath": {"path": TEXT, "type": TEXT}, "configMap": {"name": TEXT}}],
    "driver": {**_ROLE, "podName": TEXT, "kubernetesMaster": TEXT},
    "executor": {**_ROLE, "instances": WHOLE, "deleteOnTermination": FLAG},
    "deps": dict.fromkeys(
        ("jars", "files", "pyFiles", "packages", "excludePackages", "repositories", "archives"), TEXTS
    ),
    "pythonVersion": TEXT,
    "imagePullPolicy": TEXT,
    "restartPolicy": {
        "type": TEXT,
        "onSubmissionFailureRetries": WHOLE,
        "onFailureRetries": WHOLE,
        "onSubmissionFailureRetryInterval": WHOLE,
        "onFailureRetryInterval": WHOLE,
    },
    "clusterId": TEXT,
    "queue": TEXT,
    "queueToken": TEXT,
}
# The gateway takes these and does nothing with them.
_WITHOUT_EFFECT = ("overheadFactor", "driverOverheadFactor", "executorOverheadFactor")
_ROLES = ("driver", "executor")
# Sizes that the gateway always sends as fields, which beat sparkConf: there alone they would be lost.
_SIZES_IN_CONF = {
    "spark.driver.cores": ("driver", "cores"),
    "spark.driver.memory": ("driver", "memory"),
    "spark.kubernetes.driver.limit.cores": ("driver", "coreLimit"),
    "spark.executor.cores": ("executor", "cores"),
    "spark.executor.memory": ("executor", "memory"),
    "spark.executor.instances": ("executor", "instances"),
    "spark.kubernetes.executor.limit.cores": ("executor", "coreLimit"),
}
# The Spark operator's webhook denies these.
_DENIED_CONF = re.compile(
    r"spark\.kubernetes\.((driver\.|executor\.)?container\.image"
    r"|authenticate\.(driver|executor)\.serviceAccountName|authenticate\..*oauthToken.*|driver\.master)|spark\.master"
)
_TIME_LIMIT = "bpg.maxRunningMillis"


class InvalidRequest(ValueError):
    """The document is not what the gateway would carry out; the message names every problem and its place."""


class _TextLoader(yaml.SafeLoader):
    """Reads plain scalars as the text that they are (`3.10`, `yes`, `010`); anchors and merge keys are resolved."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, form) for tag, form in resolvers if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_mapping_node(self, anchor: Any) -> Any:
        node = super().compose_mapping_node(anchor)
        _refuse_twins([key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)])
        return node


def _refuse_twins(keys: Sequence[str]) -> None:
    twins = sorted({key for key in keys if keys.count(key) > 1})
    if twins:
        raise InvalidRequest(f"{', '.join(twins)} is there twice: the gateway would take the last one")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _refuse_twins([key for key, _ in pairs])
    return dict(pairs)


def read_document(text: str) -> dict[str, Any]:
    """The one document of a text, JSON or YAML. Numbers with a fraction keep their text."""
    text = text.lstrip("\ufeff")
    document: Any = None
    if text.lstrip().startswith("{"):
        try:
            document = json.loads(text, object_pairs_hook=_distinct, parse_float=str)
        except json.JSONDecodeError:
            document = None  # YAML in braces
    if document is None:
        try:
            document = yaml.load(text, Loader=_TextLoader)  # derived from SafeLoader
        except yaml.YAMLError as error:
            raise InvalidRequest(f"no single YAML or JSON document: {' '.join(str(error).split())}") from error
    if not isinstance(document, dict):
        raise InvalidRequest(f"a mapping is wanted, and this is {'empty' if document is None else 'none'}")
    return document


def make_request(document: Mapping[str, Any]) -> dict[str, Any]:
    """The request as the gateway reads it: texts as texts, numbers as numbers, nothing left that it would lose.

    :raises InvalidRequest: with all problems at once
    """
    if "apiVersion" in document or "kind" in document:
        raise InvalidRequest("this is a Kubernetes resource, not a request of the gateway: translate it first")
    problems: list[str] = []
    for key in _WITHOUT_EFFECT:
        if document.get(key) is not None:
            problems.append(f"{key}: the gateway ignores it; write memoryOverhead of the driver and the executor")
    known = {key: value for key, value in document.items() if key not in _WITHOUT_EFFECT}
    try:
        request = _fit(known, REQUEST, "", problems)
    except RecursionError:
        raise InvalidRequest("an anchor holds itself") from None
    if not problems:
        problems.extend(_rule_breaks(request))
    if problems:
        raise InvalidRequest("; ".join(problems))
    return dict(request)


def _fit(value: Any, shape: Shape, path: str, problems: list[str]) -> Any:
    """The value in the form of its place; what does not fit is told in `problems`."""
    if isinstance(shape, dict) and isinstance(value, Mapping):
        return _fit_object(value, shape, path, problems)
    if shape == TEXT_MAP and isinstance(value, Mapping):
        return {str(key): _fit(entry, TEXT, f"{path}[{key}]", problems) for key, entry in value.items()}
    item = shape[0] if isinstance(shape, list) else TEXT if shape == TEXTS else None
    if item is not None and isinstance(value, (list, tuple)):
        return [_fit(entry, item, f"{path}[{index}]", problems) for index, entry in enumerate(value)]
    if isinstance(shape, str):
        fitted = _SCALARS[shape](value) if shape in _SCALARS else None
        if fitted is not None:
            return fitted
    wanted = shape if isinstance(shape, str) else "a list" if isinstance(shape, list) else "a map"
    problems.append(f"{path} must be {wanted}, not {_shown(value)}")
    return None


def _fit_object(value: Mapping[Any, Any], shape: dict[str, Any], path: str, problems: list[str]) -> dict[str, Any]:
    fitted: dict[str, Any] = {}
    for key, entry in value.items():
        place = f"{path}.{key}" if path else str(key)
        if key not in shape:
            problems.append(f"{place}: the gateway does not know this key and would {'drop' if path else 'refuse'} it")
        elif entry is not None:
            fitted[key] = _fit(entry, shape[key], place, problems)
    return fitted


def _fit_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, str)):
        return str(value)
    return repr(value) if isinstance(value, float) and math.isfinite(value) else None


def _fit_whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    # not 010: YAML reads it as eight
    return int(value) if re.fullmatch(r"[+-]?(0|[1-9]\d*)", str(value).strip()) else None


def _fit_flag(value: Any) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower()) if isinstance(value, (bool, str)) else None


_SCALARS: dict[str, Callable[[Any], Any]] = {TEXT: _fit_text, WHOLE: _fit_whole, FLAG: _fit_flag}


def _shown(value: Any) -> str:
    """A value in a message: scalars in short, never a whole tree."""
    if value is None:
        return "empty"
    return repr(value)[:60] if isinstance(value, (str, int, float)) else type(value).__name__


def _rule_breaks(request: Mapping[str, Any]) -> list[str]:
    """What the gateway, the Spark operator or Spark would refuse or change, although every key and type is right."""
    conf_: Mapping[str, str] = request.get("sparkConf", {})
    breaks = [problem for role in _ROLES for problem in _size_breaks(role, request.get(role, {}))]
    if not re.fullmatch(r"\d+\.\d+", request.get("sparkVersion", "")):
        breaks.append(f'sparkVersion must be like "3.5", not {_shown(request.get("sparkVersion"))}')
    if not re.fullmatch(r"[a-z0-9-]{0,26}", request.get("submissionIdSuffix", "")):
        breaks.append("submissionIdSuffix: at most 26 characters, a-z, 0-9 and dashes")
    if request.get("mode", "cluster") != "cluster":
        breaks.append("mode: the gateway always runs in cluster mode")
    if not re.fullmatch(r"\d+", conf_.get(_TIME_LIMIT, "0")):
        breaks.append(f"sparkConf[{_TIME_LIMIT}] must be a whole number of milliseconds")
    for index, volume in enumerate(request.get("volumes", [])):
        if not any(volume.get(source) for source in ("hostPath", "configMap")):
            breaks.append(f"volumes[{index}] has neither hostPath nor configMap: it would be an empty folder")
    for key, (role, field) in _SIZES_IN_CONF.items():
        if key in conf_ and field not in request.get(role, {}):
            breaks.append(f"sparkConf[{key}] would lose against the gateway's default: write {role}.{field}")
    breaks.extend(f"sparkConf[{key}] is denied by the Spark operator" for key in conf_ if _DENIED_CONF.fullmatch(key))
    return breaks


def _size_breaks(role: str, sizes: Mapping[str, Any]) -> list[str]:
    breaks = []
    memory, overhead, limit = (sizes.get(field) for field in ("memory", "memoryOverhead", "coreLimit"))
    if memory is not None and not re.fullmatch(r"\d+([kmgtp]b?|b)", memory, re.IGNORECASE):
        breaks.append(f'{role}.memory must be a whole number with a unit, like "1536m", not {_shown(memory)}')
    if overhead is not None and not re.fullmatch(r"\d+([kmgtp]b?|b)?", overhead, re.IGNORECASE):
        breaks.append(f'{role}.memoryOverhead must be a whole number, like "512m", not {_shown(overhead)}')
    if limit is not None and not re.fullmatch(r"\d+", limit):
        breaks.append(f'{role}.coreLimit must be a whole number of cores, like "2", not {_shown(limit)}')
    if limit is None and "coreRequest" in sizes:
        asked, cores = _cores(sizes["coreRequest"]), sizes.get("cores", 1)
        if asked is not None and asked > cores:
            needed = math.ceil(asked)
            breaks.append(f'{role}.coreLimit is missing and would be {cores}, less than coreRequest: write "{needed}"')
    return breaks


def _cores(quantity: str) -> float | None:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(m?)", quantity)
    return float(found[1]) / (1000 if found[2] else 1) if found else None


def _label(text: str) -> str:
    """A text as the value of a Kubernetes label, in the way in which the gateway writes its own."""
    cut = re.sub(r"[^A-Za-z0-9._-]", "0", text[:63])
    return re.sub(r"^[._-]|[._-]$", "0", cut)


# --- the gateway ------------------------------------------------------------------------------------------------------

COMPLETED, FAILED = "COMPLETED", "FAILED"
SUBMISSION_FAILED = ("FAILED_SUBMISSION", "SUBMISSION_FAILED")
NOT_YET = ("", "UNKNOWN")
WITH_LOG = ("RUNNING", "SUCCEEDING", "FAILING")


class GatewayError(AirflowException):
    """The gateway refused a call; the message holds what it said."""


class GatewayUnavailable(Exception):
    """No answer, or one that may be another in a moment."""


@dataclass
class Status:
    state: str
    message: str
    ui: str


class Gateway:
    """The gateway's HTTP interface with the credentials of one connection; usable from any thread."""

    def __init__(self, url: str, auth: tuple[str, str] | None, verify: bool | str, queue_token: str | None):
        self.url = url
        self.queue_token = queue_token
        self._auth = auth
        self._verify = verify

    @classmethod
    def of(cls, connection: Any) -> Gateway:
        extra = connection.extra_dejson
        host = connection.host or ""
        if not host:
            raise AirflowException(f"the connection {connection.conn_id} has no host")
        if "://" not in host:
            host = f"{connection.schema or 'http'}://{host}"
        parts = urlsplit(host)
        if parts.scheme not in ("http", "https"):
            raise AirflowException(f"the connection {connection.conn_id} wants http or https, not {parts.scheme}")
        place = parts.netloc.rpartition("@")[2]
        if connection.port and parts.port is None:
            place = f"{place}:{connection.port}"
        base = str(extra.get("base_path", "/skatev2")).strip("/")
        url = "/".join(part for part in (f"{parts.scheme}://{place}", parts.path.strip("/"), base) if part)
        verify = extra.get("verify", True)
        if isinstance(verify, str):
            verify = {"true": True, "false": False}.get(verify.lower(), verify)
        auth = (connection.login, connection.password or "") if connection.login else None
        return cls(url, auth, verify, extra.get("queue_token"))

    def submit(self, request: Mapping[str, Any]) -> str:
        """Submits once and returns the submission's id. Never repeated where it could have been taken already.

        :raises GatewayUnavailable: where certainly nothing was submitted
        :raises AirflowFailException: where nobody knows whether it was
        """
        body = json.dumps(request, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        try:
            answer = self._send("POST", "/spark", data=body, headers=headers)
        except requests.RequestException as error:
            if _never_sent(error):
                raise GatewayUnavailable(str(error)) from error
            raise AirflowFailException(
                f"the connection broke during the submission, and whether the job runs is not known. "
                f"Look for it before the task is run again: {error}"
            ) from error
        if answer.status_code in (429, 503):
            raise GatewayUnavailable(_said(answer))
        if not answer.ok or answer.is_redirect:
            said = _said(answer)
            token = request.get("queueToken")
            raise GatewayError(f"the gateway refused the submission: {said.replace(token, '***') if token else said}")
        try:
            return str(answer.json()["submissionId"])
        except (ValueError, KeyError, TypeError):
            raise AirflowFailException(f"the gateway named no submission: {_said(answer)}") from None

    def status(self, submission_id: str) -> Status | None:
        """The state of a submission; None where the gateway knows none of that id."""
        answer = self._ask("GET", f"/spark/{quote(submission_id)}/status")
        if answer.status_code == 404:
            return None
        try:
            found = answer.json()
            parts = [found.get(key) or "" for key in ("applicationState", "applicationErrorMessage", "sparkUIUrl")]
        except (ValueError, AttributeError):
            raise GatewayUnavailable(f"not a status: {_said(answer)}") from None
        return Status(*parts)

    def cancel(self, submission_id: str) -> None:
        """Deletes the job; also where it has ended or is gone."""
        self._ask("DELETE", f"/spark/{quote(submission_id)}")

    def log(self, submission_id: str) -> requests.Response:
        """The driver's log as a stream, from its beginning."""
        return self._ask("GET", "/log", params={"subId": submission_id}, stream=True)

    def _ask(self, method: str, path: str, **options: Any) -> requests.Response:
        try:
            answer = self._send(method, path, **options)
        except requests.RequestException as error:
            raise GatewayUnavailable(str(error)) from error
        if answer.status_code == 429 or answer.status_code >= 500:
            raise GatewayUnavailable(_said(answer))
        if answer.status_code != 404 and (not answer.ok or answer.is_redirect):
            raise GatewayError(f"the gateway refused {method} {path}: {_said(answer)}")
        return answer

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        return requests.request(
            method,
            f"{self.url}{path}",
            auth=self._auth,
            verify=self._verify,
            timeout=(10, 60),
            allow_redirects=False,
            **options,
        )


def _never_sent(error: requests.RequestException) -> bool:
    """True if the connection did not even come about."""
    if isinstance(error, (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError)):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def _said(answer: requests.Response) -> str:
    """The gateway's own words."""
    try:
        text = str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        text = answer.text
    return f"{answer.status_code} {answer.reason}: {' '.join(text.split())[:2000]}"


# --- following a submission -------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """How a submission ended for the task."""

    kind: str  # completed, failed, timeout, lost, gone, unreachable, refused
    state: str = ""
    message: str = ""
    ui: str = ""


class Watch:
    """Decides from what the gateway answers when a submission has ended, and how. Keeps no connection and never sleeps.

    The state is looked at before the time: a job that completed late completed.
    """

    GONE_AFTER = 30  # seconds that a fresh submission may not be known yet

    def __init__(self, submitted: float, deadline: float, unknown_timeout: float, patience: float, resubmits: bool):
        self._submitted = submitted
        self._deadline = deadline
        self._unknown_timeout = unknown_timeout
        self._patience = patience
        self._resubmits = resubmits
        self._unknown_since: float | None = None
        self._missing_since: float | None = None
        self._seen = False
        self.misses = 0
        self.status = Status("", "", "")

    def see(self, status: Status | None, now: float) -> Outcome | None:
        self.misses, self._missing_since = 0, None
        if status is None:
            if self._seen or now - self._submitted > self.GONE_AFTER:
                return Outcome("gone", self.status.state)
            return self._late(now)
        self.status = status
        if status.state == COMPLETED:
            return self._outcome("completed")
        if status.state == FAILED or (status.state in SUBMISSION_FAILED and not self._resubmits):
            return self._outcome("failed")
        if status.state not in NOT_YET:
            self._seen, self._unknown_since = True, None
        elif self._seen:
            # known before: its driver is lost. Before that it only waits to be taken up, within the timeout
            self._unknown_since = now if self._unknown_since is None else self._unknown_since
            if now - self._unknown_since >= self._unknown_timeout:
                return self._outcome("lost")
        return self._late(now)

    def miss(self, error: GatewayUnavailable, now: float) -> Outcome | None:
        """The gateway did not answer: tolerated for a while, and the timeout still counts."""
        self.misses += 1
        self._missing_since = now if self._missing_since is None else self._missing_since
        if now - self._missing_since >= self._patience:
            return Outcome("unreachable", self.status.state, str(error), self.status.ui)
        return None

    def pause(self, interval: float) -> float:
        """Seconds until the next look: longer and longer while the gateway does not answer."""
        return max(interval, min(60.0, 2.0 ** (self.misses - 1))) if self.misses else interval

    def _late(self, now: float) -> Outcome | None:
        return self._outcome("timeout") if now >= self._deadline else None

    def _outcome(self, kind: str) -> Outcome:
        return Outcome(kind, self.status.state, self.status.message, self.status.ui)


class DriverLog(threading.Thread):
    """Writes the driver's log while the job runs. A broken stream is opened again and goes on where it broke.

    The gateway sends a log from its beginning. What was written already is skipped if it is the same, else (another
    driver, or a sentence in place of a log that was not there yet) the log is written from its beginning.
    """

    ATTEMPTS_AFTER_END = 4

    def __init__(self, gateway: Gateway, submission_id: str, write: Callable[[str], None]):
        super().__init__(name=f"log of {submission_id}", daemon=True)
        self._gateway = gateway
        self._submission_id = submission_id
        self._write = write
        self._ended = threading.Event()
        self._abandoned = False
        self._length = 0
        self._digest = hashlib.sha256()
        self._line = b""
        self.whole = False

    def run(self) -> None:
        broken = 0
        while not self._abandoned:
            after_end = self._ended.is_set()
            try:
                self._follow()
                self.whole, broken = after_end, 0
            except (requests.RequestException, GatewayUnavailable):
                broken += 1
            except GatewayError as error:
                self._write(f"no driver log: {error}")
                break
            if self.whole or (after_end and broken >= self.ATTEMPTS_AFTER_END):
                break
            if after_end:
                time.sleep(min(5.0, 0.5 * 2**broken))
            else:
                self._ended.wait(min(30.0, 2.0**broken) if broken else 10.0)
        if self._line:
            self._write(self._line.decode("utf-8", "replace"))

    def finish(self, seconds: float) -> bool:
        """The job has ended: waits until its log is written, at most so long. False if a part is missing."""
        if not self.is_alive() and not self.ident:
            self.start()
        self._ended.set()
        self.join(seconds)
        self.stop()
        return self.whole

    def stop(self) -> None:
        """Writes nothing more. An open stream ends with its next piece, or with the process."""
        self._abandoned = True
        self._ended.set()

    def _follow(self) -> None:
        skipped, left = hashlib.sha256(), self._length
        with self._gateway.log(self._submission_id) as answer:
            for chunk in answer.iter_content(4096):
                if self._abandoned:
                    return None
                known, new = chunk[:left], chunk[left:]
                skipped.update(known)
                left -= len(known)
                if left == 0 and known and skipped.digest() != self._digest.digest():
                    return self._begin_anew()
                if new:
                    self._take(new)
        return self._begin_anew() if left > 0 else None

    def _begin_anew(self) -> None:
        self._length, self._digest, self._line = 0, hashlib.sha256(), b""
        self._follow()

    def _take(self, new: bytes) -> None:
        self._length += len(new)
        self._digest.update(new)
        *lines, self._line = (self._line + new).split(b"\n")
        for line in lines:
            self._write(line.decode("utf-8", "replace").rstrip("\r"))


class Memory:
    """Where a task instance keeps its running submission from one try to the next."""

    KEY = "bpg_submission"

    def __init__(self, context: Mapping[str, Any], log: Any):
        ti = context["ti"]
        self._store = context.get("task_state_store")  # Airflow 3.3
        whose = (ti.dag_id, ti.task_id, ti.run_id, getattr(ti, "map_index", -1))
        self._description = f"running: {ti.dag_id}.{ti.task_id} of {ti.run_id}"
        self._variable = self.variable(*whose)
        self._log = log

    @classmethod
    def variable(cls, *whose: Any) -> str:
        """The name of the Variable of a task instance: dag_id, task_id, run_id, map_index."""
        return f"{cls.KEY}_{hashlib.sha256(json.dumps(whose).encode()).hexdigest()[:40]}"

    def read(self) -> dict[str, Any] | None:
        if self._store is not None:
            text = self._store.get(self.KEY)
        elif AIRFLOW_3:
            text = Variable.get(self._variable, default=None)
        else:
            text = Variable.get(self._variable, default_var=None)  # type: ignore[call-arg]
        try:
            found = json.loads(text) if text else None
        except ValueError:
            return None
        return found if isinstance(found, dict) and found.get("submission_id") else None

    def write(self, submission: Mapping[str, Any]) -> None:
        """A failure is told, not raised: the job runs and wants to be followed."""
        try:
            if self._store is not None:
                self._store.set(self.KEY, json.dumps(submission))
            else:
                Variable.set(self._variable, json.dumps(submission), description=self._description)
        except Exception as error:  # noqa: BLE001
            self._log.warning("The submission could not be remembered, a retry will submit again: %s", error)

    def erase(self) -> None:
        try:
            if self._store is not None:
                self._store.delete(self.KEY)
            else:
                Variable.delete(self._variable)
        except Exception as error:  # noqa: BLE001
            self._log.warning("The ended submission could not be forgotten: %s", error)


# --- Airflow ----------------------------------------------------------------------------------------------------------


class SparkUiLink(BaseOperatorLink):
    """The Spark UI or history server of the submission, if the gateway names one."""

    name = "Spark UI"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """Asked by Airflow 3 when the task has ended, in its process; by Airflow 2 whenever somebody looks at it."""
        if AIRFLOW_3:
            return str(getattr(operator, "spark_ui", ""))
        from airflow.models import XCom

        return XCom.get_value(ti_key=ti_key, key="spark_ui_url") or ""


def _link_is_known() -> bool:
    """Airflow 2 knows the links of plugins only, and complains about others."""
    return AIRFLOW_3 or _plugins_folder() in Path(__file__).resolve().parents


def _plugins_folder() -> Path:
    return Path(conf.get("core", "plugins_folder", fallback="plugins")).resolve()


class BPGPlugin(AirflowPlugin):
    name = "bpg_operator"
    operator_extra_links: list[Any] = [SparkUiLink()]  # noqa: RUF012 - an instance variable of its base


class BPGOperator(BaseOperator):
    """Submits a request to the gateway, streams the driver's log, and ends as the job ends.

    :param application_file: path of the request, YAML or JSON: relative to the DAG file or the DAG's
        `template_searchpath`, or absolute. Rendered.
    :param application_content: the request itself, as text or as a dict, or the path of a file that ends in `.yaml`,
        `.yml` or `.json`. Rendered, the path too. Goes before `application_file`.
    :param translate: makes the request of the rendered document, for a document that only exists when the task runs:
        `lambda document: to_bpg(document, queue="poc")`. It is called once a try, with text or a dict.
    :param application_timeout: seconds from the submission until the job is cancelled, queueing included
    :param log_poll_interval: seconds between two looks at the state
    :param connection_id: the Airflow connection of the gateway
    :param deferrable: wait in the triggerer, without a worker slot; the log is written when the job has ended
    :param poll_interval: seconds between two looks of the triggerer; default: `log_poll_interval`, at least 10
    :param reattach_on_restart: a retry goes on with the job that an earlier try left running. Without it a try that can
        not follow its job any longer cancels it.
    :param accounting_labels: the labels `dag_name` and `task_name` on driver and executor, where they are not given
    :param unknown_timeout: seconds that the state of a job may be unknown after it was known (a lost driver)
    :param gateway_patience: seconds that the gateway may not answer before the try gives up

    XCom: `submission_id`, `spark_ui_url`. The returned value is None.
    """

    template_fields: Sequence[str] = ("application_content", "application_file", "connection_id")
    template_ext: Sequence[str] = (".yaml", ".yml", ".json")
    template_fields_renderers: ClassVar[dict[str, str]] = {"application_content": "yaml", "application_file": "yaml"}
    operator_extra_links = (SparkUiLink(),) if _link_is_known() else ()
    ui_color = "#f6d7a7"

    LOG_DRAIN = 120  # seconds that the end of a log may take after the end of the job

    _gateway: Gateway | None = None
    _submission_id: str | None = None
    _killed = False
    _cancelled = False
    _ended = False
    spark_ui = ""

    def __init__(
        self,
        *,
        application_file: str | None = None,
        application_content: str | dict[str, Any] | None = None,
        translate: Callable[[Any], str | dict[str, Any]] | None = None,
        application_timeout: float = 3600,
        log_poll_interval: float = 1,
        connection_id: str | None = None,
        deferrable: bool = conf.getboolean("operators", "default_deferrable", fallback=False),
        poll_interval: float | None = None,
        reattach_on_restart: bool = True,
        accounting_labels: bool = True,
        unknown_timeout: float = 600,
        gateway_patience: float = 300,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.application_file = _not_a_path(application_file)
        self.application_content = _not_a_path(application_content)
        self.translate = translate
        self.application_timeout = application_timeout
        self.log_poll_interval = log_poll_interval
        self.connection_id = connection_id
        self.deferrable = deferrable
        self.poll_interval = poll_interval
        self.reattach_on_restart = reattach_on_restart
        self.accounting_labels = accounting_labels
        self.unknown_timeout = unknown_timeout
        self.gateway_patience = gateway_patience

    # the document

    def resolve_template_files(self) -> None:
        """Absolute paths and those with Jinja in them are found when the task runs; Airflow would look for them now."""
        fields = self.template_fields
        try:
            self.template_fields = [name for name in fields if not _is_found_late(getattr(self, name, None))]
            super().resolve_template_files()
        finally:
            self.template_fields = fields

    def render_template(
        self,
        content: Any,
        context: Any,
        jinja_env: jinja2.Environment | None = None,
        seen_oids: set[int] | None = None,
    ) -> Any:
        if _has_jinja(content) and content.endswith(tuple(self.template_ext)):
            # the space keeps Airflow from taking the text for the name of a file
            content = str(super().render_template(f"{content} ", context, jinja_env, seen_oids)).rstrip()
        if _is_elsewhere(content) and content.endswith(tuple(self.template_ext)):
            if "://" in content:
                raise AirflowFailException(f"{content} is not read: ship the file with the DAG or pass its text")
            content = Path(content).read_text(encoding="utf-8") + "\n"
        return super().render_template(content, context, jinja_env, seen_oids)

    def _make_request(self, context: Mapping[str, Any], queue_token: str | None) -> dict[str, Any]:
        content = self.application_content if self.application_content else self.application_file
        if not content:
            raise AirflowFailException("neither application_content nor application_file is given")
        if isinstance(content, str) and "\n" not in content and len(content) < 4096 and Path(content.strip()).is_file():
            content = Path(content.strip()).read_text(encoding="utf-8")
        try:
            # ValueError is also what a translator refuses a document with
            content = content if self.translate is None else self.translate(content)
            request = make_request(content if isinstance(content, dict) else read_document(str(content)))
        except ValueError as error:
            raise AirflowFailException(f"The request is not sent: {error}") from error
        if queue_token:
            request.setdefault("queueToken", queue_token)
        if self.accounting_labels:
            own = {"dag_name": _label(context["ti"].dag_id), "task_name": _label(context["ti"].task_id)}
            for role in _ROLES:
                part = request.setdefault(role, {})
                part["labels"] = {**own, **part.get("labels", {})}
        if self.application_timeout > 12 * 3600 and _TIME_LIMIT not in request.get("sparkConf", {}):
            self.log.warning("The gateway ends a job after 12 h: sparkConf[%s] is not set", _TIME_LIMIT)
        return request

    # a try

    def execute(self, context: Any) -> None:
        self._gateway = self._connect()
        request = self._make_request(context, self._gateway.queue_token)
        resubmits = _resubmits(request)
        memory = Memory(context, self.log)
        submission = self._find(memory, resubmits) if self.reattach_on_restart else None
        if submission is None:
            submission_id = self._submit(request)
            submission = {"submission_id": submission_id, "submitted": time.time(), "try": context["ti"].try_number}
            self._submission_id = submission_id
            if self.reattach_on_restart:
                memory.write(submission)
        self._submission_id = str(submission["submission_id"])
        self._end_if_killed(context)
        context["ti"].xcom_push(key="submission_id", value=self._submission_id)
        submitted = float(submission["submitted"])
        deadline = submitted + self.application_timeout
        if self.deferrable and not self._can_not_defer():
            self._defer(context, submitted, deadline, resubmits)
        watch = Watch(submitted, deadline, self.unknown_timeout, self.gateway_patience, resubmits)
        log = DriverLog(self._gateway, self._submission_id, self.log.info)
        try:
            outcome = self._follow(watch, log, context)
        except BaseException as error:
            # Airflow's own timeout calls the kill hook only afterwards; a signal called it already (Airflow 2)
            log.stop()
            if (self._killed or _is_task_timeout(error)) and self._cancel():
                memory.erase()
            raise
        self._conclude(outcome, log, context)

    def execute_complete(self, context: Any, event: Mapping[str, Any]) -> None:
        """Goes on when the trigger has seen the end."""
        self._gateway = self._connect()
        self._submission_id = str(event["submission_id"])
        log = DriverLog(self._gateway, self._submission_id, self.log.info)
        self._conclude(Outcome(**event["outcome"]), log, context)

    def on_kill(self) -> None:
        """Cancels the job. Called by Airflow in a signal handler, in the middle of `execute`, and after its timeout."""
        self._killed = True
        if self._ended:
            return
        if self._gateway is not None and self._submission_id is None:
            self.log.warning("Killed while the job was being submitted: look for it at the gateway")
        self._cancel()

    def _connect(self) -> Gateway:
        if not self.connection_id:
            raise AirflowFailException("connection_id is missing")
        return Gateway.of(BaseHook.get_connection(self.connection_id))

    def _find(self, memory: Memory, resubmits: bool) -> dict[str, Any] | None:
        """The submission that an earlier try left, if it runs or has completed; else None, and it is forgotten."""
        found = memory.read()
        if found is None or self._gateway is None:
            return None
        submission_id = str(found["submission_id"])
        status = self._patiently(lambda gateway: gateway.status(submission_id))
        state = "gone" if status is None else status.state
        failed = state == FAILED or (state in SUBMISSION_FAILED and not resubmits)
        if status is None or failed:
            self.log.info("The submission %s of try %s is %s: submitting anew", submission_id, found.get("try"), state)
            memory.erase()
            return None
        self.log.info("Going on with submission %s of try %s, which is %s", submission_id, found.get("try"), state)
        return found

    def _submit(self, request: Mapping[str, Any]) -> str:
        name, queue = request.get("applicationName"), request.get("queue")
        submission_id = str(self._patiently(lambda gateway: gateway.submit(request)))
        self.log.info("Submitted %s to queue %s as %s", name, queue or "(the gateway's choice)", submission_id)
        return submission_id

    def _patiently(self, call: Callable[[Gateway], Any]) -> Any:
        """Repeats a call while the gateway is not available, for as long as `gateway_patience`."""
        if self._gateway is None:
            raise AirflowException("there is no connection yet")
        since, pause = time.time(), 1.0
        while True:
            try:
                return call(self._gateway)
            except GatewayUnavailable as error:
                if self._killed or time.time() - since + pause > self.gateway_patience:
                    raise AirflowException(f"the gateway does not answer: {error}") from error
                self.log.warning("The gateway does not answer, trying again in %.0f s: %s", pause, error)
                self._sleep(pause)
                pause = min(60.0, 2 * pause)

    def _follow(self, watch: Watch, log: DriverLog, context: Any) -> Outcome:
        shown, ui = None, ""
        while True:
            outcome = self._look(watch)
            self._end_if_killed(context)
            if watch.status.state != shown:
                shown = watch.status.state
                self.log.info("Submission %s is %s", self._submission_id, shown or "not taken up yet")
            if watch.status.ui and watch.status.ui != ui:
                ui = watch.status.ui
                self._push_ui(context, ui)
            if outcome is not None:
                return outcome
            if watch.status.state in WITH_LOG and not log.is_alive() and not log.ident:
                log.start()
            self._sleep(watch.pause(self.log_poll_interval))
            self._end_if_killed(context)

    def _look(self, watch: Watch) -> Outcome | None:
        if self._gateway is None or self._submission_id is None:
            raise AirflowException("nothing was submitted")
        try:
            return watch.see(self._gateway.status(self._submission_id), time.time())
        except GatewayUnavailable as error:
            self.log.warning("The gateway does not answer: %s", error)
            return watch.miss(error, time.time())
        except GatewayError as error:
            return Outcome("refused", watch.status.state, str(error), watch.status.ui)

    def _sleep(self, seconds: float) -> None:
        """In short naps: on Airflow 3 the kill hook returns into this function."""
        end = time.monotonic() + seconds
        while not self._killed and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.5))

    def _end_if_killed(self, context: Any) -> None:
        if self._killed:
            if self._cancel():
                Memory(context, self.log).erase()
            raise AirflowException(f"killed; submission {self._submission_id} {self._cancellation()}")

    def _cancel(self) -> bool:
        """Cancels once; False if the job may go on. Quick, because Airflow does not wait long for a killed task."""
        if self._gateway is None or self._submission_id is None or self._cancelled:
            return self._cancelled
        for attempt in range(3):
            try:
                self._gateway.cancel(self._submission_id)
                self._cancelled = True
                self.log.info("Cancelled submission %s", self._submission_id)
                return True
            except GatewayUnavailable as error:
                self.log.error("Submission %s could not be cancelled: %s", self._submission_id, error)
                time.sleep(0.5 * attempt)
            except GatewayError as error:
                self.log.error("Submission %s could not be cancelled: %s", self._submission_id, error)
                break
        return False

    def _cancellation(self) -> str:
        return "is cancelled" if self._cancelled else "could not be cancelled and may be running"

    def _push_ui(self, context: Any, url: str) -> None:
        self.spark_ui = url
        self.log.info("Spark UI: %s", url)
        context["ti"].xcom_push(key="spark_ui_url", value=url)

    # the end

    def _conclude(self, outcome: Outcome, log: DriverLog, context: Any) -> None:
        """Writes the rest of the log, then returns for a completed job and raises for every other end."""
        memory = Memory(context, self.log)
        about = f"submission {self._submission_id}"
        if outcome.kind not in ("completed", "failed"):
            log.stop()
        if outcome.kind in ("unreachable", "refused"):
            if self.reattach_on_restart:
                raise AirflowException(f"{about} is left running, the next try looks for it: {outcome.message}")
            self._cancel()
            raise AirflowException(f"{about} can not be followed and {self._cancellation()}: {outcome.message}")
        if outcome.kind in ("timeout", "lost"):
            self._cancel()
        else:
            self._ended = True
        if outcome.kind in ("completed", "failed") and not self._finish_log(log):
            self.log.warning("A part of the driver log is missing")
        if self.deferrable and outcome.ui:
            self._push_ui(context, outcome.ui)
        if self._ended or self._cancelled:
            memory.erase()
        if outcome.kind != "completed":
            raise AirflowException(f"{about} {self._reason(outcome)}")

    def _finish_log(self, log: DriverLog) -> bool:
        """A job that has ended has ended, also where Airflow's timeout strikes while the rest of its log is written."""
        try:
            return log.finish(self.LOG_DRAIN)
        except BaseException as error:
            if not _is_task_timeout(error):
                raise
            log.stop()
            return False

    def _reason(self, outcome: Outcome) -> str:
        state = outcome.state or "not taken up"
        if outcome.kind == "timeout":
            return f"has not ended within {self.application_timeout:g} s (it was {state}) and {self._cancellation()}"
        if outcome.kind == "lost":
            return f"was {state} for {self.unknown_timeout:g} s after it had started, and {self._cancellation()}"
        if outcome.kind == "gone":
            return f"does not exist any longer (it was {state}): somebody deleted it"
        return f"ended as {state}: {outcome.message or 'the gateway gives no reason'}"

    # waiting in the triggerer

    def _can_not_defer(self) -> str:
        reason = _why_no_trigger()
        if reason:
            self.log.warning("Waiting in the worker: %s", reason)
        return reason

    def _defer(self, context: Any, submitted: float, deadline: float, resubmits: bool) -> None:
        ti = context["ti"]
        if self.execution_timeout:
            # Airflow would end the trigger without cancelling the job; this is a little sooner
            limit = self.execution_timeout.total_seconds()
            deadline = min(deadline, time.time() + max(0.9 * limit, limit - 30))
        trigger = BPGTrigger(
            connection_id=str(self.connection_id),
            submission_id=str(self._submission_id),
            submitted=submitted,
            deadline=deadline,
            poll_interval=self.poll_interval or max(10, self.log_poll_interval),
            unknown_timeout=self.unknown_timeout,
            gateway_patience=self.gateway_patience,
            resubmits=resubmits,
            instance=[ti.dag_id, ti.task_id, ti.run_id, getattr(ti, "map_index", -1)],
        )
        self.defer(trigger=trigger, method_name="execute_complete")


def _why_no_trigger() -> str:
    """Why the triggerer could not import the trigger of this file; empty if it can."""
    if BPGTrigger.__module__.startswith("unusual_prefix_"):
        return "the operator is defined in a DAG file, which the triggerer can not import"
    if not AIRFLOW_3:
        return ""
    here = Path(__file__).resolve()
    python_path = [Path(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    if "site-packages" in here.parts or any(
        folder.resolve() in here.parents for folder in (_plugins_folder(), *python_path)
    ):
        return ""
    return f"{here.name} is neither in the plugins folder nor on PYTHONPATH, where Airflow 3's triggerer would find it"


def _is_task_timeout(error: BaseException) -> bool:
    """True for Airflow's `execution_timeout`, which is an ordinary exception in some versions and not in others."""
    return type(error).__name__ == "AirflowTaskTimeout"


def _resubmits(request: Mapping[str, Any]) -> bool:
    """True if a failed submission is not the end, because the request lets the Spark operator try again."""
    policy = request.get("restartPolicy", {})
    kind, retries = policy.get("type"), policy.get("onSubmissionFailureRetries", 0)
    return bool(kind == "Always" or (kind == "OnFailure" and retries > 0))


def _not_a_path(content: Any) -> Any:
    """Text of several lines gets a last line break: Airflow takes what ends in `.yaml` for the name of a file."""
    is_text = isinstance(content, str) and "\n" in content and not content.endswith("\n")
    return f"{content}\n" if is_text else content


def _is_elsewhere(content: Any) -> bool:
    """True for a path that no search path leads to."""
    if not isinstance(content, str) or "\n" in content:
        return False
    return Path(content).is_absolute() or re.match(r"[a-z][a-z0-9+.-]*://", content) is not None


def _has_jinja(content: Any) -> bool:
    """True for a line with an expression in it."""
    return isinstance(content, str) and "\n" not in content and "{{" in content


def _is_found_late(content: Any) -> bool:
    return _is_elsewhere(content) or _has_jinja(content)


class BPGTrigger(BaseTrigger):
    """Waits for the end of a submission in the triggerer. Holds no credentials: it asks Airflow for the connection."""

    def __init__(
        self,
        connection_id: str,
        submission_id: str,
        submitted: float,
        deadline: float,
        poll_interval: float,
        unknown_timeout: float,
        gateway_patience: float,
        resubmits: bool,
        instance: list[Any],
    ):
        super().__init__()
        self.connection_id = connection_id
        self.submission_id = submission_id
        self.submitted = submitted
        self.deadline = deadline
        self.poll_interval = poll_interval
        self.unknown_timeout = unknown_timeout
        self.gateway_patience = gateway_patience
        self.resubmits = resubmits
        self.instance = instance

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return f"{type(self).__module__}.{type(self).__qualname__}", {
            "connection_id": self.connection_id,
            "submission_id": self.submission_id,
            "submitted": self.submitted,
            "deadline": self.deadline,
            "poll_interval": self.poll_interval,
            "unknown_timeout": self.unknown_timeout,
            "gateway_patience": self.gateway_patience,
            "resubmits": self.resubmits,
            "instance": self.instance,
        }

    async def run(self) -> AsyncIterator[TriggerEvent]:
        try:
            outcome = await self._wait()
        except asyncio.CancelledError:
            if not AIRFLOW_3 and self._was_ended_by_hand():
                await self.on_kill()
                Variable.delete(Memory.variable(*self.instance))
            raise
        yield TriggerEvent({"submission_id": self.submission_id, "outcome": asdict(outcome)})

    async def on_kill(self) -> None:
        """The task was cleared, or marked as failed or successful (called by Airflow from 3.3 on)."""
        try:
            gateway = await self._connect()
            await _in_thread(lambda: gateway.cancel(self.submission_id))
        except Exception as error:  # noqa: BLE001
            self.log.error("Submission %s could not be cancelled: %s", self.submission_id, error)

    async def _wait(self) -> Outcome:
        watch = Watch(self.submitted, self.deadline, self.unknown_timeout, self.gateway_patience, self.resubmits)
        try:
            gateway = await self._connect()
            while True:
                try:
                    status = await _in_thread(lambda: gateway.status(self.submission_id))
                    outcome = watch.see(status, time.time())
                except GatewayUnavailable as error:
                    outcome = watch.miss(error, time.time())
                if outcome is not None:
                    return outcome
                await asyncio.sleep(watch.pause(self.poll_interval))
        except AirflowException as error:
            return Outcome("refused", watch.status.state, str(error), watch.status.ui)

    async def _connect(self) -> Gateway:
        if hasattr(BaseHook, "aget_connection"):
            return Gateway.of(await BaseHook.aget_connection(self.connection_id))
        # Airflow's own way out of the event loop: on 3.0 the connection comes over a channel of that loop
        from asgiref.sync import sync_to_async

        return Gateway.of(await sync_to_async(BaseHook.get_connection)(self.connection_id))

    def _was_ended_by_hand(self) -> bool:
        """On Airflow 2 a trigger is also cancelled when its triggerer stops, and then starts elsewhere."""
        from airflow.models.taskinstance import TaskInstance
        from airflow.utils.session import create_session

        names = ("dag_id", "task_id", "run_id", "map_index")
        with create_session() as session:
            state = session.query(TaskInstance.state).filter_by(**dict(zip(names, self.instance))).scalar()
        # running: the next try has begun, and may follow this very job
        return state not in ("deferred", "running")


async def _in_thread(call: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(None, call)
