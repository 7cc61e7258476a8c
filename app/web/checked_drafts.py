"""A draft with what was found in it, as the page shows it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.catalogues import catalogue
from app.checking.checks import findings_of
from app.checking.drafts import read_draft
from app.checking.known import known_of
from app.checking.records import Draft, Evidence, Finding, Kind, Known, Severity
from app.graph.store import GraphStore
from app.languages import Language
from app.web.marked_text import Piece, cut, has_hidden, visible
from extractors.records import Article

MAX_SHOWN = 100
"""Most findings of one page: who has more mends these first."""

# What stands beside the findings without scrolling, on a laptop.
_SCREEN_CHARS, _SCREEN_LINES = 2000, 25


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """Evidence; `told_at` is the number of the finding where the same event stands with its sources already."""

    evidence: Evidence
    told_at: int | None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding by its number, which its mark in the text has too."""

    number: int
    finding: Finding
    evidence: tuple[ShownEvidence, ...]


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What a page shows of a draft.

    `published_on` is the day that it is for, as it states itself or as was asked; `has_hidden`: some characters are
    shown as signs. `statements` are the dates, counts of years and levels that were read in it, `subjects` the states
    and pairs that were looked up.
    """

    pieces: tuple[Piece, ...]
    findings: tuple[ShownFinding, ...]
    counts: Mapping[Severity, int]
    published_on: dt.date | None
    has_hidden: bool
    statements: int
    subjects: int

    @property
    def is_long(self) -> bool:
        """Whether the text fills more than a screen."""
        text = "".join(piece.text for piece in self.pieces)
        return len(text) > _SCREEN_CHARS or text.count("\n") > _SCREEN_LINES

    @property
    def total(self) -> int:
        """How many findings there are, also of those that are not shown."""
        return sum(self.counts.values())

    @property
    def faults(self) -> int:
        """How many of them say that something is or may be wrong."""
        return self.total - self.counts["info"]


def check_draft(article: Article, store: GraphStore) -> CheckedDraft:
    """What is wrong with a draft; nothing of it is kept."""
    draft = read_draft(article)
    known = known_of(store, draft)
    return checked_draft(draft, known, findings_of(draft, known))


def checked_draft(draft: Draft, known: Known, found: Sequence[Finding]) -> CheckedDraft:
    """The text in pieces with the first findings beside it."""
    shown = found[:MAX_SHOWN]
    severities: tuple[Severity, ...] = ("error", "warning", "info")
    return CheckedDraft(
        pieces=cut(visible(draft.text), [(one.start, one.end) for one in shown]),
        findings=_numbered(shown),
        counts={name: sum(one.severity == name for one in found) for name in severities},
        published_on=draft.extraction.article.published_on,
        has_hidden=has_hidden(draft.text),
        statements=len(draft.extraction.claims) + len(draft.counts) + len(draft.levels) + len(draft.upgrades),
        subjects=known.looked_up,
    )


def _numbered(findings: Sequence[Finding]) -> tuple[ShownFinding, ...]:
    told: dict[str, int] = {}
    numbered = []
    for number, finding in enumerate(findings, start=1):
        shown = []
        for one in finding.evidence:
            first = told.setdefault(one.event.id, number) if one.event else number
            shown.append(ShownEvidence(one, first if first != number else None))
        numbered.append(ShownFinding(number, finding, tuple(shown)))
    return tuple(numbered)


def kind_words(language: Language) -> Mapping[Kind, str]:
    """What each kind of findings is called."""
    gettext = catalogue(language).gettext
    return {
        "date-contradicted": gettext("Date against the sources"),
        "partnership-level": gettext("Level of partnership"),
        "count-mismatch": gettext("Count of years"),
        "anniversary-number": gettext("Number of an anniversary"),
        "weekday-mismatch": gettext("Day of the week"),
        "impossible-date": gettext("Day that is in no calendar"),
        "name-outdated": gettext("Name of a state"),
        "name-premature": gettext("Name of a state"),
        "not-checked": gettext("Not checked"),
    }


def severity_words(language: Language) -> Mapping[Severity, str]:
    """How sure it is that something is wrong."""
    gettext = catalogue(language).gettext
    return {"error": gettext("wrong"), "warning": gettext("worth a second look"), "info": gettext("note")}
