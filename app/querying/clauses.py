"""What must be known of a query before it is run, by its parse tree: which clauses it has, wherever they stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import BadRequestError, QuerySyntaxError

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

# A query without any of these has neither a SERVICE clause nor a FROM clause: keywords can be written only so, or
# with code point escapes. Only a query with one of them is parsed a second time, to look at its tree.
_TELLTALES = ("service", "from", "\\u")

# What a word may stand in without being a keyword: comments, texts, IRIs, variables, tags of languages, names with a
# prefix. No IRI can begin at a less-than sign and reach over a SERVICE clause, which has a brace after its keyword.
_TOKENS = re.compile(
    r"""
      \#[^\r\n]*
    | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3} | "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3}
    | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*"
    | <[^<>"{}|^`\\\x00-\x20]*>
    | [?$]\w+ | @[\w-]+ | [\w.-]*:(?:[\w.:%-]|\\.)*
    | (?P<service>\bservice\b)
    | \w+
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


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
    lowered = text.lower()
    if not any(telltale in lowered for telltale in _TELLTALES):
        return Clauses(has_service=False, has_from=False)
    clauses = find_clauses(text)
    if clauses.has_service:
        raise BadRequestError("SERVICE is not allowed here: a query asks this graph only. Take the SERVICE clause out.")
    return clauses


def find_clauses(text: str) -> Clauses:
    """Whether a query has a SERVICE clause at any depth, and whether it has FROM or FROM NAMED.

    Raises:
        QuerySyntaxError: the text is no SPARQL 1.1, or read in two ways where it says SERVICE.
    """
    # rdflib takes a third of a second to import, which most starts and most queries need not wait for
    from rdflib.plugins.sparql.parser import Query, expandUnicodeEscapes

    # rdflib would end a comment at a line feed only: a carriage return must not hide what follows it
    plain = expandUnicodeEscapes(text).replace("\r", "\n")
    try:
        nodes = tuple(_nodes(Query.parse_string(plain, parse_all=True)))
    except RecursionError as error:
        raise QuerySyntaxError("The query is not valid SPARQL: it is nested too deeply.") from error
    except Exception as error:  # rdflib's grammar actions raise errors of many kinds, each a fault of the text
        raise QuerySyntaxError(
            f"The query is not valid SPARQL 1.1, as one with the words SERVICE, FROM or \\u must be: {error}"
        ) from error
    has_service = any(node.name == "ServiceGraphPattern" for node in nodes)
    if not has_service and any(token["service"] for token in _TOKENS.finditer(plain)):
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
