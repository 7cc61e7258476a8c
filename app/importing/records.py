"""What the importers hand on: facts with their sources, and the account of what was read and what became of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.graph.repositories import Publication
from extractors.dates import DateValue
from extractors.records import ClaimType

Trust = Literal["own", "imported"]
"""How far imported facts are trusted: like our own curated data, or less than a date that a text states."""

TRUST_BASES = {"own": "reference", "imported": "imported"}
"""The basis that each trust gives to a fact."""


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """A page or a work that an imported fact cites; `publisher` is the voice that speaks."""

    url: str
    publisher: str
    title: str | None = None
    retrieved: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ImportedFact:
    """A dated fact of others about two states; `same_as` is the IRI under which they hold it."""

    key: str
    type: ClaimType
    countries: tuple[str, str]
    date: DateValue
    same_as: str
    sources: tuple[ImportedSource, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of what was read: `read` is `imported`, `unchanged` and all of `left_out` together.

    `left_out` counts by reason; `notes` counts what was imported but not just as it was given. `refused` names what was
    left out because it contradicts what the store holds.
    """

    what: str
    read: int
    imported: int
    unchanged: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: its name, an account of each kind of thing, and the snapshot that readers now open."""

    name: str
    is_restored: bool
    accounts: tuple[Account, ...]
    publication: Publication
