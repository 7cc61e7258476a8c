"""Where the names of the graph lead: to the answer about a thing, or to all its statements in RDF."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from pyoxigraph import NamedNode, Triple

from app.documented_answers import answer, headers, problems
from app.errors import NotFoundError
from app.graph.lookups import describe
from app.graph.vocabulary import BASE
from app.negotiation import choose_media_type
from app.rdf_answers import PAGES, RDF_EXAMPLES, RDF_FORMATS, VARY, rdf_response
from app.routes.dependencies import PROBLEM_RESPONSES, StoreDep
from app.web.rendering import place_of

_FOLDERS = {
    "country": "countries",
    "event": "events",
    "article": "articles",
    "person": "people",
    "organisation": "organisations",
}

router = APIRouter(tags=["names"], responses={**PROBLEM_RESPONSES, **problems(406)})

KindPath = Annotated[
    str,
    Path(description="country, pair, event, article, claim, person, organisation, …", examples=["country"]),
]
KeyPath = Annotated[str, Path(description="Key of the thing; may hold slashes", examples=["VN"])]
GraphPath = Annotated[
    str,
    Path(
        description="Name of a graph below /graph/; may hold slashes",
        examples=["article/2026-09-23-viet-nam-azerbaijan"],
    ),
]


@router.get(
    "/id/{kind}/{key:path}",
    summary="A thing by its IRI",
    response_class=Response,
    responses={
        200: answer("All statements about the thing", RDF_EXAMPLES, "Vary"),
        303: {
            "description": "The page of the thing for browsers, the answer about it for JSON",
            **headers("Location", "Vary"),
        },
    },
)
def thing(request: Request, store: StoreDep, kind: KindPath, key: KeyPath) -> Response:
    """A thing of the graph: 303 to its page for browsers, to the answer about it for JSON; its statements for RDF."""
    triples = _describe(store, kind, key)
    path = _path_of(kind, key)
    media_type = choose_media_type(request.headers.get("accept"), (*PAGES, *RDF_FORMATS) if path else _rdf_first())
    if path and media_type in PAGES:
        address = place_of(request).link(path) if media_type == "text/html" else f"/api{path}"
        return RedirectResponse(address, status_code=303, headers=VARY)
    return rdf_response(triples, media_type if media_type in RDF_FORMATS else "application/ld+json")


@router.get(
    "/graph/{name:path}",
    summary="A named graph by its IRI",
    response_class=Response,
    responses={200: answer("All statements of the graph", RDF_EXAMPLES, "Vary")},
)
def named_graph(request: Request, store: StoreDep, name: GraphPath) -> Response:
    """All statements of a named graph."""
    triples = tuple(quad.triple for quad in store.quads(_node(f"graph/{name}")))
    if not triples:
        raise NotFoundError(f"There is no graph «{name}» here.")
    media_type = choose_media_type(request.headers.get("accept"), _rdf_first())
    return rdf_response(triples, media_type if media_type in RDF_FORMATS else "text/turtle")


def _describe(store: StoreDep, kind: str, key: str) -> tuple[Triple, ...]:
    triples = describe(store, _node(f"id/{kind}/{key}").value)
    if not triples:
        raise NotFoundError(f"There is no {kind} «{key}» in the graph.")
    return triples


def _node(path: str) -> NamedNode:
    try:
        return NamedNode(BASE + path)
    except ValueError as error:
        raise NotFoundError(f"«{path}» can be no name of the graph.") from error


def _rdf_first() -> tuple[str, ...]:
    """RDF formats, then those that are given RDF for want of a page of their own."""
    return (*RDF_FORMATS, *PAGES)


def _path_of(kind: str, key: str) -> str | None:
    """Where the page of a thing is and, below /api, the answer about it; None where it has statements only."""
    if kind == "pair":
        return f"/pairs/{'/'.join(key.split('-'))}"
    return f"/{_FOLDERS[kind]}/{quote(key)}" if kind in _FOLDERS else None
