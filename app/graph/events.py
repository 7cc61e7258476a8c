"""Fused events as the quads of the events graph, with their labels, and their records beside them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.calendar_places import calendar_place
from app.graph.fusion import Alternative, FusedEvent
from app.graph.literals import Statement, date_statements, decimal_literal, integer_literal
from app.graph.lookup_keys import calendar_key, pair_type_key
from app.graph.ontology import LANGUAGES, label_of_concept, label_of_event, lower_first
from app.graph.readmodel import Label
from app.graph.records import record_statement
from app.graph.vocabulary import EVENTS_GRAPH, concept, countries_of, event_key, pair_keys_of, term, thing

CountryNames = Mapping[tuple[str, str], str]
"""The label of a state by code and language."""

# Vietnamese readers expect their own state first: «Việt Nam và Azerbaijan».
_HOME = "VN"
_JOINTS = {"vi": " và ", "en": " and "}


def subject_quads(subject: NamedNode, events: Iterable[FusedEvent], names: CountryNames) -> frozenset[Quad]:
    """All that is held of what is fused about one subject: its events, and the pair or group itself if it has any."""
    return frozenset(starmap(Quad, subject_statements(subject, events, names)))


def subject_statements(subject: NamedNode, events: Iterable[FusedEvent], names: CountryNames) -> Iterator[Statement]:
    """The statements of `subject_quads`; one may come more than once."""
    has_events = False
    for event in events:
        has_events = True
        yield from _event(event, subject, names)
    if has_events:
        yield from _group(subject)


def ordered_for_reading(countries: Iterable[str]) -> tuple[str, ...]:
    """Codes in the order in which a label names them."""
    return tuple(sorted(countries, key=lambda code: (code != _HOME, code)))


def _statement(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Statement:
    return subject, term(predicate), value, EVENTS_GRAPH


def _event(event: FusedEvent, subject: NamedNode, names: CountryNames) -> Iterator[Statement]:
    node = thing("event", event.key)
    yield _statement(node, "rdf:type", term("bg:Event"))
    yield _statement(node, "dcterms:identifier", Literal(event.key))
    yield _statement(node, "bg:type", concept("type", event.type))
    yield _statement(node, "bg:subject", subject)
    labels = {one: label_of_event(event.type, _label_fields(event, names, one), one) for one in LANGUAGES}
    for language, label in labels.items():
        yield _statement(node, "rdfs:label", Literal(label, language=language))
    for code in event.countries:
        yield _statement(node, "bg:country", thing("country", code))
    for pair in pair_keys_of(event.countries):
        yield _statement(node, "bg:pair", thing("pair", pair))
        yield _statement(node, "bg:pairTypeKey", Literal(pair_type_key(event.type, pair)))
    yield from date_statements(node, event.date, EVENTS_GRAPH)
    yield _statement(node, "bg:calendarKey", Literal(calendar_key(event.type, calendar_place(event.date))))
    yield _statement(node, "bg:status", concept("status", event.status))
    yield _statement(node, "bg:confidence", decimal_literal(event.confidence))
    yield _statement(node, "bg:voices", integer_literal(event.voices))
    yield from _details(event, node)
    for item in event.support:
        yield _statement(node, "prov:wasDerivedFrom", NamedNode(item.iri))
    for alternative in event.alternatives:
        yield from _alternative(alternative, node, subject)
    yield record_statement(event, Label(**labels))


def _details(event: FusedEvent, node: NamedNode) -> Iterator[Statement]:
    """What only events of some types have."""
    for kind, word in (("level", event.level), ("standing", event.standing), ("occasion", event.occasion)):
        if word:
            yield _statement(node, f"bg:{kind}", concept(kind, word))
    for predicate, code in (
        ("bg:fromCountry", event.from_country),
        ("bg:toCountry", event.to_country),
        ("bg:inheritedFrom", event.inherited_from),
    ):
        if code:
            yield _statement(node, predicate, thing("country", code))
    for predicate, text in (("bg:personName", event.person), ("schema:name", event.name)):
        if text:
            yield _statement(node, predicate, Literal(text))


def _alternative(alternative: Alternative, event: NamedNode, subject: NamedNode) -> Iterator[Statement]:
    node = NamedNode(f"{event.value}#{event_key(alternative.date)}")
    yield _statement(event, "bg:alternative", node)
    yield _statement(node, "rdf:type", term("bg:Alternative"))
    yield _statement(node, "bg:subject", subject)
    # without the keys of look-ups, which are to find events
    yield from date_statements(node, alternative.date, EVENTS_GRAPH, has_keys=False)
    for issue in alternative.issues:
        yield _statement(node, "bg:issue", Literal(issue))
    for item in alternative.support:
        yield _statement(node, "prov:wasDerivedFrom", NamedNode(item.iri))


def _group(subject: NamedNode) -> Iterator[Statement]:
    codes = countries_of(subject.value)
    if len(codes) < 2:
        return
    yield _statement(subject, "rdf:type", term("bg:Pair" if len(codes) == 2 else "bg:Group"))
    yield _statement(subject, "dcterms:identifier", Literal("-".join(codes)))
    for code in codes:
        yield _statement(subject, "bg:country", thing("country", code))


def _label_fields(event: FusedEvent, names: CountryNames, language: str) -> Mapping[str, str | None]:
    def name(code: str | None) -> str | None:
        return names.get((code, language), code) if code else None

    ordered = ordered_for_reading(event.countries)
    first, second = (*map(name, ordered), None, None)[:2]
    return {
        "a": first if len(ordered) > 1 else None,
        "b": second,
        "country": first if len(ordered) == 1 else None,
        "countries": _JOINTS[language].join(filter(None, map(name, ordered))),
        "from": name(event.from_country),
        "to": name(event.to_country),
        "person": event.person,
        "name": event.name,
        "level": _level_name(event, language) if event.level else None,
    }


def _level_name(event: FusedEvent, language: str) -> str | None:
    """The label of the level; in Vietnamese, in which names are kept, a level `other` goes by the framework's name."""
    if event.level == "other" and event.name and language == "vi":
        return lower_first(event.name)
    return label_of_concept("level", event.level or "other", language)
