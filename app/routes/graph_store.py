"""The graphs of the store by their names, read openly and written with the token.

Source of the rules: SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

import hashlib
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import DefaultGraph, NamedNode

from app.errors import BadRequestError
from app.graph.graph_store import GraphName, drop_graph, exists, extend_graph, no_such_graph, replace_graph
from app.graph.vocabulary import BASE
from app.query_runner import GRAPH_FORMATS
from app.rdf_bodies import read_graph
from app.rdf_formats import INPUT_FORMATS
from app.responses import Problem
from app.routes.dependencies import ServicesDep, StoreDep, WriterDep
from app.sparql_protocol import Query, graph_iri
from app.write_queue import write

_ADDRESS = "/rdf-graphs"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_UPLOADED = f"{BASE}graph/upload/"
_NAME_DIGITS = 16

_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "graph",
        "in": "query",
        "description": "The name of a graph",
        "schema": {"type": "string", "format": "uri"},
        "example": f"{BASE}graph/reference",
    },
    {
        "name": "default",
        "in": "query",
        "description": "Instead of a name: the graph that has none",
        "allowEmptyValue": True,
        "schema": {"type": "string"},
    },
]
_BODY = {
    "required": True,
    "content": {media_type: {"schema": {"type": "string"}} for media_type in INPUT_FORMATS},
}
_READING = {"parameters": _PARAMETERS}
_WRITING = {"parameters": _PARAMETERS, "requestBody": _BODY}


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    descriptions = {
        400: "The graph is not named, or the body is not of its kind",
        401: "The token is missing",
        404: "There is no such graph",
        406: "None of the accepted formats can be given",
        409: "Claims or facts that could not be fused",
        413: "The body or the answer is too large",
        415: "This kind of body cannot be read",
        503: "A limit of time or number is reached, or another writer is at work",
    }
    return {status: {"model": Problem, "description": descriptions[status]} for status in statuses}


router = APIRouter(prefix=_ADDRESS, tags=["graphs"])


def _graph(request: Request) -> GraphName | None:
    """The graph that the address names; None where it names none."""
    names = request.query_params.getlist("graph")
    is_default = "default" in request.query_params
    if len(names) + is_default > 1:
        raise BadRequestError("Name one graph: ?graph=IRI once, or ?default.")
    if is_default:
        return DefaultGraph()
    return graph_iri(names[0]) if names else None


MaybeGraphDep = Annotated[GraphName | None, Depends(_graph)]


def _named(graph: MaybeGraphDep) -> GraphName:
    if graph is None:
        raise BadRequestError("Say which graph: ?graph=IRI, or ?default for the one without a name.")
    return graph


GraphDep = Annotated[GraphName, Depends(_named)]


async def _body(request: Request) -> bytes:
    return await request.body()


BodyDep = Annotated[bytes, Depends(_body)]


@router.get(
    "",
    openapi_extra=_READING,
    response_class=Response,
    responses={
        200: {"content": {media_type: {} for media_type in GRAPH_FORMATS}, "description": "All statements of it"},
        **_problems(400, 404, 406, 413, 503),
    },
)
def read(request: Request, services: ServicesDep, store: StoreDep, graph: GraphDep) -> Response:
    """All statements of a graph."""
    if not exists(store, graph):
        raise no_such_graph(graph)
    answer = services.queries.run(store, Query(_ALL, (graph,)), request.headers.get("accept"))
    return Response(answer.body, media_type=answer.media_type, headers={"Vary": "Accept"})


@router.put(
    "",
    openapi_extra=_WRITING,
    dependencies=[WriterDep],
    status_code=204,
    response_class=Response,
    responses={201: {"description": "The graph is new"}, **_problems(400, 401, 409, 413, 415, 503)},
)
async def put(request: Request, services: ServicesDep, graph: GraphDep, body: BodyDep) -> Response:
    """Make a graph hold what the body says, and nothing else; it is taken as it is, nothing is fused anew."""

    def action() -> bool:
        quads = read_graph(body, request.headers.get("content-type"), graph, _base(graph))
        return replace_graph(services.settings.address, graph, quads, wait_s=services.settings.write_wait_s)

    return Response(status_code=201 if await write(action) else 204)


@router.post(
    "",
    openapi_extra=_WRITING,
    dependencies=[WriterDep],
    status_code=204,
    response_class=Response,
    responses={
        201: {"description": "The graph is new; Location says where it is"},
        **_problems(400, 401, 409, 413, 415, 503),
    },
)
async def post(request: Request, services: ServicesDep, named: MaybeGraphDep, body: BodyDep) -> Response:
    """Add what the body says to a graph; where none is named, to a new one, which is named after the body."""
    graph = NamedNode(_UPLOADED + hashlib.sha256(body).hexdigest()[:_NAME_DIGITS]) if named is None else named

    def action() -> bool:
        quads = read_graph(body, request.headers.get("content-type"), graph, _base(graph))
        return extend_graph(services.settings.address, graph, quads, wait_s=services.settings.write_wait_s)

    is_new = await write(action)
    headers = {"Location": _address(graph)} if named is None else {}
    return Response(status_code=201 if is_new or named is None else 204, headers=headers)


@router.delete(
    "",
    openapi_extra=_READING,
    dependencies=[WriterDep],
    status_code=204,
    response_class=Response,
    responses=_problems(400, 401, 404, 503),
)
async def delete(services: ServicesDep, graph: GraphDep) -> Response:
    """Take all statements of a graph away."""
    settings = services.settings
    await write(lambda: drop_graph(settings.address, graph, wait_s=settings.write_wait_s))
    return Response(status_code=204)


def _base(graph: GraphName) -> str:
    """What relative IRIs of a body are relative to: the name of its graph."""
    return graph.value if isinstance(graph, NamedNode) else f"{BASE}graph/default"


def _address(graph: GraphName) -> str:
    return f"{_ADDRESS}?graph={quote(str(graph).strip('<>'), safe='')}"
