"""Texts in: what is read from them, and (with the token) into the graph."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from app.days import parse_asked_day
from app.graph.snapshots import Publication, publish
from app.graph.vocabulary import article_key, thing
from app.responses import ExtractionResponse, Problem, StoredResponse
from app.routes.dependencies import PROBLEM_RESPONSES, ServicesDep, WriterDep
from app.texts import About, read_body
from extractors.pipeline import Entities, extract
from extractors.records import Article

_REQUEST_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {
                        "text": {"type": "string"},
                        "id": {"type": ["string", "null"]},
                        "published": {"type": ["string", "null"]},
                        "title": {"type": ["string", "null"]},
                        "url": {"type": ["string", "null"]},
                    },
                },
                "example": {
                    "text": "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày 23/9/1992.",
                    "published": "2026-09-23",
                },
            },
            "text/plain": {"schema": {"type": "string"}},
            "text/html": {"schema": {"type": "string"}},
            "text/markdown": {"schema": {"type": "string"}},
        },
    }
}
_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": description}
    for status, description in {413: "The body is too large", 415: "This kind of body cannot be read"}.items()
}

router = APIRouter(prefix="/api", tags=["texts"], responses=PROBLEM_RESPONSES | _PROBLEMS)


async def _article(
    request: Request,
    article_id: Annotated[str | None, Query(alias="id", description="Of a text that is no JSON")] = None,
    published: Annotated[str | None, Query(description="Day of publication, of a text that is no JSON")] = None,
    title: Annotated[str | None, Query(description="Of a text that is no JSON")] = None,
    url: Annotated[str | None, Query(description="Of a text that is no JSON")] = None,
) -> tuple[bytes, str | None, About]:
    day = parse_asked_day(published, "published") if published else None
    return await request.body(), request.headers.get("content-type"), About(article_id, day, title, url)


BodyDep = Annotated[tuple[bytes, str | None, About], Depends(_article)]


@router.post("/extract", openapi_extra=_REQUEST_BODY)
def extract_text(
    body: BodyDep,
    entities: Annotated[Entities, Query(description="Which people and organisations to look for")] = "relevant",
) -> ExtractionResponse:
    """What a text asserts, claim by claim; nothing is stored."""
    return ExtractionResponse.model_validate(extract(_read(body), entities).to_json())


@router.post(
    "/articles",
    openapi_extra=_REQUEST_BODY,
    status_code=201,
    dependencies=[WriterDep],
    responses={200: {"model": StoredResponse}, 401: {"model": Problem}, 503: {"model": Problem}},
)
def store_article(services: ServicesDep, response: Response, body: BodyDep) -> StoredResponse:
    """Put an article into the graph; one of the same id is replaced. 201 when it is new, 200 when it was known."""
    extraction = extract(_read(body))
    settings = services.settings
    publication = publish(settings.store, [extraction], wait_s=settings.write_wait_s)
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
