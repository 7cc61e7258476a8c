"""The parse tree of a query, by rdflib's grammar: which clauses it has, wherever they stand."""

from collections.abc import Iterable, Iterator

from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from app.errors import QuerySyntaxError
from app.sparql_clauses import Clauses


def find_clauses(text: str) -> Clauses:
    """Whether a query has a SERVICE clause at any depth, and whether it has FROM or FROM NAMED.

    Raises:
        QuerySyntaxError: the text is no SPARQL.
    """
    try:
        tree = parseQuery(text)
    except RecursionError as error:
        raise QuerySyntaxError("The query is not valid SPARQL: it is nested too deeply.") from error
    except Exception as error:  # rdflib's grammar actions raise errors of many kinds, each a fault of the text
        raise QuerySyntaxError(f"The query is not valid SPARQL: {error}") from error
    nodes = tuple(_nodes(tree))
    return Clauses(
        has_service=any(node.name == "ServiceGraphPattern" for node in nodes),
        has_from=any("datasetClause" in node for node in nodes),
    )


def _nodes(tree: object) -> Iterator[CompValue]:
    """Every node of the tree, at any depth."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, CompValue):
            yield node
            pending.extend(node.values())
        elif isinstance(node, Iterable) and not isinstance(node, str | bytes):
            pending.extend(node)
