"""The made-up context in which documents are rendered."""

from __future__ import annotations

from .stand_ins import Connections, FakeInstance, Plain, StandIn, Variables


def context_for(task, dag, asked, used, map_index):
    """A run of the given day with the given conf, as far as it can be told without a database."""
    import pendulum

    day = pendulum.parse(asked["logicalDate"])
    conf = asked["conf"]
    run_id = f"manual__{day.isoformat()}"
    params = {}
    for source in (getattr(dag, "params", None), getattr(task, "params", None)):
        for name in source or ():
            found = source.get_param(name) if hasattr(source, "get_param") else source[name]
            value = getattr(found, "value", found)
            # Without a value it is Airflow's mark for that, of a class that moved between versions.
            params[name] = StandIn(f"params.{name}") if type(value).__name__ == "ArgNotSet" else value
    params.update(conf)
    interval_end = day.add(days=1)
    run = Plain(conf=conf, run_id=run_id, dag_id=dag.dag_id, run_type="manual", external_trigger=True, logical_date=day,
                execution_date=day, start_date=day, end_date=None, state="running", queued_at=day, run_after=interval_end,
                data_interval_start=day, data_interval_end=interval_end)
    instance = FakeInstance(task, used, run_id, map_index)
    known = {
        "conf": configuration(), "dag": dag, "dag_run": run, "data_interval_start": day, "data_interval_end": interval_end,
        "ds": day.strftime("%Y-%m-%d"), "ds_nodash": day.strftime("%Y%m%d"), "execution_date": day, "logical_date": day,
        "inlets": [], "outlets": [], "macros": macros(), "map_index_template": None, "params": params,
        "next_ds": interval_end.strftime("%Y-%m-%d"), "next_ds_nodash": interval_end.strftime("%Y%m%d"),
        "next_execution_date": interval_end, "prev_ds": day.subtract(days=1).strftime("%Y-%m-%d"),
        "prev_ds_nodash": day.subtract(days=1).strftime("%Y%m%d"), "prev_execution_date": day.subtract(days=1),
        "prev_execution_date_success": None, "prev_data_interval_start_success": None, "prev_data_interval_end_success": None,
        "prev_start_date_success": None, "prev_end_date_success": None, "run_id": run_id, "task": task, "task_instance": instance,
        "task_instance_key_str": f"{dag.dag_id}__{task.task_id}__{day.strftime('%Y%m%d')}", "test_mode": False, "ti": instance,
        "tomorrow_ds": day.add(days=1).strftime("%Y-%m-%d"), "tomorrow_ds_nodash": day.add(days=1).strftime("%Y%m%d"),
        "ts": day.isoformat(), "ts_nodash": day.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": day.isoformat().replace("-", "").replace(":", ""),
        "yesterday_ds": day.subtract(days=1).strftime("%Y-%m-%d"),
        "yesterday_ds_nodash": day.subtract(days=1).strftime("%Y%m%d"), "templates_dict": None, "triggering_dataset_events": {},
        "triggering_asset_events": {}, "var": Plain(value=Variables(used, False), json=Variables(used, True)), "conn": Connections(used),
    }
    return known


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
