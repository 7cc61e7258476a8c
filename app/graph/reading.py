"""From the statements that a query found to the records of the read model."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from app.graph.readmodel import (
    Alternative,
    ArticleHeading,
    ArticleView,
    ClaimView,
    CountryName,
    CountryView,
    EntityView,
    Event,
    GapView,
    Label,
    Source,
)
from app.graph.statements import Statements
from app.graph.vocabulary import countries_of, kind_and_key
from extractors.dates import DateSpan, first_date, parse_partial_date

States: TypeAlias = Mapping[str, CountryName]
"""States by code."""

_GAP_CLASSES = {"none": "bg:Absence", "undated": "bg:Undated"}


def chronological(event: Event) -> tuple[dt.date, dt.date, str]:
    """The order of a timeline: by the first and the last day that a date can mean; what has no year comes first."""
    first = first_date(event.date)
    if first.is_yearly:
        return (dt.date.min, dt.date.min, event.id)
    last = event.date.last if isinstance(event.date, DateSpan) else first
    return (first.earliest, last.latest, event.id)


def read_event(said: Statements, node: str, states: States) -> Event:
    """The event of an IRI."""
    predecessor = said.key(node, "bg:inheritedFrom")
    return Event(
        id=kind_and_key(node)[1],
        iri=node,
        type=said.word(node, "bg:type") or "",
        label=_label(said.names(node, "rdfs:label"), node),
        countries=tuple(state_name(states, code) for code in countries_of(said.text(node, "bg:subject"))),
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
        voices=int(said.number(node, "bg:voices")),
        occasion=said.word(node, "bg:occasion"),
        inherited_from=state_name(states, predecessor) if predecessor else None,
        notes=_notes(said, node),
    )


def _notes(said: Statements, node: str) -> tuple[str, ...]:
    """What curators note of the facts behind an event and its alternatives."""
    parts = (node, *said.texts(node, "bg:alternative"))
    facts = (fact for part in parts for fact in said.texts(part, "prov:wasDerivedFrom"))
    return tuple(dict.fromkeys(note for fact in facts for note in said.texts(fact, "skos:note")))


def read_states(said: Statements) -> States:
    """All states among some statements, by code."""
    nodes = said.nodes("/id/country/")
    return {code: _state(said, node, code) for node in nodes if (code := kind_and_key(node)[1])}


def _state(said: Statements, node: str, code: str) -> CountryName:
    return CountryName(code, _label(said.names(node, "skos:prefLabel"), code), said.partial(node, "bg:validTo"))


def state_name(states: States, code: str) -> CountryName:
    """A state with its labels and its end, or its code where the graph does not know it."""
    return states.get(code) or CountryName(code, Label(vi=code, en=code))


def _label(names: Iterable[tuple[str, str]], fallback: str) -> Label:
    by_language = dict(names)
    return Label(vi=by_language.get("vi", fallback), en=by_language.get("en", fallback))


def _alternative(said: Statements, node: str) -> Alternative:
    return Alternative(said.date(node), said.texts(node, "bg:issue"), _sources(said, node))


def _sources(said: Statements, node: str) -> tuple[Source, ...]:
    """Who says so, of all evidence of an event or an alternative."""
    return in_order(source for item in said.texts(node, "prov:wasDerivedFrom") for source in sources_of(said, item))


def in_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each once: articles by date of publication and id, then the pages behind curated facts by publisher."""
    return tuple(
        sorted(
            set(sources),
            key=lambda source: (
                source.article is None,
                str(source.published or ""),
                source.article or "",
                source.publisher or "",
                source.url or "",
                source.quote or "",
                str(source.date),
            ),
        )
    )


def sources_of(said: Statements, evidence: str) -> tuple[Source, ...]:
    """The pages that a claim or a fact is from, with its words."""
    return tuple(_source(said, evidence, page) for page in pages_of(said, evidence))


def pages_of(said: Statements, evidence: str) -> tuple[str, ...]:
    """The article that a claim is quoted from, or the pages behind a curated fact."""
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


def read_gaps(said: Statements) -> tuple[GapView, ...]:
    """The gaps among some statements, by type."""
    gaps = [(kind, node) for kind, name in _GAP_CLASSES.items() for node in said.of_type(name)]
    found = (_gap(said, kind, node) for kind, node in gaps)
    return tuple(sorted(found, key=lambda gap: gap.type))


def _gap(said: Statements, kind: str, node: str) -> GapView:
    as_of = parse_partial_date(said.text(node, "bg:asOf"))
    pages = said.texts(node, "prov:wasDerivedFrom")
    return GapView(
        kind=kind,
        type=said.word(node, "bg:type") or "",
        as_of=as_of,
        note=said.value(node, "skos:note"),
        sources=tuple(
            Source(
                article=None,
                title=said.value(page, "schema:headline"),
                publisher=said.value(page, "dc:publisher"),
                published=None,
                url=said.value(page, "schema:url"),
                quote=None,
                basis="reference",
                date=as_of,
            )
            for page in pages
        ),
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
        people=read_entities(said, "bg:PersonAppearance", node),
        organisations=read_entities(said, "bg:OrganisationAppearance", node),
    )


def read_heading(said: Statements, node: str) -> ArticleHeading:
    """What a list shows of the article of an IRI."""
    return ArticleHeading(
        id=said.value(node, "dcterms:identifier") or kind_and_key(node)[1],
        title=said.value(node, "schema:headline"),
        publisher=said.value(node, "dc:publisher"),
        published=said.day(node, "schema:datePublished"),
        url=said.value(node, "schema:url"),
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
    code = said.text(node, "skos:notation")
    return CountryView(
        code=code,
        iri=node,
        label=_state(said, node, code).name,
        official=said.names(node, "bg:officialName"),
        aliases=tuple(sorted(aliases)),
        metonyms=said.names(node, "bg:metonym"),
        statehood=said.word(node, "bg:statehood") or "",
        wikidata=said.value(node, "owl:sameAs"),
        valid_from=said.partial(node, "bg:validFrom"),
        valid_to=said.partial(node, "bg:validTo"),
        successors=said.keys(node, "bg:successor"),
    )


def read_entities(said: Statements, class_name: str, article: str) -> tuple[EntityView, ...]:
    """The people or organisations that an article names, as it names them, by key; `class_name` is of appearances."""
    behind = {
        appearance: node
        for part in ("/id/person/", "/id/organisation/")
        for node in said.nodes(part)
        if "#" not in node  # an office of a person
        for appearance in said.texts(node, "prov:wasDerivedFrom")
    }
    found = (
        EntityView(
            key=kind_and_key(behind[node])[1],
            iri=behind[node],
            name=said.text(node, "foaf:name"),
            role=said.value(node, "bg:role"),
            type=said.value(node, "bg:organisationType"),
            country=said.key(node, "bg:country"),
            articles=(said.text(article, "dcterms:identifier"),),
        )
        for node in said.of_type(class_name)
    )
    return tuple(sorted(found, key=lambda view: (view.key, view.name)))
