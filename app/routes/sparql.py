"""The SPARQL endpoint: queries by GET and by POST, updates by POST with the token, and what the endpoint is."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pyoxigraph import serialize

from app.graph.repositories import count_of
from app.graph.store import SnapshotStore
from app.graph.updating import Update, UpdateLimits, update
from app.graph.vocabulary import PREFIXES
from app.negotiation import choose_media_type
from app.query_runner import GRAPH_FORMATS, RESULT_FORMATS
from app.rdf_answers import PAGES, VARY
from app.responses import Problem
from app.routes.dependencies import CredentialsDep, Services, ServicesDep, StoreDep, check_token
from app.service_description import SD, describe_service
from app.sparql_protocol import FORM, QUERY, UPDATE, Query, operation_of_post, query_of_get
from app.update_responses import UpdateResponse
from app.void import VOID
from app.write_queue import write

router = APIRouter(prefix="/sparql", tags=["sparql"])

_PROTOCOL_PARAMETERS = ("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri")
_EXAMPLE = "SELECT ?event WHERE { ?event a <https://w3id.org/banggiao/ontology#Event> } LIMIT 5"
_UPDATE_EXAMPLE = (
    "INSERT DATA { GRAPH <https://example.org/notes> { <https://example.org/a> <https://example.org/b> 1 } }"
)


def _graphs(*names: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string", "format": "uri"}}}
        for name in names
    ]


_PARAMETERS = [
    {
        "name": "query",
        "in": "query",
        "description": "Without it, the answer is the description of the service",
        "schema": {"type": "string"},
        "example": _EXAMPLE,
    },
    *_graphs("default-graph-uri", "named-graph-uri"),
]
_BODY = {
    "required": True,
    "content": {
        QUERY: {"schema": {"type": "string"}, "example": _EXAMPLE},
        UPDATE: {"schema": {"type": "string"}, "example": _UPDATE_EXAMPLE},
        FORM: {
            "schema": {"type": "object", "properties": {"query": {"type": "string"}, "update": {"type": "string"}}},
            "example": {"query": _EXAMPLE},
        },
    },
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in (*RESULT_FORMATS, *GRAPH_FORMATS)}, "description": "The answer"},
    **{
        status: {"model": Problem, "description": description}
        for status, description in {
            400: "The query or update cannot be run",
            401: "An update without the token",
            406: "None of the accepted formats can be given",
            409: "An update that would leave claims or facts that cannot be fused",
            413: "The query, the update or its answer is too large",
            415: "This kind of body cannot be read",
            503: "A limit of time or number is reached",
        }.items()
    },
}


@router.get("", openapi_extra={"parameters": _PARAMETERS}, responses=_RESPONSES, response_class=Response)
def query_by_get(request: Request, services: ServicesDep, store: StoreDep) -> Response:
    """Answer a query (SPARQL 1.1 Protocol); a query that names no graphs asks of all of them together.

    Without a query, the answer says what the endpoint is and can do (SPARQL 1.1 Service Description).
    """
    parameters = request.query_params.multi_items()
    if not any(name in _PROTOCOL_PARAMETERS for name, _ in parameters):
        return _description(services, store, request)
    return _answer(services, store, query_of_get(parameters, _endpoint(services)), request)


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "",
    openapi_extra={
        "parameters": _graphs("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"),
        "requestBody": _BODY,
        "security": [{}],  # queries need no token
    },
    responses=_RESPONSES,
    response_class=Response,
)
async def query_or_update_by_post(
    request: Request,
    services: ServicesDep,
    store: StoreDep,
    credentials: CredentialsDep,
    body: Annotated[bytes, Depends(_body)],
) -> Response:
    """Answer a query, or run an update (with the token), that comes as a form or as it stands.

    What an update writes is taken as it is: nothing is read or fused anew. Its WHERE asks of the graphs that it names.
    """
    content_type = request.headers.get("content-type")
    wanted = operation_of_post(content_type, request.query_params.multi_items(), body, _endpoint(services))
    if isinstance(wanted, Query):
        return await run_in_threadpool(_answer, services, store, wanted, request)
    check_token(services, credentials)
    return await write(lambda: _update(services, wanted))


def _answer(services: Services, store: SnapshotStore, query: Query, request: Request) -> Response:
    answer = services.queries.run(store, query, request.headers.get("accept"))
    return Response(answer.body, media_type=answer.media_type, headers={"Vary": "Accept"})


def _update(services: Services, wanted: Update) -> Response:
    settings = services.settings
    limits = UpdateLimits(settings.update_timeout_s, settings.update_memory_bytes)
    done = update(settings.address, wanted, limits=limits, wait_s=settings.write_wait_s)
    outcome = UpdateResponse(changed=done.is_new, statements=done.quads, snapshot=done.snapshot_id)
    return Response(outcome.model_dump_json(), media_type="application/json")


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
