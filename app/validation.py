"""Whether a graph conforms to ontology/shapes.ttl: every node that a shape targets, its named graphs taken together.

pyshacl works on rdflib graphs in memory, which a large store would overflow. So nodes are checked in batches, each
holding all that is said of its own nodes and the classes of what they point to: all that the shapes look at, as long as
no shape looks further than that from the node and the parts of it that have its IRI and a fragment.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from app.graph.ontology import ONTOLOGY_DIR, ontology_quads
from app.graph.store import SnapshotStore
from app.graph.vocabulary import PREFIXES

BATCH_TRIPLES = 100_000
# Stands for «is a focus node of the shapes of this class» in the graphs of a batch, and nowhere else.
_FOCUS = "urn:banggiao:focus:"
_STRING = ox.NamedNode(str(XSD.string))
_CONTEXT_PREDICATES = (ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RDFS.subClassOf)))


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of SHACL; IRIs by their prefixes. `path` is empty where the node itself is at fault."""

    focus_node: str
    path: str
    value: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes, with focus nodes named one by one; `classes` are those that they target.

    `inverse_predicates` are those that a shape follows backwards.
    """

    graph: Graph
    classes: Mapping[str, frozenset[str]]
    inverse_predicates: tuple[ox.NamedNode, ...]


def find_violations(store: SnapshotStore, batch_triples: int = BATCH_TRIPLES) -> Iterator[tuple[int, list[Violation]]]:
    """Check a graph batch by batch: after each, how many nodes it had, and what is wrong with them, sorted."""
    shapes = load_shapes()
    for nodes in _batches(store, batch_triples):
        _, report, _ = pyshacl.validate(
            _batch_graph(store, nodes, shapes), shacl_graph=shapes.graph, inplace=True, advanced=False
        )
        yield len(nodes), sorted(_read_report(report))


@lru_cache(maxsize=1)
def load_shapes() -> Shapes:
    """The shipped shapes, made ready for batches.

    Raises:
        SyntaxError: ontology/shapes.ttl is no Turtle.

    """
    graph = Graph(store="SimpleMemory").parse(ONTOLOGY_DIR / "shapes.ttl", format="turtle")
    targeted = set()
    for shape, wanted in list(graph.subject_objects(SH.targetClass)):
        graph.remove((shape, SH.targetClass, wanted))
        graph.add((shape, SH.targetSubjectsOf, URIRef(_FOCUS + str(wanted))))
        targeted.add(str(wanted))
    inverse = tuple(ox.NamedNode(str(predicate)) for predicate in graph.objects(None, SH.inversePath))
    return Shapes(graph, {name: _superclasses(name) & targeted for name in _class_names(targeted)}, inverse)


def short(term: str) -> str:
    """An IRI by its prefix, where it has one of ours."""
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return term


def _batches(store: SnapshotStore, batch_triples: int) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, ...]]:
    """All nodes that something is said of, those of one document (an IRI without its fragment) together."""
    counts: dict[ox.NamedNode | ox.BlankNode, int] = {}
    for quad in store.all_quads():
        if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
            counts[quad.subject] = counts.get(quad.subject, 0) + 1
    batch: list[ox.NamedNode | ox.BlankNode] = []
    size = 0
    for _, nodes in groupby(sorted(counts, key=str), key=_document):
        for node in nodes:
            batch.append(node)
            size += counts[node]
        if size >= batch_triples:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _document(node: ox.NamedNode | ox.BlankNode) -> str:
    # a hash namespace is no document of its own parts: its terms are checked one by one
    iri = str(node).strip("<>")
    return iri if iri.startswith(PREFIXES["bg"]) else iri.partition("#")[0]


def _batch_graph(store: SnapshotStore, nodes: Iterable[ox.NamedNode | ox.BlankNode], shapes: Shapes) -> Graph:
    """What is said of some nodes, with what the shapes ask of others, and the marks of the focus nodes."""
    triples: set[ox.Triple] = {quad.triple for quad in ontology_quads() if quad.predicate in _CONTEXT_PREDICATES}
    own = set(nodes)
    others: set[ox.NamedNode | ox.BlankNode] = set()
    marks = []
    for node in own:
        for quad in store.matching(node):
            triples.add(quad.triple)
            if isinstance(quad.object, ox.NamedNode | ox.BlankNode) and quad.object not in own:
                others.add(quad.object)
            if quad.predicate == _CONTEXT_PREDICATES[0] and isinstance(quad.object, ox.NamedNode):
                marks += [(node, target) for target in shapes.classes.get(quad.object.value, ())]
        for predicate in shapes.inverse_predicates:
            for quad in store.matching(None, predicate, node):
                triples.add(quad.triple)
                if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                    others.add(quad.subject)
    for node in others - own:
        triples.update(quad.triple for quad in store.matching(node, _CONTEXT_PREDICATES[0]))
    graph = _rdflib_graph(triples)
    for node, target in marks:
        graph.add((_rdflib_term(node), URIRef(_FOCUS + target), _rdflib_term(node)))
    return graph


def _rdflib_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Triples as rdflib has them: term by term, which is faster than by way of a text."""
    graph = Graph()
    for triple in triples:
        graph.add((_rdflib_term(triple.subject), _rdflib_term(triple.predicate), _rdflib_term(triple.object)))
    return graph


@lru_cache(maxsize=50_000)
def _rdflib_term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype == _STRING
        # not normalised: what stands in the graph is checked, not what rdflib would make of it
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise ValueError(f"{term} has no counterpart in rdflib")


def _class_names(targeted: Iterable[str]) -> frozenset[str]:
    subclasses = {quad.subject.value for quad in _subclass_quads() if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(targeted) | subclasses


def _superclasses(name: str) -> frozenset[str]:
    """A class and all above it in the ontology."""
    found, pending = {name}, [name]
    while pending:
        current = pending.pop()
        for quad in _subclass_quads():
            if quad.subject == ox.NamedNode(current) and isinstance(quad.object, ox.NamedNode):
                if quad.object.value not in found:
                    found.add(quad.object.value)
                    pending.append(quad.object.value)
    return frozenset(found)


@lru_cache(maxsize=1)
def _subclass_quads() -> tuple[ox.Quad, ...]:
    return tuple(quad for quad in ontology_quads() if quad.predicate == _CONTEXT_PREDICATES[1])


def _read_report(report: Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        messages = sorted(str(text) for text in report.objects(result, SH.resultMessage))
        yield Violation(
            focus_node=_text(report.value(result, SH.focusNode)),
            path=_path(report, report.value(result, SH.resultPath)),
            value=_text(report.value(result, SH.value)),
            message=" · ".join(messages),
            severity=str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )


def _path(report: Graph, path: Node | None) -> str:
    inverse = report.value(path, SH.inversePath) if isinstance(path, BNode) else None
    return f"^{_text(inverse)}" if inverse is not None else _text(path)


def _text(term: Node | None) -> str:
    if term is None:
        return ""
    return short(str(term)) if isinstance(term, URIRef) else str(term)
