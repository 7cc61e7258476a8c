"""The shipped ontology as records for reading: classes, properties and concept schemes, in the order of the file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple, parse

from app.graph.ontology import ONTOLOGY_DIR
from app.graph.readmodel import Label
from app.graph.vocabulary import BASE, BG, PREFIXES, term
from extractors.tables import read_table

Node = NamedNode | BlankNode | Literal | Triple
Statements = Mapping[Node, Mapping[str, list[Node]]]
"""What is said of each node, by the IRI of the property."""

MORE_PREFIXES = {"time": "http://www.w3.org/2006/time#", "sh": "http://www.w3.org/ns/shacl#"}
_IRI = BASE.rstrip("/") + "/ontology"
_PROPERTY_KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property")
_PARENTS = ("rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentProperty", "owl:equivalentClass")
_MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:relatedMatch")


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A class, a property or a concept; `name` is its local name, others are named as they are written: `prov:Entity`.

    `parents` are what it is a kind of, `matches` how it stands to terms of others: (relation, term).
    """

    name: str
    kind: str
    label: Label
    comment: Label
    domain: str | None
    range: str | None
    parents: tuple[str, ...]
    matches: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A closed list of concepts."""

    name: str
    label: Label
    concepts: tuple[OntologyTerm, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole vocabulary; `outside` are what terms of others are called there."""

    version: str
    comment: Label
    licence: str
    classes: tuple[OntologyTerm, ...]
    properties: tuple[OntologyTerm, ...]
    schemes: tuple[Scheme, ...]
    outside: Mapping[str, str]


@lru_cache(maxsize=1)
def read_ontology() -> Ontology:
    """The shipped vocabulary.

    Raises:
        SyntaxError: ontology/banggiao.ttl is no Turtle.
        TableError: a row of ontology/outside-terms.csv is at fault.

    """
    said = statements_of("banggiao.ttl")
    own = [node for node in said if isinstance(node, NamedNode) and node.value.startswith(BG)]
    kinds = {node: [shorten(kind) for kind in said[node].get(term("rdf:type").value, [])] for node in own}
    concepts = defaultdict(list)
    for node in own:
        for scheme in said[node].get(term("skos:inScheme").value, []):
            concepts[scheme].append(_term(said, node, "skos:Concept", "skos:prefLabel", "skos:definition"))
    header = said[NamedNode(_IRI)]
    return Ontology(
        version=_one(header, "owl:versionInfo") or "",
        comment=_label(header, "rdfs:comment"),
        licence=_one(header, "dcterms:license") or "",
        classes=tuple(_term(said, node, "owl:Class") for node in own if "owl:Class" in kinds[node]),
        properties=tuple(
            _term(said, node, kind) for node in own for kind in kinds[node][:1] if kind in _PROPERTY_KINDS
        ),
        schemes=tuple(
            Scheme(node.value.removeprefix(BG), _label(said[node], "rdfs:label"), tuple(concepts[node]))
            for node in own
            if "skos:ConceptScheme" in kinds[node]
        ),
        outside=_outside_names(),
    )


def statements_of(name: str) -> Statements:
    """What a Turtle file of ontology/ says, in its order."""
    found: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=ONTOLOGY_DIR / name):
        if isinstance(quad, Quad) and isinstance(quad.subject, NamedNode | BlankNode):
            found[quad.subject][quad.predicate.value].append(quad.object)
    return {node: dict(properties) for node, properties in found.items()}


def shorten(node: object) -> str:
    """A term as it is written with its prefix; the text of a literal; an IRI without a prefix as it is."""
    value = str(getattr(node, "value", node))
    for prefix, namespace in {**PREFIXES, **MORE_PREFIXES}.items():
        if isinstance(node, NamedNode) and value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value


def expand(name: str) -> str:
    """The IRI of a term that `shorten` has written."""
    prefix, _, local = name.partition(":")
    namespace = {**PREFIXES, **MORE_PREFIXES}.get(prefix)
    return f"{namespace}{local}" if namespace else name


def _term(
    said: Statements, node: NamedNode, kind: str, label: str = "rdfs:label", comment: str = "rdfs:comment"
) -> OntologyTerm:
    about = said[node]
    return OntologyTerm(
        name=node.value.removeprefix(BG),
        kind=kind,
        label=_label(about, label),
        comment=_label(about, comment),
        domain=_one(about, "rdfs:domain"),
        range=_one(about, "rdfs:range"),
        parents=tuple(shorten(found) for name in _PARENTS for found in about.get(term(name).value, [])),
        matches=tuple((name, shorten(found)) for name in _MATCHES for found in about.get(term(name).value, [])),
    )


def _label(about: Mapping[str, list[Node]], name: str) -> Label:
    texts = {text.language: text.value for text in about.get(term(name).value, []) if isinstance(text, Literal)}
    return Label(texts.get("vi", ""), texts.get("en", ""))


def _one(about: Mapping[str, list[Node]], name: str) -> str | None:
    found = about.get(term(name).value, [])
    return shorten(found[0]) if found else None


def _outside_names() -> Mapping[str, str]:
    rows = read_table(
        ONTOLOGY_DIR / "outside-terms.csv", ("term", "label", "sources"), required=("term",), key=("term",)
    )
    return {row["term"]: row["label"] for row in rows if row["term"].startswith("wd:")}
