"""The SPARQL endpoint: queries by GET and by POST, updates by POST with the token, and what the endpoint is.

Browsers get a page by GET, with the same answers in it.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials
from pyoxigraph import serialize

from app.errors import UnauthorisedError
from app.graph.repositories import count_of
from app.graph.store import SnapshotStore
from app.graph.updating import Update, UpdateLimits, update
from app.graph.vocabulary import PREFIXES
from app.negotiation import choose_media_type
from app.query_formats import DOWNLOAD, Download, prefers_page, wanted_download
from app.query_responses import respond
from app.querying.answers import GRAPH_FORMATS
from app.rdf_answers import PAGES, VARY
from app.routes.dependencies import CredentialsDep, Services, ServicesDep, check_token, services_of
from app.service_description import SD, describe_service
from app.sparql_answers import BODY, BODY_PARAMETERS, GET_RESPONSES, POST_RESPONSES, QUERY_PARAMETERS
from app.sparql_protocol import Query, operation_of_post, query_of_get
from app.update_responses import UpdateResponse
from app.void import VOID
from app.web.sparql import sparql_page
from app.write_queue import write

router = APIRouter(prefix="/sparql", tags=["sparql"])

_READ_AT_ONCE_BYTES = 10_000
_PROTOCOL_PARAMETERS = ("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri")


class _BareRoute(APIRoute):
    """A route whose function takes the request as it stands: looking for arguments takes longer than small queries."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The function itself."""
        endpoint: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return endpoint


async def query_by_get(request: Request) -> Response:
    """Answer a query (SPARQL 1.1 Protocol); a query that names no graphs asks of all of them together.

    Without a query, the answer says what the endpoint is and can do (SPARQL 1.1 Service Description). A client that
    likes HTML best, as browsers do, gets a page for people: an editor, and what is answered as a table or a picture.
    """
    services = services_of(request)
    if prefers_page(request.headers.get("accept")) and DOWNLOAD not in request.query_params:
        return await sparql_page(request, services, _endpoint(services))
    services.queries.check_room(len(request.scope["query_string"]))
    parameters = request.query_params.multi_items()
    download = wanted_download(parameters)
    if not any(name in _PROTOCOL_PARAMETERS for name, _ in parameters):
        return await run_in_threadpool(_description, services, services.snapshots.store(), request)
    return await _answer(services, query_of_get(parameters, _endpoint(services)), request, download)


router.add_api_route(
    "",
    query_by_get,
    methods=["GET"],
    summary="Ask a query by GET",
    openapi_extra={"parameters": QUERY_PARAMETERS},
    responses=GET_RESPONSES,
    response_class=Response,
    route_class_override=_BareRoute,
)


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "",
    summary="Ask a query by POST, or run an update",
    openapi_extra={
        "parameters": BODY_PARAMETERS,
        "requestBody": BODY,
        "security": [{}, {"token": []}],  # queries need no token
    },
    responses=POST_RESPONSES,
    response_class=Response,
)
async def query_or_update_by_post(
    request: Request, services: ServicesDep, credentials: CredentialsDep, body: Annotated[bytes, Depends(_body)]
) -> Response:
    """Answer a query, or run an update (with the token), that comes as a form or as it stands.

    What an update writes is taken as it is: nothing is read or fused anew. Its WHERE asks of the graphs that it names.
    """
    content_type = request.headers.get("content-type")
    if not _may_write(services, credentials):
        services.queries.check_room(len(body))

    def read() -> Query | Update:
        return operation_of_post(content_type, request.query_params.multi_items(), body, _endpoint(services))

    # decoding a long body takes a while: in a thread nobody else waits for that
    wanted = read() if len(body) < _READ_AT_ONCE_BYTES else await run_in_threadpool(read)
    if isinstance(wanted, Query):
        return await _answer(services, wanted, request)
    check_token(services, credentials)
    return await write(lambda: _update(services, wanted))


def _may_write(services: Services, credentials: HTTPAuthorizationCredentials | None) -> bool:
    try:
        check_token(services, credentials)
    except UnauthorisedError:
        return False
    return True


async def _answer(services: Services, query: Query, request: Request, download: Download | None = None) -> Response:
    return await respond(services.queries, services.deliveries, services.snapshots, query, request, download)


def _update(services: Services, wanted: Update) -> Response:
    settings = services.settings
    limits = UpdateLimits(settings.update_timeout_s, settings.update_memory_bytes)
    done = update(settings.address, wanted, limits=limits, wait_s=settings.write_wait_s)
    outcome = UpdateResponse(changed=done.is_new, statements=done.quads, snapshot=done.snapshot_id)
    # queries by POST vary, and what an address says of its answers holds for all of them
    return Response(outcome.model_dump_json(), media_type="application/json", headers=VARY)


def _description(services: Services, store: SnapshotStore, request: Request) -> Response:
    chosen = choose_media_type(request.headers.get("accept"), (*GRAPH_FORMATS, *PAGES))
    media_type = chosen if chosen in GRAPH_FORMATS else "text/turtle"
    statements = count_of(services.settings.address, store.snapshot_id)
    triples = describe_service(store, services.settings.base_iri, statements)
    prefixes = {**PREFIXES, "sd": SD, "void": VOID}
    body = serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=prefixes)
    return Response(body, media_type=media_type, headers=VARY)


def _endpoint(services: Services) -> str:
    """What relative IRIs are relative to: the same on every machine and under every name of it."""
    return f"{services.settings.base_iri}sparql"
