"""Translates a SparkApplication that only exists at run time into a request of the Batch Processing Gateway.

    BPGOperator(task_id="load", application_content=to_bpg(build("load"), queue="poc"), ...)

That looks at the document where the DAG is parsed. One that only exists when the task runs (Jinja, XCom, a path that is
rendered) is translated by the operator that `scaffold operator` writes, after it was rendered:

    BPGOperator(
        task_id="load",
        application_content="{{ ti.xcom_pull(task_ids='build') }}",
        translate=lambda document: to_bpg(document, queue="poc"),
        ...
    )

What has a way through the gateway is carried over, to the place where it has the same effect. Everything else is an
error that names the path: a job must not lose its tolerations or a volume without anybody knowing. Whoever does know
says so: `accept=["driver.tolerations"]`. Needs PyYAML for documents that are text, nothing for dicts.
"""

from __future__ import annotations

import json
import math
import os
import posixpath
import re
from decimal import Decimal
from typing import Any, Iterable, Mapping, Sequence

GROUP = "sparkoperator.k8s.io/v1beta2"
ROLES = ("driver", "executor")


class NotTranslatable(ValueError):
    """The document can not become a request without a loss; the message names every path and why."""


def to_bpg(
    document: Mapping[str, Any] | str,
    queue: str | None,
    *,
    name: str | None = None,
    image: str | None = None,
    main_application_file: str | None = None,
    spot_instance: bool | None = None,
    labels: Mapping[str, str] | None = None,
    max_running_millis: int | None = None,
    accept: Iterable[str] = (),
) -> str:
    """The request as JSON text, which every BPGOperator takes as `application_content`.

    :param document: a SparkApplication as a dict, or as YAML or JSON text; a file where it is the path of one
    :param queue: the gateway's queue; None leaves the choice to the gateway
    :param name: in place of the document's name; `image` and `main_application_file` likewise
    :param labels: of both roles, over the document's own
    :param max_running_millis: the gateway ends the job after so long; without it after 12 hours
    :param accept: paths that may be lost, such as `driver.tolerations`
    :raises NotTranslatable: with everything that would be lost, or is not understood
    """
    resource = _unwrap(_open(document))
    work = _Work(resource, accept)
    if image is not None:
        work.spec["image"] = image
    if main_application_file is not None:
        work.spec["mainApplicationFile"] = main_application_file
    metadata = _map(resource.get("metadata"), "metadata")
    given = _text(metadata.get("name") or metadata.get("generateName") or "", "metadata.name").rstrip("-")
    work.name = given if name is None else name
    work.namespace = _text(metadata.get("namespace") or "default", "metadata.namespace")
    body = work.translate(_texts_of(metadata.get("labels"), "metadata.labels"), labels or {})
    request: dict[str, Any] = {"applicationName": work.name} if work.name else {}
    if queue is not None:
        request["queue"] = queue
    if spot_instance is not None:
        request["spotInstance"] = spot_instance
    if max_running_millis is not None:
        body.setdefault("sparkConf", {})["bpg.maxRunningMillis"] = str(max_running_millis)
    request.update(body)
    if work.problems:
        raise NotTranslatable("; ".join(work.problems))
    _refuse_broken_jinja(request, "")
    return json.dumps(request, ensure_ascii=False, indent=2)


# --- reading ----------------------------------------------------------------------------------------------------------


def _open(document: Any) -> Mapping[str, Any]:
    """The resource, whatever form it was given in."""
    if isinstance(document, os.PathLike):
        document = os.fspath(document)
    if isinstance(document, str) and "\n" not in document and document.endswith((".yaml", ".yml", ".json")):
        try:
            with open(document, encoding="utf-8") as file:
                document = file.read()
        except OSError:
            raise NotTranslatable(
                f"{document} is the path of a file that is not here; where the operator is to find it, pass it as "
                "application_content, and this function as translate"
            ) from None
    return _read(document) if isinstance(document, str) else _map(document, "the document")


def _read(text: str) -> Mapping[str, Any]:
    """The one document of a text; plain scalars stay the texts that they are, anchors and merge keys are resolved."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_mapping_node(self, anchor: Any) -> Any:
            node = super().compose_mapping_node(anchor)
            keys = [key.value for key, _ in node.value]
            for key in keys:
                if keys.count(key) > 1:
                    raise NotTranslatable(f"{key} is there twice")
            return node

    kept = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in resolvers if tag in kept]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        document = yaml.load(text.lstrip("\ufeff"), Loader=Loader)  # derived from SafeLoader
    except yaml.YAMLError as error:
        raise NotTranslatable(f"no single YAML document: {' '.join(str(error).split())}") from error
    except RecursionError:
        raise NotTranslatable("an anchor holds itself") from None
    return _map(document, "the document")


def _unwrap(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The resource itself, out of the `spark:` form of newer providers."""
    if "spec" not in document and isinstance(document.get("spark"), Mapping):
        if document.get("kubernetes"):
            raise NotTranslatable("kubernetes: this block is not translated; write its values into spark.spec")
        return _unwrap(document["spark"])
    for key, wanted in (("apiVersion", GROUP), ("kind", "SparkApplication")):
        if document.get(key) != wanted:
            raise NotTranslatable(f"{key} must be {wanted}, not {document.get(key)}")
    _map(document.get("spec"), "spec")
    return document


def _map(value: Any, path: str) -> Mapping[str, Any]:
    if value is None and path != "spec":
        return {}
    if not isinstance(value, Mapping):
        raise NotTranslatable(f"{path} must be a mapping")
    return value


def _list(value: Any, path: str) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)):
        raise NotTranslatable(f"{path} must be a list")
    return value


def _text(value: Any, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value)):
        return str(value)
    raise NotTranslatable(f"{path} must be a text")


def _whole(value: Any, path: str) -> int:
    text = "" if isinstance(value, bool) else str(value)
    if not re.fullmatch(r"[+-]?(0|[1-9]\d*)(\.0*)?", text):
        raise NotTranslatable(f"{path} must be a whole number, not {value}")
    return int(text.partition(".")[0])


def _flag(value: Any, path: str) -> bool:
    text = str(value).lower()
    if text not in ("true", "yes", "on", "false", "no", "off"):
        raise NotTranslatable(f"{path} must be true or false, not {value}")
    return text in ("true", "yes", "on")


def _texts(value: Any, path: str) -> list[str]:
    return [_text(item, f"{path}[{index}]") for index, item in enumerate(_list(value, path))]


def _texts_of(value: Any, path: str) -> dict[str, str]:
    """A map of texts; keys without a value are as good as absent."""
    return {str(key): _text(item, f"{path}.{key}") for key, item in _map(value, path).items() if item is not None}


def _refuse_broken_jinja(value: Any, path: str) -> None:
    """Text that is rendered after this has its quotes escaped: an expression with such a character would break."""
    if isinstance(value, str) and re.search(r'(\{\{|\{%)[^}]*["\\]', value):
        raise NotTranslatable(f'{path}: a Jinja expression with " or \\ does not survive as JSON; use single quotes')
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_broken_jinja(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_broken_jinja(item, f"{path}[{index}]")


# --- the table --------------------------------------------------------------------------------------------------------

_TERM: Any = {"matchExpressions": [{"key": _text, "operator": _text, "values": _texts}]}
# Copied as they are.
SAME: Any = {
    "type": _text,
    "image": _text,
    "imagePullPolicy": _text,
    "mainClass": _text,
    "mainApplicationFile": _text,
    "arguments": _texts,
    "pythonVersion": _text,
    "sparkConf": _texts_of,
    "deps": dict.fromkeys(
        ("jars", "files", "pyFiles", "packages", "excludePackages", "repositories", "archives"), _texts
    ),
    "restartPolicy": {
        "type": _text,
        "onSubmissionFailureRetries": _whole,
        "onFailureRetries": _whole,
        "onSubmissionFailureRetryInterval": _whole,
        "onFailureRetryInterval": _whole,
    },
}
SAME_ROLE: Any = {
    "cores": _whole,
    "coreRequest": _text,
    "coreLimit": _text,
    "memory": _text,
    "memoryOverhead": _text,
    "image": _text,
    "labels": _texts_of,
    "annotations": _texts_of,
    "serviceAccount": _text,
    "javaOptions": _text,
    "terminationGracePeriodSeconds": _whole,
    "securityContext": {"privileged": _flag, "runAsUser": _whole, "allowPrivilegeEscalation": _flag},
}
SAME_OF = {
    "driver": {**SAME_ROLE, "podName": _text, "kubernetesMaster": _text},
    "executor": {**SAME_ROLE, "instances": _whole, "deleteOnTermination": _flag},
}
AFFINITY: Any = {
    "nodeAffinity": {
        "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": _whole, "preference": _TERM}],
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [_TERM]},
    }
}
# Decided by the gateway, or never read by anybody.
DROPPED = {
    "mode",
    "failureRetries",
    "retryInterval",
    "timeToLiveSeconds",
    "batchScheduler",
    "batchSchedulerOptions",
    "sparkUIOptions",
    "driverIngressOptions",
    "proxyUser",
}
# Taken by a method of their own.
TRANSLATED = {
    "sparkVersion",
    "hadoopConf",
    "nodeSelector",
    "memoryOverheadFactor",
    "imagePullSecrets",
    "dynamicAllocation",
    "monitoring",
    "volumes",
    "sparkConfigMap",
    "hadoopConfigMap",
}
TRANSLATED_ROLE = {
    "env",
    "envVars",
    "envSecretKeyRefs",
    "secrets",
    "configMaps",
    "nodeSelector",
    "schedulerName",
    "gpu",
    "affinity",
    "volumeMounts",
    "volumes",
}
# Keys that the Spark operator denies, and the field that says the same; None: the gateway decides it.
DENIED = (
    (r"spark\.kubernetes\.container\.image", ("image",)),
    (r"spark\.kubernetes\.driver\.container\.image", ("driver", "image")),
    (r"spark\.kubernetes\.executor\.container\.image", ("executor", "image")),
    (r"spark\.kubernetes\.authenticate\.driver\.serviceAccountName", ("driver", "serviceAccount")),
    (r"spark\.kubernetes\.authenticate\.executor\.serviceAccountName", ("executor", "serviceAccount")),
    (r"spark\.kubernetes\.authenticate\..*oauthToken.*", None),
    (r"spark\.master|spark\.kubernetes\.driver\.master|spark\.kubernetes\.namespace", None),
)
ALLOCATION = {
    "enabled": ("enabled", _flag),
    "initialExecutors": ("initialExecutors", _whole),
    "minExecutors": ("minExecutors", _whole),
    "maxExecutors": ("maxExecutors", _whole),
    "shuffleTrackingEnabled": ("shuffleTracking.enabled", _flag),
    "shuffleTrackingTimeout": ("shuffleTracking.timeout", _whole),
}
# Variables that a type of secret sets, and the file in its mount that they name.
SECRET_VARIABLES = {
    "GCPServiceAccount": ("GOOGLE_APPLICATION_CREDENTIALS", "key.json"),
    "HadoopDelegationToken": ("HADOOP_TOKEN_FILE_LOCATION", "hadoop.token"),
}
CONFIG_MAPS = (
    ("sparkConfigMap", "spark-configmap-volume", "/etc/spark/conf", "SPARK_CONF_DIR"),
    ("hadoopConfigMap", "hadoop-configmap-volume", "/etc/hadoop/conf", "HADOOP_CONF_DIR"),
)
VOLUMES_BY_SPARK = {
    "persistentVolumeClaim": ("claimName", "readOnly"),
    "emptyDir": ("medium", "sizeLimit"),
    "nfs": ("server", "path", "readOnly"),
}
VOLUMES_KEPT = {"hostPath": ("path", "type"), "configMap": ("name",)}


class _Work:
    """One translation: takes keys out of `spec` until none is left."""

    def __init__(self, resource: Mapping[str, Any], accept: Iterable[str]):
        self.spec = {key: value for key, value in resource["spec"].items() if value is not None}
        self.accepted = frozenset(accept)
        self.problems: list[str] = []
        self.name = ""
        self.namespace = ""
        self.version = (0, 0)
        self.roles: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, dict[str, Any]] = {}

    def translate(self, labels: Mapping[str, str], own_labels: Mapping[str, str]) -> dict[str, Any]:
        body = self._copy(self.spec, SAME, "")
        body["sparkVersion"] = self._spark_version()
        self.conf: dict[str, str] = body.pop("sparkConf", {})
        has_conf = "sparkConf" in self.spec and (self.conf or not self.spec["sparkConf"])
        for role in ROLES:
            given = _map(self.spec.get(role), role)
            self.sources[role] = {key: value for key, value in given.items() if value is not None}
            self.roles[role] = self._copy(self.sources[role], SAME_OF[role], role)
        self._rescue_denied(body)
        self._application_to_conf()
        self._dynamic_allocation()
        for role in ROLES:
            self._environment(role)
        for role in ROLES:
            self._role_to_conf(role)
        for role in ROLES:
            self._secrets(role)
            self._gpu(role)
            self._affinity(role)
        self._monitoring()
        volumes = self._volumes()
        self._config_maps(volumes)
        for role in ROLES:
            self._sizes(role)
            self.roles[role]["labels"] = {**labels, **self.roles[role].get("labels", {}), **own_labels}
            if not self.roles[role]["labels"] and "labels" not in self.sources[role]:
                del self.roles[role]["labels"]
        if not body.get("type"):
            self.lose("type", "is missing: the gateway would guess")
        self._refuse_rest()
        if self.conf or has_conf:
            body["sparkConf"] = self.conf
        if volumes:
            body["volumes"] = volumes
        return {**body, **self.roles}

    def lose(self, path: str, why: str) -> None:
        if path not in self.accepted:
            self.problems.append(f"{path} {why}")

    def _copy(self, source: Mapping[str, Any], fields: Mapping[str, Any], path: str) -> dict[str, Any]:
        """The known fields of a mapping, read by their types."""
        copied = {}
        for key, reader in fields.items():
            if source.get(key) is None:
                continue
            value = self._read(source[key], reader, f"{path}.{key}" if path else key)
            if value or not isinstance(value, (dict, list)) or not source[key]:
                copied[key] = value
        return copied

    def _read(self, value: Any, reader: Any, path: str) -> Any:
        if isinstance(reader, dict):
            for key, item in _map(value, path).items():
                if key not in reader and item is not None:
                    self.lose(f"{path}.{key}", "has no way through the gateway")
            return self._copy(value, reader, path)
        if isinstance(reader, list):
            return [self._read(item, reader[0], f"{path}[{index}]") for index, item in enumerate(_list(value, path))]
        return reader(value, path)

    def _refuse_rest(self) -> None:
        """What nobody took is lost."""
        for key in self.spec:
            if key not in {*SAME, *DROPPED, *TRANSLATED, *ROLES}:
                self.lose(key, "has no way through the gateway")
        for role in ROLES:
            known = {*SAME_OF[role], *TRANSLATED_ROLE}
            known |= {"serviceLabels", "serviceAnnotations"} if role == "driver" else set()
            for key in self.sources[role]:
                if key not in known:
                    self.lose(f"{role}.{key}", "has no way through the gateway")

    # single fields

    def _spark_version(self) -> str:
        text = _text(self.spec.get("sparkVersion", ""), "sparkVersion").strip()
        found = re.fullmatch(r"v?(\d+)\.(\d+)(?:[.\-_+].*)?", text)
        if found is None:
            raise NotTranslatable(f"sparkVersion must be like 3.5.1, not {text or 'missing'}")
        self.version = (int(found[1]), int(found[2]))
        return f"{found[1]}.{found[2]}"

    def _rescue_denied(self, body: dict[str, Any]) -> None:
        for key in list(self.conf):
            for pattern, field in DENIED:
                if not re.fullmatch(pattern, key):
                    continue
                value = self.conf.pop(key)
                if field is not None:
                    place = body if len(field) == 1 else self.roles[field[0]]
                    place.setdefault(field[-1], value)
                break

    def _application_to_conf(self) -> None:
        spec = self.spec
        if spec.get("nodeSelector") and any("nodeSelector" in self.sources[role] for role in ROLES):
            raise NotTranslatable("nodeSelector: for the application and for a role, which the Spark operator refuses")
        for field, prefix in (("hadoopConf", "spark.hadoop."), ("nodeSelector", "spark.kubernetes.node.selector.")):
            for key, value in _texts_of(spec.get(field), field).items():
                self.conf[prefix + key] = value
        if "memoryOverheadFactor" in spec:
            factor = _text(spec["memoryOverheadFactor"], "memoryOverheadFactor")
            self.conf.setdefault("spark.kubernetes.memoryOverheadFactor", factor)
        if "imagePullSecrets" in spec:
            names = ",".join(_texts(spec["imagePullSecrets"], "imagePullSecrets"))
            self.conf.setdefault("spark.kubernetes.container.image.pullSecrets", names)

    def _dynamic_allocation(self) -> None:
        given = _map(self.spec.get("dynamicAllocation"), "dynamicAllocation")
        read = {}
        for key, value in given.items():
            if key not in ALLOCATION:
                self.lose(f"dynamicAllocation.{key}", "is not known")
            elif value is not None:
                name, reader = ALLOCATION[key]
                read[name] = _text(reader(value, f"dynamicAllocation.{key}"), "")
        if read.get("enabled") != "true":
            return
        read.setdefault("shuffleTracking.enabled", "true")
        for name, text in read.items():
            self.conf[f"spark.dynamicAllocation.{name}"] = text

    # roles

    def _environment(self, role: str) -> None:
        kept: list[dict[str, Any]] = []
        for index, item in enumerate(_list(self.sources[role].get("env", []), f"{role}.env")):
            path = f"{role}.env[{index}]"
            entry = {key: value for key, value in _map(item, path).items() if value is not None}
            if set(entry) - {"name", "value", "valueFrom"} or "name" not in entry:
                raise NotTranslatable(f"{path} is no variable with a name and a value")
            name = _text(entry["name"], f"{path}.name")
            if "valueFrom" not in entry:
                kept.append({"name": name, **({"value": _text(entry["value"], path)} if "value" in entry else {})})
                continue
            source = {key: value for key, value in _map(entry["valueFrom"], path).items() if value is not None}
            if list(source) == ["secretKeyRef"] and "value" not in entry:
                self._secret_reference(source["secretKeyRef"], role, name, path)
            elif list(source) == ["fieldRef"] and set(_map(source["fieldRef"], path)) <= {"fieldPath", "apiVersion"}:
                field = {"fieldPath": _text(source["fieldRef"].get("fieldPath"), path)}
                value = {"value": _text(entry["value"], path)} if "value" in entry else {}
                kept.append({"name": name, **value, "valueFrom": {"fieldRef": field}})
            else:
                self.lose(f"{path}.valueFrom", "has no way through the gateway, only fieldRef and secretKeyRef have")
        if kept:
            self.roles[role]["env"] = kept

    def _secret_reference(self, reference: Any, role: str, variable: str, path: str) -> None:
        given = _map(reference, path)
        if given.get("optional") is not None and _flag(given["optional"], path):
            self.lose(f"{path}.valueFrom.secretKeyRef.optional", "is lost: without the secret the pod would not start")
        if not given.get("name") or not given.get("key"):
            raise NotTranslatable(f"{path} must name a secret and its key")
        value = f"{_text(given['name'], path)}:{_text(given['key'], path)}"
        self.conf[f"spark.kubernetes.{role}.secretKeyRef.{variable}"] = value

    def _role_to_conf(self, role: str) -> None:
        source, prefix = self.sources[role], f"spark.kubernetes.{role}."
        selector = _texts_of(source.get("nodeSelector"), f"{role}.nodeSelector")
        if selector and self.version < (3, 3):
            self.lose(f"{role}.nodeSelector", "is read by Spark from 3.3 on only")
        maps = [(selector, f"{prefix}node.selector.")]
        if role == "driver":
            for field, kind in (("serviceLabels", "label"), ("serviceAnnotations", "annotation")):
                maps.append((_texts_of(source.get(field), f"driver.{field}"), f"{prefix}service.{kind}."))
        for texts, start in maps:
            self.conf.update({start + key: value for key, value in texts.items()})
        if "schedulerName" in source:
            if role == "driver" and self.version < (3, 3):
                self.lose("driver.schedulerName", "is read by Spark from 3.3 on only")
            self.conf[f"{prefix}scheduler.name"] = _text(source["schedulerName"], f"{role}.schedulerName")
        own = {entry["name"] for entry in self.roles[role].get("env", [])}
        for key, value in _texts_of(source.get("envVars"), f"{role}.envVars").items():
            if key not in own and f"{prefix}secretKeyRef.{key}" not in self.conf:
                self.conf[_env_prefix(role) + key] = value
        for key, value in _map(source.get("envSecretKeyRefs"), f"{role}.envSecretKeyRefs").items():
            if key not in own and value is not None:
                self._secret_reference(value, role, str(key), f"{role}.envSecretKeyRefs.{key}")

    def _secrets(self, role: str) -> None:
        seen = set()
        for index, item in enumerate(_list(self.sources[role].get("secrets", []), f"{role}.secrets")):
            path = f"{role}.secrets[{index}]"
            name, mount = self._name_and_path(item, path, ("secretType",))
            if name in seen:
                continue
            seen.add(name)
            self.conf[f"spark.kubernetes.{role}.secrets.{name}"] = mount
            variable, file = SECRET_VARIABLES.get(item.get("secretType"), ("", ""))
            if variable:
                self.conf[_env_prefix(role) + variable] = posixpath.normpath(f"{mount}/{file}")

    def _name_and_path(self, item: Any, path: str, others: Sequence[str] = ()) -> tuple[str, str]:
        given = _map(item, path)
        for key in given:
            if key not in ("name", "path", *others):
                self.lose(f"{path}.{key}", "is not known")
        if not given.get("name") or not given.get("path"):
            raise NotTranslatable(f"{path} must have a name and a path")
        return _text(given["name"], path), _text(given["path"], path)

    def _gpu(self, role: str) -> None:
        given = _map(self.sources[role].get("gpu"), f"{role}.gpu")
        if not given:
            return
        vendor = re.fullmatch(r"(.+)/gpu", str(given.get("name", "")))
        if vendor is None or given.get("quantity") is None or set(given) - {"name", "quantity"}:
            self.lose(f"{role}.gpu", "has no way through: Spark asks for devices named <vendor>/gpu only")
            return
        amount = _whole(given["quantity"], f"{role}.gpu.quantity")
        self.conf[f"spark.{role}.resource.gpu.amount"] = str(amount)
        self.conf[f"spark.{role}.resource.gpu.vendor"] = vendor[1]

    def _affinity(self, role: str) -> None:
        given = self.sources[role].get("affinity")
        if given is None:
            return
        kept = self._read(given, AFFINITY, f"{role}.affinity")
        nodes = kept.get("nodeAffinity", {})
        required = nodes.get("requiredDuringSchedulingIgnoredDuringExecution", {})
        if "nodeSelectorTerms" in required:
            required["nodeSelectorTerms"] = [term for term in required["nodeSelectorTerms"] if term]
            if not required["nodeSelectorTerms"]:
                del nodes["requiredDuringSchedulingIgnoredDuringExecution"]
        for index, term in enumerate(nodes.get("preferredDuringSchedulingIgnoredDuringExecution", [])):
            if not term.get("preference"):
                self.lose(f"{role}.affinity.nodeAffinity.preferred…[{index}]", "prefers nothing")
        if nodes:
            self.roles[role]["affinity"] = {"nodeAffinity": nodes}

    # monitoring, volumes, config maps

    def _monitoring(self) -> None:
        given = _map(self.spec.get("monitoring"), "monitoring")
        prometheus = _map(given.get("prometheus"), "monitoring.prometheus")
        if not prometheus:
            return
        config, jar = prometheus.get("configFile"), prometheus.get("jmxExporterJar")
        properties = given.get("metricsPropertiesFile")
        if not (config and jar and properties):
            self.lose("monitoring", "has no way through without configFile, jmxExporterJar and metricsPropertiesFile")
            return
        port = _whole(prometheus.get("port") or 8090, "monitoring.prometheus.port")
        agent = f"-javaagent:{jar}={port}:{config}"
        for role, switch in (("driver", "exposeDriverMetrics"), ("executor", "exposeExecutorMetrics")):
            if given.get(switch) is None or not _flag(given[switch], f"monitoring.{switch}"):
                continue
            part = self.roles[role]
            part["javaOptions"] = f"{part['javaOptions']} {agent}" if "javaOptions" in part else agent
            scrape = {"prometheus.io/scrape": "true", "prometheus.io/port": str(port), "prometheus.io/path": "/metrics"}
            part["annotations"] = {**part.get("annotations", {}), **scrape}
        self.conf["spark.metrics.namespace"] = f"{self.namespace}.{self.name}"
        self.conf["spark.metrics.conf"] = _text(properties, "monitoring.metricsPropertiesFile")

    def _volumes(self) -> list[dict[str, Any]]:
        """The volumes that stay; mounts stay with them, go into sparkConf, or are lost."""
        volumes: dict[str, tuple[str, dict[str, Any]]] = {}
        for index, item in enumerate(_list(self.spec.get("volumes", []), "volumes")):
            given = {key: value for key, value in _map(item, f"volumes[{index}]").items() if value is not None}
            if "name" not in given:
                raise NotTranslatable(f"volumes[{index}] has no name")
            kind = next((key for key in given if key != "name"), "emptyDir")
            source = {k: v for k, v in _map(given.get(kind), f"volumes[{index}].{kind}").items() if v is not None}
            volumes.setdefault(_text(given["name"], f"volumes[{index}].name"), (kind, source))
        used = set()
        for role in ROLES:
            kept = []
            moved: dict[str, int] = {}
            for index, item in enumerate(_list(self.sources[role].get("volumeMounts", []), f"{role}.volumeMounts")):
                path = f"{role}.volumeMounts[{index}]"
                mount = {key: value for key, value in _map(item, path).items() if value is not None}
                if "name" not in mount or "mountPath" not in mount:
                    raise NotTranslatable(f"{path} must have a name and a mountPath")
                name = _text(mount["name"], path)
                if name not in volumes:
                    continue  # the operator mounts nothing then
                if self._mount(role, mount, path, volumes[name], moved):
                    kept.append(self._kept_mount(mount, path))
                    used.add(name)
            if kept:
                self.roles[role]["volumeMounts"] = kept
        return [
            {"name": name, kind: {key: _text(value, "volumes") for key, value in source.items()}}
            for name, (kind, source) in volumes.items()
            if name in used
        ]

    def _kept_mount(self, mount: Mapping[str, Any], path: str) -> dict[str, Any]:
        fields = {"name": _text, "mountPath": _text, "subPath": _text, "readOnly": _flag}
        return self._copy(mount, fields, path)

    def _mount(
        self,
        role: str,
        mount: Mapping[str, Any],
        path: str,
        volume: tuple[str, Mapping[str, Any]],
        moved: dict[str, int],
    ) -> bool:
        """True for a mount that stays a mount."""
        kind, source = volume
        known = VOLUMES_KEPT.get(kind) or VOLUMES_BY_SPARK.get(kind) or (("secretName",) if kind == "secret" else None)
        extra = known is None or set(source) - set(known)
        expression = "subPathExpr" in mount
        if extra:
            self.lose(path, f"has no way through: its volume is a {kind} of which the gateway knows less")
            return False
        strange = set(mount) - {"name", "mountPath", "readOnly", "subPath", "subPathExpr"}
        if strange or (expression and (kind not in VOLUMES_BY_SPARK or self.version < (4, 0))):
            self.lose(path, f"has no way through with {', '.join(sorted(strange)) or 'subPathExpr'}")
            return False
        name = str(mount["name"])
        before = moved.get(name, 0)
        if not expression:
            moved[name] = before + 1
        if kind in VOLUMES_KEPT:
            return True
        if kind == "secret":
            self._mount_secret(role, mount, path, str(source.get("secretName", "")), before)
        elif kind == "emptyDir" and before:
            self.lose(path, "is a second mount of an empty folder, which would be another folder")
        else:
            self._mount_by_spark(role, mount, kind, name if before == 0 else f"{name}-{before + 1}", source)
        return False

    def _mount_secret(self, role: str, mount: Mapping[str, Any], path: str, secret: str, before: int) -> None:
        key = f"spark.kubernetes.{role}.secrets.{secret}"
        if not secret or "subPath" in mount or (before and key in self.conf):
            self.lose(path, "has no way through: Spark mounts a whole secret, once per role")
            return
        self.conf[key] = _text(mount["mountPath"], path)

    def _mount_by_spark(
        self, role: str, mount: Mapping[str, Any], kind: str, name: str, source: Mapping[str, Any]
    ) -> None:
        prefix = f"spark.kubernetes.{role}.volumes.{kind}.{name}"
        self.conf[f"{prefix}.mount.path"] = _text(mount["mountPath"], prefix)
        for key in ("subPath", "subPathExpr"):
            if key in mount:
                self.conf[f"{prefix}.mount.{key}"] = _text(mount[key], prefix)
        if "readOnly" in source and _flag(source["readOnly"], prefix):
            self.conf[f"{prefix}.mount.readOnly"] = "true"
        elif "readOnly" in mount:
            self.conf[f"{prefix}.mount.readOnly"] = _text(_flag(mount["readOnly"], prefix), prefix)
        for key, value in source.items():
            if key != "readOnly":
                self.conf[f"{prefix}.options.{key}"] = _text(value, prefix)

    def _config_maps(self, volumes: list[dict[str, Any]]) -> None:
        def mount(role: str, volume: str, config_map: str, path: str) -> None:
            if all(known["name"] != volume for known in volumes):
                volumes.append({"name": volume, "configMap": {"name": config_map}})
            entry = {"name": volume, "mountPath": path, "readOnly": True}
            self.roles[role].setdefault("volumeMounts", []).append(entry)

        for role in ROLES:
            for index, item in enumerate(_list(self.sources[role].get("configMaps", []), f"{role}.configMaps")):
                name, path = self._name_and_path(item, f"{role}.configMaps[{index}]")
                mount(role, f"{name}-vol", name, path)
        for field, volume, path, variable in CONFIG_MAPS:
            if field not in self.spec:
                continue
            for role in ROLES:
                mount(role, volume, _text(self.spec[field], field), path)
                self.roles[role].setdefault("env", []).append({"name": variable, "value": path})

    # sizes

    def _sizes(self, role: str) -> None:
        part = self.roles[role]
        instances = "2" if self.conf.get("spark.dynamicallocation.enabled") == "true" else "1"
        defaults = {"instances": instances, "cores": "1", "memory": "1g"}
        for field, default in defaults.items():
            if field == "instances" and role == "driver":
                continue
            key = f"spark.{role}.{field}"
            if field not in part:
                given = self.conf.get(key, default)
                part[field] = given if field == "memory" else _whole(given, f"sparkConf.{key}")
            if field != "memory" and part[field] < 1:
                raise NotTranslatable(f"{role}.{field} must be at least 1")
        for field in ("memory", "memoryOverhead"):
            if field in part:
                part[field] = _memory(part[field], f"{role}.{field}")
        limit = part.get("coreLimit", self.conf.get(f"spark.kubernetes.{role}.limit.cores"))
        if limit is not None:
            part["coreLimit"] = str(_whole_cores(limit, f"{role}.coreLimit"))
            return
        asked = part.get("coreRequest", self.conf.get(f"spark.kubernetes.{role}.request.cores"))
        if asked is not None and _whole_cores(asked, f"{role}.coreRequest") > part["cores"]:
            part["coreLimit"] = str(_whole_cores(asked, f"{role}.coreRequest"))


def _env_prefix(role: str) -> str:
    return "spark.kubernetes.driverEnv." if role == "driver" else "spark.executorEnv."


def _whole_cores(text: str, path: str) -> int:
    """Whole cores, rounded up: `1200m` is 2."""
    found = re.fullmatch(r"(\d+(?:\.\d*)?|\.\d+)(m?)", text.strip())
    cores = math.ceil(Decimal(found[1]) / (1000 if found[2] else 1)) if found else 0
    if cores < 1:
        raise NotTranslatable(f"{path} must be cores like 2 or 1200m, not {text}")
    return cores


def _memory(text: str, path: str) -> str:
    """The same amount as a whole number with a unit; without one Spark reads MiB."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(b|[kmgtp](?:i|ib|b)?)?", text.strip(), re.IGNORECASE)
    if found is None or Decimal(found[1]) == 0:
        raise NotTranslatable(f"{path} must be an amount of memory like 1024m, not {text}")
    amount, unit = Decimal(found[1]), (found[2] or "").lower()
    is_whole = "." not in found[1]
    has_blank = re.search(r"\s", text) is not None
    if is_whole and not has_blank and unit and "i" not in unit:
        return text
    if unit == "b":
        raise NotTranslatable(f"{path} must be a whole number of bytes, not {text}")
    if is_whole and not unit:
        return f"{found[1]}m"
    units = "kmgtp"
    at = units.index(unit[:1] or "m")
    while amount != amount.to_integral_value() and at > 0:
        amount, at = amount * 1024, at - 1
    return f"{math.ceil(amount)}{units[at]}"
