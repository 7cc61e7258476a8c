"""Exceptions as RFC 9457 problem documents: one shape for every error that a client can meet."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.errors import (
    BanggiaoError,
    BodyTimeoutError,
    NotAcceptableError,
    NotFoundError,
    NotReadyError,
    QueryLostError,
    QueryTimeoutError,
    RateLimitedError,
    ServerBusyError,
    StoreBusyError,
    UnauthorisedError,
    UpstreamUnavailableError,
)
from app.graph.vocabulary import BASE
from app.http.exchange import REQUEST_ID
from extractors.dates import DateError
from extractors.gazetteer import UnknownCountryError
from extractors.readers import ReadError

PROBLEM_MEDIA_TYPE = "application/problem+json"
# The identity of a kind of problem, the same on every server (RFC 9457, section 3.1.1).
PROBLEM_TYPES = f"{BASE}problems/"

_RETRY_AFTER_S = 5
# What may be otherwise in a moment.
_PASSING = (
    StoreBusyError,
    ServerBusyError,
    QueryTimeoutError,
    QueryLostError,
    NotReadyError,
    UpstreamUnavailableError,
)
_UNKEPT = {"Cache-Control": "no-store"}
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_log = logging.getLogger(__name__)

_KINDS = {404: "not-found", 405: "method-not-allowed", 422: "invalid-parameters"}
_UNKNOWN_COUNTRY = ("unknown-country", 404, "There is no such state")
_SENTENCES = {
    404: "There is no such address here: {path}. The addresses are listed at /docs.",
    405: "{method} is not possible at {path}; see the header Allow for what is.",
}


def problem_body(status: int, kind: str, title: str, detail: str, extra: Mapping[str, Any] | None = None) -> bytes:
    """A problem document in JSON."""
    document = {"type": PROBLEM_TYPES + kind, "title": title, "status": status, "detail": detail, **(extra or {})}
    request_id = REQUEST_ID.get()
    if request_id is not None:
        document["instance"] = f"urn:request:{request_id}"
    return json.dumps(document, ensure_ascii=False).encode()


def problem(
    status: int,
    kind: str,
    title: str,
    detail: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document as a response."""
    body = problem_body(status, kind, title, detail, extra)
    return Response(body, status, media_type=PROBLEM_MEDIA_TYPE, headers=_UNKEPT | dict(headers or {}))


def of_error(error: BanggiaoError) -> Response:
    """The response to an error of our own tree."""
    suggestions = getattr(error, "suggestions", ())
    headers = {}
    if isinstance(error, UnauthorisedError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, NotAcceptableError):
        headers["Vary"] = "Accept"
    if isinstance(error, _PASSING):
        headers["Retry-After"] = str(_RETRY_AFTER_S)
    if isinstance(error, RateLimitedError):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, BodyTimeoutError):
        headers["Connection"] = "close"
    extra = {"suggestions": list(suggestions)} if suggestions else None
    return problem(error.status, error.kind, error.title, str(error), extra, headers)


async def _of_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, BanggiaoError):
        raise error
    if error.status >= 500:  # a fault on this side
        _log.warning("%s: %s", error.kind, error)
    return of_error(error)


async def _of_unknown_country(_: Request, error: Exception) -> Response:
    suggestions = list(getattr(error, "suggestions", ()))
    kind, status, title = _UNKNOWN_COUNTRY
    return problem(status, kind, title, str(error), {"suggestions": suggestions})


async def _of_bad_value(_: Request, error: Exception) -> Response:
    return problem(400, "bad-request", "The request cannot be answered as it stands", _as_sentence(str(error)))


async def _of_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    sentence = _SENTENCES.get(error.status_code)
    detail = sentence.format(path=request.url.path, method=request.method) if sentence else str(error.detail)
    kind = _KINDS.get(error.status_code, phrase.lower().replace(" ", "-"))
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] = ", ".join(_methods_of(request))
    return problem(error.status_code, kind, phrase, detail, headers=headers)


def _methods_of(request: Request) -> tuple[str, ...]:
    """The methods that are possible at an address: two routes may share one, and each knows only its own."""
    routes = request.app.routes
    found = [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    # HEAD is answered wherever GET is: see app/http/headers.py
    return tuple(offered for method in found for offered in (("GET", "HEAD") if method == "GET" else (method,)))


async def _of_validation(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [
        {"parameter": ".".join(map(str, fault["loc"][1:])), "reason": str(fault["msg"])} for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['parameter']}: {fault['reason']}" for fault in faults)
    return problem(422, "invalid-parameters", "A parameter is not valid", _as_sentence(detail), {"errors": faults})


HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    BanggiaoError: _of_error,
    UnknownCountryError: _of_unknown_country,
    DateError: _of_bad_value,
    ReadError: _of_bad_value,
    HTTPException: _of_http,
    RequestValidationError: _of_validation,
}


def problem_kinds() -> tuple[tuple[str, int, str], ...]:
    """Every kind of problem that is known: slug, status, title; sorted by status."""
    pending: list[type[BanggiaoError]] = [BanggiaoError]
    kinds = {
        (kind, status, HTTPStatus(status).phrase) for status, kind in _KINDS.items() if status != NotFoundError.status
    }
    kinds.add(_UNKNOWN_COUNTRY)
    while pending:
        error = pending.pop()
        pending.extend(error.__subclasses__())
        kinds.add((error.kind, error.status, error.title))
    return tuple(sorted(kinds, key=lambda entry: (entry[1], entry[0])))


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of an application a problem document."""
    for kind, answer in HANDLERS.items():
        app.add_exception_handler(kind, answer)


def _as_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
