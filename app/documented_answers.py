"""What OpenAPI says of answers: problem documents by their status, and bodies that are not JSON."""

import json
from collections.abc import Mapping
from typing import Any

from app.errors import (
    AddressTooLongError,
    BadRequestError,
    BanggiaoError,
    ConflictError,
    NotAcceptableError,
    NotFoundError,
    RateLimitedError,
    StoreBusyError,
    StoreFullError,
    TooLargeError,
    UnauthorisedError,
    UnsupportedMediaError,
)
from app.problems import PROBLEM_MEDIA_TYPE, problem_body

Responses = dict[int | str, dict[str, Any]]
"""Answers by status, as FastAPI takes them."""

PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}

_HEADERS: Mapping[str, dict[str, Any]] = {
    "Content-Disposition": {"description": "The name under which to save the answer", "schema": {"type": "string"}},
    "ETag": {
        "description": "Names this very answer; it changes with the graph",
        "schema": {"type": "string", "pattern": '^(W/)?"[^"]*"$'},
    },
    "Location": {
        "description": "Where the thing is found",
        "schema": {"type": "string", "format": "uri-reference", "minLength": 1},
    },
    "Retry-After": {"description": "Seconds after which to try again", "schema": {"type": "integer", "minimum": 1}},
    "Vary": {"description": "What the answer depends on beside its address", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "How to send the token", "schema": {"type": "string", "pattern": "^Bearer"}},
}
# A snapshot that cannot be read has no time after which it can.
_NOT_ALWAYS = frozenset({"Retry-After"})

# By status: what it means here, a detail that the service really gives, and the headers that come with it.
_PROBLEMS: Mapping[int, tuple[str, type[BanggiaoError], str, tuple[str, ...]]] = {
    400: (
        "A value cannot be used, or not together with the others",
        BadRequestError,
        "The window ends on 2026-01-01, before it begins on 2027-01-01: swap the two.",
        (),
    ),
    401: (
        "The token is missing or wrong",
        UnauthorisedError,
        "Writing needs the token: send it as the header «Authorization: Bearer …».",
        ("WWW-Authenticate",),
    ),
    404: ("There is no such thing", NotFoundError, "There is no event «established-XX-YY».", ()),
    406: (
        "None of the accepted formats can be given",
        NotAcceptableError,
        "None of «image/png» can be given here. Ask for one of: application/json, text/turtle.",
        ("Vary",),
    ),
    409: (
        "It contradicts what stands",
        ConflictError,
        "The verdict «confirmed-04d9233b48f7» was taken back already.",
        (),
    ),
    413: (
        "The body or the answer is larger than the limit",
        TooLargeError,
        "The body is larger than 5000000 bytes. Send less, or in parts.",
        (),
    ),
    414: (
        "The address is longer than the limit",
        AddressTooLongError,
        "The address is longer than 32768 bytes: send a long query by POST to /sparql.",
        (),
    ),
    415: (
        "This kind of body cannot be read",
        UnsupportedMediaError,
        "A body of type «image/png» cannot be read. Send one of: application/json, text/plain, text/html, "
        "text/markdown.",
        (),
    ),
    429: (
        "More requests than a client may send in a while",
        RateLimitedError,
        "This is more than 1200 requests in 60 s from one client: wait 3 s, then ask again.",
        ("Retry-After",),
    ),
    500: (
        "A fault of the service, which has been logged",
        BanggiaoError,
        "The request failed by a fault of the service, which has been logged. Trying it again may help.",
        (),
    ),
    503: (
        "The service is busy, or a limit of time is reached",
        StoreBusyError,
        "Another writer is at work: try again in a moment.",
        ("Retry-After",),
    ),
    507: (
        "There is no room to store it",
        StoreFullError,
        "There is no room to store this: nothing of it was kept.",
        (),
    ),
}
# Found by FastAPI before any of our own code runs.
_INVALID = "A parameter or a field is not valid"
_FAULTS = [{"parameter": "limit", "reason": "Input should be greater than or equal to 1"}]


def problems(*statuses: int) -> Responses:
    """Problem documents by status, each with what it means here, an example and its headers."""
    return {status: _problem(status) for status in statuses}


def answer(description: str, examples: Mapping[str, Any], *header_names: str) -> dict[str, Any]:
    """An answer in other formats than our own JSON: its media types, each with an example; None where it is bytes."""
    content = {
        media_type: {} if example is None else {"schema": _schema_of(media_type), "example": example}
        for media_type, example in examples.items()
    }
    return {"description": description, "content": content, **headers(*header_names)}


def headers(*names: str) -> dict[str, Any]:
    """The headers of an answer, by name."""
    documented = {name: {"required": name not in _NOT_ALWAYS, **_HEADERS[name]} for name in names}
    return {"headers": documented} if documented else {}


def _schema_of(media_type: str) -> dict[str, Any]:
    return {"type": ["object", "array"]} if media_type.endswith("json") else {"type": "string"}


def _problem(status: int) -> dict[str, Any]:
    names: tuple[str, ...] = ()
    if status == 422:
        description = _INVALID
        detail = ": ".join(_FAULTS[0].values()) + "."
        body = problem_body(status, "invalid-parameters", "A parameter is not valid", detail, {"errors": _FAULTS})
    else:
        description, kind, detail, names = _PROBLEMS[status]
        body = problem_body(status, kind.kind, kind.title, detail)
    content = {PROBLEM_MEDIA_TYPE: {"schema": PROBLEM_SCHEMA, "example": json.loads(body)}}
    return {"description": description, "content": content, **headers(*names)}
