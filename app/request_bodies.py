"""The body of a request that carries a text, as a dependency of routes, with its description for OpenAPI."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from app.days import parse_asked_day
from app.responses import Problem
from app.texts import About

REQUEST_BODY: dict[str, Any] = {
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
BODY_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": description}
    for status, description in {413: "The body is too large", 415: "This kind of body cannot be read"}.items()
}


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
