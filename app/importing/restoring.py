"""Restoring a dump: what it was made of goes in as it is, what follows is fused anew and held against the dump's own.

So no dump can bring an event or a person that its articles and facts do not give, nor one that breaks fusion.
"""

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import NamedNode, Quad

from app.graph.building import fuse_anew
from app.graph.digests import GraphDigest
from app.graph.endpoints import StoreAddress
from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.ontology import ontology_quads
from app.graph.repositories import Publication, restore
from app.graph.store import GraphStore
from app.graph.vocabulary import EVENTS_GRAPH, ONTOLOGY_GRAPH, RECORDS_GRAPH
from app.importing.dumps import Dump
from app.importing.errors import ImportRefusedError
from app.importing.records import Account
from app.importing.terms import text_of

_FUSED = {EVENTS_GRAPH: "events", ENTITIES_GRAPH: "people and organisations"}
_NODE = re.compile(r"<([^<>\s]+)>")
_MAX_SHOWN_CHARS = 300


def restore_dump(address: StoreAddress, dump: Dump, *, wait_s: float = 600.0) -> tuple[Publication, Account]:
    """Publish a dump that was looked through in a store that holds nothing.

    Where its ontology is another than ours (of the same version), ours is taken, and what we fuse.

    Raises:
        ImportRefusedError: it cannot be fused, or its events or people are others than those that follow from it.
        ConflictError: the store holds something.
        StoreBusyError: another writer held the lock for `wait_s` seconds.
    """
    theirs = frozenset(dump.store.quads(ONTOLOGY_GRAPH))
    is_ours = theirs == ontology_quads()
    left_out = {} if is_ours else {"the ontology: ours is another and is taken": len(theirs - ontology_quads())}

    def complete(draft: GraphStore) -> None:
        with refusing_what_cannot_be_fused(dump):
            fuse_anew(draft)
        for graph, what in _FUSED.items():
            odd = _difference(dump, draft, graph)
            if odd and is_ours:
                raise _refusal(dump, odd, what)
            if odd:
                left_out[f"{what}: fused otherwise by ours"] = sum(quad in odd for quad in dump.store.quads(graph))

    publication = restore(address, _given(dump), complete=complete, wait_s=wait_s)
    read = sum(1 for _ in dump.store.all_quads())
    left_out = {reason: count for reason, count in left_out.items() if count}
    return publication, Account("statements", read, read - sum(left_out.values()), left_out=left_out)


@contextmanager
def refusing_what_cannot_be_fused(dump: Dump) -> Iterator[None]:
    """Make of what breaks fusion a refusal that says what and, where known, on which line.

    Raises:
        ImportRefusedError: what is done within cannot be.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, ArithmeticError, struct.error) as error:
        reason = f"cannot be fused: {type(error).__name__}: {str(error)[:_MAX_SHOWN_CHARS]}"
        if named := _NODE.search(str(error)):
            raise dump.fault(NamedNode(named[1]), reason) from error
        raise ImportRefusedError(f"{dump.name}: {reason}. Nothing was imported.") from error


def _given(dump: Dump) -> Iterator[Quad]:
    """What nothing else follows from: all but what is fused, with our ontology."""
    made_here = {*_FUSED, RECORDS_GRAPH, ONTOLOGY_GRAPH}
    yield from (quad for quad in dump.store.all_quads() if quad.graph_name not in made_here)
    yield from ontology_quads()


def _difference(dump: Dump, draft: GraphStore, graph: NamedNode) -> frozenset[Quad]:
    """The statements that only one of the two has in a graph; they are compared one by one only where any is."""
    theirs, ours = GraphDigest(), GraphDigest()
    theirs.replace((), dump.store.quads(graph))
    ours.replace((), draft.quads(graph))
    if str(theirs) == str(ours):
        return frozenset()
    return frozenset(dump.store.quads(graph)) ^ frozenset(draft.quads(graph))


def _refusal(dump: Dump, odd: frozenset[Quad], what: str) -> ImportRefusedError:
    """A refusal that names the first statement, of the dump where it has one that does not follow."""
    quad = min(odd, key=str)
    node = NamedNode(text_of(quad.subject))
    return dump.fault(
        node,
        f"the {what} are not those that follow from its articles and facts: {len(odd):,} statements differ, the first "
        f"«{str(quad)[:_MAX_SHOWN_CHARS]}»",
    )
