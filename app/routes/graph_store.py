"""The graphs of the store by their names, read openly and written with the token.

Source of the rules: SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

import hashlib
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pyoxigraph import DefaultGraph, NamedNode

from app.documented_answers import problems
from app.errors import BadRequestError
from app.graph.graph_store import GraphName, drop_graph, exists, extend_graph, no_such_graph, replace_graph
from app.graph.vocabulary import BASE
from app.graph_store_answers import DROPPING, EXTENDING, GRAPH_ANSWER, READING, WRITING
from app.query_responses import respond
from app.rdf_bodies import read_graph
from app.routes.dependencies import ServicesDep, StoreDep, WriterDep
from app.sparql_protocol import Query, graph_iri
from app.write_queue import write

_ADDRESS = "/rdf-graphs"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_UPLOADED = f"{BASE}graph/upload/"
_NAME_DIGITS = 16

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
    operation_id="read_graph",
    summary="A graph",
    openapi_extra=READING,
    response_class=Response,
    responses={200: GRAPH_ANSWER, **problems(400, 404, 406, 413, 503)},
)
async def read(request: Request, services: ServicesDep, store: StoreDep, graph: GraphDep) -> Response:
    """All statements of a graph."""
    if not await run_in_threadpool(exists, store, graph):
        raise no_such_graph(graph)
    return await respond(services.queries, services.deliveries, services.snapshots, Query(_ALL, (graph,)), request)


@router.put(
    "",
    operation_id="replace_graph",
    summary="Replace a graph",
    openapi_extra=WRITING,
    dependencies=[WriterDep],
    status_code=204,
    response_class=Response,
    responses={201: {"description": "The graph is new"}, **problems(400, 401, 409, 413, 415, 503, 507)},
)
async def put(request: Request, services: ServicesDep, graph: GraphDep, body: BodyDep) -> Response:
    """Make a graph hold what the body says, and nothing else; it is taken as it is, nothing is fused anew."""

    def action() -> bool:
        quads = read_graph(body, request.headers.get("content-type"), graph, _base(graph))
        return replace_graph(services.settings.address, graph, quads, wait_s=services.settings.write_wait_s)

    return Response(status_code=201 if await write(action) else 204)


@router.post(
    "",
    operation_id="extend_graph",
    summary="Add to a graph",
    openapi_extra=EXTENDING,
    dependencies=[WriterDep],
    status_code=204,
    response_class=Response,
    responses={201: {"description": "The graph is new"}, **problems(400, 401, 409, 413, 415, 503, 507)},
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
    operation_id="drop_graph",
    summary="Take a graph away",
    openapi_extra=DROPPING,
    dependencies=[WriterDep],
    status_code=204,
    response_class=Response,
    responses=problems(400, 401, 404, 409, 503, 507),
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
