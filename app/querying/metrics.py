"""What is counted of queries, for Prometheus."""

from collections.abc import Mapping

from prometheus_client import Counter, Gauge, Histogram

from app.errors import (
    BanggiaoError,
    QueryLostError,
    QueryMemoryError,
    QueryTimeoutError,
    ServerBusyError,
    TooLargeError,
)

_OUTCOMES: Mapping[type[BanggiaoError], str] = {
    QueryTimeoutError: "timeout",
    QueryMemoryError: "memory",
    TooLargeError: "too-large",
    ServerBusyError: "busy",
    QueryLostError: "lost",
}

queries = Counter("banggiao_queries", "SPARQL queries by what became of them", ["outcome"])
seconds = Histogram(
    "banggiao_query_seconds",
    "Time from a SPARQL query's arrival to its outcome, waiting included",
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
running = Gauge("banggiao_queries_running", "SPARQL queries that run", multiprocess_mode="livesum")
queued = Gauge("banggiao_queries_queued", "SPARQL queries that wait for their turn", multiprocess_mode="livesum")
children_replaced = Counter("banggiao_query_children_replaced", "Child processes that were replaced", ["reason"])

for outcome in ("answered", "refused", "gone", *_OUTCOMES.values()):
    queries.labels(outcome)


def outcome_of(error: BanggiaoError) -> str:
    """The outcome that an error stands for."""
    for kind, word in _OUTCOMES.items():
        if isinstance(error, kind):
            return word
    return "refused"
