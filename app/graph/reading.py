"""From the rows of the queries of app/queries to the records of the read model."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from app.graph.literals import read_date
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
from app.graph.rows import Row, day, decimal, integer, iri, key, text, word
from app.graph.vocabulary import countries_of, kind_and_key, term
from extractors.dates import DateSpan, DateValue, first_date


def read_events(rows: Iterable[Row]) -> tuple[Event, ...]:
    """Events from the rows of the query `events`, which come in any order; sorted by date, then id."""
    parts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        parts[iri(row, "event")][text(row, "part") or ""].append(row)
    events = (_read_event(node, found) for node, found in parts.items() if found["event"])
    return tuple(sorted(events, key=chronological))


def chronological(event: Event) -> tuple[dt.date, dt.date, str]:
    """The order of a timeline: by the first and the last day that a date can mean; what has no year comes first."""
    first = first_date(event.date)
    if first.is_yearly:
        return (dt.date.min, dt.date.min, event.id)
    last = event.date.last if isinstance(event.date, DateSpan) else first
    return (first.earliest, last.latest, event.id)


def read_row_date(row: Row) -> DateValue:
    """The date or span of a row."""
    return read_date(text(row, "date") or "", text(row, "endDate"))


def _read_event(node: str, parts: dict[str, list[Row]]) -> Event:
    head = parts["event"][0]
    evidence = parts["claim"] + parts["fact"]
    return Event(
        id=text(head, "id") or "",
        iri=node,
        type=word(head, "type") or "",
        label=_label({row["label"].language: row["label"].value for row in parts["label"]}, node),
        countries=_countries(parts["country"]),
        date=read_row_date(head),
        level=word(head, "level"),
        status=word(head, "status") or "",
        confidence=decimal(head, "confidence"),
        alternatives=_alternatives(parts["alternative"], evidence),
        sources=_sources(row for row in evidence if row["alternative"] is None),
        from_country=key(head, "fromCountry"),
        to_country=key(head, "toCountry"),
        person=text(head, "personName"),
        name=text(head, "name"),
        standing=word(head, "standing"),
    )


def _countries(rows: Iterable[Row]) -> tuple[CountryName, ...]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        label = row["label"]
        names[text(row, "code") or ""].update({label.language: label.value} if label else {})
    return tuple(CountryName(code, _label(names[code], code)) for code in sorted(names))


def _label(by_language: dict[str, str], fallback: str) -> Label:
    return Label(vi=by_language.get("vi", fallback), en=by_language.get("en", fallback))


def _alternatives(rows: Iterable[Row], evidence: Iterable[Row]) -> tuple[Alternative, ...]:
    dates: dict[str, DateValue] = {}
    issues: dict[str, set[str]] = defaultdict(set)
    support: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        node = iri(row, "alternative")
        dates[node] = read_row_date(row)
        issues[node] |= {text(row, "issue") or ""} - {""}
    for row in evidence:
        if row["alternative"] is not None:
            support[iri(row, "alternative")].append(row)
    return tuple(
        Alternative(dates[node], tuple(sorted(issues[node])), _sources(support[node]))
        for node in sorted(dates, key=lambda node: str(dates[node]))
    )


def _sources(rows: Iterable[Row]) -> tuple[Source, ...]:
    sources = {_source(row) for row in rows}
    return tuple(
        sorted(
            sources,
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


def _source(row: Row) -> Source:
    return Source(
        article=text(row, "article"),
        title=text(row, "title"),
        publisher=text(row, "publisher"),
        published=day(row, "published"),
        url=text(row, "url"),
        quote=text(row, "quote"),
        basis=word(row, "basis") or "",
        date=read_row_date(row),
    )


def read_article(rows: Iterable[Row], entities: Iterable[EntityView]) -> ArticleView:
    """An article from the rows of the query `article`, with the entities that it names."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[text(row, "part") or ""].append(row)
    head = parts["article"][0]
    named = tuple(entities)
    return ArticleView(
        id=text(head, "article") or "",
        iri=iri(head, "source"),
        title=text(head, "title"),
        publisher=text(head, "publisher"),
        published=day(head, "published"),
        url=text(head, "url"),
        content_hash=text(head, "contentHash") or "",
        derived_from=tuple(sorted(row["origin"].value for row in parts["origin"])),
        claims=_claims(parts),
        people=tuple(entity for entity in named if "/person/" in entity.iri),
        organisations=tuple(entity for entity in named if "/organisation/" in entity.iri),
    )


def _claims(parts: dict[str, list[Row]]) -> tuple[ClaimView, ...]:
    issues: dict[str, set[str]] = defaultdict(set)
    for row in parts["issue"]:
        issues[iri(row, "claim")].add(text(row, "issue") or "")
    # an alternative's IRI is its event's with a fragment
    events = {iri(row, "claim"): kind_and_key(iri(row, "event"))[1].partition("#")[0] for row in parts["event"]}
    claims = [_claim(row, issues[iri(row, "claim")], events.get(iri(row, "claim"))) for row in parts["claim"]]
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.iri)))


def _claim(row: Row, issues: set[str], event: str | None) -> ClaimView:
    return ClaimView(
        iri=iri(row, "claim"),
        type=word(row, "type") or "",
        countries=countries_of(iri(row, "subject")),
        date=read_row_date(row),
        basis=word(row, "basis") or "",
        quote=text(row, "quote") or "",
        start=integer(row, "start"),
        end=integer(row, "end"),
        section=text(row, "section") or "",
        confidence=decimal(row, "confidence"),
        level=word(row, "level"),
        from_country=key(row, "fromCountry"),
        to_country=key(row, "toCountry"),
        person=text(row, "personName"),
        name=text(row, "name"),
        issues=tuple(sorted(issues)),
        event=event,
    )


def read_country(rows: Iterable[Row]) -> CountryView:
    """A state from the rows of the query `country`."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[text(row, "part") or ""].append(row)
    head = parts["state"][0]
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in parts["name"]:
        names[row["kind"].value].add((row["name"].language, row["name"].value))
    code = text(head, "code") or ""

    def named(*properties: str) -> tuple[tuple[str, str], ...]:
        return tuple(sorted({name for found in properties for name in names[term(found).value]}))

    return CountryView(
        code=code,
        iri=iri(head, "country"),
        label=_label(dict(named("skos:prefLabel")), code),
        official=named("bg:officialName"),
        aliases=named("skos:altLabel", "bg:shortName"),
        metonyms=named("bg:metonym"),
        statehood=word(head, "statehood") or "",
        wikidata=None if head["wikidata"] is None else head["wikidata"].value,
        valid_from=read_date(head["validFrom"].value) if head["validFrom"] else None,
        valid_to=read_date(head["validTo"].value) if head["validTo"] else None,
        successors=tuple(sorted(key(row, "successor") or "" for row in parts["successor"])),
    )


def read_entities(rows: Iterable[Row]) -> tuple[EntityView, ...]:
    """People or organisations from the rows of the query `entities`, by key; of several roles, the longest wording."""
    by_node: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_node[iri(row, "entity")].append(row)
    return tuple(_entity(node, by_node[node]) for node in sorted(by_node))


def _entity(node: str, rows: list[Row]) -> EntityView:
    def longest(name: str) -> str | None:
        return min(
            {value for row in rows if (value := text(row, name))}, key=lambda value: (-len(value), value), default=None
        )

    return EntityView(
        key=kind_and_key(node)[1],
        iri=node,
        name=longest("name") or "",
        role=longest("role"),
        type=longest("type"),
        country=next((found for row in rows if (found := key(row, "country"))), None),
        articles=tuple(sorted({text(row, "article") or "" for row in rows})),
    )
