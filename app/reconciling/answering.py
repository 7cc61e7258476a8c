"""Batches of queries and extensions, answered within a time."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from app.errors import NotFoundError, QueryTimeoutError
from app.graph.store import GraphStore
from app.reconciling.facts import facts_of
from app.reconciling.kinds import Property, ThingId, read_id
from app.reconciling.matching import Matcher
from app.reconciling.queries import Extension, Query
from app.reconciling.responses import candidate_json, cell_json, column_json

Item = TypeVar("Item")


def answer_queries(
    store: GraphStore, queries: dict[str, Query], on: dt.date, timeout_s: float
) -> dict[str, dict[str, Any]]:
    """The result of each query, by the client's names of them.

    Raises:
        QueryTimeoutError: they take longer than `timeout_s`.
    """
    matcher = Matcher(store, on)
    return {
        name: {"result": [candidate_json(one) for one in matcher.candidates(query)]}
        for name, query in _in_time(queries.items(), timeout_s)
    }


def extend(store: GraphStore, wanted: Extension, on: dt.date, timeout_s: float) -> dict[str, Any]:
    """The values of some properties of some things; none of a thing that the graph does not hold.

    Raises:
        QueryTimeoutError: they take longer than `timeout_s`.
    """
    rows = {text: _row(store, read_id(text), wanted.properties, on) for text in _in_time(wanted.ids, timeout_s)}
    return {"meta": [column_json(one) for one in wanted.properties], "rows": rows}


def _row(store: GraphStore, thing: ThingId | None, properties: Iterable[Property], on: dt.date) -> dict[str, Any]:
    try:
        values = facts_of(store, thing, on).values if thing else {}
    except NotFoundError:
        values = {}
    return {one.id: [cell_json(value) for value in values.get(one.id, ())] for one in properties}


def _in_time(items: Iterable[Item], timeout_s: float) -> Iterator[Item]:
    end = time.monotonic() + timeout_s
    for done, item in enumerate(items):
        if time.monotonic() > end:
            raise QueryTimeoutError(
                f"Only {done} of these could be answered within {timeout_s:g} s: send fewer at once."
            )
        yield item
