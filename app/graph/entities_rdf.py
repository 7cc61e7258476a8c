"""People and organisations as quads of the graph of entities, and what articles say of them read back."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.appearances import Appearance, BodyAppearance
from app.graph.literals import day_literal
from app.graph.organisations import ResolvedBody
from app.graph.people import ResolvedPerson
from app.graph.people_names import Spelling, sound_keys
from app.graph.statements import Statements
from app.graph.tenures import Tenure
from app.graph.vocabulary import BASE, concept, entity_key, kind_and_key, term, thing

ENTITIES_GRAPH = NamedNode(f"{BASE}graph/entities")
"""The named graph that holds who is behind the names in articles."""

_NO_STATE = "none"


def read_appearances(said: Statements) -> tuple[Appearance, ...]:
    """What articles say of people, among some statements; in no order."""
    return tuple(
        Appearance(
            iri=node,
            article=article,
            day=said.day(article, "schema:datePublished"),
            name=said.text(node, "foaf:name"),
            role=said.value(node, "bg:role"),
            country=said.key(node, "bg:country"),
        )
        for node in said.of_type("bg:PersonAppearance")
        for article in said.texts(node, "prov:wasQuotedFrom")
    )


def read_body_appearances(said: Statements) -> tuple[BodyAppearance, ...]:
    """What articles say of organisations, among some statements; in no order."""
    return tuple(
        BodyAppearance(
            iri=node,
            article=article,
            day=said.day(article, "schema:datePublished"),
            name=said.text(node, "foaf:name"),
            type=said.value(node, "bg:organisationType"),
            country=said.key(node, "bg:country"),
            counterparts=said.keys(node, "bg:counterpart"),
        )
        for node in said.of_type("bg:OrganisationAppearance")
        for article in said.texts(node, "prov:wasQuotedFrom")
    )


def sound_literals(spelling: Spelling, name: str) -> tuple[Literal, ...]:
    """What a name's node is looked up by: its state with each of its sound keys (see `sound_keys`), and all its words.

    By its words a name is found that has the same ones, of another state or of none.
    """
    state = name[-2:] if name[-2:].isupper() else _NO_STATE
    keys = [f"{state}-{key}" for key in sorted(sound_keys(spelling))]
    return tuple(map(Literal, (*keys, *([f"any-{'-'.join(spelling.plain)}"] if spelling.is_full else []))))


def name_quads(name: NamedNode, appearances: Iterable[Appearance]) -> frozenset[Quad]:
    """A name's node: its spellings and what it is looked up by; nothing where no article has the name any more."""
    quads: set[Quad] = set()
    for one in appearances:
        quads.add(_quad(name, "rdf:type", term("bg:PersonName")))
        quads.add(_quad(name, "foaf:name", Literal(one.name)))
        quads.update(_quad(name, "bg:soundKey", key) for key in sound_literals(one.spelling, name.value))
    return frozenset(quads)


def body_name_quads(name: NamedNode, appearances: Iterable[BodyAppearance]) -> frozenset[Quad]:
    """The node of an organisation's name: its spellings; nothing where no article has the name any more."""
    quads: set[Quad] = set()
    for one in appearances:
        quads.add(_quad(name, "rdf:type", term("bg:OrganisationName")))
        quads.add(_quad(name, "foaf:name", Literal(one.name)))
    return frozenset(quads)


def person_quads(person: ResolvedPerson, appearances: dict[str, Appearance]) -> Iterator[Quad]:
    """A person, their tenures, and the keys that lead to them; `appearances` by IRI."""
    node = thing("person", person.key)
    yield _quad(node, "rdf:type", term("foaf:Person"))
    yield from _named(node, person.names)
    for key in sorted({appearances[iri].name_key for iri in person.appearances}):
        yield _quad(node, "bg:named", thing("person-name", key))
    if person.country:
        yield _quad(node, "bg:country", thing("country", person.country))
    yield from _derived(node, person.appearances)
    for key in person.other_keys:
        yield _quad(thing("person", key), "dcterms:isReplacedBy", node)
    for tenure in person.tenures:
        yield from _tenure_quads(tenure, node)


def body_quads(body: ResolvedBody) -> Iterator[Quad]:
    """An organisation."""
    node = thing("organisation", body.key)
    yield _quad(node, "rdf:type", term("org:Organization"))
    yield from _named(node, body.names)
    for name in body.names:
        yield _quad(node, "bg:named", thing("organisation-name", entity_key(name, body.country)))
    if body.type:
        yield _quad(node, "bg:organisationType", Literal(body.type))
    if body.country:
        yield _quad(node, "bg:country", thing("country", body.country))
    for code in body.counterparts:
        yield _quad(node, "bg:counterpart", thing("country", code))
    yield from _derived(node, body.appearances)


def _tenure_quads(tenure: Tenure, person: NamedNode) -> Iterator[Quad]:
    office = tenure.office
    state = f"-of-{tenure.country}" if tenure.country else ""
    node = NamedNode(f"{person.value}#{office.key}{state}")
    yield _quad(person, "org:hasMembership", node)
    yield _quad(node, "rdf:type", term("org:Membership"))
    yield _quad(node, "org:member", person)
    yield _quad(node, "org:role", concept("office", office.kind))
    yield _quad(node, "bg:role", Literal(tenure.role))
    if tenure.country:
        yield _quad(node, "bg:country", thing("country", tenure.country))
    if office.host:
        yield _quad(node, "bg:host", thing("country", office.host))
    if office.field:
        yield _quad(node, "bg:field", Literal(office.field))
    if tenure.days:
        yield _quad(node, "bg:firstObserved", day_literal(tenure.days[0]))
        yield _quad(node, "bg:lastObserved", day_literal(tenure.days[-1]))
    for day in tenure.days:
        yield _quad(node, "bg:observedOn", day_literal(day))
    yield from _derived(node, tenure.appearances)


def _named(node: NamedNode, names: tuple[str, ...]) -> Iterator[Quad]:
    yield _quad(node, "foaf:name", Literal(names[0]))
    for name in names[1:]:
        yield _quad(node, "skos:altLabel", Literal(name))


def _derived(node: NamedNode, appearances: Iterable[str]) -> Iterator[Quad]:
    for iri in appearances:
        yield _quad(node, "prov:wasDerivedFrom", NamedNode(iri))


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, term(predicate), value, ENTITIES_GRAPH)


def key_of(iri: str) -> str:
    """The key of a person or an appearance's IRI as a verdict gives it: people by key, all else by IRI."""
    try:
        kind, key = kind_and_key(iri)
    except ValueError:
        return iri
    return key if kind == "person" else iri
