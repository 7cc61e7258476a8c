"""Imported facts as the quads of their own named graph."""

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import date_quads, day_literal
from app.graph.vocabulary import concept, import_graph, pairs_of, subject_of, term, thing
from app.importing.records import TRUST_BASES, ImportedFact, ImportedSource, Trust

_HASH_CHARS = 16


def description_quads(name: str, imported_from: str, trust: Trust) -> Iterator[Quad]:
    """What a named graph says of itself."""
    graph = import_graph(name)
    yield Quad(graph, term("rdf:type"), term("bg:Import"), graph)
    yield Quad(graph, term("dcterms:identifier"), Literal(name), graph)
    yield Quad(graph, term("bg:importedFrom"), Literal(imported_from), graph)
    yield Quad(graph, term("bg:basis"), concept("basis", TRUST_BASES[trust]), graph)


def fact_quads(facts: Iterable[ImportedFact], name: str, trust: Trust) -> Iterator[Quad]:
    """The facts with their sources, in the named graph of an import."""
    graph = import_graph(name)
    for fact in facts:
        node = thing("imported", fact.key)
        yield Quad(node, term("rdf:type"), term("bg:ImportedFact"), graph)
        yield Quad(node, term("dcterms:identifier"), Literal(fact.key), graph)
        yield Quad(node, term("bg:type"), concept("type", fact.type), graph)
        yield Quad(node, term("bg:subject"), subject_of(fact.countries), graph)
        yield Quad(node, term("bg:basis"), concept("basis", TRUST_BASES[trust]), graph)
        for code in fact.countries:
            yield Quad(node, term("bg:country"), thing("country", code), graph)
        for pair in pairs_of(fact.countries):
            yield Quad(node, term("bg:pair"), pair, graph)
        yield from date_quads(node, fact.date, graph)
        yield Quad(node, term("owl:sameAs"), NamedNode(fact.same_as), graph)
        for source in fact.sources:
            page = _source_node(source, name)
            yield Quad(node, term("prov:wasDerivedFrom"), page, graph)
            yield from _source_quads(source, page, graph)


def _source_node(source: ImportedSource, name: str) -> NamedNode:
    """Named by what it says, so that facts that cite the same page share it."""
    said = "\n".join((source.url, source.publisher, source.title or "", str(source.retrieved or "")))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
    return thing("source", f"import-{name}-{digest}")


def _source_quads(source: ImportedSource, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    yield Quad(node, term("rdf:type"), term("bg:ImportedSource"), graph)
    yield Quad(node, term("schema:url"), Literal(source.url), graph)
    yield Quad(node, term("dc:publisher"), Literal(source.publisher), graph)
    if source.title:
        yield Quad(node, term("schema:headline"), Literal(source.title), graph)
    if source.retrieved:
        yield Quad(node, term("bg:retrieved"), day_literal(source.retrieved), graph)
