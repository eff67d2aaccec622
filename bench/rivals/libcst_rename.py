"""The same renames by LibCST. `python libcst_rename.py FOLDER [--filter]`: --filter skips files without the word."""

import pathlib
import sys

import libcst as cst


class Rename(cst.CSTTransformer):
    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        function = updated_node.func
        if not (isinstance(function, cst.Name) and function.value == "SparkKubernetesOperator"):
            return updated_node
        arguments = [
            argument.with_changes(keyword=cst.Name("connection_id"))
            if argument.keyword is not None and argument.keyword.value == "kubernetes_conn_id"
            else argument
            for argument in updated_node.args
        ]
        return updated_node.with_changes(func=cst.Name("BPGOperator"), args=arguments)


def main(folder: str, only_with_word: bool) -> None:
    changed = 0
    for path in sorted(pathlib.Path(folder).rglob("*.py")):
        data = path.read_bytes()
        if only_with_word and b"SparkKubernetesOperator" not in data:
            continue
        module = cst.parse_module(data)
        result = module.visit(Rename())
        if not result.deep_equals(module):
            path.write_bytes(result.bytes)
            changed += 1
    print(changed)


main(sys.argv[1], "--filter" in sys.argv[2:])
