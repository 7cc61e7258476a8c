"""Running queries of strangers: a limit on their time, their number and the size of their answers.

A thread cannot be stopped from outside: a query past its time leaves its client, and holds its place until it ends.
"""

import io
import threading
import traceback
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import IO

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from app.errors import BadRequestError, QueryTimeoutError, ServerBusyError, TooLargeError
from app.graph.store import QueryResults, SnapshotStore
from app.graph.vocabulary import PREFIXES
from app.negotiation import choose_media_type
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


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised answer."""

    body: bytes
    media_type: str


class QueryRunner:
    """Runs queries in threads of its own: so many at once, for so long, with answers of so many bytes."""

    def __init__(self, *, timeout_s: float, max_queries: int, max_result_bytes: int) -> None:
        self._timeout_s = timeout_s
        self._max_result_bytes = max_result_bytes
        self._places = threading.BoundedSemaphore(max_queries)
        self._max_queries = max_queries

    def run(self, store: SnapshotStore, query: Query, accept: str | None) -> Answer:
        """The answer in the form that the Accept header likes best.

        Raises:
            QuerySyntaxError, NotAcceptableError, TooLargeError: the request is at fault.
            QueryTimeoutError, ServerBusyError: a limit is reached.
        """
        if not self._places.acquire(blocking=False):
            raise ServerBusyError(f"{self._max_queries} queries run here already: wait a moment, and repeat.")
        future: Future[Answer] = Future()
        # A daemon, unlike the threads of an executor: a query that never ends does not keep the service from stopping.
        threading.Thread(target=self._fulfil, args=(future, store, query, accept), name="query", daemon=True).start()
        try:
            return future.result(self._timeout_s)
        except FutureTimeoutError as error:
            raise QueryTimeoutError(
                f"The query ran for more than {self._timeout_s:g} s and was given up: make it smaller, say with a "
                "LIMIT or by naming a state, or run it on a copy of the data."
            ) from error

    def _fulfil(self, future: Future[Answer], store: SnapshotStore, query: Query, accept: str | None) -> None:
        try:
            future.set_result(answer_query(store, query, accept, self._max_result_bytes))
        except Exception as error:  # noqa: BLE001  # handed to the thread that waits, which raises it
            _forget_results(error)
            future.set_exception(error)
        finally:
            self._places.release()


def _forget_results(error: BaseException | None) -> None:
    """Clear the frames that an error remembers: pyoxigraph's results must be dropped in the thread that made them."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def run_query(store: SnapshotStore, query: Query) -> QueryResults:
    """The results; a query that names no graphs asks of all of them together.

    Raises:
        QuerySyntaxError: the text is no SPARQL.
    """
    if query.has_dataset:
        return store.query(
            query.text,
            default_graphs=query.default_graphs,
            named_graphs=query.named_graphs,
            base_iri=query.base_iri,
        )
    # Oxigraph would pass over the FROM clauses of a query that is asked of the union
    return store.query(query.text, use_default_graph_as_union=not query.has_from, base_iri=query.base_iri)


def answer_query(store: SnapshotStore, query: Query, accept: str | None, max_result_bytes: int) -> Answer:
    """Run a query here and now, and serialise what it gives.

    Raises:
        QuerySyntaxError, NotAcceptableError, TooLargeError: the request is at fault.
    """
    results = run_query(store, query)
    offered = GRAPH_FORMATS if isinstance(results, QueryTriples) else RESULT_FORMATS
    media_type = choose_media_type(accept, tuple(offered))
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
