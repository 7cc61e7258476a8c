"""What was imported, by name, and how it is taken away again."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from app.errors import NotFoundError
from app.graph.endpoints import StoreAddress
from app.graph.repositories import Publication, open_snapshot, publish
from app.graph.store import GraphStore, SnapshotStore
from app.graph.vocabulary import concept_name, import_graph, term
from app.importing.terms import text_of


@dataclass(frozen=True, slots=True)
class Import:
    """A named graph of imported facts: where they are from, their basis (`imported` or `reference`), and how many."""

    name: str
    imported_from: str
    basis: str
    facts: int


def imports_of(store: SnapshotStore) -> tuple[Import, ...]:
    """All imports of a graph, by name."""
    return tuple(
        sorted(
            (
                _import_of(store, quad.graph_name)
                for quad in store.with_property(term("bg:importedFrom"))
                if isinstance(quad.graph_name, NamedNode)
            ),
            key=lambda one: one.name,
        )
    )


def drop_import(address: StoreAddress, name: str, *, wait_s: float = 600.0) -> tuple[Import, Publication]:
    """Take an import away: its facts no longer count. Articles that came with a dump stay.

    Raises:
        NotFoundError: there is no such import.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    found = {one.name: one for one in imports_of(open_snapshot(address).store())}
    if name not in found:
        raise NotFoundError(f"Nothing was imported under the name «{name}».", tuple(found))

    def change(_: GraphStore) -> Mapping[NamedNode, frozenset[Quad]]:
        return {import_graph(name): frozenset()}

    return found[name], publish(address, (), imports=change, wait_s=wait_s)


def _import_of(store: SnapshotStore, graph: NamedNode) -> Import:
    quads = tuple(store.quads(graph))
    said = {quad.predicate: text_of(quad.object) for quad in quads if quad.subject == graph}
    return Import(
        name=said[term("dcterms:identifier")],
        imported_from=said[term("bg:importedFrom")],
        basis=concept_name(said[term("bg:basis")]),
        facts=sum(quad.object == term("bg:ImportedFact") for quad in quads),
    )
