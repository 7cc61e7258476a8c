"""The vocabulary of the graph: a page for people, RDF for programs, and the files beside it."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from app.errors import NotFoundError
from app.example_queries import QUERIES_DIR, example_queries
from app.graph.ontology import ONTOLOGY_DIR, ontology_quads
from app.negotiation import choose_media_type
from app.ontology_page import ontology_page
from app.rdf_answers import RDF_FORMATS, VARY, rdf_response
from app.routes.dependencies import PROBLEM_RESPONSES

router = APIRouter(tags=["vocabulary"], responses=PROBLEM_RESPONSES)

_PAGE = "text/html"
_OFFERED = ("text/turtle", _PAGE, *(name for name in RDF_FORMATS if name != "text/turtle"), "application/json")


@router.get("/ontology", response_class=Response)
def ontology(request: Request) -> Response:
    """The vocabulary: a page for browsers, Turtle, JSON-LD and other RDF formats for programs."""
    media_type = choose_media_type(
        request.headers.get("accept"), ("text/turtle", _PAGE, *RDF_FORMATS, "application/json")
    )
    if media_type == _PAGE:
        return HTMLResponse(ontology_page(), headers=VARY)
    triples = tuple(sorted((quad.triple for quad in ontology_quads()), key=str))
    return rdf_response(triples, media_type if media_type in RDF_FORMATS else "application/ld+json")


@router.get("/ontology.ttl", response_class=Response)
def turtle() -> FileResponse:
    """The vocabulary as it was written."""
    return FileResponse(ONTOLOGY_DIR / "banggiao.ttl", media_type="text/turtle; charset=utf-8")


@router.get("/shapes", response_class=Response)
def shapes() -> FileResponse:
    """The SHACL shapes that the graph conforms to."""
    return FileResponse(ONTOLOGY_DIR / "shapes.ttl", media_type="text/turtle; charset=utf-8")


@router.get("/context.jsonld", response_class=Response)
def context() -> FileResponse:
    """The JSON-LD context."""
    return FileResponse(ONTOLOGY_DIR / "context.jsonld", media_type="application/ld+json")


@router.get("/queries", response_class=Response)
def queries() -> RedirectResponse:
    """Where the example queries stand."""
    return RedirectResponse("/ontology#queries", status_code=303)


@router.get("/queries/{name}", response_class=Response)
def query(name: str) -> FileResponse:
    """One example query, by its name with or without .rq."""
    plain = name.removesuffix(".rq")
    if plain not in {one.name for one in example_queries()}:
        raise NotFoundError(f"There is no example query «{name}»: they are listed at /ontology#queries.")
    return FileResponse(QUERIES_DIR / f"{plain}.rq", media_type="application/sparql-query; charset=utf-8")
