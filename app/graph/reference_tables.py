"""Reading the curated tables of data/relations: every row is checked, a fault names file and line.

Nothing is half read. One table a kind of fact, each with the columns that it needs and no others.
"""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from app.graph.reference import (
    CONTRADICTING,
    Gap,
    GapKind,
    Occasion,
    Reference,
    ReferenceFact,
    ReferenceSource,
    Standing,
    source_key,
)
from extractors.dates import DateError, DateSpan, DateValue, parse_edtf
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.records import ClaimType, Level
from extractors.tables import DATA_DIR, Row, check_sources, read_sources, read_table

_COMMON = ("id", "date", "status", "sources", "note")
_FOLDER = "relations"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of dated facts: its file, its columns beside the common ones, its types, how many states a row has."""

    file: str
    columns: tuple[str, ...]
    types: tuple[ClaimType, ...]
    states: int


_TABLES = (
    _Table(
        "ties.csv",
        ("type", "countries", "from", "to", "inherited_from"),
        ("established", "recognised", "normalised", "severed"),
        2,
    ),
    _Table("partnerships.csv", ("countries", "level", "name"), ("partnership",), 2),
    _Table("statehood.csv", ("type", "countries"), ("independence", "liberation"), 1),
    _Table("national-days.csv", ("countries", "occasion"), ("national-day",), 1),
)


def load_reference(data_dir: Path = DATA_DIR, gazetteer: Gazetteer | None = None) -> Reference:
    """Read and check the curated tables; the states are those of `gazetteer`, by default the shipped one.

    Raises:
        TableError: a row that cannot be trusted; names file and line.

    """
    gazetteer = gazetteer or load_gazetteer()
    folder = data_dir / _FOLDER
    pages = read_sources(folder / "sources.csv", ("agency",))
    codes = frozenset(gazetteer.states)
    facts: list[ReferenceFact] = []
    seen: dict[str, Row] = {}
    for table in _TABLES:
        facts += _read_facts(folder, table, gazetteer, pages, seen)
    gaps = _read_gaps(folder, codes, pages)
    _refuse_contradiction(gaps, facts)
    cited = {_FOLDER: pages, "countries": read_sources(data_dir / "countries" / "sources.csv")}
    sources = [_read_source(name, row) for name, rows in cited.items() for row in rows.values()]
    return Reference(
        tuple(gazetteer.states.values()),
        gazetteer.names,
        tuple(facts),
        tuple(sources),
        tuple(gap for _, gap in gaps),
    )


def _read_facts(
    folder: Path, table: _Table, gazetteer: Gazetteer, pages: dict[str, Row], seen: dict[str, Row]
) -> list[ReferenceFact]:
    required = ("id", "countries", "date", "status", "sources")
    rows = read_table(folder / table.file, (*_COMMON, *table.columns), required=required, key=("id",))
    read = [(row, _read_fact(row, table, gazetteer, pages)) for row in rows]
    for row, fact in read:
        if fact.id in seen:
            raise row.fault(f"id «{fact.id}» stands already in {seen[fact.id].path.name}:{seen[fact.id].line}")
        seen[fact.id] = row
    _refuse_doubles(read)
    _refuse_lone_contradictions(read)
    return [fact for _, fact in read]


def _read_fact(row: Row, table: _Table, gazetteer: Gazetteer, pages: dict[str, Row]) -> ReferenceFact:
    def value(column: str) -> str | None:
        return row[column] or None if column in table.columns else None

    if not _ID.fullmatch(row["id"]):
        raise row.fault(f"id «{row['id']}» is not made of lower-case letters, digits and hyphens")
    claim_type = value("type") if "type" in table.columns else table.types[0]
    if claim_type not in table.types:
        raise row.fault(f"type «{claim_type or ''}» is none of {', '.join(table.types)}")
    countries = _read_countries(row, frozenset(gazetteer.states), table.states)
    predecessor = value("inherited_from")
    if predecessor and not set(countries) & set(_successors(gazetteer, predecessor)):
        raise row.fault(f"«{predecessor}» is no former state of {' or '.join(countries)}")
    for column in ("from", "to"):
        if value(column) and value(column) not in countries:
            raise row.fault(f"«{column}» is «{row[column]}», which is none of its countries")
    for column, words in (("status", Standing), ("level", Level), ("occasion", Occasion)):
        if (column == "status" or column in table.columns) and row[column] not in get_args(words):
            raise row.fault(f"{column} «{row[column]}» is none of {', '.join(get_args(words))}")
    return ReferenceFact(
        id=row["id"],
        type=claim_type,
        countries=countries,
        date=_read_date(row, "date", may_be_yearly=table.types == ("national-day",)),
        level=cast(Level | None, value("level")),
        from_country=value("from"),
        to_country=value("to"),
        person=None,
        name=value("name"),
        standing=cast(Standing, row["status"]),
        sources=_read_pages(row, pages),
        note=row["note"] or None,
        occasion=cast(Occasion | None, value("occasion")),
        inherited_from=predecessor,
    )


def _successors(gazetteer: Gazetteer, code: str) -> tuple[str, ...]:
    return gazetteer.states[code].successors if code in gazetteer.states else ()


def _read_countries(row: Row, codes: frozenset[str], count: int) -> tuple[str, ...]:
    countries = row.words("countries")
    for code in countries:
        if code not in codes:
            raise row.fault(f"«{code}» is no state of data/countries")
    if list(countries) != sorted(set(countries)):
        raise row.fault(f"write the countries once each and sorted: «{' '.join(sorted(set(countries)))}»")
    if len(countries) != count:
        raise row.fault(f"is about {count} state(s), not {len(countries)}")
    return countries


def _read_date(row: Row, column: str, *, may_be_yearly: bool = False) -> DateValue:
    try:
        date = parse_edtf(row[column])
    except DateError as error:
        raise row.fault(str(error)) from error
    if isinstance(date, DateSpan):
        raise row.fault(f"the date «{row[column]}» is a span: give the day on which it began")
    if date.is_yearly and not may_be_yearly:
        raise row.fault(f"the date «{row[column]}» needs its year: only a national day may go without")
    return date


def _read_pages(row: Row, pages: dict[str, Row]) -> tuple[str, ...]:
    ids = check_sources(row, "sources", pages)
    if len(set(ids)) < len(ids):
        raise row.fault(f"cites a page twice: «{row['sources']}»")
    return tuple(source_key(_FOLDER, source) for source in ids)


def _refuse_doubles(rows: list[tuple[Row, ReferenceFact]]) -> None:
    seen: dict[tuple[object, ...], Row] = {}
    for row, fact in rows:
        identity = (*_what(fact), fact.date)
        if identity in seen:
            raise row.fault(f"says the same as line {seen[identity].line}: put the sources together in one row")
        seen[identity] = row


def _refuse_lone_contradictions(rows: list[tuple[Row, ReferenceFact]]) -> None:
    """A differing or mistaken row differs from something: a row of the same thing that says what holds."""
    settled = {_what(fact) for _, fact in rows if fact.standing not in CONTRADICTING}
    for row, fact in rows:
        if fact.standing in CONTRADICTING and _what(fact) not in settled:
            raise row.fault(f"is «{fact.standing}», but no row says what holds: add that one, or make this «in-force»")


def _what(fact: ReferenceFact) -> tuple[object, ...]:
    return (fact.type, fact.countries, fact.level, fact.from_country, fact.name)


def _read_gaps(folder: Path, codes: frozenset[str], pages: dict[str, Row]) -> list[tuple[Row, Gap]]:
    columns = ("kind", "type", "countries", "as_of", "sources", "note")
    rows = read_table(
        folder / "gaps.csv",
        columns,
        required=("kind", "type", "countries", "as_of", "sources"),
        key=("type", "countries"),
    )
    found = []
    for row in rows:
        table = next((table for table in _TABLES if row["type"] in table.types), None)
        if table is None:
            raise row.fault(f"type «{row['type']}» is none of those that a table of this folder holds")
        if row["kind"] not in get_args(GapKind):
            raise row.fault(f"kind «{row['kind']}» is none of {', '.join(get_args(GapKind))}")
        gap = Gap(
            cast(GapKind, row["kind"]),
            cast(ClaimType, row["type"]),
            _read_countries(row, codes, table.states),
            _read_date(row, "as_of"),
            _read_pages(row, pages),
            row["note"] or None,
        )
        found.append((row, gap))
    return found


def _refuse_contradiction(gaps: list[tuple[Row, Gap]], facts: list[ReferenceFact]) -> None:
    """Nothing is dated in one table and missing by another."""
    held = {(fact.type, fact.countries): fact.id for fact in facts if fact.standing == "in-force"}
    for row, gap in gaps:
        if (gap.type, gap.countries) in held:
            raise row.fault(f"is contradicted by the fact «{held[gap.type, gap.countries]}»")


def _read_source(folder: str, row: Row) -> ReferenceSource:
    try:
        retrieved = dt.date.fromisoformat(row["retrieved"])
    except ValueError as error:
        raise row.fault(f"retrieved «{row['retrieved']}» is no day such as 2026-11-21") from error
    agency = row.values.get("agency") or None
    return ReferenceSource(source_key(folder, row["id"]), row["url"], row["publisher"], row["title"], retrieved, agency)
