"""The made-up context in which documents are rendered: a run of the given day with the given conf."""

from __future__ import annotations

from .stand_ins import Connections, FakeInstance, Plain, StandIn, Variables


def context_for(task, dag, asked, used, map_index):
    """Every name that templates of Airflow 2.7 to 3.x may use, as far as it can be told without a database."""
    import pendulum

    day = pendulum.parse(asked["logicalDate"])
    conf = asked["conf"]
    run_id = f"manual__{day.isoformat()}"
    instance = FakeInstance(task, used, run_id, map_index)
    return {
        **dates_of(day),
        **times_of(day),
        "conf": configuration(),
        "conn": Connections(used),
        "dag": dag,
        "dag_run": run_of(dag, day, conf, run_id),
        "expanded_ti_count": None,
        "inlets": [],
        "macros": macros(),
        "map_index_template": None,
        "outlets": [],
        "params": {**params_of(dag), **params_of(task), **conf},
        "run_id": run_id,
        "task": task,
        "task_instance": instance,
        "task_instance_key_str": f"{dag.dag_id}__{task.task_id}__{day.strftime('%Y%m%d')}",
        "templates_dict": None,
        "test_mode": False,
        "ti": instance,
        "triggering_asset_events": {},
        "triggering_dataset_events": {},
        "var": Plain(value=Variables(used, False), json=Variables(used, True)),
    }


def dates_of(day):
    """`ds` and its neighbours."""
    found = {}
    for name, moment in {"": day, "next_": day.add(days=1), "prev_": day.subtract(days=1)}.items():
        found[f"{name}ds"] = moment.strftime("%Y-%m-%d")
        found[f"{name}ds_nodash"] = moment.strftime("%Y%m%d")
        found[f"{name}execution_date"] = moment
    for name, origin in {"tomorrow_": "next_", "yesterday_": "prev_"}.items():
        found[f"{name}ds"] = found[f"{origin}ds"]
        found[f"{name}ds_nodash"] = found[f"{origin}ds_nodash"]
    return found


def times_of(day):
    past = ("execution_date", "data_interval_start", "data_interval_end", "start_date", "end_date")
    return {
        "data_interval_end": day.add(days=1),
        "data_interval_start": day,
        "logical_date": day,
        "ts": day.isoformat(),
        "ts_nodash": day.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": day.isoformat().replace("-", "").replace(":", ""),
        **{f"prev_{name}_success": None for name in past},
    }


def run_of(dag, day, conf, run_id):
    return Plain(
        conf=conf,
        dag_id=dag.dag_id,
        data_interval_end=day.add(days=1),
        data_interval_start=day,
        end_date=None,
        execution_date=day,
        external_trigger=True,
        logical_date=day,
        queued_at=day,
        run_after=day.add(days=1),
        run_id=run_id,
        run_type="manual",
        start_date=day,
        state="running",
    )


def params_of(thing):
    """The defaults. Without one it is Airflow's mark for that, of a class that moved between versions."""
    found = {}
    params = getattr(thing, "params", None) or {}
    for name in params:
        param = params.get_param(name) if hasattr(params, "get_param") else params[name]
        value = getattr(param, "value", param)
        found[name] = StandIn(f"params.{name}") if type(value).__name__ == "ArgNotSet" else value
    return found


def configuration():
    from airflow.configuration import conf

    return conf


def macros():
    try:
        from airflow.sdk.execution_time import macros as found
    except ImportError:
        from airflow import macros as found
    try:
        from airflow.plugins_manager import integrate_macros_plugins

        integrate_macros_plugins()
    except Exception:  # moved in 3.x; then plugin macros are not there
        pass
    return found
