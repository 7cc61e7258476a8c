"""Statements of diplomatic relations as Wikidata's query service tells them: rows in, records out.

Source of the shape: the Wikibase ontology (Statement, Rank, Reference, TimeValue;
https://raw.githubusercontent.com/wikimedia/mediawiki-extensions-Wikibase/master/docs/ontology.owl), the numbers of the
precisions on Wikidata's page Help:Dates, and its sourcing properties (https://www.wikidata.org/wiki/Help:Sources).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.importing.errors import ImportRefusedError
from app.importing.remote import Row

ENTITY = "http://www.wikidata.org/entity/"
STATEMENT = f"{ENTITY}statement/"
GREGORIAN = f"{ENTITY}Q1985727"
DEPRECATED = "http://wikiba.se/ontology#DeprecatedRank"

_STATEMENT_IRI = re.compile(re.escape(STATEMENT) + r"[A-Za-z0-9-]{1,100}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: an xsd:dateTime, how much of it is known (9 a year, 10 a month, 11 a day), and its calendar."""

    value: str
    precision: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of P530 on the item `subject`; `object` is None where the value is unknown or none."""

    iri: str
    subject: str
    object: str | None
    rank: str
    starts: frozenset[Moment]
    ends: frozenset[Moment]

    @property
    def key(self) -> str:
        """What Wikidata calls it, such as `Q881-6c2b…`."""
        return self.iri.removeprefix(STATEMENT)


@dataclass(frozen=True, slots=True)
class Reference:
    """What one reference of a statement names; each part may be missing."""

    url: str | None
    work: str | None
    work_name: str | None
    retrieved: str | None
    project: str | None
    project_name: str | None


def read_statements(rows: Iterable[Row]) -> tuple[Statement, ...]:
    """The statements of the rows of the query `wikidata-statements`, each once, by IRI; a row for each pair of times.

    Raises:
        ImportRefusedError: a row that is none of that query's.
    """
    by_iri: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_iri[_iri_of(row)].append(row)
    try:
        return tuple(_statement(iri, by_iri[iri]) for iri in sorted(by_iri))
    except KeyError as error:
        raise ImportRefusedError(f"A statement was answered without its {error}. Nothing was imported.") from error


def read_references(rows: Iterable[Row]) -> Mapping[str, frozenset[Reference]]:
    """The references by statement, from the rows of the query `wikidata-references`.

    Raises:
        ImportRefusedError: a row that is none of that query's.
    """
    found: dict[str, set[Reference]] = defaultdict(set)
    for row in rows:
        parts = (row.get(name) for name in ("url", "work", "workName", "retrieved", "project", "projectName"))
        found[_iri_of(row)].add(Reference(*parts))
    return {iri: frozenset(references) for iri, references in found.items()}


def _iri_of(row: Row) -> str:
    iri = row.get("statement", "")
    if not _STATEMENT_IRI.fullmatch(iri):
        raise ImportRefusedError(
            f"«{iri[:200]}» was answered as a statement, and is none of Wikidata's. Nothing was imported."
        )
    return iri


def _statement(iri: str, rows: list[Row]) -> Statement:
    first = rows[0]
    return Statement(
        iri=iri,
        subject=first["subject"],
        object=first.get("object"),
        rank=first["rank"],
        starts=_moments(rows, "start"),
        ends=_moments(rows, "end"),
    )


def _moments(rows: Iterable[Row], name: str) -> frozenset[Moment]:
    return frozenset(Moment(row[name], row[f"{name}Precision"], row[f"{name}Calendar"]) for row in rows if name in row)
