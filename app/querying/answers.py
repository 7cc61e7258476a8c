"""One query, run here and now: its clauses looked at, its answer in the format that the client likes best."""

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from app.errors import BadRequestError, TooLargeError
from app.graph.store import QueryResults, SnapshotStore
from app.graph.vocabulary import PREFIXES
from app.negotiation import choose_media_type
from app.querying.clauses import check_clauses
from app.sparql_protocol import Query

RESULT_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


# Reading a header takes half as long as a small query, and most clients send one of a few.
_choose = lru_cache(maxsize=64)(choose_media_type)


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised answer."""

    body: bytes
    media_type: str


def run_query(store: SnapshotStore, query: Query) -> QueryResults:
    """The results; a query that names no graphs asks of all of them together.

    Raises:
        QuerySyntaxError: the text is no SPARQL.
        BadRequestError: it has a SERVICE clause.
    """
    clauses = check_clauses(query.text)
    if query.has_dataset:
        return store.query(
            query.text,
            default_graphs=query.default_graphs,
            named_graphs=query.named_graphs,
            base_iri=query.base_iri,
        )
    # Oxigraph would pass over the FROM clauses of a query that is asked of the union
    return store.query(query.text, use_default_graph_as_union=not clauses.has_from, base_iri=query.base_iri)


def answer_query(store: SnapshotStore, query: Query, accept: str | None, max_result_bytes: int) -> Answer:
    """Run a query here and now, and serialise what it gives.

    Raises:
        QuerySyntaxError, BadRequestError, NotAcceptableError, TooLargeError: the request is at fault.
    """
    results = run_query(store, query)
    offered = GRAPH_FORMATS if isinstance(results, QueryTriples) else RESULT_FORMATS
    media_type = _choose(accept, tuple(offered))
    out = _BoundedBuffer(max_result_bytes)
    try:
        write_results(results, media_type, out)
    except OSError as error:
        raise BadRequestError(f"The query failed while it ran: {error}") from error
    return Answer(out.getvalue(), media_type)


def write_results(results: QueryResults, media_type: str, out: IO[bytes]) -> None:
    """Serialise results in one of RESULT_FORMATS or, for triples, GRAPH_FORMATS."""
    if isinstance(results, QueryTriples):
        serialize(results, out, format=GRAPH_FORMATS[media_type], prefixes=PREFIXES)
    elif isinstance(results, QuerySolutions | QueryBoolean):
        results.serialize(out, format=RESULT_FORMATS[media_type])


class _BoundedBuffer(io.BytesIO):
    """A buffer that takes no more than a number of bytes."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__()
        self._max_bytes = max_bytes

    def write(self, chunk: object) -> int:
        if not isinstance(chunk, bytes | bytearray | memoryview):
            raise TypeError("bytes are wanted")
        if self.tell() + len(chunk) > self._max_bytes:
            raise TooLargeError(f"The answer is larger than {self._max_bytes} bytes: ask for less, say with a LIMIT.")
        return super().write(chunk)
