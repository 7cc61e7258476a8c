"""The SPARQL endpoint: queries by GET and by POST."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from app.query_responses import respond
from app.querying.answers import GRAPH_FORMATS, RESULT_FORMATS
from app.responses import Problem
from app.routes.dependencies import services_of
from app.sparql_protocol import FORM, QUERY, Query, query_of_get, query_of_post


class _BareRoute(APIRoute):
    """A route whose function takes the request as it stands: looking for arguments takes longer than small queries."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The function itself."""
        endpoint: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return endpoint


router = APIRouter(prefix="/sparql", tags=["sparql"], route_class=_BareRoute)

_DECODED_AT_ONCE_BYTES = 10_000

_PARAMETERS = [
    {
        "name": "query",
        "in": "query",
        "required": True,
        "schema": {"type": "string"},
        "example": "SELECT ?event WHERE { ?event a <https://w3id.org/banggiao/ontology#Event> } LIMIT 5",
    },
    *(
        {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string", "format": "uri"}}}
        for name in ("default-graph-uri", "named-graph-uri")
    ),
]
_BODY = {
    "content": {
        QUERY: {"schema": {"type": "string"}},
        FORM: {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
    }
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in (*RESULT_FORMATS, *GRAPH_FORMATS)}, "description": "The answer"},
    **{
        status: {"model": Problem, "description": description}
        for status, description in {
            400: "The query cannot be run",
            406: "None of the accepted formats can be given",
            413: "The query or its answer is too large",
            415: "This kind of body cannot be read",
            501: "An update",
            503: "A limit of time or number is reached",
        }.items()
    },
}


@router.get("", openapi_extra={"parameters": _PARAMETERS}, responses=_RESPONSES, response_class=Response)
async def query_by_get(request: Request) -> Response:
    """Answer a query (SPARQL 1.1 Protocol); a query that names no graphs asks of all of them together."""
    query = await _read(request, 0, lambda: query_of_get(request.query_params.multi_items()))
    return await _answer(query, request)


@router.post("", openapi_extra={"requestBody": _BODY}, responses=_RESPONSES, response_class=Response)
async def query_by_post(request: Request) -> Response:
    """Answer a query that comes as a form or as it stands."""
    content_type, body = request.headers.get("content-type"), await request.body()
    query = await _read(
        request, len(body), lambda: query_of_post(content_type, request.query_params.multi_items(), body)
    )
    return await _answer(query, request)


async def _read(request: Request, body_bytes: int, read: Callable[[], Query]) -> Query:
    """Decode a query, unless it would be refused anyway; a long one in a thread, so that nobody else waits for that.

    Raises:
        TooLargeError, ServerBusyError: it would be refused.
    """
    given_bytes = body_bytes + len(request.scope["query_string"])
    services_of(request).queries.check_room(given_bytes)
    return read() if given_bytes < _DECODED_AT_ONCE_BYTES else await run_in_threadpool(read)


async def _answer(query: Query, request: Request) -> Response:
    services = services_of(request)
    return await respond(services.queries, services.deliveries, services.snapshots, query, request)
