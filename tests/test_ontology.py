"""The ontology says what the graph uses, in both languages, and stands to the terms of others as it says."""

import json
from typing import get_args

import pyshacl
import pytest
from graph_samples import EXTRACTIONS, reference
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import OWL, PROV, RDF, RDFS, SKOS, Graph, Literal, URIRef, namespace

from app.graph.building import update_graph
from app.graph.fusion import BASIS_WEIGHTS, Status
from app.graph.identity import FUSED_TYPES
from app.graph.lookups import describe
from app.graph.ontology import LANGUAGES, ONTOLOGY_DIR, label_of_concept, label_of_event
from app.graph.reference import Occasion, Standing
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import BASE, BG, EVENTS_GRAPH, ONTOLOGY_GRAPH, PREFIXES, concept, term
from app.ontology_terms import MORE_PREFIXES, expand
from extractors.country_tables import STATUSES
from extractors.records import Basis, ClaimType, Level
from extractors.tables import check_sources, read_sources, read_table

CLOSED = {
    "prov": PROV,
    "skos": SKOS,
    "schema": namespace.SDO,
    "foaf": namespace.FOAF,
    "org": namespace.ORG,
    "dc": namespace.DC,
    "dcterms": namespace.DCTERMS,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "time": namespace.TIME,
}
NAMESPACES = {**PREFIXES, **MORE_PREFIXES}


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    found = EmbeddedStore.in_memory()
    update_graph(found, EXTRACTIONS, reference())
    return found


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY_DIR / "banggiao.ttl")


OUTSIDE = {row["term"]: row for row in read_table(ONTOLOGY_DIR / "outside-terms.csv", ("term", "label", "sources"), required=("term", "label", "sources"), key=("term",))}  # fmt: skip


def test_every_term_has_a_label_and_a_meaning_in_both_languages(ontology: Graph) -> None:
    def languages(node: URIRef, *predicates: URIRef) -> set[str | None]:
        return {
            text.language
            for predicate in predicates
            for text in ontology.objects(node, predicate)
            if isinstance(text, Literal)
        }

    terms = {node for node in ontology.subjects() if isinstance(node, URIRef) and str(node).startswith(BG)}
    assert len(terms) > 60
    for node in terms:
        assert languages(node, RDFS.label, SKOS.prefLabel) == {"vi", "en"}, node
        if (node, RDF.type, SKOS.ConceptScheme) not in ontology:
            assert languages(node, RDFS.comment, SKOS.definition) == {"vi", "en"}, node


def test_every_term_that_the_graph_uses_is_declared(store: EmbeddedStore, ontology: Graph) -> None:
    declared = {str(node) for node in ontology.subjects()}
    used = {quad.predicate.value for quad in store.all_quads()} | {
        quad.object.value for quad in store.all_quads() if quad.predicate.value == str(RDF.type)
    }
    own = {iri for iri in used if iri.startswith(BG)}
    assert own <= declared
    for iri in used - own:
        assert is_known_outside(iri), iri


def is_known_outside(iri: str) -> bool:
    """Whether a term of others is one: by rdflib, for the vocabularies that it has, else by our list with its sources."""
    prefix, space = next((name, space) for name, space in NAMESPACES.items() if iri.startswith(space))
    local = iri.removeprefix(space)
    # annotations name the terms; `in` would try to make one
    return f"{prefix}:{local}" in OUTSIDE or (prefix in CLOSED and local in CLOSED[prefix].__annotations__)


def test_every_term_of_others_that_ours_are_aligned_with_exists(ontology: Graph) -> None:
    alignments = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentProperty, SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch, RDFS.seeAlso)  # fmt: skip
    aligned = {str(node) for relation in alignments for node in ontology.objects(None, relation)}
    aligned |= {str(node) for relation in alignments for node in ontology.subjects(relation)}
    outside = {iri for iri in aligned if not iri.startswith(BG)}
    assert len(outside) > 60
    assert sorted(iri for iri in outside if not is_known_outside(iri)) == []


def test_the_list_of_outside_terms_has_a_source_for_each_and_none_that_is_not_used(
    ontology: Graph, store: EmbeddedStore
) -> None:
    for row in OUTSIDE.values():
        check_sources(row, "sources", read_sources(ONTOLOGY_DIR / "sources.csv"))
    used = {str(term) for triple in ontology for term in triple}
    used |= {quad.predicate.value for quad in store.all_quads()} | {
        str(quad.object).strip("<>") for quad in store.all_quads()
    }
    assert [name for name in OUTSIDE if expand(name) not in used] == []


@pytest.mark.parametrize(
    ("vocabulary", "least"), [("prov", 5), ("time", 6), ("schema", 12), ("org", 2), ("oa", 2), ("skos", 2), ("wd", 30)]
)
def test_the_ontology_is_aligned_with_the_vocabularies_of_others(ontology: Graph, vocabulary: str, least: int) -> None:
    terms = {str(node) for triple in ontology for node in triple if isinstance(node, URIRef)}
    assert sum(iri.startswith(NAMESPACES[vocabulary]) for iri in terms) >= least


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("type", get_args(ClaimType)),
        ("level", get_args(Level)),
        ("basis", get_args(Basis)),
        ("status", get_args(Status)),
        ("standing", get_args(Standing)),
        ("occasion", get_args(Occasion)),
        ("statehood", STATUSES),
    ],
)
def test_the_concepts_are_the_words_of_the_contract(ontology: Graph, kind: str, words: tuple[str, ...]) -> None:
    scheme = URIRef(f"{BG}{kind}-scheme")
    assert {str(node) for node in ontology.subjects(SKOS.inScheme, scheme)} == {
        concept(kind, word).value for word in words
    }
    assert all(label_of_concept(kind, word, language) for word in words for language in LANGUAGES)


@pytest.mark.parametrize("kind", sorted(FUSED_TYPES))
def test_every_event_can_be_labelled_however_little_is_known(kind: str) -> None:
    fields: list[dict[str, str | None]] = [
        {"a": "A", "b": "B", "countries": "A, B", "level": "L"},
        {"country": "A", "countries": "A"},
    ]
    for language in LANGUAGES:
        labels = []
        for known in fields:
            try:
                labels.append(label_of_event(kind, known, language))
            except LookupError:
                labels.append("")
        assert any(labels), f"{kind} in {language}"


def test_the_label_uses_the_most_of_what_is_known() -> None:
    fields = {"a": "Việt Nam", "b": "Belarus", "from": "Belarus", "to": "Việt Nam"}
    assert label_of_event("visit", fields, "vi") == "Chuyến thăm Việt Nam từ Belarus"
    assert label_of_event("visit", {**fields, "person": "Golovchenko"}, "vi") == "Golovchenko (Belarus) thăm Việt Nam"
    with pytest.raises(LookupError, match="type-wedding"):
        label_of_event("wedding", fields, "vi")


def test_the_shapes_are_shapes() -> None:
    shapes = Graph().parse(ONTOLOGY_DIR / "shapes.ttl")
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, report


@pytest.mark.parametrize(
    "thing", ["event/established-AZ-VN", "article/bai-1", "country/SU", "reference/partnership-jp-vn"]
)
def test_the_context_gives_back_every_triple(store: EmbeddedStore, thing: str) -> None:
    context = json.loads((ONTOLOGY_DIR / "context.jsonld").read_text(encoding="utf-8"))
    triples = describe(store, f"{BASE}id/{thing}")
    assert len(triples) > 5
    graph = Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    written = graph.serialize(format="json-ld", context=context["@context"])
    assert Graph().parse(data=written, format="json-ld").isomorphic(graph)


def test_the_context_names_every_property_of_the_ontology(ontology: Graph) -> None:
    context = json.loads((ONTOLOGY_DIR / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {
        entry if isinstance(entry, str) else entry.get("@id")
        for entry in context.values()
        if isinstance(entry, str | dict)
    }
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    properties = {f"bg:{str(node).removeprefix(BG)}" for kind in kinds for node in ontology.subjects(RDF.type, kind)}
    assert properties <= named


def test_the_context_names_every_property_that_the_graph_uses(store: EmbeddedStore) -> None:
    context = json.loads((ONTOLOGY_DIR / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    entries = (
        entry if isinstance(entry, str) else entry.get("@id")
        for entry in context.values()
        if isinstance(entry, str | dict)
    )
    named = {expand(entry) for entry in entries if entry} | {str(RDF.type)}
    assert sorted({quad.predicate.value for quad in store.all_quads()} - named) == []


def test_a_new_ontology_fuses_everything_anew() -> None:
    """So a change of fusion's rules, announced by owl:versionInfo, reaches stores that were built before it."""
    store = EmbeddedStore.in_memory()
    update_graph(store, EXTRACTIONS, reference())
    wanted = set(store.all_quads())
    stale = [*store.quads(ONTOLOGY_GRAPH)][:1] + [
        quad for quad in store.quads(EVENTS_GRAPH) if quad.predicate == term("bg:status")
    ]
    store.apply(stale, ())
    update_graph(store, (), None)
    assert set(store.all_quads()) == wanted


def test_the_ontology_file_is_the_ontology_graph(store: EmbeddedStore) -> None:
    file_triples = {
        (str(t.subject), str(t.predicate), str(t.object)) for t in parse(path=ONTOLOGY_DIR / "banggiao.ttl")
    }
    graph_triples = {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in store.all_quads()
        if str(quad.graph_name).endswith("graph/ontology>")
    }
    assert graph_triples == file_triples


def test_every_basis_has_a_weight() -> None:
    assert set(BASIS_WEIGHTS) == set(get_args(Basis))
