"""`banggiao serve`: the HTTP service."""

import os

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.settings import to_environment


# long: one line for each setting, and one more for its help
def serve(
    *,
    host: str | None = None,
    port: int | None = None,
    workers: int | None = None,
    store: StoreOption = None,
    token: str | None = None,
    base_iri: str | None = None,
    max_body_bytes: int | None = None,
    max_items: int | None = None,
    query_timeout_s: float | None = None,
    max_queries: int | None = None,
    max_result_bytes: int | None = None,
    update_timeout_s: float | None = None,
    update_memory_bytes: int | None = None,
    write_wait_s: float | None = None,
    context: ContextArgument,
) -> int:
    """Serve the graph over HTTP; a store that does not exist yet is an empty graph.

    Parameters
    ----------
    host
        Address to listen on [BANGGIAO_HOST; 127.0.0.1].
    port
        Port to listen on [BANGGIAO_PORT; 8000].
    workers
        Processes [BANGGIAO_WORKERS; 1].
    store
        Directory of the graph, or URL of a SPARQL endpoint [BANGGIAO_STORE; .store].
    token
        What a client must send to write [BANGGIAO_TOKEN; nothing can be written]. Other users of the machine see the
        arguments of a command: prefer the variable.
    base_iri
        Where links to things lead [BANGGIAO_BASE_IRI; https://w3id.org/banggiao/].
    max_body_bytes
        Largest body of a request [BANGGIAO_MAX_BODY_BYTES; 5000000].
    max_items
        Most items in a page of a list [BANGGIAO_MAX_ITEMS; 500].
    query_timeout_s
        Longest time for a SPARQL query, in seconds [BANGGIAO_QUERY_TIMEOUT_S; 10].
    max_queries
        SPARQL queries that run at once in a process [BANGGIAO_MAX_QUERIES; 8].
    max_result_bytes
        Largest answer to a SPARQL query [BANGGIAO_MAX_RESULT_BYTES; 50000000].
    update_timeout_s
        Longest time for a SPARQL update, in seconds [BANGGIAO_UPDATE_TIMEOUT_S; 60].
    update_memory_bytes
        Most memory for the process of a SPARQL update [BANGGIAO_UPDATE_MEMORY_BYTES; 4000000000].
    write_wait_s
        How long a writing request waits for another writer, in seconds [BANGGIAO_WRITE_WAIT_S; 30].
    context
        The day and the settings, from cli.py.
    """
    options = dict(locals())
    del options["context"]
    settings = context.settings(**options)
    # the server takes as long to import as all other commands together
    import uvicorn

    # worker processes read their settings from the environment, as `uvicorn app.main:app` does
    os.environ.update(to_environment(settings))
    uvicorn.run(
        "app.main:app",
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_level="info",
        access_log=False,
        server_header=False,
    )
    return 0
