"""Evidence: what a claim of an article or a row of the reference data says of one event, and who says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from pyoxigraph import QuerySolution

from app.graph.statements import Statements
from app.graph.vocabulary import countries_of
from app.house import PUBLISHER
from extractors.dates import DateValue, Precision, first_date
from extractors.records import Basis, ClaimType, Level


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
    return frozenset() if voice == PUBLISHER else frozenset({voice})


def read_evidence(rows: Iterable[QuerySolution]) -> tuple[Evidence, ...]:
    """Evidence from the rows of the query `evidence-of-subject`, in the order of their IRIs."""
    said = Statements(rows)
    claims = (_claim(said, node) for node in said.of_type("bg:Claim"))
    facts = (_fact(said, node) for node in said.of_type("bg:ReferenceFact"))
    return (*claims, *facts)


def _claim(said: Statements, node: str) -> Evidence:
    article = said.text(node, "prov:wasQuotedFrom")
    return Evidence(
        basis=cast(Basis, said.word(node, "bg:basis")),
        confidence=said.number(node, "bg:confidence"),
        voices=voice_of(
            said.value(article, "dc:publisher"),
            said.value(article, "schema:url"),
            said.text(article, "dcterms:identifier"),
        ),
        issues=said.texts(node, "bg:issue"),
        **_assertion(said, node),
    )


def _fact(said: Statements, node: str) -> Evidence:
    sources = said.texts(node, "prov:wasDerivedFrom")
    voices = (voice_of(said.value(source, "dc:publisher"), None, source) for source in sources)
    return Evidence(
        basis="reference",
        confidence=1.0,
        voices=frozenset().union(*voices),
        standing=said.word(node, "bg:standing"),
        **_assertion(said, node),
    )


def _assertion(said: Statements, node: str) -> dict[str, Any]:
    """The fields that a claim and a fact share."""
    return {
        "iri": node,
        "type": said.word(node, "bg:type"),
        "countries": countries_of(said.text(node, "bg:subject")),
        "date": said.date(node),
        "level": said.word(node, "bg:level"),
        "from_country": said.key(node, "bg:fromCountry"),
        "to_country": said.key(node, "bg:toCountry"),
        "person": said.value(node, "bg:personName"),
        "name": said.value(node, "schema:name"),
    }
