"""The SPARQL 1.1 Protocol: from a request's parts to a query or an update that may be run.

Source of the rules: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/, sections 2.1 and 2.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import DefaultGraph, NamedNode

from app.errors import BadRequestError, UnsupportedMediaError
from app.graph.updating import Update
from app.negotiation import bare_media_type, charset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_OF_QUERIES = ("default-graph-uri", "named-graph-uri")
_OF_UPDATES = ("using-graph-uri", "using-named-graph-uri")
_EXAMPLES = {
    "query": "SELECT * { ?s ?p ?o } LIMIT 5",
    "update": "INSERT DATA { GRAPH <https://example.org/g> { <https://example.org/s> a <https://example.org/C> } }",
}


@dataclass(frozen=True, slots=True)
class Query:
    """The text of a query and the graphs that its request names; nobody has looked at the text yet.

    Relative IRIs of the text are relative to `base_iri`; without it there can be none.
    """

    text: str
    default_graphs: tuple[NamedNode | DefaultGraph, ...] = ()
    named_graphs: tuple[NamedNode, ...] = ()
    base_iri: str | None = None

    @property
    def has_dataset(self) -> bool:
        """Whether the request names its graphs, which then come before those that the text names."""
        return bool(self.default_graphs or self.named_graphs)


def query_of_get(parameters: Iterable[tuple[str, str]], base_iri: str) -> Query:
    """The query of a GET request, from the parameters of its address; relative IRIs are relative to `base_iri`.

    Raises:
        BadRequestError: it cannot be run.
    """
    given = tuple(parameters)
    if _values(given, "update"):
        raise BadRequestError("An update comes by POST, as a form or as it stands: GET changes nothing.")
    return _query(_only(given, "query", "the address"), given, base_iri)


def operation_of_post(
    content_type: str | None, parameters: Iterable[tuple[str, str]], body: bytes, base_iri: str
) -> Query | Update:
    """The query or update of a POST request: a form, or its text as it stands; graphs may be named in the address.

    Raises:
        BadRequestError, UnsupportedMediaError: it cannot be run.
    """
    media_type = bare_media_type(content_type)
    if media_type not in (FORM, QUERY, UPDATE):
        raise UnsupportedMediaError(
            f"Send a query as {QUERY}, an update as {UPDATE}, or either as a form ({FORM}), not as "
            f"«{media_type or 'nothing'}»."
        )
    if charset(content_type) not in (None, "utf-8", "utf8"):
        raise UnsupportedMediaError(f"Queries and updates come in UTF-8, not in «{charset(content_type)}».")
    text = decode_utf8(body)
    given = tuple(parameters)
    if any(name in ("query", "update") for name, _ in given):
        raise BadRequestError("The body says what to do here: leave query= and update= out of the address.")
    if media_type == FORM:
        fields = (*given, *_form_fields(text))
        if not _values(fields, "update"):
            return _query(_only(fields, "query", "the form"), fields, base_iri)
        if _values(fields, "query"):
            raise BadRequestError("The form has both query= and update=: send one of them.")
        return _update(_only(fields, "update", "the form"), fields, base_iri)
    return _query(text, given, base_iri) if media_type == QUERY else _update(text, given, base_iri)


def make_query(
    text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = (), base_iri: str | None = None
) -> Query:
    """A query with its graphs named by absolute IRIs.

    Raises:
        BadRequestError: a graph's name is no IRI.
    """
    graphs = tuple(map(graph_iri, default_graphs)), tuple(map(graph_iri, named_graphs))
    return Query(text, *graphs, base_iri=base_iri)


def decode_utf8(body: bytes) -> str:
    """The text of a body.

    Raises:
        BadRequestError: it is not UTF-8; says at which byte.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequestError(f"The body is not UTF-8: byte {error.start} cannot be read. Save it as UTF-8.") from error


def _form_fields(text: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise BadRequestError("The form holds percent-encoded bytes that are not UTF-8.") from error


def _only(parameters: Iterable[tuple[str, str]], name: str, where: str) -> str:
    found = _values(parameters, name)
    if len(found) != 1:
        raise BadRequestError(f"Give one {name}= in {where}, not {len(found)}, such as {name}={_EXAMPLES[name]}.")
    return found[0]


def _query(text: str, parameters: Sequence[tuple[str, str]], base_iri: str) -> Query:
    _refuse(parameters, _OF_UPDATES, "a query names its graphs with default-graph-uri and named-graph-uri")
    default_graphs, named_graphs = (_values(parameters, name) for name in _OF_QUERIES)
    return make_query(text, default_graphs, named_graphs, base_iri)


def _update(text: str, parameters: Sequence[tuple[str, str]], base_iri: str) -> Update:
    _refuse(parameters, _OF_QUERIES, "an update names its graphs with using-graph-uri and using-named-graph-uri")
    using, using_named = (tuple(map(graph_iri, _values(parameters, name))) for name in _OF_UPDATES)
    return Update(text, base_iri, using, using_named)


def _refuse(parameters: Sequence[tuple[str, str]], names: Sequence[str], reason: str) -> None:
    """Refuse parameters of the other operation: passed over, they would leave it asking other graphs than was meant."""
    for name in names:
        if _values(parameters, name):
            raise BadRequestError(f"«{name}» means nothing here: {reason}.")


def _values(parameters: Iterable[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name == wanted)


def graph_iri(iri: str) -> NamedNode:
    """The name of a graph.

    Raises:
        BadRequestError: it is no absolute IRI.
    """
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise BadRequestError(f"«{iri}» is no absolute IRI of a graph.") from error
