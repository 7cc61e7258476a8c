"""From the statements that a query found to the records of the read model."""

import datetime as dt
from collections.abc import Iterable

from app.graph.readmodel import (
    Alternative,
    ArticleView,
    ClaimView,
    CountryName,
    CountryView,
    EntityView,
    Event,
    Label,
    Source,
)
from app.graph.statements import Statements
from app.graph.vocabulary import countries_of, kind_and_key, thing
from extractors.dates import DateSpan, first_date


def chronological(event: Event) -> tuple[dt.date, dt.date, str]:
    """The order of a timeline: by the first and the last day that a date can mean; what has no year comes first."""
    first = first_date(event.date)
    if first.is_yearly:
        return (dt.date.min, dt.date.min, event.id)
    last = event.date.last if isinstance(event.date, DateSpan) else first
    return (first.earliest, last.latest, event.id)


def read_events(said: Statements) -> tuple[Event, ...]:
    """All events among some statements; sorted by date, then id."""
    return tuple(sorted((_event(said, node) for node in said.of_type("bg:Event")), key=chronological))


def _event(said: Statements, node: str) -> Event:
    return Event(
        id=said.text(node, "dcterms:identifier"),
        iri=node,
        type=said.word(node, "bg:type") or "",
        label=_label(said.names(node, "rdfs:label"), node),
        countries=tuple(country_name(said, code) for code in said.keys(node, "bg:country")),
        date=said.date(node),
        level=said.word(node, "bg:level"),
        status=said.word(node, "bg:status") or "",
        confidence=said.number(node, "bg:confidence"),
        alternatives=tuple(_alternative(said, other) for other in said.texts(node, "bg:alternative")),
        sources=_sources(said, node),
        from_country=said.key(node, "bg:fromCountry"),
        to_country=said.key(node, "bg:toCountry"),
        person=said.value(node, "bg:personName"),
        name=said.value(node, "schema:name"),
        standing=said.word(node, "bg:standing"),
    )


def country_name(said: Statements, code: str) -> CountryName:
    """A state with its labels and its end, or its code where the graph does not know it."""
    node = thing("country", code).value
    return CountryName(code, _label(said.names(node, "skos:prefLabel"), code), said.partial(node, "bg:validTo"))


def _label(names: Iterable[tuple[str, str]], fallback: str) -> Label:
    by_language = dict(names)
    return Label(vi=by_language.get("vi", fallback), en=by_language.get("en", fallback))


def _alternative(said: Statements, node: str) -> Alternative:
    return Alternative(said.date(node), said.texts(node, "bg:issue"), _sources(said, node))


def _sources(said: Statements, node: str) -> tuple[Source, ...]:
    """Who says so: articles by date of publication and id, then the pages behind curated facts by publisher."""
    evidence = said.texts(node, "prov:wasDerivedFrom")
    found = {_source(said, item, page) for item in evidence for page in _pages(said, item)}
    return tuple(
        sorted(
            found,
            key=lambda source: (
                source.article is None,
                str(source.published or ""),
                source.article or "",
                source.publisher or "",
                source.url or "",
                source.quote or "",
            ),
        )
    )


def _pages(said: Statements, evidence: str) -> tuple[str, ...]:
    return said.texts(evidence, "prov:wasQuotedFrom") or said.texts(evidence, "prov:wasDerivedFrom")


def _source(said: Statements, evidence: str, page: str) -> Source:
    return Source(
        # a page behind a curated fact has no identifier: it is no article of the graph
        article=said.value(page, "dcterms:identifier"),
        title=said.value(page, "schema:headline"),
        publisher=said.value(page, "dc:publisher"),
        published=said.day(page, "schema:datePublished"),
        url=said.value(page, "schema:url"),
        quote=said.value(evidence, "oa:exact"),
        basis=said.word(evidence, "bg:basis") or "",
        date=said.date(evidence),
    )


def read_article(said: Statements, node: str) -> ArticleView:
    """The article of an IRI, with its claims in the order of the text and the entities that it names."""
    events = {claim: event for event in said.nodes("/id/event/") for claim in said.texts(event, "prov:wasDerivedFrom")}
    claims = [_claim(said, claim, events.get(claim)) for claim in said.of_type("bg:Claim")]
    return ArticleView(
        id=said.text(node, "dcterms:identifier"),
        iri=node,
        title=said.value(node, "schema:headline"),
        publisher=said.value(node, "dc:publisher"),
        published=said.day(node, "schema:datePublished"),
        url=said.value(node, "schema:url"),
        content_hash=said.text(node, "bg:contentHash"),
        derived_from=said.texts(node, "prov:wasDerivedFrom") + said.texts(node, "dc:source"),
        claims=tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.iri))),
        people=read_entities(said, "foaf:Person"),
        organisations=read_entities(said, "org:Organization"),
    )


def _claim(said: Statements, node: str, event: str | None) -> ClaimView:
    return ClaimView(
        iri=node,
        type=said.word(node, "bg:type") or "",
        countries=countries_of(said.text(node, "bg:subject")),
        date=said.date(node),
        basis=said.word(node, "bg:basis") or "",
        quote=said.text(node, "oa:exact"),
        start=int(said.number(node, "oa:start")),
        end=int(said.number(node, "oa:end")),
        section=said.text(node, "bg:section"),
        confidence=said.number(node, "bg:confidence"),
        level=said.word(node, "bg:level"),
        from_country=said.key(node, "bg:fromCountry"),
        to_country=said.key(node, "bg:toCountry"),
        person=said.value(node, "bg:personName"),
        name=said.value(node, "schema:name"),
        issues=said.texts(node, "bg:issue"),
        # an alternative's IRI is its event's with a fragment
        event=kind_and_key(event)[1].partition("#")[0] if event else None,
    )


def read_country(said: Statements, node: str) -> CountryView:
    """The state of an IRI."""
    aliases = said.names(node, "skos:altLabel") + said.names(node, "bg:shortName")
    return CountryView(
        code=said.text(node, "skos:notation"),
        iri=node,
        label=country_name(said, said.text(node, "skos:notation")).name,
        official=said.names(node, "bg:officialName"),
        aliases=tuple(sorted(aliases)),
        metonyms=said.names(node, "bg:metonym"),
        statehood=said.word(node, "bg:statehood") or "",
        wikidata=said.value(node, "owl:sameAs"),
        valid_from=said.partial(node, "bg:validFrom"),
        valid_to=said.partial(node, "bg:validTo"),
        successors=said.keys(node, "bg:successor"),
    )


def read_entities(said: Statements, class_name: str) -> tuple[EntityView, ...]:
    """The people or organisations among some statements, by key; of several names or roles, the longest wording."""
    articles: dict[str, set[str]] = {}
    for article in said.nodes("/id/article/"):
        for entity in said.texts(article, "schema:mentions"):
            articles.setdefault(entity, set()).add(said.text(article, "dcterms:identifier"))
    return tuple(
        EntityView(
            key=kind_and_key(node)[1],
            iri=node,
            name=_longest(said.texts(node, "foaf:name")) or "",
            role=_longest(said.texts(node, "bg:role")),
            type=_longest(said.texts(node, "bg:organisationType")),
            country=said.key(node, "bg:country"),
            articles=tuple(sorted(articles.get(node, ()))),
        )
        for node in said.of_type(class_name)
    )


def _longest(texts: Iterable[str]) -> str | None:
    return min(texts, key=lambda text: (-len(text), text), default=None)
