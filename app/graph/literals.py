"""Dates and numbers as RDF literals, and back.

A day is xsd:date, a month xsd:gYearMonth, a year xsd:gYear, a day of every year xsd:gMonthDay. These do not compare
with one another in SPARQL, so the earliest and the latest day stand beside them as xsd:date, and the day and the
month as keys for look-ups.
"""

import base64
import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import starmap
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.calendar_places import calendar_place
from app.graph.vocabulary import term
from extractors.dates import DateSpan, DateValue, PartialDate, first_date, parse_partial_date

Statement: TypeAlias = tuple[NamedNode, NamedNode, NamedNode | Literal, NamedNode]
"""What a quad is made of: subject, predicate, value, graph. A tenth of what a Quad costs, where millions are made."""

_CONFIDENCE_DIGITS = 3


def date_literal(date: PartialDate) -> Literal:
    """The literal whose datatype is as precise as the date."""
    if date.is_yearly:
        return Literal(str(date), datatype=term("xsd:gMonthDay"))
    datatype = {"day": "xsd:date", "month": "xsd:gYearMonth", "year": "xsd:gYear"}[date.precision]
    return Literal(str(date), datatype=term(datatype))


def day_literal(day: dt.date) -> Literal:
    """A calendar day."""
    return Literal(day.isoformat(), datatype=term("xsd:date"))


def moment_literal(moment: dt.datetime) -> Literal:
    """A moment of UTC, to the second."""
    text = moment.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat()
    return Literal(f"{text}Z", datatype=term("xsd:dateTime"))


def integer_literal(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=term("xsd:integer"))


def bytes_literal(content: bytes) -> Literal:
    """Bytes, in base64."""
    return Literal(base64.b64encode(content).decode("ascii"), datatype=term("xsd:base64Binary"))


def read_bytes(text: str) -> bytes:
    """The way back from `bytes_literal`."""
    return base64.b64decode(text, validate=True)


def decimal_literal(number: float) -> Literal:
    """A number between 0 and 1, in the canonical form that the store gives back (no trailing zeros)."""
    text = f"{number:.{_CONFIDENCE_DIGITS}f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=term("xsd:decimal"))


@lru_cache(maxsize=4096)
def read_date(first: str, last: str | None = None) -> DateValue:
    """The date of a `bg:date` literal's value, or the span to that of a `bg:endDate`.

    Raises:
        DateError: it is no date.

    """
    date = parse_partial_date(first)
    return DateSpan(date, parse_partial_date(last)) if last else date


def date_quads(subject: NamedNode, value: DateValue, graph: NamedNode) -> Iterator[Quad]:
    """The quads of `date_statements`."""
    return starmap(Quad, date_statements(subject, value, graph))


def date_statements(
    subject: NamedNode, value: DateValue, graph: NamedNode, *, has_keys: bool = True
) -> Iterator[Statement]:
    """The date of a claim, a fact or an event, with its bounds and its keys."""
    first = first_date(value)
    last = value.last if isinstance(value, DateSpan) else value
    yield subject, term("bg:date"), date_literal(first), graph
    if isinstance(value, DateSpan):
        yield subject, term("bg:endDate"), date_literal(last), graph
    yield subject, term("bg:precision"), Literal(value.precision), graph
    if not first.is_yearly:
        yield subject, term("bg:earliest"), day_literal(first.earliest), graph
        yield subject, term("bg:latest"), day_literal(last.latest), graph
    if has_keys and first.precision == "day":
        yield subject, term("bg:monthDay"), Literal(calendar_place(first)), graph
    if has_keys and first.precision == "month":
        yield subject, term("bg:month"), Literal(calendar_place(first)), graph
