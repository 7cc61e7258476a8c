"""The frozen records of the checker: a draft as it was read, what the graph knows of it, a finding and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.graph.readmodel import Event, Label
from extractors.anniversary_counts import CountedYears
from extractors.calendar_faults import CalendarFault
from extractors.dates import DateValue
from extractors.documents import Document
from extractors.records import Extraction, Level
from extractors.undated_levels import UndatedLevel

Severity = Literal["error", "warning", "info"]
Kind = Literal[
    "date-contradicted",
    "partnership-level",
    "count-mismatch",
    "anniversary-number",
    "weekday-mismatch",
    "impossible-date",
    "name-outdated",
    "name-premature",
    "not-checked",
]
Proof = Literal["event", "arithmetic", "calendar", "name"]


LADDER: tuple[Level, ...] = ("comprehensive", "strategic", "comprehensive-strategic")
"""Partnership levels, the lowest first: a pair has one of each in turn. Frameworks by field or by name stand beside."""


@dataclass(frozen=True, slots=True)
class LevelOfToday:
    """A partnership level that a draft says to hold now between two states, at `text[start:end]`."""

    start: int
    end: int
    countries: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as the rules look at it: what was extracted, the folded document, and what else it says."""

    extraction: Extraction
    document: Document
    counts: tuple[CountedYears, ...]
    calendar_faults: tuple[CalendarFault, ...]
    levels: tuple[LevelOfToday, ...]
    upgrades: tuple[UndatedLevel, ...]

    @property
    def text(self) -> str:
        """The text as given, which all offsets of findings refer to."""
        return self.extraction.article.text


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of the pairs and states of a draft: events by the codes that they are about.

    `kin` are, by codes, those of the same pair with a predecessor or a successor in a state's place; `looked_up` is how
    many of the draft's own pairs and states were asked for, `left_out` are those beyond the limit.
    """

    events: Mapping[tuple[str, ...], tuple[Event, ...]] = field(default_factory=dict)
    kin: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    looked_up: int = 0
    left_out: tuple[tuple[str, ...], ...] = ()

    def of(self, countries: tuple[str, ...]) -> tuple[Event, ...]:
        """The events of two states or of one; none where nothing is known."""
        return self.events.get(countries, ())

    def with_kin(self, countries: tuple[str, ...]) -> tuple[Event, ...]:
        """The events of some states, and those of their predecessors and successors."""
        alike = self.kin.get(countries, ())
        return (*self.of(countries), *(event for other in alike for event in self.of(other)))


@dataclass(frozen=True, slots=True)
class Page:
    """A page behind a row of our own tables."""

    url: str
    publisher: str
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding is one: an event of the graph, a sum or a look at the calendar (`shown`), or pages on a name.

    `date` is, of a name, when it came out of use or into use.
    """

    proof: Proof
    event: Event | None = None
    shown: str | None = None
    date: DateValue | None = None
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong at `text[start:end]`, or, as `info`, no fault: sources disagree, or it was not checked.

    `suggestion` may replace that stretch.
    """

    start: int
    end: int
    quote: str
    severity: Severity
    kind: Kind
    reason: Label
    suggestion: str | None
    evidence: tuple[Evidence, ...]
