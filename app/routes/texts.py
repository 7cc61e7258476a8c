"""Texts in: what is read from them, and (with the token) into the graph."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app.documented_answers import headers, problems
from app.extraction_responses import ExtractionResponse
from app.graph.repositories import Publication, publish
from app.graph.vocabulary import article_key, thing
from app.request_bodies import A_FACT, BODY_PROBLEMS, BodyDep, body_with
from app.responses import StoredResponse
from app.routes.dependencies import PROBLEM_RESPONSES, ServicesDep, WriterDep
from app.texts import About, read_body
from extractors.pipeline import Entities, extract
from extractors.records import Article

router = APIRouter(prefix="/api", tags=["texts"], responses=PROBLEM_RESPONSES | BODY_PROBLEMS)


@router.post("/extract", summary="What a text asserts", openapi_extra=body_with(A_FACT))
def extract_text(
    body: BodyDep,
    entities: Annotated[
        Entities, Query(description="Which people and organisations to look for", examples=["all"])
    ] = "relevant",
) -> ExtractionResponse:
    """What a text asserts, claim by claim; nothing is stored."""
    return ExtractionResponse.model_validate(extract(_read(body), entities).to_json())


@router.post(
    "/articles",
    openapi_extra=body_with(A_FACT),
    status_code=201,
    dependencies=[WriterDep],
    summary="Store an article",
    response_description="It is new, and durable",
    responses={
        200: {"model": StoredResponse, "description": "It was known: replaced, or unchanged", **headers("Location")},
        201: headers("Location"),
        **problems(401, 507),
    },
)
def store_article(services: ServicesDep, response: Response, body: BodyDep) -> StoredResponse:
    """Put an article into the graph; one of the same id is replaced. 201 when it is new, 200 when it was known."""
    extraction = extract(_read(body))
    settings = services.settings
    publication = publish(settings.address, [extraction], wait_s=settings.write_wait_s)
    outcome = _outcome(publication)
    iri = services.presenter.link(str(thing("article", article_key(extraction.article.id)).value))
    response.status_code = 201 if outcome == "added" else 200
    response.headers["Location"] = iri
    return StoredResponse(
        id=extraction.article.id,
        iri=iri,
        outcome=outcome,
        claims=len(extraction.claims),
        rejections=len(extraction.rejections),
        snapshot=publication.snapshot_id,
    )


def _read(body: tuple[bytes, str | None, About]) -> Article:
    return read_body(*body)


def _outcome(publication: Publication) -> Literal["added", "replaced", "unchanged"]:
    if publication.added:
        return "added"
    return "replaced" if publication.replaced else "unchanged"
