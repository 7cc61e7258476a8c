"""What is written into the graph from outside must leave it such that the next ingest can fuse it, and answers true."""

import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeGuard

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolution

from app.errors import ConflictError
from app.graph.building import fuse_subjects, nodes_of
from app.graph.drafts import Draft
from app.graph.store import GraphStore, QueryResults, Term, named_query
from app.graph.vocabulary import BG, EVENTS_GRAPH, OUR_GRAPHS, RECORDS_GRAPH

_SUBJECTS = f"SELECT DISTINCT ?graph ?subject WHERE {{ GRAPH ?graph {{ ?evidence <{BG}subject> ?subject }} }}"
# What is shown of any event may be another when these are changed.
_SHOWN = frozenset({EVENTS_GRAPH, RECORDS_GRAPH})
_BREAKS = (ValueError, LookupError, TypeError, ArithmeticError, struct.error)
_MAX_REASON_CHARS = 300


def is_fused(graph: object) -> TypeGuard[NamedNode]:
    """Whether fusion reads a graph: those of ours, by their names."""
    return isinstance(graph, NamedNode) and graph.value.startswith(OUR_GRAPHS)


@contextmanager
def edited(draft: Draft, graphs: Iterable[object]) -> Iterator[None]:
    """While some graphs are edited: what cannot be fused afterwards is refused, the records that changed are dropped.

    Raises:
        ConflictError: the graph would be one that no ingest can work on.
    """
    ours = [graph for graph in graphs if is_fused(graph)]
    before = _subjects_in(draft, ours)
    yield
    refuse_unfusible(draft, ours)
    drop_records(draft, None if _SHOWN.intersection(ours) else before | _subjects_in(draft, ours))


def drop_records(draft: Draft, subjects: Iterable[NamedNode] | None) -> None:
    """Let the events of some subjects be read from their statements until they are fused anew; None for all events."""
    nodes = [None] if subjects is None else [node for subject in subjects for node in nodes_of(draft, subject)]
    draft.change([quad for node in nodes for quad in draft.quads(RECORDS_GRAPH, node)], ())


def refuse_unfusible(store: GraphStore, graphs: Iterable[NamedNode] | None) -> None:
    """Fuse, without writing it, all that some graphs speak of; None for all graphs.

    Raises:
        ConflictError: that fails: the graph would be one that no ingest can work on.
    """
    subjects = _named(store.select(named_query("subjects"))) if graphs is None else _subjects_in(store, graphs)
    try:
        fuse_subjects(_Untouched(store), subjects)
    except _BREAKS as error:
        reason = f"{type(error).__name__}: {str(error)[:_MAX_REASON_CHARS]}"
        raise ConflictError(
            f"What was sent would leave claims or facts that cannot be fused ({reason}); nothing of it was written. "
            "Complete them, or write to a graph of another name."
        ) from error


def _subjects_in(store: GraphStore, graphs: Iterable[NamedNode]) -> frozenset[NamedNode]:
    """What some graphs speak of."""
    return _named(row for graph in sorted(graphs, key=str) for row in store.select(_SUBJECTS, {"graph": graph}))


def _named(rows: Iterable[QuerySolution]) -> frozenset[NamedNode]:
    return frozenset(row["subject"] for row in rows if isinstance(row["subject"], NamedNode))


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
