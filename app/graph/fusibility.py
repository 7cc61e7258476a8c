"""What is written into the graph from outside must leave it such that the next ingest can fuse it."""

import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolution

from app.errors import ConflictError
from app.graph.building import fuse_subjects
from app.graph.store import GraphStore, QueryResults, Term, named_query
from app.graph.vocabulary import BG, OUR_GRAPHS

_SUBJECTS = f"SELECT DISTINCT ?graph ?subject WHERE {{ GRAPH ?graph {{ ?evidence <{BG}subject> ?subject }} }}"
_BREAKS = (ValueError, LookupError, TypeError, ArithmeticError, struct.error)
_MAX_REASON_CHARS = 300


def is_fused(graph: object) -> TypeGuard[NamedNode]:
    """Whether fusion reads a graph: those of ours, by their names."""
    return isinstance(graph, NamedNode) and graph.value.startswith(OUR_GRAPHS)


def refuse_unfusible(store: GraphStore, graphs: Iterable[NamedNode] | None) -> None:
    """Fuse, without writing it, all that some graphs speak of; None for all graphs.

    Raises:
        ConflictError: that fails: the graph would be one that no ingest can work on.
    """
    if graphs is None:
        rows = store.select(named_query("subjects"))
    else:
        rows = tuple(row for graph in sorted(graphs, key=str) for row in store.select(_SUBJECTS, {"graph": graph}))
    subjects = {row["subject"] for row in rows if isinstance(row["subject"], NamedNode)}
    try:
        fuse_subjects(_Untouched(store), subjects)
    except _BREAKS as error:
        reason = f"{type(error).__name__}: {str(error)[:_MAX_REASON_CHARS]}"
        raise ConflictError(
            f"What was sent would leave claims or facts that cannot be fused ({reason}); nothing of it was written. "
            "Complete them, or write to a graph of another name."
        ) from error


class _Untouched:
    """A graph that is read as it is, and to which nothing is written."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    @property
    def snapshot_id(self) -> str:
        return self._store.snapshot_id

    def query(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> QueryResults:
        return self._store.query(sparql, substitutions)

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> tuple[QuerySolution, ...]:
        return self._store.select(sparql, substitutions)

    def quads(self, graph: NamedNode | DefaultGraph, subject: NamedNode | None = None) -> Iterator[Quad]:
        return self._store.quads(graph, subject)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Write nothing."""
