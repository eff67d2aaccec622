"""The smallest repair of the published operator: the document is a template, resolved beside the DAG file and rendered."""

from bpg_operator import BPGOperator


class TemplatedBPGOperator(BPGOperator):
    template_fields = ("application_content",)
    template_ext = (".yaml", ".yml", ".json")
