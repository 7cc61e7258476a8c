"""The store behind one small interface: SPARQL text in, results or quads out; values go in as substitutions only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from app.errors import QuerySyntaxError, StoreDamagedError, StoreReadOnlyError
from app.graph.disk_faults import ENGINE_ERRORS, writing
from app.graph.endpoints import Endpoint

Term: TypeAlias = NamedNode | Literal
QueryResults: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples

_QUERIES = Path(__file__).resolve().parent.parent / "queries"


class GraphStore(Protocol):
    """What reading and building the graph need of a store, embedded or remote."""

    @property
    def snapshot_id(self) -> str:
        """What the content is known by: it changes when, and only when, the content does."""

    def query(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> QueryResults:
        """Answer a query; `substitutions` are values of variables, which must stand in the SELECT projection.

        Raises:
            QuerySyntaxError: `sparql` is no query.

        """

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> tuple[QuerySolution, ...]:
        """All rows of a SELECT query."""

    def quads(self, graph: NamedNode | DefaultGraph, subject: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of a graph, of one subject if given."""

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take some quads away, then add others.

        Raises:
            StoreReadOnlyError: the store was opened for reading.

        """


class SnapshotStore(GraphStore, Protocol):
    """What is asked of a whole graph, embedded or remote, beside what building it needs."""

    @property
    def address(self) -> str | Endpoint | None:
        """Where other processes find the same graph: a path, or an endpoint; None where they cannot."""

    def query(
        self,
        sparql: str,
        substitutions: Mapping[str, Term] | None = None,
        *,
        use_default_graph_as_union: bool = False,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        base_iri: str | None = None,
    ) -> QueryResults:
        """Answer a query over the given graphs, by default over all; `base_iri` is what relative IRIs are relative to.

        Raises:
            QuerySyntaxError: `sparql` is no query.

        """

    def matching(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | BlankNode | Literal | None = None,
    ) -> Iterator[Quad]:
        """The quads of all graphs that have what is given."""

    def with_property(self, predicate: NamedNode) -> Iterator[Quad]:
        """The quads of a predicate in all graphs, one at a time."""

    def all_quads(self) -> Iterator[Quad]:
        """Every quad of every graph, in no order."""


class EmbeddedStore:
    """A graph in this process: pyoxigraph, in memory or in a directory."""

    def __init__(self, store: Store, snapshot_id: str, *, is_writable: bool, address: str | None = None) -> None:
        self._store = store
        self._address = address
        self._snapshot_id = snapshot_id
        self._is_writable = is_writable

    @classmethod
    def in_memory(cls, snapshot_id: str = "memory") -> "EmbeddedStore":
        """An empty graph that is written nowhere."""
        return cls(Store(), snapshot_id, is_writable=True)

    @classmethod
    def open(cls, path: Path) -> "EmbeddedStore":
        """A directory opened for writing by this process alone; it is made if it does not exist.

        Raises:
            StoreDamagedError: the directory holds something else, or is open elsewhere.
            StoreFullError: there is no room for it.

        """
        with writing():
            return cls(Store(str(path)), path.name, is_writable=True)

    @classmethod
    def read_only(cls, path: Path) -> "EmbeddedStore":
        """A directory that no one writes any more.

        Raises:
            StoreDamagedError: it is missing or cannot be read.

        """
        try:
            return cls(Store.read_only(str(path)), path.parent.name, is_writable=False, address=str(path))
        except ENGINE_ERRORS as error:
            raise StoreDamagedError(f"The snapshot {path.parent.name} cannot be read: {error}") from error

    @property
    def snapshot_id(self) -> str:
        """The id given at opening."""
        return self._snapshot_id

    @property
    def address(self) -> str | None:
        """The path where other processes can open the same immutable graph; None where they cannot."""
        return self._address

    @property
    def is_writable(self) -> bool:
        """Whether the content can change under the id."""
        return self._is_writable

    def query(
        self,
        sparql: str,
        substitutions: Mapping[str, Term] | None = None,
        *,
        use_default_graph_as_union: bool = False,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        base_iri: str | None = None,
    ) -> QueryResults:
        """Answer a query over the given graphs, by default over all; `base_iri` is what relative IRIs are relative to.

        Raises:
            QuerySyntaxError: `sparql` is no query.
            StoreDamagedError: what it asks for cannot be read.

        """
        values = {Variable(name): value for name, value in (substitutions or {}).items()}
        try:
            return self._store.query(
                sparql,
                base_iri=base_iri,
                use_default_graph_as_union=use_default_graph_as_union,
                default_graph=None if default_graphs is None else list(default_graphs),
                named_graphs=None if named_graphs is None else list(named_graphs),
                substitutions=dict(values),
            )
        except SyntaxError as error:
            raise QuerySyntaxError(f"The query is not valid SPARQL: {error}") from error
        except ENGINE_ERRORS as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> StoreDamagedError:
        return StoreDamagedError(f"The snapshot {self._snapshot_id} cannot be read: {error}")

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> tuple[QuerySolution, ...]:
        """All rows of a SELECT query.

        Raises:
            QuerySyntaxError: `sparql` is no query, or none that gives rows.
            StoreDamagedError: what it asks for cannot be read.

        """
        results = self.query(sparql, substitutions)
        if not isinstance(results, QuerySolutions):
            raise QuerySyntaxError("A SELECT query is needed here.")
        try:
            return tuple(results)
        except ENGINE_ERRORS as error:
            raise self._unreadable(error) from error

    def quads(self, graph: NamedNode | DefaultGraph, subject: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of a graph, of one subject if given."""
        return self._store.quads_for_pattern(subject, None, None, graph)

    def matching(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | BlankNode | Literal | None = None,
    ) -> Iterator[Quad]:
        """The quads of all graphs that have what is given."""
        return self._store.quads_for_pattern(subject, predicate, value, None)

    def with_property(self, predicate: NamedNode) -> Iterator[Quad]:
        """The quads of a predicate in all graphs, one at a time."""
        return self._store.quads_for_pattern(None, predicate, None, None)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take some quads away, then add others in one transaction.

        Raises:
            StoreReadOnlyError: the store was opened for reading.

        """
        if not self._is_writable:
            raise StoreReadOnlyError(f"The snapshot {self._snapshot_id} is immutable: build a new one and publish it.")
        for quad in removed:
            self._store.remove(quad)
        self._store.extend(added)

    def holds(self, quad: Quad) -> bool:
        """Whether a quad is there."""
        return quad in self._store

    def load(self, path: Path) -> None:
        """Take in a file of N-Quads that are not there yet, in any number: straight into files of the database.

        Each million quads makes files of its own, which overlap. They are merged at once: a reader would look into all
        of them, and the next writer would merge them, each time anew until it has the time to finish.

        In few calls: 2.8 million quads in calls of half a million take 0.5 GB of memory in place of 1.6, but the
        database merges what is there time and again: a fifth to a third more work, half more in calls of half that.

        Raises:
            OSError: the file system is full or at fault.

        """
        self._store.bulk_load(path=str(path), format=RdfFormat.N_QUADS, lenient=True)
        self._store.optimize()

    def dump(self, out: BinaryIO) -> None:
        """Write every quad as N-Quads, in no order."""
        self._store.dump(out, RdfFormat.N_QUADS)

    def all_quads(self) -> Iterator[Quad]:
        """Every quad of every graph, in no order."""
        return self._store.quads_for_pattern(None, None, None, None)

    def copy_to(self, path: Path) -> None:
        """Write a copy into a new directory: hard links where the file system can."""
        self._store.backup(str(path))

    def flush(self) -> None:
        """Write out everything that is still in memory."""
        self._store.flush()

    def close(self) -> None:
        """Let the files go, whoever still holds this: nothing can be asked of it any more."""
        del self._store


@lru_cache(maxsize=64)
def named_query(name: str) -> str:
    """The text of app/queries/<name>.rq.

    Raises:
        FileNotFoundError: there is no such query, which is a fault of the caller.

    """
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
