"""`banggiao query`: the graph asked in SPARQL."""

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.commands.printing import print_table
from app.errors import BadRequestError
from app.graph.repositories import open_snapshot
from app.graph.store import QueryResults
from app.graph.vocabulary import PREFIXES
from app.querying.answers import GRAPH_FORMATS, RESULT_FORMATS, run_query, write_results
from app.sparql_protocol import make_query

QueryFormat = Literal["table", "json", "xml", "csv", "tsv", "turtle", "nt", "rdfxml", "jsonld", "trig", "nquads"]

_FORMAT_HELP = (
    "Of rows: table (default on a terminal), json (default elsewhere), xml, csv, tsv; "
    "of triples: turtle (default), nt, rdfxml, jsonld, trig, nquads."
)
# What is written in these ends within a line, and so does the answer to ASK in any format.
_WITHOUT_LAST_NEWLINE = frozenset({"json", "xml", "jsonld", "rdfxml"})
_MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nquads": "application/n-quads",
}


def query(
    sparql: Annotated[
        str, Parameter(allow_leading_hyphen=True, help="The query, a file that holds it, or - for the standard input.")
    ],
    /,
    *,
    format: Annotated[QueryFormat | None, Parameter(name="--format", help=_FORMAT_HELP)] = None,  # noqa: A002  # the name of the option
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Ask the graph in SPARQL; a query that names no graphs asks of all of them together."""
    asked = make_query(_query_text(sparql))
    results = run_query(open_snapshot(context.settings(store=store).address).store(), asked)
    chosen = format or _default_format(results)
    if chosen == "table":
        _print_rows(results)
        return 0
    media_type = _MEDIA_TYPES[chosen]
    offered = GRAPH_FORMATS if isinstance(results, QueryTriples) else RESULT_FORMATS
    if media_type not in offered:
        fitting = ", ".join(name for name, kind in _MEDIA_TYPES.items() if kind in offered)
        raise BadRequestError(f"--format {chosen} does not fit what this query gives: choose one of {fitting}.")
    write_results(results, media_type, sys.stdout.buffer)
    if chosen in _WITHOUT_LAST_NEWLINE or isinstance(results, QueryBoolean):
        sys.stdout.buffer.write(b"\n")
    return 0


def _query_text(sparql: str) -> str:
    """The query: from the standard input for -, from a file if there is one of that name, else the text itself."""
    try:
        if sparql == "-":
            return sys.stdin.read()
        is_name = "\n" not in sparql and "{" not in sparql
        return Path(sparql).read_text(encoding="utf-8") if is_name else sparql
    except OSError as error:
        raise BadRequestError(
            f"«{sparql}» is no SPARQL query, and no file that can be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise BadRequestError(f"«{sparql}» is not UTF-8 at byte {error.start}.") from error


def _default_format(results: QueryResults) -> QueryFormat:
    if isinstance(results, QueryTriples):
        return "turtle"
    return "table" if isinstance(results, QuerySolutions) and sys.stdout.isatty() else "json"


def _print_rows(results: QueryResults) -> None:
    if not isinstance(results, QuerySolutions):
        raise BadRequestError("--format table is for SELECT queries: choose json for ASK, turtle for triples.")
    names = [variable.value for variable in results.variables]
    print_table("", names, ([_short(row[name]) for name in names] for row in results))


def _short(term: object) -> str:
    """A term for people: a literal's text, an IRI by its prefix."""
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value
