"""Texts in: what is read from them, and (with the token) into the graph."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app.graph.repositories import Publication, publish
from app.graph.vocabulary import article_key, thing
from app.request_bodies import BODY_PROBLEMS, REQUEST_BODY, BodyDep
from app.responses import ExtractionResponse, Problem, StoredResponse
from app.routes.dependencies import PROBLEM_RESPONSES, ServicesDep, WriterDep
from app.texts import About, read_body
from extractors.pipeline import Entities, extract
from extractors.records import Article

router = APIRouter(prefix="/api", tags=["texts"], responses=PROBLEM_RESPONSES | BODY_PROBLEMS)


@router.post("/extract", openapi_extra=REQUEST_BODY)
def extract_text(
    body: BodyDep,
    entities: Annotated[Entities, Query(description="Which people and organisations to look for")] = "relevant",
) -> ExtractionResponse:
    """What a text asserts, claim by claim; nothing is stored."""
    return ExtractionResponse.model_validate(extract(_read(body), entities).to_json())


@router.post(
    "/articles",
    openapi_extra=REQUEST_BODY,
    status_code=201,
    dependencies=[WriterDep],
    responses={200: {"model": StoredResponse}, 401: {"model": Problem}, 503: {"model": Problem}},
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
