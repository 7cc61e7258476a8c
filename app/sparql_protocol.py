"""The SPARQL 1.1 Protocol, query operation: from a request's parts to a query that may be run.

Source of the rules: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/, section 2.1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from app.errors import BadRequestError, NotOfferedError, UnsupportedMediaError
from app.negotiation import bare_media_type, charset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_UPDATES_LATER = (
    "Updates are not offered yet: this endpoint answers queries only. Articles are added with POST /api/articles."
)


@dataclass(frozen=True, slots=True)
class Query:
    """The text of a query and the graphs that its request names; nobody has looked at the text yet."""

    text: str
    default_graphs: tuple[NamedNode, ...] = ()
    named_graphs: tuple[NamedNode, ...] = ()

    @property
    def has_dataset(self) -> bool:
        """Whether the request names its graphs, which then come before those that the text names."""
        return bool(self.default_graphs or self.named_graphs)


def query_of_get(parameters: Iterable[tuple[str, str]]) -> Query:
    """The query of a GET request, from the parameters of its address.

    Raises:
        BadRequestError, NotOfferedError: it cannot be run.
    """
    return _of_parameters(tuple(parameters), "the address")


def query_of_post(content_type: str | None, parameters: Iterable[tuple[str, str]], body: bytes) -> Query:
    """The query of a POST request: a form, or a query as it stands with its graphs in the address.

    Raises:
        BadRequestError, NotOfferedError, UnsupportedMediaError: it cannot be run.
    """
    media_type = bare_media_type(content_type)
    if charset(content_type) not in (None, "utf-8", "utf8"):
        raise UnsupportedMediaError(f"A query comes in UTF-8, not in «{charset(content_type)}».")
    if media_type == UPDATE:
        raise NotOfferedError(_UPDATES_LATER)
    if media_type not in (FORM, QUERY):
        raise UnsupportedMediaError(
            f"Send a query as {QUERY} or as a form ({FORM}), not as «{media_type or 'nothing'}»."
        )
    text = decode_utf8(body)
    if media_type == FORM:
        return _of_parameters(_form_fields(text), "the form")
    given = tuple(parameters)
    if any(name in ("query", "update") for name, _ in given):
        raise BadRequestError("The query is the body here: leave query= out of the address.")
    return make_query(text, _values(given, "default-graph-uri"), _values(given, "named-graph-uri"))


def make_query(text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Query:
    """A query with its graphs named by absolute IRIs.

    Raises:
        BadRequestError: a graph's name is no IRI.
    """
    return Query(text, tuple(map(_graph, default_graphs)), tuple(map(_graph, named_graphs)))


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


def _of_parameters(parameters: Sequence[tuple[str, str]], where: str) -> Query:
    queries = _values(parameters, "query")
    if _values(parameters, "update"):
        raise NotOfferedError(_UPDATES_LATER)
    if len(queries) != 1:
        raise BadRequestError(
            f"Give one query= in {where}, not {len(queries)}, such as query=SELECT * {{ ?s ?p ?o }} LIMIT 5."
        )
    return make_query(queries[0], _values(parameters, "default-graph-uri"), _values(parameters, "named-graph-uri"))


def _values(parameters: Iterable[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name == wanted)


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise BadRequestError(f"«{iri}» is no absolute IRI of a graph.") from error
