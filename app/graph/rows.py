"""Reading the rows of SPARQL answers: one small reader for each kind of value, None where a variable is unbound."""

import datetime as dt
from typing import TypeAlias

from pyoxigraph import QuerySolution

from app.graph.vocabulary import concept_name, kind_and_key

Row: TypeAlias = QuerySolution


def text(row: Row, name: str) -> str | None:
    """The value of a literal."""
    value = row[name]
    return None if value is None else str(value.value)


def iri(row: Row, name: str) -> str:
    """The IRI bound to a variable that is always bound.

    Raises:
        KeyError: it is unbound, which is a fault of the query.

    """
    value = row[name]
    if value is None:
        raise KeyError(f"?{name} is unbound")
    return str(value.value)


def key(row: Row, name: str) -> str | None:
    """The key of one of our things: `AZ` of `…/id/country/AZ`."""
    value = row[name]
    return None if value is None else kind_and_key(value.value)[1]


def word(row: Row, name: str) -> str | None:
    """The contract word of a concept: `established` of `bg:type-established`."""
    value = row[name]
    return None if value is None else concept_name(value.value)


def decimal(row: Row, name: str) -> float:
    """A number; 0.0 where it is unbound."""
    value = row[name]
    return 0.0 if value is None else float(value.value)


def integer(row: Row, name: str) -> int:
    """A whole number; 0 where it is unbound."""
    value = row[name]
    return 0 if value is None else int(value.value)


def day(row: Row, name: str) -> dt.date | None:
    """A calendar day."""
    value = row[name]
    return None if value is None else dt.date.fromisoformat(value.value)
