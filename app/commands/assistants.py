"""`banggiao mcp`: what assistants ask the graph, over the standard streams."""

import logging.config
import sys

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.house import day_in_hanoi
from app.logs import log_config


def mcp(
    *,
    store: StoreOption = None,
    base_iri: str | None = None,
    log_level: str | None = None,
    max_text_bytes: int | None = None,
    query_timeout_s: float | None = None,
    query_memory_bytes: int | None = None,
    query_processes: int | None = None,
    max_query_bytes: int | None = None,
    max_result_bytes: int | None = None,
    context: ContextArgument,
) -> int:
    """Answer an assistant (Model Context Protocol) over the standard streams, until it closes them; writes nothing.

    Parameters
    ----------
    store
        Directory of the graph, or URL of a SPARQL endpoint [BANGGIAO_STORE; .store].
    base_iri
        Where links to things lead [BANGGIAO_BASE_IRI; https://w3id.org/banggiao/].
    log_level
        debug, info, warning or error, on the error stream [BANGGIAO_LOG_LEVEL; info].
    max_text_bytes
        Largest draft to check [BANGGIAO_MAX_TEXT_BYTES; 500000].
    query_timeout_s
        Longest time for a SPARQL query to run, and to wait for its turn, in seconds [BANGGIAO_QUERY_TIMEOUT_S; 10].
    query_memory_bytes
        Most memory for a SPARQL query beyond the open graph [BANGGIAO_QUERY_MEMORY_BYTES; 1000000000].
    query_processes
        SPARQL queries that run at once, each in a child [BANGGIAO_QUERY_PROCESSES; 2].
    max_query_bytes
        Longest text of a SPARQL query [BANGGIAO_MAX_QUERY_BYTES; 100000].
    max_result_bytes
        Largest answer to a SPARQL query [BANGGIAO_MAX_RESULT_BYTES; 50000000].
    context
        The clock and the settings, from cli.py.
    """
    options = dict(locals())
    del options["context"]
    settings = context.settings(**options)
    # before the library is imported, which would write lines of its own kind
    is_terminal = sys.stderr.isatty()
    logging.config.dictConfig(log_config(settings.log_level, is_terminal=is_terminal, secrets=settings.secrets))
    # the library takes as long to import as all other commands together
    from app.assistants.server import create_server

    create_server(settings, lambda: day_in_hanoi(context.clock())).run("stdio")
    return 0
