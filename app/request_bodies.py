"""The body of a request that carries a text, as a dependency of routes, with its description for OpenAPI."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from app.days import DAY_FORMS, parse_asked_day
from app.documented_answers import problems
from app.texts import About

# Figures are read as their text, as in the files that are ingested.
_TEXT = {"type": ["string", "number", "null"]}
_RECORD = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1, "description": "Offsets in the answer count its code points"},
        "id": _TEXT | {"description": "Id of the article; made of the text where it is missing"},
        "published": _TEXT | {"description": "Day of publication: 2026-09-23, 23/9/2026 or 23 tháng 9 năm 2026"},
        "title": _TEXT | {"description": "Title, which is read too"},
        "publisher": _TEXT | {"description": "Who published it: articles of one publisher are one voice"},
        "url": _TEXT | {"description": "Its web address, http or https"},
    },
}
_FILE = {"type": "string", "minLength": 1}
_TITLE = "Quan hệ Việt Nam - Azerbaijan"
A_FACT = "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày 23/9/1992."
"""An example of a text."""
A_WRONG_FACT = "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày 23/9/1993."
"""An example of a text with a fault in it."""


def body_with(sentence: str) -> dict[str, Any]:
    """The body for OpenAPI, with the sentence as its example."""
    record = {
        "id": "viet-nam-azerbaijan-1992",
        "text": sentence,
        "published": "2026-09-23",
        "title": _TITLE,
        "publisher": "Báo Quốc tế",
        "url": "https://example.org/viet-nam-azerbaijan",
    }
    content = {
        "application/json": {"schema": _RECORD, "example": record},
        "text/plain": {"schema": _FILE, "example": sentence},
        "text/html": {
            "schema": _FILE,
            "example": f"<html><body><article><h1>{_TITLE}</h1><p>{sentence}</p></article></body></html>",
        },
        "text/markdown": {
            "schema": _FILE,
            "example": f"---\ntitle: {_TITLE}\npublished: 2026-09-23\n---\n{sentence}\n",
        },
    }
    description = "A text with what is known of it, or a file with its own media type"
    return {"requestBody": {"required": True, "description": description, "content": content}}


BODY_PROBLEMS = problems(413, 415)
"""What can go wrong with such a body."""


async def _article(
    request: Request,
    article_id: Annotated[
        str | None,
        Query(alias="id", description="Id, of a text that is no JSON", examples=["viet-nam-azerbaijan-1992"]),
    ] = None,
    published: Annotated[
        str | None,
        Query(
            description="Day of publication, of a text that is no JSON",
            examples=["2026-09-23"],
            json_schema_extra=DAY_FORMS,
        ),
    ] = None,
    title: Annotated[
        str | None,
        Query(description="Title, of a text that is no JSON", examples=["Quan hệ Việt Nam - Azerbaijan"]),
    ] = None,
    url: Annotated[
        str | None,
        Query(
            description="Web address, of a text that is no JSON", examples=["https://example.org/viet-nam-azerbaijan"]
        ),
    ] = None,
) -> tuple[bytes, str | None, About]:
    day = None if published is None else parse_asked_day(published, "published")
    return await request.body(), request.headers.get("content-type"), About(article_id, day, title, url)


BodyDep = Annotated[tuple[bytes, str | None, About], Depends(_article)]
