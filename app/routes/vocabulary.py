"""The vocabulary of the graph: a page for people, RDF for programs, and the files beside it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from app.documented_answers import answer, headers, problems
from app.errors import NotFoundError
from app.example_queries import QUERIES_DIR, example_queries
from app.graph.ontology import ONTOLOGY_DIR, ontology_quads
from app.negotiation import choose_media_type
from app.ontology_page import ontology_page
from app.rdf_answers import RDF_EXAMPLES, RDF_FORMATS, VARY, rdf_response

router = APIRouter(tags=["vocabulary"])

QueryPath = Annotated[
    str, Path(description="Name of an example query, with or without .rq", examples=[example_queries()[0].name])
]

_PAGE = "text/html"
_TURTLE = "<https://w3id.org/banggiao/ontology> a <http://www.w3.org/2002/07/owl#Ontology> .\n"


@router.get(
    "/ontology",
    summary="The vocabulary",
    response_class=Response,
    responses={
        200: answer("The vocabulary", {**RDF_EXAMPLES, _PAGE: "<!doctype html>"}, "Vary"),
        **problems(406),
    },
)
def ontology(request: Request) -> Response:
    """The vocabulary: a page for browsers, Turtle, JSON-LD and other RDF formats for programs."""
    media_type = choose_media_type(
        request.headers.get("accept"), ("text/turtle", _PAGE, *RDF_FORMATS, "application/json")
    )
    if media_type == _PAGE:
        return HTMLResponse(ontology_page(), headers=VARY)
    triples = tuple(sorted((quad.triple for quad in ontology_quads()), key=str))
    return rdf_response(triples, media_type if media_type in RDF_FORMATS else "application/ld+json")


@router.get(
    "/ontology.ttl",
    operation_id="ontology_turtle",
    summary="The vocabulary in Turtle",
    response_class=Response,
    responses={200: answer("The vocabulary as it was written", {"text/turtle": _TURTLE}, "ETag")},
)
def turtle() -> FileResponse:
    """The vocabulary as it was written."""
    return FileResponse(ONTOLOGY_DIR / "banggiao.ttl", media_type="text/turtle; charset=utf-8")


@router.get(
    "/shapes",
    summary="The SHACL shapes",
    response_class=Response,
    responses={
        200: answer("The shapes in Turtle", {"text/turtle": "[] a <http://www.w3.org/ns/shacl#NodeShape> .\n"}, "ETag")
    },
)
def shapes() -> FileResponse:
    """The SHACL shapes that the graph conforms to."""
    return FileResponse(ONTOLOGY_DIR / "shapes.ttl", media_type="text/turtle; charset=utf-8")


@router.get(
    "/context.jsonld",
    summary="The JSON-LD context",
    response_class=Response,
    responses={
        200: answer(
            "The context",
            {"application/ld+json": {"@context": {"bg": "https://w3id.org/banggiao/ontology#"}}},
            "ETag",
        )
    },
)
def context() -> FileResponse:
    """The JSON-LD context."""
    return FileResponse(ONTOLOGY_DIR / "context.jsonld", media_type="application/ld+json")


@router.get(
    "/queries",
    operation_id="example_queries",
    summary="Where the example queries stand",
    status_code=303,
    response_class=Response,
    response_description="The page that lists them",
    responses={303: headers("Location")},
)
def queries() -> RedirectResponse:
    """Where the example queries stand."""
    return RedirectResponse("/ontology#queries", status_code=303)


@router.get(
    "/queries/{name}",
    operation_id="example_query",
    summary="One example query",
    response_class=Response,
    responses={
        200: answer("The query", {"application/sparql-query": "SELECT ?event WHERE { ?event a bg:Event }"}, "ETag"),
        **problems(404, 422),
    },
)
def query(name: QueryPath) -> FileResponse:
    """One example query, by its name with or without .rq."""
    plain = name.removesuffix(".rq")
    if plain not in {one.name for one in example_queries()}:
        raise NotFoundError(f"There is no example query «{name}»: they are listed at /ontology#queries.")
    return FileResponse(QUERIES_DIR / f"{plain}.rq", media_type="application/sparql-query; charset=utf-8")
