"""RDF that a request brings, as the quads of one graph; the same bytes for the same graph give the same quads."""

import hashlib
from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, parse

from app.errors import BadRequestError, UnsupportedMediaError
from app.graph.graph_store import GraphName
from app.negotiation import bare_media_type, charset
from app.rdf_formats import INPUT_FORMATS

_MAX_REASON_CHARS = 300
_NAME_DIGITS = 16


def read_graph(body: bytes, content_type: str | None, graph: GraphName, base_iri: str) -> frozenset[Quad]:
    """What a body says, as quads of a graph; relative IRIs are relative to `base_iri`. Nothing is fetched for it.

    Blank nodes are named after the graph, the body and their order in it: apart from those of everything else, and the
    same each time the body comes for this graph.

    Raises:
        UnsupportedMediaError: this kind of content cannot be read.
        BadRequestError: the content is not of its kind (says where), or names another graph.
    """
    media_type = bare_media_type(content_type)
    if media_type not in INPUT_FORMATS:
        raise UnsupportedMediaError(
            f"Send RDF as one of {', '.join(INPUT_FORMATS)}, not as «{media_type or 'nothing'}»."
        )
    if charset(content_type) not in (None, "utf-8", "utf8"):
        raise UnsupportedMediaError(f"RDF comes in UTF-8, not in «{charset(content_type)}».")
    name = hashlib.sha256(b"\0".join((str(graph).encode(), media_type.encode(), body))).hexdigest()[:_NAME_DIGITS]
    try:
        found = parse(input=body, format=INPUT_FORMATS[media_type], base_iri=base_iri)
        return frozenset(_renamed(_of_graph(found, graph), f"b{name}"))
    except SyntaxError as error:
        form = INPUT_FORMATS[media_type].name
        place = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
        raise BadRequestError(f"The body is no {form}{place}: {_reason(error)}") from error


def _of_graph(found: Iterator[Quad | Triple], graph: GraphName) -> Iterator[Quad]:
    for one in found:
        named = one.graph_name if isinstance(one, Quad) else DefaultGraph()
        if named not in (DefaultGraph(), graph):
            raise BadRequestError(
                f"The body has statements of the graph {named}: send one graph at a time, to its name."
            )
        yield Quad(one.subject, one.predicate, one.object, graph)


def _renamed(quads: Iterator[Quad], prefix: str) -> Iterator[Quad]:
    """The quads with their blank nodes numbered in the order in which they come."""
    names: dict[BlankNode, BlankNode] = {}

    def renamed(node: NamedNode | BlankNode | Literal | Triple) -> NamedNode | BlankNode | Literal | Triple:
        if isinstance(node, BlankNode):
            return names.setdefault(node, BlankNode(f"{prefix}n{len(names)}"))
        if isinstance(node, Triple):
            return Triple(renamed(node.subject), node.predicate, renamed(node.object))  # type: ignore[arg-type]  # a subject stays a subject
        return node

    for quad in quads:
        subject, value = renamed(quad.subject), renamed(quad.object)
        yield Quad(subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]  # as above


def _reason(error: SyntaxError) -> str:
    text = error.msg or str(error)
    if "LoadDocumentCallback" in text:
        return "its context is to be fetched from elsewhere, which is not done: write the context into the document."
    return text.rpartition(": ")[2][:_MAX_REASON_CHARS] if error.lineno else text[:_MAX_REASON_CHARS]
