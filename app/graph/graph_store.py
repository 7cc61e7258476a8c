"""One graph of a store as a whole: replaced, added to, taken away; published as it is, nothing is fused anew."""

from collections.abc import Iterable
from typing import TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad

from app.errors import NotFoundError
from app.graph.drafts import Draft
from app.graph.endpoints import StoreAddress
from app.graph.fusibility import edited
from app.graph.repositories import edit
from app.graph.store import GraphStore

GraphName: TypeAlias = NamedNode | DefaultGraph


def exists(store: GraphStore, graph: GraphName) -> bool:
    """Whether there is such a graph: the default graph always, a named one as long as it holds anything."""
    return isinstance(graph, DefaultGraph) or next(iter(store.quads(graph)), None) is not None


def replace_graph(address: StoreAddress, graph: GraphName, quads: Iterable[Quad], *, wait_s: float = 600.0) -> bool:
    """Make a graph hold these quads of it and no others; tells whether it is new.

    Raises:
        ConflictError: its claims or facts could not be fused.
        StoreBusyError: another writer held the lock for `wait_s` seconds.
        StoreDamagedError: the current snapshot cannot be read.
    """
    return _change(address, graph, quads, wait_s, is_replaced=True)


def extend_graph(address: StoreAddress, graph: GraphName, quads: Iterable[Quad], *, wait_s: float = 600.0) -> bool:
    """Add quads to a graph; tells whether it is new.

    Raises:
        ConflictError, StoreBusyError, StoreDamagedError: as `replace_graph`.
    """
    return _change(address, graph, quads, wait_s, is_replaced=False)


def drop_graph(address: StoreAddress, graph: GraphName, *, wait_s: float = 600.0) -> None:
    """Take all quads of a graph away.

    Raises:
        NotFoundError: there is no such graph.
        StoreBusyError, StoreDamagedError: as `replace_graph`.
    """

    def change(draft: Draft) -> None:
        if not exists(draft, graph):
            raise no_such_graph(graph)
        with edited(draft, [graph]):
            draft.change(tuple(draft.quads(graph)), ())

    edit(address, change, wait_s=wait_s)


def no_such_graph(graph: GraphName) -> NotFoundError:
    """The error about a graph that is not there."""
    return NotFoundError(f"There is no graph {graph} here, or it holds nothing, which is the same.")


def _change(
    address: StoreAddress, graph: GraphName, quads: Iterable[Quad], wait_s: float, *, is_replaced: bool
) -> bool:
    existed = True

    def change(draft: Draft) -> None:
        nonlocal existed
        existed = exists(draft, graph)
        with edited(draft, [graph]):
            draft.change(tuple(draft.quads(graph)) if is_replaced else (), quads)

    edit(address, change, wait_s=wait_s)
    return not existed
