"""The ontology says what the graph uses; the graph conforms to the shapes; the example queries answer."""

import json
import re
from pathlib import Path
from typing import get_args

import pyshacl
import pytest
from graph_samples import EXTRACTIONS, reference
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import OWL, PROV, RDF, RDFS, SKOS, Graph, Literal, URIRef, namespace

from app.graph.building import update_graph
from app.graph.fusion import BASIS_WEIGHTS, Status
from app.graph.identity import FUSED_TYPES
from app.graph.lookups import describe, events_of_pair
from app.graph.ontology import LANGUAGES, ONTOLOGY_DIR, label_of_concept, label_of_event
from app.graph.reference import Standing, load_reference
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import BASE, BG, EVENTS_GRAPH, ONTOLOGY_GRAPH, PREFIXES, concept, term
from extractors.country_tables import STATUSES
from extractors.records import Basis, ClaimType, Level

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
}
# rdflib has no Web Annotation terms; these are of http://www.w3.org/ns/oa#
ANNOTATION_TERMS = {
    "Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "hasTarget", "hasSource", "hasSelector",
    "exact", "start", "end",
}  # fmt: skip


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    found = EmbeddedStore.in_memory()
    update_graph(found, EXTRACTIONS, reference())
    return found


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY_DIR / "banggiao.ttl")


def as_one_graph(store: EmbeddedStore) -> Graph:
    """All named graphs together, as rdflib has them."""
    triples = {quad.triple for quad in store.all_quads()}
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


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
        prefix, namespace = next((name, space) for name, space in PREFIXES.items() if iri.startswith(space))
        local = iri.removeprefix(namespace)
        assert local in ANNOTATION_TERMS if prefix == "oa" else local in CLOSED[prefix], iri


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("type", get_args(ClaimType)),
        ("level", get_args(Level)),
        ("basis", get_args(Basis)),
        ("status", get_args(Status)),
        ("standing", get_args(Standing)),
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


@pytest.mark.parametrize("world", ["small", "shipped"])
def test_the_built_graph_conforms_to_the_shapes(world: str, store: EmbeddedStore) -> None:
    if world == "shipped":
        store = EmbeddedStore.in_memory()
        update_graph(store, (), load_reference())
    shapes = Graph().parse(ONTOLOGY_DIR / "shapes.ttl")
    conforms, _, report = pyshacl.validate(as_one_graph(store), shacl_graph=shapes, advanced=False, meta_shacl=False)
    assert conforms, report[:3000]


BROKEN = [
    ("an event without a date", "established-AZ-VN", f"{BG}date"),
    ("an event that nothing supports", "established-AZ-VN", str(PROV.wasDerivedFrom)),
    ("an event without its status", "national-day-VN", f"{BG}status"),
]


@pytest.mark.parametrize(("event", "predicate"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_the_shapes_notice(store: EmbeddedStore, event: str, predicate: str) -> None:
    graph = as_one_graph(store)
    graph.remove((URIRef(f"{BASE}id/event/{event}"), URIRef(predicate), None))
    shapes = Graph().parse(ONTOLOGY_DIR / "shapes.ttl")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert not conforms
    assert event in report


def test_the_context_gives_back_every_triple_of_an_event(store: EmbeddedStore) -> None:
    context = json.loads((ONTOLOGY_DIR / "context.jsonld").read_text(encoding="utf-8"))
    triples = describe(store, f"{BASE}id/event/established-AZ-VN")
    graph = Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    written = graph.serialize(format="json-ld", context=context["@context"])
    assert '"prefLabel"' in written or '"label"' in written
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
    assert properties - named == {"bg:labelPattern"}


ANSWERS = {
    "anniversaries-in-a-month": [("09-23", "35", "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao"), ("09-02", "82", "Quốc khánh Việt Nam"), ("09-21", "54", "Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao")],
    "disagreements": [
        ("established-AZ-VN", "status-confirmed", "1992-09-23", "1992-09-24", "Báo Ba", None),
        ("established-JP-VN", "status-single-source", "1973-09-21", "1978", "Báo Hai", "45 years before 2018 is 1973"),
    ],
    "partners-by-level": [("đối tác chiến lược toàn diện", "Nhật Bản", "2023-11-27")],
    "timeline-of-a-pair": [
        ("established-AZ-VN", "1992-09-23", "day", "status-confirmed", "0.997", "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao"),
        ("visit-AZ-VN-2018-09-08", "2018-09-08", "day", "status-single-source", "0.675", "Chuyến thăm Việt Nam từ Azerbaijan"),
    ],
    "who-says-so": [
        ("1992", "Báo Hai", "Bài bai-2", None, EXTRACTIONS[1].claims[0].quote),
        ("1992-09-23", "A news agency", "Page agency", "https://example.org/agency", None),
        ("1992-09-23", "An embassy", "Page embassy", "https://example.org/embassy", None),
        ("1992-09-23", "Báo Một", "Bài bai-1", "https://bao-mot.example/bai-1", EXTRACTIONS[0].claims[0].quote),
        ("1992-09-24", "Báo Ba", "Bài bai-3", None, EXTRACTIONS[2].claims[0].quote),
    ],
}  # fmt: skip
EXAMPLES = sorted((ONTOLOGY_DIR / "queries").glob("*.rq"))


def run(store: EmbeddedStore, path: Path) -> list[tuple[str | None, ...]]:
    rows = store.select(path.read_text(encoding="utf-8"))
    return [tuple(None if value is None else value.value.removeprefix(BG) for value in row) for row in rows]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_query_gives_its_answer(store: EmbeddedStore, path: Path) -> None:
    found = run(store, path)
    wanted = ANSWERS[path.stem]
    # months and years sort apart from days in SPARQL, so that the order of mixed dates is not told
    assert (sorted(found, key=str) if path.stem == "who-says-so" else found) == (
        sorted(wanted, key=str) if path.stem == "who-says-so" else wanted
    )


def test_every_example_query_says_what_it_asks() -> None:
    assert {path.stem for path in EXAMPLES} == set(ANSWERS)
    for path in EXAMPLES:
        assert re.match(r"# \S.{20,}", path.read_text(encoding="utf-8")), path.name


def test_the_timeline_by_sparql_is_that_of_the_program(store: EmbeddedStore) -> None:
    rows = run(store, ONTOLOGY_DIR / "queries" / "timeline-of-a-pair.rq")
    events = events_of_pair(store, "VN", "AZ")
    assert [(row[0], row[2], row[5]) for row in rows] == [
        (event.id, event.precision, event.label.vi) for event in events
    ]


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
