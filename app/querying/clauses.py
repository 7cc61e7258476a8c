"""What must be known of a query before it is run, by its parse tree: which clauses it has, wherever they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import BadRequestError, QuerySyntaxError
from app.graph.sparql_tokens import as_rdflib_reads, has_keyword

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

# A query without any of these has neither a SERVICE clause nor a FROM clause: keywords can be written only so. Only a
# query with one of them is parsed a second time, to look at its tree.
_TELLTALES = ("SERVICE", "FROM")


@dataclass(frozen=True, slots=True)
class Clauses:
    """Whether a query asks other servers, and whether it names its graphs."""

    has_service: bool
    has_from: bool


def check_clauses(text: str) -> Clauses:
    """The clauses of a query that asks no other server.

    Raises:
        BadRequestError: it has a SERVICE clause, which would make us send a request to any address a client likes.
        QuerySyntaxError: it may have one, and is no SPARQL 1.1.
    """
    upper = text.upper()
    if not any(telltale in upper for telltale in (*_TELLTALES, "\\U")):
        return Clauses(has_service=False, has_from=False)
    clauses = find_clauses(text)
    if clauses.has_service:
        raise BadRequestError("SERVICE is not allowed here: a query asks this graph only. Take the SERVICE clause out.")
    return clauses


def find_clauses(text: str) -> Clauses:
    """Whether a query has a SERVICE clause at any depth, and whether it has FROM or FROM NAMED.

    The standard has escapes of code points expanded before anything else, Oxigraph expands them in texts and IRIs only:
    a clause counts that is there in either reading.

    Raises:
        QuerySyntaxError: the text is no SPARQL 1.1, or read in two ways where it says SERVICE.
    """
    # rdflib takes a third of a second to import, which most starts and most queries need not wait for
    from rdflib.plugins.sparql.parser import expandUnicodeEscapes

    expanded = expandUnicodeEscapes(text)
    if expanded != text and has_keyword(expanded, *_TELLTALES):
        found = _clauses_of_tree(expanded, expanded.replace("\r", "\n"))
        if found.has_service:
            return found
    return _clauses_of_tree(text, as_rdflib_reads(text))


def _clauses_of_tree(text: str, plain: str) -> Clauses:
    """The clauses in the tree that rdflib makes of `plain`; `text` is the same as others read it."""
    from rdflib.plugins.sparql.parser import Query

    try:
        nodes = tuple(_nodes(Query.parse_string(plain, parse_all=True)))
    except RecursionError as error:
        raise QuerySyntaxError("The query is not valid SPARQL: it is nested too deeply.") from error
    except Exception as error:  # rdflib's grammar actions raise errors of many kinds, each a fault of the text
        raise QuerySyntaxError(
            f"The query is not valid SPARQL 1.1, as one with the words SERVICE, FROM or \\u must be: {error}"
        ) from error
    has_service = any(node.name == "ServiceGraphPattern" for node in nodes)
    if not has_service and has_keyword(text, "SERVICE"):
        raise QuerySyntaxError("It cannot be told whether the query has a SERVICE clause: leave that word out.")
    return Clauses(has_service=has_service, has_from=any("datasetClause" in node for node in nodes))


def _nodes(tree: object) -> "Iterator[CompValue]":
    """Every node of the tree, at any depth."""
    from rdflib.plugins.sparql.parserutils import CompValue

    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, CompValue):
            yield node
            pending.extend(node.values())
        elif isinstance(node, Iterable) and not isinstance(node, str | bytes):
            pending.extend(node)
