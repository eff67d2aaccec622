"""The form of the blog post: the text stands in application_file and its type is told beside it."""

from bpg_operator import BPGOperator


class TypedBPGOperator(BPGOperator):
    def __init__(
        self,
        application_file: str | None = None,
        application_file_type: str = "json",
        application_timeout: int = 3600,
        log_poll_interval: int = 1,
        connection_id: str | None = None,
        **kwargs,
    ):
        super().__init__(
            application_file=application_file,
            application_timeout=application_timeout,
            log_poll_interval=log_poll_interval,
            connection_id=connection_id,
            **kwargs,
        )
        self.application_file_type = application_file_type

    def document(self):
        return self.application_file, {"Content-Type": f"application/{self.application_file_type}"}
