"""Loads a tree of DAG files in the Airflow of the interpreter that runs this, and writes down what Airflow sees.

    python probe.py REQUEST ANSWER

Both are JSON files. REQUEST says what to load (see `main`), ANSWER is read by `bpg-migrate verify`. Plain Python 3.8 or
newer, nothing but Airflow itself; Airflow 2.7 to 3.x. The DAG files are executed, no task is: documents are rendered
with a made-up context, without a metadata database. What only a run could know (XComs, variables and connections that
are not in the environment) is replaced by a text that names it, the same before and after.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
import traceback

from bpg_migrate_probe.tasks import describe_dag, relative

HERE = os.path.dirname(os.path.realpath(__file__))
PROVIDER = "apache-airflow-providers-cncf-kubernetes"


def version_of(package):
    try:
        from importlib.metadata import version

        return version(package)
    except Exception:
        return None


def no_network():
    def refuse(*args, **kwargs):
        raise OSError("bpg-migrate verify loads DAG files without network; --allow-network lets them have it")

    socket.socket.connect = refuse
    socket.socket.connect_ex = refuse
    socket.getaddrinfo = refuse


def load(asked):
    """`{file: error}` and the DAGs of all paths."""
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag
    # As Airflow does it: at the end, so that no file of a tree hides a package.
    for folder in asked["roots"]:
        if folder not in sys.path:
            sys.path.append(folder)
    errors, dags = {}, {}
    for path in asked["paths"]:
        bag = DagBag(path)
        errors.update(bag.import_errors)
        dags.update(bag.dags)
    return errors, dags


def main(request, answer):
    # Neither this folder nor the working directory is one that Airflow would look into.
    sys.path[:] = [folder for folder in sys.path if os.path.realpath(folder or ".") != HERE]
    with open(request, encoding="utf-8") as file:
        asked = json.load(file)
    root = asked["root"]
    versions = {"airflow": version_of("apache-airflow"), "provider": version_of(PROVIDER)}
    found = {**versions, "python": sys.version.split()[0]}
    if found["airflow"] is None:
        found["problem"] = "not-installed"
    elif not (2, 7) <= tuple(int(part) for part in re.findall(r"\d+", found["airflow"])[:2]) < (4, 0):
        found["problem"] = "unsupported"
    else:
        if not asked["allowNetwork"]:
            no_network()
        try:
            errors, dags = load(asked)
        except Exception:
            found["problem"] = "broken"
            found["traceback"] = traceback.format_exc()
        else:
            found["importErrors"] = {relative(path, root): str(error) for path, error in sorted(errors.items())}
            found["dags"] = {}
            for dag_id, dag in sorted(dags.items()):
                try:
                    found["dags"][dag_id] = describe_dag(dag, asked, root)
                except Exception:  # of a user's operator that can not be looked at
                    found["importErrors"][relative(dag.fileloc, root)] = traceback.format_exc()
    with open(answer, "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
