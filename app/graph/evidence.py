"""Evidence: what a claim of an article or a row of the reference data says of one event, and who says it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from app.graph.literals import read_date
from app.graph.rows import Row, decimal, iri, key, text, word
from app.graph.vocabulary import countries_of
from extractors.dates import DateValue, Precision, first_date
from extractors.records import Basis, ClaimType, Level

# Articles of our own writing retell curated facts: they are evidence with quotes, but no voice of their own.
HOUSE_PUBLISHER = "banggiao"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One assertion about an event.

    `iri` is the claim or the reference fact; `voices` are the independent parties that say it (none for an article
    of our own); `confidence` is the extractor's, 1.0 for reference data.
    """

    iri: str
    type: ClaimType
    countries: tuple[str, ...]
    date: DateValue
    basis: Basis
    confidence: float
    voices: frozenset[str]
    level: Level | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None
    standing: str | None = None
    issues: tuple[str, ...] = ()

    @property
    def is_reference(self) -> bool:
        """Whether it is curated data rather than an article's claim."""
        return self.basis == "reference"

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return self.date.precision

    @property
    def year(self) -> int:
        """Year of the (first) date; 0 for a day of every year."""
        return first_date(self.date).year or 0


def voice_of(publisher: str | None, url: str | None, article_id: str) -> frozenset[str]:
    """Who speaks in an article: its publisher, else the host of its address, else the article itself.

    Empty for an article of our own.
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    voice = " ".join((publisher or host or article_id).casefold().split())
    return frozenset() if voice == HOUSE_PUBLISHER else frozenset({voice})


def read_evidence(rows: Iterable[Row]) -> tuple[Evidence, ...]:
    """Evidence from the rows of the query `evidence-of-subject`, in the order of their IRIs."""
    heads: dict[str, Row] = {}
    voices: dict[str, set[str]] = defaultdict(set)
    issues: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        node, part = iri(row, "evidence"), text(row, "part")
        if part in {"claim", "fact"}:
            heads[node] = row
        elif part == "publisher":
            voices[node] |= voice_of(text(row, "value"), None, node)
        else:
            issues[node].add(text(row, "value") or "")
    return tuple(_evidence(node, heads[node], voices[node], issues[node]) for node in sorted(heads))


def _evidence(node: str, row: Row, publishers: set[str], issues: set[str]) -> Evidence:
    is_fact = text(row, "part") == "fact"
    voices = publishers if is_fact else voice_of(text(row, "publisher"), text(row, "url"), text(row, "article") or node)
    return Evidence(
        iri=node,
        type=cast(ClaimType, word(row, "type")),
        countries=countries_of(iri(row, "subject")),
        date=read_date(text(row, "date") or "", text(row, "endDate")),
        basis="reference" if is_fact else cast(Basis, word(row, "basis")),
        confidence=1.0 if is_fact else decimal(row, "confidence"),
        voices=frozenset(voices),
        level=cast(Level | None, word(row, "level")),
        from_country=key(row, "fromCountry"),
        to_country=key(row, "toCountry"),
        person=text(row, "personName"),
        name=text(row, "name"),
        standing=word(row, "standing"),
        issues=tuple(sorted(issues)),
    )
