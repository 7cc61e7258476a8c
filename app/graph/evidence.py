"""Evidence: what a claim of an article or a row of the reference data says of one event, and who says it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from pyoxigraph import QuerySolution

from app.graph.literals import read_bytes
from app.graph.reading import sources_of
from app.graph.readmodel import Source
from app.graph.reference import CONTRADICTING
from app.graph.statements import Statements
from app.graph.verdicts import JudgedClaim, Verdict, verdicts_among
from app.graph.vocabulary import countries_of
from app.house import PUBLISHER
from extractors.credits import load_agencies
from extractors.dates import DateValue, Precision, first_date
from extractors.records import Basis, ClaimType, Level


@dataclass(frozen=True, slots=True)
class Evidence:
    """One assertion about an event.

    `iri` is the claim or the reference fact; `voices` are the parties that say it (none for an article of our own);
    `confidence` is the extractor's, 1.0 for reference data. `article` and `signature` tell near copies: see
    near_copies.py. `verdict` is what a curator found of a claim, `curator` the voice of one who confirmed it.
    `sources` are the pages that say it, as answers show them.
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
    occasion: str | None = None
    inherited_from: str | None = None
    note: str | None = None
    issues: tuple[str, ...] = ()
    article: str | None = None
    signature: bytes | None = None
    verdict: Literal["confirmed", "rejected"] | None = None
    curator: str | None = None
    sources: tuple[Source, ...] = ()

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


def voice_of(publisher: str | None, url: str | None, page: str, agency: str | None = None) -> frozenset[str]:
    """Who speaks on a page: the news agency that it credits or that publishes it, else its publisher, host, or itself.

    Empty for an article of our own.
    """
    if publisher == PUBLISHER:
        return frozenset()
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    name = " ".join((publisher or host or page).split())
    return frozenset({(agency or load_agencies().of_publisher(name) or name).casefold()})


def read_evidence(rows: Iterable[QuerySolution]) -> tuple[Evidence, ...]:
    """Evidence from the rows of the query `evidence-of-subject`, in the order of their IRIs."""
    return evidence_among(Statements(rows))


def evidence_among(said: Statements) -> tuple[Evidence, ...]:
    """All evidence among some statements: claims, then curated facts, then imported ones, each by IRI."""
    verdicts = [verdict for verdict in verdicts_among(said) if verdict.withdrawn is None]
    claims = (_judged(_claim(said, node), verdicts) for node in said.of_type("bg:Claim"))
    facts = (_fact(said, node) for node in said.of_type("bg:ReferenceFact"))
    imported = (_imported(said, node) for node in said.of_type("bg:ImportedFact"))
    return (*claims, *facts, *imported)


def _claim(said: Statements, node: str) -> Evidence:
    article = said.text(node, "prov:wasQuotedFrom")
    signature = said.value(article, "bg:textSignature")
    return Evidence(
        basis=cast(Basis, said.word(node, "bg:basis")),
        confidence=said.number(node, "bg:confidence"),
        voices=voice_of(
            said.value(article, "dc:publisher"),
            said.value(article, "schema:url"),
            said.text(article, "dcterms:identifier"),
            said.value(article, "dc:creator"),
        ),
        issues=said.texts(node, "bg:issue"),
        article=article,
        signature=read_bytes(signature) if signature else None,
        **_assertion(said, node),
    )


def _judged(claim: Evidence, verdicts: Iterable[Verdict]) -> Evidence:
    """A claim with what a curator found of it, if anything."""
    for verdict in verdicts:
        judged = verdict.claim
        if judged is None or verdict.finding == "same-person":
            continue
        if judged == _asserted(claim, judged.subject):
            curator = f"curator {verdict.by}" if verdict.finding == "confirmed" else None
            return replace(claim, verdict=verdict.finding, curator=curator)
    return claim


def _asserted(claim: Evidence, subject: str) -> JudgedClaim:
    """What a claim asserts, in the form in which a verdict keeps it; all evidence here is of one subject."""
    return JudgedClaim(
        article=claim.article or "",
        subject=subject,
        type=claim.type,
        date=claim.date,
        level=claim.level,
        from_country=claim.from_country,
        to_country=claim.to_country,
        person=claim.person,
        name=claim.name,
    )


def _fact(said: Statements, node: str) -> Evidence:
    sources = said.texts(node, "prov:wasDerivedFrom")
    voices = (
        voice_of(said.value(source, "dc:publisher"), None, source, said.value(source, "dc:creator"))
        for source in sources
    )
    return Evidence(
        basis="reference",
        confidence=1.0,
        voices=frozenset().union(*voices),
        standing=said.word(node, "bg:standing"),
        occasion=said.word(node, "bg:occasion"),
        inherited_from=said.key(node, "bg:inheritedFrom"),
        note=said.value(node, "skos:note"),
        **_assertion(said, node),
    )


def _imported(said: Statements, node: str) -> Evidence:
    """A fact that others hold; whether it still stands is left to our own curators, unless theirs count as ours."""
    fact = _fact(said, node)
    basis = cast(Basis, said.word(node, "bg:basis"))
    is_kept = basis == "reference" or fact.standing in CONTRADICTING
    return replace(fact, basis=basis, standing=fact.standing if is_kept else None)


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
        "sources": sources_of(said, node),
    }
