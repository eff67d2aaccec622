"""A target operator that only stands in its place in the graph."""

from airflow.models.baseoperator import BaseOperator


class BPGOperator(BaseOperator):
    template_fields = ("application_content",)

    def __init__(
        self, *, application_content, application_timeout=None, connection_id=None, log_poll_interval=None, deferrable=False, **kwargs
    ):
        super().__init__(**kwargs)
        self.application_content = application_content
