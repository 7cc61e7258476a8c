"""Changes to the graph of an endpoint: collected, and sent a few thousand at a time.

Every request moves the digest from what it was to what it will be, and does nothing where the digest is another or
the lease is another's. What was sent is remembered in a file, so that a writer that fails can take all of it back.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolution, RdfFormat, parse

from app.errors import BadRequestError, StoreBusyError
from app.graph.digests import GraphDigest
from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.leases import Lease
from app.graph.remote import RemoteStore
from app.graph.store import QueryResults, Term
from app.graph.store_node import STORE_GRAPH, change_text, read_state, stands
from app.graph.vocabulary import EVENTS_GRAPH, RECORDS_GRAPH

_MAX_QUADS = 2_000
"""Quads after which a request is sent: some hundred kilobytes."""
_MADE_ANEW = frozenset({EVENTS_GRAPH, RECORDS_GRAPH, ENTITIES_GRAPH})
"""Graphs that follow from the others: only these may be half changed where a writer is killed."""


_FEW_SUBJECTS = 20


class RemoteDraft:
    """The graph of an endpoint with changes, of which some are still to be sent; they are before anything is asked."""

    def __init__(self, lease: Lease, digest: GraphDigest, work: str) -> None:
        self._lease = lease
        self._store = RemoteStore(lease.client, "")
        self._work = work
        self._removed: dict[Quad, None] = {}
        self._added: dict[Quad, None] = {}
        self._sent = tempfile.TemporaryFile()  # noqa: SIM115  # closed by close()
        self._marks: list[int] = []
        self.digest = digest

    @property
    def snapshot_id(self) -> str:
        """What the content is known by, with what was sent."""
        return self.digest.snapshot_id

    def query(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> QueryResults:
        """Answer a query of the graph as it is with all changes."""
        self.flush()
        return self._store.query(sparql, substitutions)

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> tuple[QuerySolution, ...]:
        """All rows of a SELECT query of the graph as it is with all changes."""
        self.flush()
        return self._store.select(sparql, substitutions)

    def quads(self, graph: NamedNode | DefaultGraph, subject: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of a graph, of one subject if given, as they are with all changes."""
        found = dict.fromkeys(self._store.quads(graph, subject))
        for quad in self._removed:
            found.pop(quad, None)
        found.update(
            (quad, None)
            for quad in self._added
            if quad.graph_name == graph and (subject is None or quad.subject == subject)
        )
        return iter(tuple(found))

    def with_property(self, predicate: NamedNode) -> Iterator[Quad]:
        """The quads of a predicate in all graphs."""
        self.flush()
        return self._store.with_property(predicate)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take some quads away, which are there, then add others, which are not."""
        for quad in removed:
            if quad in self._added:
                del self._added[quad]
            else:
                self._removed[quad] = None
        for quad in added:
            if quad in self._removed:
                del self._removed[quad]
            else:
                self._added[quad] = None
        if len(self._removed) + len(self._added) >= _MAX_QUADS:
            self.flush()

    def change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take away what is there of `removed`, then add what is not there of `added`.

        Raises:
            BadRequestError: a blank node, which no update can name: another request would not find it again; or the
                graph in which the store's own state stands.

        """
        gone, new = set(removed), set(added)
        if any(quad.graph_name == STORE_GRAPH for quad in gone | new):
            raise BadRequestError(f"The graph {STORE_GRAPH} is kept by this service: choose another name.")
        if any(isinstance(term, BlankNode) for quad in gone | new for term in (quad.subject, quad.object)):
            raise BadRequestError("A remote store takes no blank nodes: give each an IRI.")
        held = self._held(gone | new)
        gone &= held
        new -= held - gone
        self.apply(gone - new, new - gone)

    def clear(self) -> None:
        """Take everything away."""
        self.flush()
        self.apply(tuple(self._store.all_quads()), ())

    def _held(self, quads: Iterable[Quad]) -> set[Quad]:
        """Those that are there, and others: of few subjects what is said of each, of many the graphs."""
        nodes: dict[NamedNode | DefaultGraph, set[NamedNode]] = {}
        for quad in quads:
            assert isinstance(quad.graph_name, NamedNode | DefaultGraph)  # noqa: S101  # no blank nodes, see above
            assert isinstance(quad.subject, NamedNode)  # noqa: S101
            nodes.setdefault(quad.graph_name, set()).add(quad.subject)
        held: set[Quad] = set()
        for graph, subjects in nodes.items():
            for subject in subjects if len(subjects) <= _FEW_SUBJECTS else (None,):
                held.update(self.quads(graph, subject))
        return held

    def flush(self) -> None:
        """Send what is still to be sent."""
        if not (self._removed or self._added):
            return
        changes = [*((quad, False) for quad in self._removed), *((quad, True) for quad in self._added)]
        changes.sort(key=lambda change: str(change[0].graph_name))
        self._removed, self._added = {}, {}
        gone: list[Quad] = []
        new: list[Quad] = []
        for graph, those in groupby(changes, key=lambda change: change[0].graph_name):
            for quad, is_added in those:
                (new if is_added else gone).append(quad)
                if graph in _MADE_ANEW and len(gone) + len(new) >= _MAX_QUADS:
                    self._send(gone, new)
                    gone, new = [], []
            if len(gone) + len(new) >= _MAX_QUADS:
                self._send(gone, new)
                gone, new = [], []
        if gone or new:
            self._send(gone, new)

    def undo(self) -> None:
        """Take back everything that was sent."""
        self._removed, self._added = {}, {}
        ends = [*self._marks[1:], self._sent.seek(0, 2)] if self._marks else []
        for start, end in reversed(tuple(zip(self._marks, ends, strict=True))):
            self._sent.seek(start)
            gone, _, new = self._sent.read(end - start).partition(b"\0")
            self._send(_read(new), _read(gone), is_undone=True)
        self._marks = []

    def check(self) -> None:
        """See that all that was sent is there.

        Raises:
            StoreBusyError: another writer, or somebody else, changed the graph meanwhile.
        """
        self.flush()
        state = read_state(self._lease.client)
        if not self._lease.is_held(state) or str(state.digest) != str(self.digest):
            raise StoreBusyError(
                f"{self._lease.client.endpoint.name} was changed by somebody else while this writer was at work: "
                "what it wrote may be there in part. Repeat."
            )

    def end(self, *, is_changed: bool) -> None:
        """Note that the work is complete, and when it was if it changed anything."""
        stamped = "changed" if is_changed else None
        self._lease.client.update(change_text({"unfinished": None}, self._condition, stamped=stamped))

    def close(self) -> None:
        """Forget what was sent."""
        self._sent.close()

    def _send(self, removed: Sequence[Quad], added: Sequence[Quad], *, is_undone: bool = False) -> None:
        self._lease.check()
        condition = self._condition
        if not is_undone:
            self._marks.append(self._sent.seek(0, 2))
            self._sent.write(b"\0".join("".join(f"{quad} .\n" for quad in part).encode() for part in (removed, added)))
        self.digest.replace(removed, added)
        self._lease.client.update(
            change_text(
                {"unfinished": self._work, "digest": str(self.digest), "quads": str(self.digest.count)},
                condition,
                removed=_template(removed),
                added=_template(added),
            )
        )

    @property
    def _condition(self) -> str:
        """The lease is this writer's, and the content what this writer takes it for."""
        return f"{self._lease.condition}\n{stands({'digest': str(self.digest)})}"


def _template(quads: Iterable[Quad]) -> str:
    """Quads as they stand in the template of an update."""
    parts = []
    for graph, those in groupby(quads, key=lambda quad: quad.graph_name):
        triples = "".join(f"{quad.triple} .\n" for quad in those)
        parts.append(triples if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{triples}}}\n")
    return "".join(parts)


def _read(lines: bytes) -> list[Quad]:
    return list(parse(lines, format=RdfFormat.N_QUADS)) if lines else []
