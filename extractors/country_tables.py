"""The tables of states and their names in data/countries, and of words that look like them, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from extractors.dates import DateValue, parse_edtf
from extractors.folding import fold_name
from extractors.records import NameKind
from extractors.tables import (
    GRAMMAR_SOURCES,
    Row,
    TableError,
    check_sources,
    read_cited_table,
    read_sources,
    read_table,
)

STATUSES = ("un-member", "un-observer", "other", "historical")
HOMOGRAPH_RULES = ("lead-in", "not-initial", "kin")


@dataclass(frozen=True, slots=True)
class State:
    """A state of today or of history: ISO 3166 code, Wikidata id, lifetime and successors where it is historical."""

    code: str
    status: str
    wikidata: str
    valid_from: DateValue | None
    valid_to: DateValue | None
    successors: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a state, as newspapers write it."""

    code: str
    language: str
    kind: NameKind
    text: str


def read_states(directory: Path) -> dict[str, State]:
    """The states of states.csv by code.

    Raises:
        TableError: a row that cannot be trusted; names file and line.
    """
    sources = read_sources(directory / "sources.csv")
    columns = ("code", "status", "wikidata", "valid_from", "valid_to", "successors", "source")
    rows = read_table(directory / "states.csv", columns, required=("code", "status", "wikidata"), key=("code",))
    states = {}
    for row in rows:
        if not re.fullmatch("[A-Z]{2}", row["code"]):
            raise row.fault(f"«{row['code']}» is no ISO 3166 code of two letters")
        if row["status"] not in STATUSES:
            raise row.fault(f"status «{row['status']}» is none of {', '.join(STATUSES)}")
        if not re.fullmatch(r"Q\d+", row["wikidata"]):
            raise row.fault(f"«{row['wikidata']}» is no Wikidata id")
        states[row["code"]] = State(
            code=row["code"],
            status=row["status"],
            wikidata=row["wikidata"],
            valid_from=_optional_date(row, "valid_from"),
            valid_to=_optional_date(row, "valid_to"),
            successors=row.words("successors"),
            sources=check_sources(row, "source", sources),
        )
    for row in rows:
        for successor in row.words("successors"):
            if successor not in states:
                raise row.fault(f"successor «{successor}» is no state of this table")
    return states


def _optional_date(row: Row, column: str) -> DateValue | None:
    try:
        return parse_edtf(row[column]) if row[column] else None
    except ValueError as error:
        raise row.fault(str(error)) from error


def read_names(directory: Path, states: Mapping[str, State]) -> tuple[Name, ...]:
    """The names of names.csv; each state has one label in Vietnamese and one in English.

    Raises:
        TableError: a row that cannot be trusted; names file and line.
    """
    sources = read_sources(directory / "sources.csv")
    columns = ("code", "language", "kind", "name", "source")
    rows = read_table(directory / "names.csv", columns, required=columns, key=("language", "kind", "code", "name"))
    owners: dict[tuple[str, str], str] = {}
    names = []
    for row in rows:
        check_sources(row, "source", sources)
        if row["code"] not in states:
            raise row.fault(f"«{row['code']}» is not in states.csv")
        if row["language"] not in ("vi", "en") or row["kind"] not in get_args(NameKind):
            raise row.fault(f"language «{row['language']}» or kind «{row['kind']}» is unknown")
        owner = owners.setdefault((row["language"], fold_name(row["name"])), row["code"])
        if owner != row["code"]:
            raise row.fault(f"«{row['name']}» is already a name of {owner}")
        kind: NameKind = row["kind"]  # type: ignore[assignment]  # checked above
        names.append(Name(row["code"], row["language"], kind, row["name"]))
    labelled = {(name.code, name.language) for name in names if name.kind == "label"}
    for code in states:
        if {(code, "vi"), (code, "en")} - labelled:
            raise TableError(f"names.csv: {code} lacks a label in vi or en")
    return tuple(names)


def read_decoys(directory: Path) -> tuple[str, ...]:
    """Names that contain a state's name and are something else (decoys.csv).

    Raises:
        TableError: a row that cannot be trusted; names file and line.
    """
    sources = read_sources(directory / "sources.csv")
    rows = read_table(
        directory / "decoys.csv", ("name", "reason", "source"), required=("name", "reason"), key=("name",)
    )
    for row in rows:
        check_sources(row, "source", sources)
    return tuple(row["name"] for row in rows)


def read_homographs(directory: Path) -> dict[str, frozenset[str]]:
    """Ordinary words by the rule that they stand for (homographs.csv).

    `lead-in`: may stand capitalised before a state at the head of a sentence («Tại Nga»); `not-initial`: at the head
    of a sentence it is the ordinary word («Anh cho biết»); `kin`: what follows is a given name («chị Nga»).

    Raises:
        TableError: a row that cannot be trusted; names file and line.
    """
    columns, key = ("word", "rule", "note"), ("word", "rule")
    rows = read_cited_table(directory / "homographs.csv", columns, sources=GRAMMAR_SOURCES, required=key, key=key)
    for row in rows:
        if row["rule"] not in HOMOGRAPH_RULES:
            raise row.fault(f"rule «{row['rule']}» is none of {', '.join(HOMOGRAPH_RULES)}")
    return {rule: frozenset(row["word"] for row in rows if row["rule"] == rule) for rule in HOMOGRAPH_RULES}
