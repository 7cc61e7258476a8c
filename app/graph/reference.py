"""Curated knowledge: the states of data/countries and the dated facts of data/relations, each with its sources."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from extractors.country_tables import Name, State
from extractors.dates import DateValue
from extractors.records import ClaimType, Level

Standing = Literal["in-force", "ended", "superseded", "differing", "mistaken"]
"""Whether what a row says still stands; `differing` and `mistaken` rows are dates that other sources give for it."""

CONTRADICTING: frozenset[str] = frozenset({"differing", "mistaken"})
"""The standings of a row that says otherwise than another row of the same thing."""

GapKind = Literal["none", "undated"]

Occasion = Literal[
    "independence",
    "revolution",
    "unification",
    "republic",
    "constitution",
    "liberation",
    "foundation",
    "autonomy",
    "victory",
    "ruler",
    "patron",
    "national-hero",
    "other",
]
"""What a national day commemorates."""


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """A page that a table cites; `key` is its folder and its id there; `retrieved` the day it was seen.

    `agency` is the news agency that the page credits, if any: then it is the agency that speaks, not the publisher.
    """

    key: str
    url: str
    publisher: str
    title: str
    retrieved: dt.date
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceFact:
    """One row of data/relations: a dated fact; `sources` are keys of `ReferenceSource`.

    `inherited_from` is the former state that did it, where one of the states has taken its place.
    """

    id: str
    type: ClaimType
    countries: tuple[str, ...]
    date: DateValue
    level: Level | None
    from_country: str | None
    to_country: str | None
    person: str | None
    name: str | None
    standing: Standing
    sources: tuple[str, ...]
    note: str | None
    occasion: Occasion | None = None
    inherited_from: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What is known of an event that no table dates, as of some date.

    `none`: there is no such event (a pair has no relations, a state no fixed national day); `undated`: there was one,
    but no page that was seen gives its date.
    """

    kind: GapKind
    type: ClaimType
    countries: tuple[str, ...]
    as_of: DateValue
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """All curated knowledge."""

    states: tuple[State, ...]
    names: tuple[Name, ...]
    facts: tuple[ReferenceFact, ...]
    sources: tuple[ReferenceSource, ...]
    gaps: tuple[Gap, ...] = ()


def source_key(folder: str, source_id: str) -> str:
    """The key of a page that a folder's tables cite: ids are unique within their folder only."""
    return f"{folder}-{source_id}"
