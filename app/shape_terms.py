"""The shipped shapes as records for reading: what each asks of which nodes."""

from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from app.graph.vocabulary import BASE, term
from app.ontology_terms import MORE_PREFIXES, Node, Statements, shorten, statements_of

SHAPES = f"{BASE}shapes#"
_SH = MORE_PREFIXES["sh"]
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What is asked of one property: how many values (`maximum` None: any number), and of what kind each is.

    A `path` that begins with ^ is followed backwards. Terms are written with their prefixes.
    """

    path: str
    minimum: int
    maximum: int | None
    classes: tuple[str, ...]
    datatypes: tuple[str, ...]
    choices: tuple[str, ...]
    languages: tuple[str, ...]
    pattern: str | None
    at_least: str | None
    at_most: str | None
    not_after: str | None
    is_iri: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with what it targets: classes, or (kind `targetSubjectsOf`) whatever has a property.

    At least one of `either` holds; `datatypes` are those that a value may have where values are targeted.
    """

    name: str
    comment: str
    targets: tuple[tuple[str, str], ...]
    properties: tuple[PropertyShape, ...]
    either: tuple[PropertyShape, ...]
    datatypes: tuple[str, ...]


@lru_cache(maxsize=1)
def read_shapes() -> tuple[Shape, ...]:
    """The shipped shapes, in the order of the file.

    Raises:
        SyntaxError: ontology/shapes.ttl is no Turtle.

    """
    said = statements_of("shapes.ttl")
    return tuple(_shape(said, node) for node in said if isinstance(node, NamedNode) and node.value.startswith(SHAPES))


def _shape(said: Statements, node: NamedNode) -> Shape:
    options = [option for found in said[node].get(f"{_SH}or", []) for option in _items(said, found)]
    with_path = [option for option in options if f"{_SH}path" in said[option]]
    return Shape(
        name=node.value.removeprefix(SHAPES),
        comment=_text(said, node, term("rdfs:comment").value) or "",
        targets=tuple((kind, shorten(found)) for kind in _TARGETS for found in said[node].get(_SH + kind, [])),
        properties=tuple(_property(said, found) for found in said[node].get(f"{_SH}property", [])),
        either=tuple(_property(said, option) for option in with_path),
        datatypes=tuple(
            shorten(found)
            for option in options
            if option not in with_path
            for found in said[option].get(f"{_SH}datatype", [])
        ),
    )


def _property(said: Statements, node: Node) -> PropertyShape:
    def values(name: str) -> list[Node]:
        return said[node].get(_SH + name, [])

    def number(name: str) -> int | None:
        found = values(name)
        return int(shorten(found[0])) if found else None

    def word(*names: str) -> str | None:
        return next((shorten(values(name)[0]) for name in names if values(name)), None)

    options = [option for found in values("or") for option in _items(said, found)]
    chosen = [shorten(one) for found in values("in") for one in _items(said, found)] + list(
        map(shorten, values("hasValue"))
    )
    return PropertyShape(
        path=_path(said, values("path")[0]),
        minimum=number("minCount") or 0,
        maximum=number("maxCount"),
        classes=tuple(map(shorten, values("class"))),
        datatypes=tuple(
            shorten(found) for one in (node, *options) for found in said.get(one, {}).get(f"{_SH}datatype", [])
        ),
        choices=tuple(map(shorten, chosen)),
        languages=tuple(shorten(one) for found in values("languageIn") for one in _items(said, found)),
        pattern=word("pattern"),
        at_least=word("minInclusive", "minLength"),
        at_most=word("maxInclusive"),
        not_after=word("lessThanOrEquals", "lessThan"),
        is_iri=word("nodeKind") == "sh:IRI",
    )


def _path(said: Statements, node: Node) -> str:
    if isinstance(node, NamedNode):
        return shorten(node)
    backwards = said[node].get(f"{_SH}inversePath", [])
    return f"^{shorten(backwards[0])}" if backwards else ""


def _items(said: Statements, node: Node) -> list[Node]:
    """The items of an RDF list."""
    items = []
    while node in said:
        items += said[node].get(term("rdf:first").value, [])
        (node,) = said[node].get(term("rdf:rest").value, []) or (term("rdf:nil"),)
    return items


def _text(said: Statements, node: Node, predicate: str) -> str | None:
    found = said[node].get(predicate, [])
    return shorten(found[0]) if found else None
