"""Task graphs as sets of edges."""

from __future__ import annotations


def contracted(edges: set[tuple[str, str]], removed: set[str]) -> set[tuple[str, str]]:
    """The graph without the removed tasks: what stood before each now points to what stood behind it."""
    for task in removed:
        before = {a for a, b in edges if b == task}
        behind = {b for a, b in edges if a == task}
        bridges = {(a, b) for a in before for b in behind}
        edges = {edge for edge in edges if task not in edge} | bridges
    return edges


def edges_of(dag: dict) -> set[tuple[str, str]]:
    return {(above, below) for above, below in dag["edges"]}
