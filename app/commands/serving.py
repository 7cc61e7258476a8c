"""`banggiao serve`: the HTTP service."""

import os
import signal
import sys
from tempfile import TemporaryDirectory

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.logs import log_config
from app.settings import Settings, to_environment


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
    max_text_bytes: int | None = None,
    max_texts: int | None = None,
    max_address_bytes: int | None = None,
    max_head_bytes: int | None = None,
    max_requests: int | None = None,
    body_timeout_s: float | None = None,
    idle_timeout_s: int | None = None,
    shutdown_timeout_s: int | None = None,
    rate_limit: str | None = None,
    trusted_proxies: str | None = None,
    cache_bytes: int | None = None,
    log_level: str | None = None,
    max_items: int | None = None,
    max_calendar_events: int | None = None,
    query_timeout_s: float | None = None,
    query_memory_bytes: int | None = None,
    query_processes: int | None = None,
    max_queued_queries: int | None = None,
    max_query_bytes: int | None = None,
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
    max_text_bytes
        Largest text to check or to extract from [BANGGIAO_MAX_TEXT_BYTES; 500000].
    max_texts
        Texts of over 50,000 bytes that are read at once in a process [BANGGIAO_MAX_TEXTS; 2].
    max_address_bytes
        Longest address of a request, with its parameters [BANGGIAO_MAX_ADDRESS_BYTES; 32768].
    max_head_bytes
        Largest head of a request [BANGGIAO_MAX_HEAD_BYTES; 65536].
    max_requests
        Requests that are worked on at once in a process [BANGGIAO_MAX_REQUESTS; 128].
    body_timeout_s
        How long a client may take to send a body, in seconds [BANGGIAO_BODY_TIMEOUT_S; 30].
    idle_timeout_s
        How long a connection may be idle or take to send a head, in seconds [BANGGIAO_IDLE_TIMEOUT_S; 15].
    shutdown_timeout_s
        How long running requests may take to end at a stop, in seconds [BANGGIAO_SHUTDOWN_TIMEOUT_S; 20].
    rate_limit
        What one client may ask for, such as 600/minute, or off [BANGGIAO_RATE_LIMIT; 1200/minute, but this machine
        itself is not limited].
    trusted_proxies
        Addresses whose X-Forwarded-For is believed [BANGGIAO_TRUSTED_PROXIES; 127.0.0.1,::1].
    cache_bytes
        Memory for answers that are kept in a process [BANGGIAO_CACHE_BYTES; 67108864].
    log_level
        debug, info, warning or error [BANGGIAO_LOG_LEVEL; info].
    max_items
        Most items in a page of a list [BANGGIAO_MAX_ITEMS; 500].
    max_calendar_events
        Most events of a calendar or a feed [BANGGIAO_MAX_CALENDAR_EVENTS; 2000].
    query_timeout_s
        Longest time for a SPARQL query to run, and to wait for its turn, in seconds [BANGGIAO_QUERY_TIMEOUT_S; 10].
    query_memory_bytes
        Most memory for a SPARQL query beyond the open graph [BANGGIAO_QUERY_MEMORY_BYTES; 1000000000].
    query_processes
        SPARQL queries that can run at once in a process of the server, each in a child [BANGGIAO_QUERY_PROCESSES; 2].
    max_queued_queries
        SPARQL queries that wait for their turn in a process [BANGGIAO_MAX_QUEUED_QUERIES; 32].
    max_query_bytes
        Longest text of a SPARQL query [BANGGIAO_MAX_QUERY_BYTES; 100000].
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
    if settings.workers == 1:
        _run(settings)
        return 0
    with TemporaryDirectory(prefix="banggiao-metrics-") as directory:
        # read by the library of metrics when it is imported, in each worker
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = directory
        _run(settings.model_copy(update={"metrics_dir": directory}))
    return 0


def _run(settings: Settings) -> None:
    # the server takes as long to import as all other commands together
    import uvicorn

    # worker processes read their settings from the environment, as `uvicorn app.main:app` does
    os.environ.update(to_environment(settings))
    # the server ends what runs, then raises the signal anew for the handler that stood before: an end without a fault
    signal.signal(signal.SIGTERM, lambda *_: None)
    uvicorn.run(
        "app.main:app",
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http="app.http.connections:BoundedHttp",
        ws="none",
        h11_max_incomplete_event_size=settings.max_head_bytes,
        timeout_keep_alive=settings.idle_timeout_s,
        timeout_graceful_shutdown=settings.shutdown_timeout_s,
        forwarded_allow_ips=settings.trusted_proxies,
        log_config=log_config(settings.log_level, is_terminal=sys.stderr.isatty(), secrets=settings.secrets),
        access_log=False,
        server_header=False,
    )
