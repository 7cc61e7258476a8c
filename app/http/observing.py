"""One line of the log and some numbers for each request, and an id that they and the client know it by."""

import logging
import re
import time
from collections.abc import Sequence
from functools import lru_cache, partial
from secrets import token_hex
from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.addresses import remembered
from app.http.exchange import REQUEST_ID, Exchange, header, note_template, put_exchange
from app.logs import FIELDS, MASK, forms_of
from app.metrics import IN_FLIGHT, REQUESTS, SECONDS

_log = logging.getLogger("banggiao.requests")

CLIENT_LEFT = 499
"""The status of a request whose client went away before it was answered: none of HTTP, but the usual one of logs."""

_SANE_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_MAX_ADDRESS_CHARS = 200
_ESCAPE_CHARS = len("%20")
_CUT_CHARS = 4 * _ESCAPE_CHARS  # what an escaped letter that is cut in two can leave
_MASKED_WORDS = r"token|secret|passw|auth|credential|signature|api[-_]?key"
_SECRET_NAME = re.compile(_MASKED_WORDS, re.IGNORECASE)
# of text in lower case: to look for words in either case takes six times as long
_NOT_PLAIN = re.compile(rf"[%+]|{_MASKED_WORDS}")
_NO_ROUTE = "(none)"


class Observing:
    """Names, times, counts and logs every request. The outermost layer: it sees the answer as it is sent.

    The secrets are masked in addresses before these are cut, which would leave a part of one.
    """

    def __init__(self, app: ASGIApp, secrets: tuple[str, ...] = ()) -> None:
        self._app = app
        self._loggable = remembered(partial(loggable_address, hidden=forms_of(secrets)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and note what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        exchange = Exchange(_request_id(scope), (scope.get("client") or ("",))[0])
        put_exchange(scope, exchange)
        REQUEST_ID.set(exchange.id)
        exchange.headers.append((b"x-request-id", exchange.id.encode("ascii")))
        status, sent_bytes, is_complete = CLIENT_LEFT, 0, False

        async def noting_send(message: Message) -> None:
            nonlocal status, sent_bytes, is_complete
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *exchange.headers]
            else:
                sent_bytes += len(message.get("body", b""))
                is_complete = not message.get("more_body", False)
            await send(message)

        IN_FLIGHT.inc()
        try:
            await self._app(scope, receive, noting_send)
        finally:
            IN_FLIGHT.dec()
            note_template(scope)
            seconds = time.perf_counter() - started
            method = scope["method"] if scope["method"] in _METHODS else "other"
            template = exchange.template or _NO_ROUTE
            _count(template, method, status).inc()
            _times(template).observe(seconds)
            if _log.isEnabledFor(logging.INFO):
                address = self._loggable(scope["path"], scope["query_string"].decode("latin-1"))
                line = _line(scope, exchange, status, sent_bytes, seconds, is_complete=is_complete)
                _write(line | {"address": address})


def _request_id(scope: Scope) -> str:
    """The id that the client or the proxy gave, if it is sane; else a new one."""
    given = (header(scope, b"x-request-id") or b"").decode("latin-1")
    return given if _SANE_ID.fullmatch(given) else token_hex(8)


def _line(
    scope: Scope, exchange: Exchange, status: int, sent_bytes: int, seconds: float, *, is_complete: bool
) -> dict[str, object]:
    line: dict[str, object] = {
        "request_id": exchange.id,
        "method": scope["method"],
        "route": exchange.template or _NO_ROUTE,
        "status": status,
        "ms": round(seconds * 1000, 2),
        "bytes": sent_bytes,
        "client": exchange.client,
    }
    if exchange.snapshot is not None:
        line["snapshot"] = exchange.snapshot
    if exchange.cache is not None:
        line["cache"] = exchange.cache
    if not is_complete:
        line["incomplete"] = True
    return line


def _write(line: dict[str, object]) -> None:
    # made by hand: to look for the place that logs takes longer than all the rest, and it is always this one
    record = logging.LogRecord(_log.name, logging.INFO, "", 0, "request", None, None)
    setattr(record, FIELDS, line)
    _log.handle(record)


def loggable_address(path: str, query: str, hidden: Sequence[str] = ()) -> str:
    """An address for the log: secrets and parameters that may be some masked, and no longer than is of use.

    `hidden` are the forms of secrets that must not be shown, nor a beginning of one.
    """
    longest = max(map(len, hidden), default=0)
    # decoding a long query takes longer than all the rest of a line
    begun = query[: _ESCAPE_CHARS * (_MAX_ADDRESS_CHARS + longest)]
    is_cut = len(begun) < len(query)
    begun = _masked(begun, hidden)  # decoding may change one that was not escaped
    shown = begun if _is_plain(begun) else "&".join(map(_loggable, begun.split("&")))
    path, shown = _masked(path, hidden), _masked(shown, hidden)
    if is_cut and not shown.endswith(f"={MASK}"):
        # the beginning of a secret would not be known as one
        shown = shown[: -(longest + _CUT_CHARS)]
    address = f"{path}?{shown}" if query else path
    if not is_cut and len(address) <= _MAX_ADDRESS_CHARS:
        return address
    return f"{address[:_MAX_ADDRESS_CHARS]}…"


def _masked(text: str, hidden: Sequence[str]) -> str:
    for form in hidden:
        text = text.replace(form, MASK)
    return text


def _is_plain(query: str) -> bool:
    """Whether there is nothing to decode or to mask, as in most queries."""
    return query.isascii() and not _NOT_PLAIN.search(query.lower())


def _loggable(parameter: str) -> str:
    name, sign, value = parameter.partition("=")
    plain = unquote_plus(name)
    return f"{plain}={MASK}" if sign and _SECRET_NAME.search(plain) else f"{plain}{sign}{unquote_plus(value)}"


# looking a child of a metric up by its labels takes longer than counting
_count = lru_cache(maxsize=1024)(REQUESTS.labels)
_times = lru_cache(maxsize=256)(SECONDS.labels)
