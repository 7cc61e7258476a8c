"""The SPARQL endpoint: queries by GET and by POST."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app.graph.store import EmbeddedStore
from app.query_runner import GRAPH_FORMATS, RESULT_FORMATS
from app.responses import Problem
from app.routes.dependencies import Services, ServicesDep, StoreDep
from app.sparql_protocol import FORM, QUERY, Query, query_of_get, query_of_post

router = APIRouter(prefix="/sparql", tags=["sparql"])

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
def query_by_get(request: Request, services: ServicesDep, store: StoreDep) -> Response:
    """Answer a query (SPARQL 1.1 Protocol); a query that names no graphs asks of all of them together."""
    return _answer(services, store, query_of_get(request.query_params.multi_items()), request)


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post("", openapi_extra={"requestBody": _BODY}, responses=_RESPONSES, response_class=Response)
def query_by_post(
    request: Request, services: ServicesDep, store: StoreDep, body: Annotated[bytes, Depends(_body)]
) -> Response:
    """Answer a query that comes as a form or as it stands."""
    content_type = request.headers.get("content-type")
    query = query_of_post(content_type, request.query_params.multi_items(), body)
    return _answer(services, store, query, request)


def _answer(services: Services, store: EmbeddedStore, query: Query, request: Request) -> Response:
    answer = services.queries.run(store, query, request.headers.get("accept"))
    return Response(answer.body, media_type=answer.media_type, headers={"Vary": "Accept"})
