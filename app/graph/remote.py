"""A graph behind a SPARQL 1.1 endpoint, as a store: the same rows and quads as the embedded one gives.

There are no snapshots there: while a writer works, there may be articles whose events are still to be fused.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import IO, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from app.errors import QuerySyntaxError, StoreReadOnlyError, UpstreamError
from app.graph.endpoints import Endpoint
from app.graph.sparql_client import RESULTS, TRIPLES, Parameters, SparqlClient, client_of
from app.graph.store import QueryResults, Term
from app.graph.store_node import STORE_GRAPH, StoreState
from app.graph.substitution import substitute

_NOT_OURS = f"FILTER(?g != {STORE_GRAPH})"
_ONE = f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) }} {_NOT_OURS} }} LIMIT 1"
# How engines are asked for the union of all graphs where a query names none: most give it anyway (GraphDB, Virtuoso,
# Neptune, Stardog …), Oxigraph's server and Jena's want to be asked.
_UNIONS: tuple[Parameters, ...] = (
    (),
    (("union-default-graph", ""),),
    (("default-graph-uri", "urn:x-arq:UnionGraph"),),
)


class RemoteStore:
    """The graph of an endpoint, for reading; safe to share between threads."""

    def __init__(self, client: SparqlClient, snapshot_id: str) -> None:
        self._client = client
        self._snapshot_id = snapshot_id

    @classmethod
    def of(cls, endpoint: Endpoint, snapshot_id: str = "") -> "RemoteStore":
        """The store at an endpoint, which is not asked before it must be."""
        return cls(client_of(endpoint), snapshot_id)

    @property
    def address(self) -> Endpoint:
        """Where another process finds the same graph."""
        return self._client.endpoint

    @property
    def snapshot_id(self) -> str:
        """The id of the content when the reader last looked."""
        return self._snapshot_id

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
            QuerySyntaxError: the endpoint takes `sparql` for no query.
            UpstreamError: it does not answer, or with something else.

        """
        parameters = [
            *(("default-graph-uri", graph.value) for graph in default_graphs or () if isinstance(graph, NamedNode)),
            *(("named-graph-uri", graph.value) for graph in named_graphs or ()),
        ]
        if use_default_graph_as_union and not parameters:
            parameters = list(union_parameters(self._client))
        text = substitute(sparql, substitutions or {})
        media_type, body = self._client.ask(with_base(text, base_iri), parameters)
        try:
            return _read_results(media_type, body)
        except (SyntaxError, ValueError) as error:
            raise self._client.garbled(f"no results of a query ({media_type or 'no media type'})") from error

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> tuple[QuerySolution, ...]:
        """All rows of a SELECT query.

        Raises:
            QuerySyntaxError: `sparql` is no query, or none that gives rows.
            UpstreamError: the endpoint does not answer, or with something else.

        """
        results = self.query(sparql, substitutions)
        if not isinstance(results, QuerySolutions):
            raise QuerySyntaxError("A SELECT query is needed here.")
        try:
            return tuple(results)
        except (SyntaxError, ValueError) as error:
            raise self._client.garbled("half a table of results") from error

    def quads(self, graph: NamedNode | DefaultGraph, subject: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of a graph, of one subject if given."""
        pattern = f"{subject or '?s'} ?p ?o"
        if isinstance(graph, NamedNode):
            pattern = f"GRAPH {graph} {{ {pattern} }}"
        elif not _is_default_graph_apart(self._client):
            return
        for row in self._rows(f"SELECT * WHERE {{ {pattern} }}"):
            yield Quad(subject or row["s"], row["p"], row["o"], graph)

    def matching(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | BlankNode | Literal | None = None,
    ) -> Iterator[Quad]:
        """The quads of all graphs that have what is given.

        Raises:
            UpstreamError: a blank node is asked for, which SPARQL cannot name.

        """
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            raise UpstreamError(f"{self._client.endpoint.name} holds a blank node, which cannot be asked for.")
        s, p, o = subject or "?s", predicate or "?p", value or "?o"
        for row in self._rows(f"SELECT * WHERE {{ GRAPH ?g {{ {s} {p} {o} }} {_NOT_OURS} }}"):
            yield Quad(subject or row["s"], predicate or row["p"], value or row["o"], row["g"])

    def with_property(self, predicate: NamedNode) -> Iterator[Quad]:
        """The quads of a predicate in all graphs, one at a time."""
        return self.matching(None, predicate)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:  # noqa: ARG002  # the interface
        """Refuse: who writes takes the lease first.

        Raises:
            StoreReadOnlyError: always.

        """
        raise StoreReadOnlyError(f"{self._client.endpoint.name} was opened for reading.")

    def all_quads(self) -> Iterator[Quad]:
        """Every quad of every graph, in no order."""
        yield from self.matching()
        yield from self.quads(DefaultGraph())

    def _rows(self, sparql: str) -> Iterator[QuerySolution]:
        """The rows of a SELECT query of ours, as they come."""
        with self._client.stream(sparql) as answer:
            try:
                results = parse_query_results(cast(IO[bytes], answer), format=QueryResultsFormat.JSON)
                if not isinstance(results, QuerySolutions):
                    raise self._client.garbled("no table of results")
                yield from results
            except (SyntaxError, ValueError) as error:
                raise self._client.garbled("half a table of results, or none") from error


def snapshot_id_of(state: StoreState, client: SparqlClient) -> str:
    """What the content is known by: where others wrote it nothing is known, and it is another at every look."""
    if state.is_managed or is_empty(client):
        return state.digest.snapshot_id
    return secrets.token_hex(8)


def is_empty(client: SparqlClient) -> bool:
    """Whether an endpoint holds nothing, but perhaps what is said of the store."""
    return not RemoteStore(client, "").select(_ONE)


@lru_cache(maxsize=16)
def _known_union(_: SparqlClient) -> list[Parameters]:
    """The place where the way is kept that an endpoint gives the union of its graphs, once it is known."""
    return []


def union_parameters(client: SparqlClient) -> Parameters:
    """What to send with a query that names no graphs, so that it is asked of all of them together.

    Found out by asking for a statement of some graph, and kept.

    Raises:
        UpstreamError: the endpoint has no way that is known here.
    """
    known = _known_union(client)
    if not known:
        rows = RemoteStore(client, "").select(_ONE)
        if not rows:
            return _UNIONS[1]  # in nothing every way finds the same, but perhaps in a default graph of its own
        s, p, o = rows[0]["s"], rows[0]["p"], rows[0]["o"]
        for parameters in _UNIONS:
            results = _read_results(*client.ask(f"ASK {{ {s} {p} {o} }}", parameters))
            if isinstance(results, QueryBoolean) and bool(results):
                known.append(parameters)
                break
        else:
            raise UpstreamError(
                f"{client.endpoint.name} does not answer over all its graphs together: name graphs with GRAPH or FROM, "
                "or set its default graph to be the union of all."
            )
    return known[0]


def with_base(text: str, base_iri: str | None) -> str:
    """A text with what its relative IRIs are relative to, unless it says so itself."""
    return text if base_iri is None else f"BASE {NamedNode(base_iri)}\n{text}"


def _is_default_graph_apart(client: SparqlClient) -> bool:
    """Whether the default graph is one of its own, and not the union of the others."""
    try:
        return bool(union_parameters(client))
    except UpstreamError:
        return True


def _read_results(media_type: str, body: bytes) -> QueryResults:
    """Results of any form.

    Raises:
        SyntaxError, ValueError: they are none.
    """
    if media_type in (RESULTS, "application/json"):
        return parse_query_results(body, format=QueryResultsFormat.JSON)
    if media_type not in (TRIPLES, "text/plain"):
        raise ValueError(media_type)
    held = Store()
    held.extend(parse(body, format=RdfFormat.N_TRIPLES))
    results = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(results, QueryTriples)  # noqa: S101  # a CONSTRUCT gives nothing else
    return results
