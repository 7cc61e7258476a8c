"""Curated knowledge: the states of data/countries and the dated facts of data/relations, each with its sources.

Every row is checked when it is read; a fault names file and line, and nothing is loaded.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from extractors.country_tables import Name, State
from extractors.dates import DateError, DateSpan, DateValue, parse_edtf
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.records import ClaimType, Level
from extractors.tables import DATA_DIR, Row, check_sources, read_sources, read_table

Standing = Literal["in-force", "ended", "superseded"]

_FACT_COLUMNS = (
    "id",
    "type",
    "countries",
    "date",
    "level",
    "from",
    "to",
    "person",
    "name",
    "status",
    "sources",
    "note",
)
_FACT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# How many states a fact of a type is about; the other types are about one or more.
_COUNTRY_COUNTS: Mapping[str, tuple[int, ...]] = {
    "established": (2,),
    "recognised": (2,),
    "normalised": (2,),
    "severed": (2,),
    "partnership": (2,),
    "visit": (2,),
    "independence": (1,),
    "liberation": (1,),
    "national-day": (1,),
}


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """A page that a table cites; `key` is its folder and its id there; `retrieved` the day it was seen."""

    key: str
    url: str
    publisher: str
    title: str
    retrieved: dt.date


@dataclass(frozen=True, slots=True)
class ReferenceFact:
    """One row of data/relations: a dated fact; `sources` are keys of `ReferenceSource`."""

    id: str
    type: ClaimType
    countries: tuple[str, ...]
    date: DateValue
    level: Level | None
    from_country: str | None
    to_country: str | None
    person: str | None
    name: str | None
    standing: Standing | None
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """All curated knowledge."""

    states: tuple[State, ...]
    names: tuple[Name, ...]
    facts: tuple[ReferenceFact, ...]
    sources: tuple[ReferenceSource, ...]


def load_reference(data_dir: Path = DATA_DIR, gazetteer: Gazetteer | None = None) -> Reference:
    """Read and check the curated tables; the states are those of `gazetteer`, by default the shipped one.

    Raises:
        TableError: a row that cannot be trusted; names file and line.

    """
    gazetteer = gazetteer or load_gazetteer()
    relations = data_dir / "relations"
    fact_sources = read_sources(relations / "sources.csv")
    rows = read_table(
        relations / "facts.csv",
        _FACT_COLUMNS,
        required=("id", "type", "countries", "date", "sources"),
        key=("id",),
    )
    seen: dict[tuple[object, ...], int] = {}
    facts = []
    for row in rows:
        fact = _read_fact(row, frozenset(gazetteer.states), fact_sources)
        _refuse_double(row, fact, seen)
        facts.append(fact)
    cited = {"relations": fact_sources, "countries": read_sources(data_dir / "countries" / "sources.csv")}
    sources = [_read_source(folder, row) for folder, table in cited.items() for row in table.values()]
    return Reference(tuple(gazetteer.states.values()), gazetteer.names, tuple(facts), tuple(sources))


def source_key(folder: str, source_id: str) -> str:
    """The key of a page that a folder's tables cite: ids are unique within their folder only."""
    return f"{folder}-{source_id}"


def _read_fact(row: Row, codes: frozenset[str], sources: dict[str, Row]) -> ReferenceFact:
    if not _FACT_ID.fullmatch(row["id"]):
        raise row.fault(f"id «{row['id']}» is not made of lower-case letters, digits and hyphens")
    if row["type"] not in get_args(ClaimType):
        raise row.fault(f"type «{row['type']}» is none of {', '.join(get_args(ClaimType))}")
    if row["status"] and row["status"] not in get_args(Standing):
        raise row.fault(f"status «{row['status']}» is none of {', '.join(get_args(Standing))}")
    if (row["type"] == "partnership") != (row["level"] in get_args(Level)):
        raise row.fault(f"level «{row['level']}» does not fit type «{row['type']}»")
    countries = _read_countries(row, codes)
    for column in ("from", "to"):
        if row[column] and row[column] not in countries:
            raise row.fault(f"«{column}» is «{row[column]}», which is none of its countries")
    return ReferenceFact(
        id=row["id"],
        type=cast(ClaimType, row["type"]),
        countries=countries,
        date=_read_fact_date(row),
        level=cast(Level | None, row["level"] or None),
        from_country=row["from"] or None,
        to_country=row["to"] or None,
        person=row["person"] or None,
        name=row["name"] or None,
        standing=cast(Standing | None, row["status"] or None),
        sources=tuple(source_key("relations", source) for source in check_sources(row, "sources", sources)),
        note=row["note"] or None,
    )


def _read_countries(row: Row, codes: frozenset[str]) -> tuple[str, ...]:
    countries = row.words("countries")
    for code in countries:
        if code not in codes:
            raise row.fault(f"«{code}» is no state of data/countries")
    if list(countries) != sorted(set(countries)):
        raise row.fault(f"write the countries once each and sorted: «{' '.join(sorted(set(countries)))}»")
    allowed = _COUNTRY_COUNTS.get(row["type"])
    if allowed and len(countries) not in allowed:
        raise row.fault(f"type «{row['type']}» is about {allowed[0]} state(s), not {len(countries)}")
    return countries


def _read_fact_date(row: Row) -> DateValue:
    try:
        date = parse_edtf(row["date"])
    except DateError as error:
        raise row.fault(str(error)) from error
    is_yearly = not isinstance(date, DateSpan) and date.is_yearly
    if is_yearly and row["type"] != "national-day":
        raise row.fault(f"the date «{row['date']}» needs its year: only a national day may go without")
    return date


def _refuse_double(row: Row, fact: ReferenceFact, seen: dict[tuple[object, ...], int]) -> None:
    identity = (fact.type, fact.countries, fact.date, fact.level, fact.from_country, fact.person, fact.name)
    if identity in seen:
        raise row.fault(f"says the same as line {seen[identity]}: put the sources together in one row")
    seen[identity] = row.line


def _read_source(folder: str, row: Row) -> ReferenceSource:
    try:
        retrieved = dt.date.fromisoformat(row["retrieved"])
    except ValueError as error:
        raise row.fault(f"retrieved «{row['retrieved']}» is no day such as 2026-11-21") from error
    return ReferenceSource(source_key(folder, row["id"]), row["url"], row["publisher"], row["title"], retrieved)
