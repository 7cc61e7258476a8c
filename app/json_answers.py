"""Answers in JSON, written straight from their wire shapes, which are checked when they are made: not a second time."""

from collections.abc import Mapping

from fastapi import Response

from app.responses import Shape

JSON = "application/json"


def json_response(shape: Shape, headers: Mapping[str, str] | None = None) -> Response:
    """A wire shape as the body of an answer."""
    return Response(shape.model_dump_json(by_alias=True), media_type=JSON, headers=headers)
