"""What the graph holds, in VoID: counts by class and property, vocabularies, dumps. It is part of no snapshot."""

import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from app.dumps import MEDIA_TYPES, DumpFormat, dump_name
from app.graph.literals import integer_literal
from app.graph.ontology import ontology_quads
from app.graph.store import SnapshotStore
from app.graph.vocabulary import BASE, PREFIXES, RECORDS_GRAPH, term, thing

VOID = "http://rdfs.org/ns/void#"
DATASET = f"{BASE}.well-known/void#dataset"
_HASH = "#"
_TITLES = (
    ("vi", "banggiao: quan hệ giữa các quốc gia, ngày tháng có nguồn dẫn"),
    ("en", "banggiao: relations between states, dates with their sources"),
)


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """How much a graph holds: statements, things of ours, and both by class and by property, by IRI.

    Of a graph that is too large to be counted through, only the statements are known.
    """

    statements: int
    entities: int | None = None
    subjects: int | None = None
    objects: int | None = None
    by_class: tuple[tuple[str, int], ...] = ()
    by_property: tuple[tuple[str, int], ...] = ()


def count_graph(store: SnapshotStore) -> GraphCounts:
    """Count all statements of all graphs, in one pass."""
    statements = 0
    properties: Counter[str] = Counter()
    members: dict[str, set[str]] = defaultdict(set)
    subjects: set[str] = set()
    objects: set[str] = set()
    for quad in store.all_quads():
        if quad.graph_name == RECORDS_GRAPH:
            continue  # part of no dump
        statements += 1
        properties[quad.predicate.value] += 1
        subjects.add(str(quad.subject))
        objects.add(str(quad.object))
        if quad.predicate == term("rdf:type") and isinstance(quad.object, NamedNode):
            members[quad.object.value].add(str(quad.subject))
    things = f"<{BASE}id/"
    return GraphCounts(
        statements=statements,
        entities=sum(1 for subject in subjects if subject.startswith(things) and _HASH not in subject),
        subjects=len(subjects),
        objects=len(objects),
        by_class=tuple(sorted((name, len(nodes)) for name, nodes in members.items())),
        by_property=tuple(sorted(properties.items())),
    )


def describe_dataset(counts: GraphCounts, service: str, published: dt.datetime | None) -> tuple[Triple, ...]:
    """The description; `service` is where dumps and the endpoint are, `published` when the snapshot was (UTC)."""
    return tuple(_description(counts, service, published))


def serialize_void(triples: tuple[Triple, ...], form: RdfFormat) -> bytes:
    """The description in an RDF format."""
    out = io.BytesIO()
    serialize(triples, out, format=form, prefixes={**PREFIXES, "void": VOID})
    return out.getvalue()


def _description(counts: GraphCounts, service: str, published: dt.datetime | None) -> Iterator[Triple]:
    dataset = NamedNode(DATASET)

    def say(predicate: NamedNode, value: NamedNode | Literal) -> Triple:
        return Triple(dataset, predicate, value)

    yield say(term("rdf:type"), _void("Dataset"))
    for language, title in _TITLES:
        yield say(term("dcterms:title"), Literal(title, language=language))
    if licence := _licence():
        yield say(term("dcterms:license"), licence)
    if published:
        moment = published.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
        yield say(term("dcterms:created"), Literal(moment, datatype=term("xsd:dateTime")))
    yield say(_void("uriSpace"), Literal(f"{BASE}id/"))
    yield say(_void("exampleResource"), thing("pair", "AZ-VN"))
    yield say(_void("sparqlEndpoint"), NamedNode(f"{service}sparql"))
    for form in MEDIA_TYPES:
        yield say(_void("dataDump"), NamedNode(service + _dump_path(form)))
    for name, count in (
        ("triples", counts.statements),
        ("entities", counts.entities),
        ("distinctSubjects", counts.subjects),
        ("distinctObjects", counts.objects),
        ("classes", len(counts.by_class) or None),
        ("properties", len(counts.by_property) or None),
    ):
        if count is not None:
            yield say(_void(name), integer_literal(count))
    used = [iri for iri, _ in (*counts.by_class, *counts.by_property)]
    for namespace in sorted(space for space in PREFIXES.values() if any(iri.startswith(space) for iri in used)):
        yield say(_void("vocabulary"), NamedNode(namespace))
    yield from _partitions(dataset, counts)


def _partitions(dataset: NamedNode, counts: GraphCounts) -> Iterator[Triple]:
    parts = (
        ("classPartition", "class", "entities", counts.by_class),
        ("propertyPartition", "property", "triples", counts.by_property),
    )
    named = [
        # a name of its own rather than a blank node: the same graph gives the same description
        (partition, kind, unit, iri, count, NamedNode(f"{DATASET}-{kind}-{_name_of(iri)}"))
        for partition, kind, unit, rows in parts
        for iri, count in rows
    ]
    for partition, _, _, _, _, node in named:
        yield Triple(dataset, _void(partition), node)
    for _, kind, unit, iri, count, node in named:
        yield Triple(node, _void(kind), NamedNode(iri))
        yield Triple(node, _void(unit), integer_literal(count))


def _name_of(iri: str) -> str:
    """A name for an IRI within ours: `bg-Event`."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{iri.removeprefix(namespace)}"
    return "".join(letter if letter.isalnum() else "-" for letter in iri)


def _dump_path(form: DumpFormat) -> str:
    return dump_name(form, is_packed=True)


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)


def _licence() -> NamedNode | None:
    found: list[Quad] = [quad for quad in ontology_quads() if quad.predicate == term("dcterms:license")]
    return next((quad.object for quad in found if isinstance(quad.object, NamedNode)), None)
