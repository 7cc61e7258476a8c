"""Problems as pages, in the reader's language, where a browser asks for a page and something else comes."""

import json
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.catalogues import catalogue
from app.days import CALENDAR_YEARS
from app.http.bodies import TEXT_PATHS
from app.http.exchange import header
from app.languages import Language
from app.query_formats import prefers_page
from app.web.addresses import day_path, year_path
from app.web.rendering import language_of, page, place_of, words_of
from app.wording import words
from extractors.dates import parse_partial_date

# Here programs ask, also where a browser is the program.
_FOR_PROGRAMS = ("/api/", "/sparql", "/rdf-graphs", "/reconcile", "/id/", "/graph/", "/health", "/ready", "/metrics")
_REPLACED = frozenset({b"content-type", b"content-length", b"vary", b"content-encoding"})


class ErrorPages:
    """Makes pages of problem documents for browsers; all other answers pass as they come.

    `max_text_bytes` is the largest text that is read, which the page on a larger one names.
    """

    def __init__(self, app: ASGIApp, max_text_bytes: int) -> None:
        self._app = app
        self._max_text_bytes = max_text_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a problem is held until it is whole."""
        if scope["type"] != "http" or not _wants_page(scope):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_page(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await self._send(scope, start, body, send)

        await self._app(scope, receive, send_page)

    async def _send(self, scope: Scope, start: Message, body: bytes, send: Send) -> None:
        problem: dict[str, Any] = json.loads(body) if body else {}
        request = Request(scope)
        status = int(start["status"])
        kind = str(problem.get("type", "")).rpartition("/")[2]
        title, advice = sentences(kind, status, language_of(request))
        if kind == "too-large" and scope["path"] in TEXT_PATHS:
            advice = self._limit_of_texts(language_of(request))
        context = {
            "status": status,
            "title": title,
            "advice": advice,
            "detail": problem.get("detail", ""),
            "instance": problem.get("instance", ""),
            "suggestions": [_suggested(kind, one, request) for one in problem.get("suggestions", ())],
        }
        response = page(request, "error.html", context, status)
        kept = [one for one in start.get("headers", ()) if one[0].lower() not in _REPLACED]
        await send({**start, "headers": [*kept, *response.raw_headers]})
        await send({"type": "http.response.body", "body": response.body})

    def _limit_of_texts(self, language: Language) -> str:
        advice = catalogue(language).gettext(
            "At most %(size)s can be read at once: check a long text in parts, and of a web page its text alone."
        )
        return advice % {"size": words(language).size(self._max_text_bytes)}


def sentences(kind: str, status: int, language: Language) -> tuple[str, str]:
    """What is wrong, and what the reader can do."""
    gettext = catalogue(language).gettext
    known = {
        "unknown-country": (
            gettext("There is no state of that name here"),
            gettext("Choose one of the names below, or look for another spelling."),
        ),
        "no-such-day": (
            gettext("No year has such a day"),
            gettext("A day is written with its month first, as in 09/02 for 2 September."),
        ),
        "no-such-year": (
            gettext("There is no calendar of that year"),
            gettext("The calendar goes from %(first)d to %(last)d.")
            % {"first": CALENDAR_YEARS[0], "last": CALENDAR_YEARS[-1]},
        ),
        "not-found": (gettext("There is no such page"), gettext("It may have moved: begin with the first page.")),
        "invalid-parameters": (
            gettext("The address has a value that cannot be used"),
            gettext("Go back and choose again."),
        ),
        "bad-request": (gettext("This cannot be answered as it was asked"), gettext("Go back and choose again.")),
        "too-large": (
            gettext("This is too large"),
            gettext("Ask for less: narrow it by states, types or days."),
        ),
        "rate-limited": (gettext("Too many requests came from you"), gettext("Wait a minute, then go on.")),
        "server-busy": (
            gettext("Too many people are asking just now"),
            gettext("Wait a moment, and load the page again."),
        ),
    }
    if kind in known:
        return known[kind]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return gettext("Something went wrong here"), gettext(
            "Load the page again in a moment. If it stays so, tell us."
        )
    return known["bad-request"]


def _suggested(kind: str, suggestion: str, request: Request) -> tuple[str, str]:
    """Where a suggestion leads, and what it is called."""
    place = place_of(request)
    if kind == "no-such-day":
        day = parse_partial_date(suggestion)
        return place.link(day_path(day)), words_of(request).date(day)
    if kind == "no-such-year":
        return place.link(year_path(int(suggestion))), suggestion
    return place.link("/", country=suggestion), suggestion


def _wants_page(scope: Scope) -> bool:
    accept = header(scope, b"accept") or b""
    if scope["path"] == "/sparql" and scope["method"] in ("GET", "HEAD"):
        return prefers_page(accept.decode("latin-1"))
    return b"text/html" in accept and not str(scope["path"]).startswith(_FOR_PROGRAMS)


def _is_problem(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"application/problem+json")
        for name, value in message.get("headers", ())
    )
