"""Curated knowledge as the quads of the reference graph."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import date_literal, date_quads, day_literal
from app.graph.reference import Gap, Reference, ReferenceFact, ReferenceSource, source_key
from app.graph.vocabulary import REFERENCE_GRAPH, concept, pairs_of, subject_of, term, thing
from extractors.country_tables import Name, State
from extractors.dates import first_date

# How a kind of name is said: the label is preferred, a seat of government or an epithet stands for the state.
_NAME_PREDICATES = {
    "label": "skos:prefLabel",
    "official": "bg:officialName",
    "alias": "skos:altLabel",
    "short": "bg:shortName",
    "demonym": "bg:demonym",
    "capital": "bg:metonym",
    "epithet": "bg:metonym",
}
_GAP_CLASSES = {"none": "bg:Absence", "undated": "bg:Undated"}


def reference_quads(reference: Reference) -> frozenset[Quad]:
    """The whole reference graph."""
    quads: set[Quad] = set()
    for source in reference.sources:
        quads.update(_source_quads(source))
    for state in reference.states:
        quads.update(_state_quads(state))
    for name in reference.names:
        quads.add(_name_quad(name))
    for fact in reference.facts:
        quads.update(_fact_quads(fact))
    for gap in reference.gaps:
        quads.update(_gap_quads(gap))
    return frozenset(quads)


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, term(predicate), value, REFERENCE_GRAPH)


def _source_quads(source: ReferenceSource) -> Iterator[Quad]:
    node = thing("source", source.key)
    yield _quad(node, "rdf:type", term("bg:Source"))
    yield _quad(node, "schema:url", Literal(source.url))
    yield _quad(node, "dc:publisher", Literal(source.publisher))
    if source.agency:
        yield _quad(node, "dc:creator", Literal(source.agency))
    if source.title:
        yield _quad(node, "schema:headline", Literal(source.title))
    yield _quad(node, "bg:retrieved", day_literal(source.retrieved))


def _state_quads(state: State) -> Iterator[Quad]:
    node = thing("country", state.code)
    yield _quad(node, "rdf:type", term("bg:State"))
    yield _quad(node, "rdf:type", term("schema:Country"))
    yield _quad(node, "skos:notation", Literal(state.code))
    yield _quad(node, "bg:statehood", concept("statehood", state.status))
    yield _quad(node, "owl:sameAs", term(f"wd:{state.wikidata}"))
    if state.valid_from:
        yield _quad(node, "bg:validFrom", date_literal(first_date(state.valid_from)))
    if state.valid_to:
        yield _quad(node, "bg:validTo", date_literal(first_date(state.valid_to)))
    for successor in state.successors:
        yield _quad(node, "bg:successor", thing("country", successor))
    for source in state.sources:
        yield _quad(node, "prov:wasDerivedFrom", thing("source", source_key("countries", source)))


def _name_quad(name: Name) -> Quad:
    predicate = _NAME_PREDICATES[name.kind]
    return _quad(thing("country", name.code), predicate, Literal(name.text, language=name.language))


def _fact_quads(fact: ReferenceFact) -> Iterator[Quad]:
    node = thing("reference", fact.id)
    yield _quad(node, "rdf:type", term("bg:ReferenceFact"))
    yield _quad(node, "dcterms:identifier", Literal(fact.id))
    yield _quad(node, "bg:type", concept("type", fact.type))
    yield _quad(node, "bg:subject", subject_of(fact.countries, fact.person))
    yield _quad(node, "bg:basis", concept("basis", "reference"))
    for code in fact.countries:
        yield _quad(node, "bg:country", thing("country", code))
    for pair in pairs_of(fact.countries):
        yield _quad(node, "bg:pair", pair)
    yield from date_quads(node, fact.date, REFERENCE_GRAPH)
    if fact.level:
        yield _quad(node, "bg:level", concept("level", fact.level))
    if fact.from_country:
        yield _quad(node, "bg:fromCountry", thing("country", fact.from_country))
    if fact.to_country:
        yield _quad(node, "bg:toCountry", thing("country", fact.to_country))
    if fact.person:
        yield _quad(node, "bg:personName", Literal(fact.person))
    if fact.name:
        yield _quad(node, "schema:name", Literal(fact.name))
    if fact.inherited_from:
        yield _quad(node, "bg:inheritedFrom", thing("country", fact.inherited_from))
    if fact.occasion:
        yield _quad(node, "bg:occasion", concept("occasion", fact.occasion))
    yield _quad(node, "bg:standing", concept("standing", fact.standing))
    if fact.note:
        yield _quad(node, "skos:note", Literal(fact.note, language="en"))
    for source in fact.sources:
        yield _quad(node, "prov:wasDerivedFrom", thing("source", source))


def _gap_quads(gap: Gap) -> Iterator[Quad]:
    node = thing("gap", f"{gap.type}-{'-'.join(gap.countries)}")
    yield _quad(node, "rdf:type", term(_GAP_CLASSES[gap.kind]))
    yield _quad(node, "bg:type", concept("type", gap.type))
    for pair in pairs_of(gap.countries):
        yield _quad(node, "bg:pair", pair)
    for code in gap.countries:
        yield _quad(node, "bg:country", thing("country", code))
    yield _quad(node, "bg:asOf", date_literal(first_date(gap.as_of)))
    if gap.note:
        yield _quad(node, "skos:note", Literal(gap.note, language="en"))
    for source in gap.sources:
        yield _quad(node, "prov:wasDerivedFrom", thing("source", source))
