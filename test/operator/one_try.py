"""Runs one try of a task with Airflow's own machinery and database, and prints what is left of it as JSON.

A run that exists is gone on with: a task that was running is taken for dead, as the scheduler does with a worker that
stopped to give signs of life, and tried again; a deferred task whose trigger fired is resumed. With a state as third
argument it is only marked with it, as by hand; with `tell` nothing is done.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timezone
from pathlib import Path

import airflow
from airflow.models.dagrun import DagRun
from airflow.utils import db
from airflow.utils.session import create_session
from airflow.utils.state import TaskInstanceState as State

VERSION = tuple(int(part) for part in airflow.__version__.split(".")[:2])
AIRFLOW_3 = VERSION >= (3, 0)
XCOMS = ("submission_id", "spark_ui_url", "_link_SparkUiLink")
DAY = datetime(2024, 6, 3, tzinfo=timezone.utc)


def main(folder: str, dag_id: str, mark: str = "") -> None:
    if mark:
        with create_session() as session:
            instance = DagRun.find(dag_id=dag_id, session=session)[0].get_task_instance("job", session=session)
            tell(instance, instance.run_id) if mark == "tell" else setattr(instance, "state", mark)
    elif AIRFLOW_3:
        try_airflow_3(folder, dag_id)
    else:
        try_airflow_2(folder, dag_id)


def try_airflow_2(folder: str, dag_id: str) -> None:
    from airflow.models.dagbag import DagBag

    db.initdb()
    bag = DagBag(folder)
    dag = bag.dags[dag_id]
    found = DagRun.find(dag_id=dag_id)
    if not found:
        bag.sync_to_db()
        dag.create_dagrun(
            state="running", run_id="manual__1", execution_date=DAY, data_interval=(DAY, DAY), run_type="manual"
        )
        found = DagRun.find(dag_id=dag_id)
    instance = found[0].get_task_instance("job")
    instance.task = dag.get_task("job")
    if instance.state == State.RUNNING:
        instance.set_state(State.UP_FOR_RETRY)
    try:
        instance.run(ignore_all_deps=True)
    except BaseException as error:  # Airflow's timeout is none of the ordinary ones
        print(f"raised {type(error).__name__}: {error}")
    instance.refresh_from_db()
    tell(instance, DagRun.find(dag_id=dag_id)[0].run_id)


def try_airflow_3(folder: str, dag_id: str) -> None:
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.models.serialized_dag import SerializedDagModel
    from airflow.sdk.definitions.dag import _run_task
    from airflow.utils.state import DagRunState
    from airflow.utils.types import DagRunTriggeredByType, DagRunType

    db.initdb()
    with create_session() as session:
        DagBundlesManager().sync_bundles_to_db(session=session)
    [bundle] = DagBundlesManager().get_all_dag_bundles()
    bag, sync = open_bag(folder, bundle.name)
    found = DagRun.find(dag_id=dag_id)
    with create_session() as session:
        if not found:
            sync()
            SerializedDagModel.get_dag(dag_id).create_dagrun(
                run_id="manual__1",
                logical_date=DAY,
                data_interval=(DAY, DAY),
                run_after=DAY,
                run_type=DagRunType.MANUAL,
                state=DagRunState.RUNNING,
                triggered_by=DagRunTriggeredByType.TEST,
                session=session,
            )
    with create_session() as session:
        instance = DagRun.find(dag_id=dag_id, session=session)[0].get_task_instance("job", session=session)
        if instance.state in (State.RUNNING, State.QUEUED):
            # what the scheduler does before it tries again: a new id, and the old try in the history
            instance.prepare_db_for_next_try(session=session)
        if not instance.next_method:
            instance.try_number += 1
        instance.state = State.SCHEDULED
    task = bag.dags[dag_id].get_task("job")
    if VERSION >= (3, 1):
        _run_task(ti=instance, task=task, run_triggerer=False)
    else:
        instance.task = task
        _run_task(ti=instance, run_triggerer=False)
    with create_session() as session:
        instance = DagRun.find(dag_id=dag_id, session=session)[0].get_task_instance("job", session=session)
        tell(instance, instance.run_id)


def open_bag(folder: str, bundle: str):
    """The DAGs of a folder, and what writes them to the database: both moved twice within Airflow 3."""
    if VERSION >= (3, 2):
        from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
    elif VERSION >= (3, 1):
        from airflow.models.dagbag import BundleDagBag, sync_bag_to_db
    else:
        from airflow.models.dagbag import DagBag

        old = DagBag(dag_folder=Path(folder), bundle_path=Path(folder))
        return old, lambda: old.sync_to_db(bundle, None)
    named = {"bundle_name": bundle} if VERSION >= (3, 2) else {}
    bag = BundleDagBag(dag_folder=Path(folder), bundle_path=Path(folder), **named)
    return bag, lambda: sync_bag_to_db(bag, bundle, None)


def tell(instance, run_id: str) -> None:
    from airflow.models.variable import Variable

    with create_session() as session:
        mine = session.query(Variable.key).filter(Variable.description.contains(f"{instance.dag_id}.job"))
        variables = [key for (key,) in mine]
    pushed = {key: xcom(instance, run_id, key) for key in XCOMS}
    told = {"state": str(instance.state), "try": instance.try_number, "xcom": pushed, "variables": variables}
    print("\n" + json.dumps({**told, "remembered": bool(variables) or stored(instance)}))


def xcom(instance, run_id: str, key: str):
    where = {"dag_id": instance.dag_id, "task_id": "job", "run_id": run_id, "key": key}
    if not AIRFLOW_3 and key.startswith("_link_"):
        # Airflow 2 asks the link itself, when somebody looks
        from bpg_operator import SparkUiLink

        return SparkUiLink().get_link(None, ti_key=instance.key)
    if not AIRFLOW_3:
        from airflow.models.xcom import XCom

        return XCom.get_one(**where)
    from airflow.models.xcom import XComModel

    with create_session() as session:
        rows = session.query(XComModel).filter_by(**where).all()
        return rows[0].value if rows else None


def stored(instance) -> bool:
    """True if Airflow 3.3's state store holds something of the task."""
    try:
        from airflow.models.task_state_store import TaskStateStoreModel as Model
    except ImportError:
        return False
    with create_session() as session:
        return session.query(Model).filter_by(dag_id=instance.dag_id).count() > 0


main(*sys.argv[1:])
