"""How many requests run at once in a worker, and how many heavy texts among them."""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import ServerBusyError
from app.http.exchange import exchange_of
from app.http.operational import is_operational
from app.problems import of_error

HEAVY_TEXT_BYTES = 50_000
"""A text above this takes long enough to be felt by others."""
_READING_PATHS = frozenset({"/api/check", "/api/extract", "/api/articles", "/check"})
_WAIT_S = 5.0


class Places:
    """Answers at most `max_requests` at once; more get a problem 503 at once rather than an answer too late."""

    def __init__(self, app: ASGIApp, max_requests: int) -> None:
        self._app = app
        self._max_requests = max_requests
        self._taken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 503."""
        if scope["type"] != "http" or is_operational(scope):
            await self._app(scope, receive, send)
            return
        if self._taken >= self._max_requests:
            busy = ServerBusyError(f"{self._max_requests} requests are being answered already: repeat in a moment.")
            await of_error(busy)(scope, receive, send)
            return
        self._taken += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._taken -= 1


class TextPlaces:
    """Lets at most `max_texts` heavy texts be read at once; more wait for a moment, then get a problem 503."""

    def __init__(self, app: ASGIApp, max_texts: int) -> None:
        self._app = app
        self._max_texts = max_texts
        self._places = asyncio.Semaphore(max_texts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on when there is a place, or answer 503."""
        if scope["type"] != "http" or not _is_heavy(scope):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(_WAIT_S):
                await self._places.acquire()
        except TimeoutError:
            busy = ServerBusyError(
                f"{self._max_texts} texts of over {HEAVY_TEXT_BYTES} bytes are being read already: repeat in a moment, "
                "or send a shorter one."
            )
            await of_error(busy)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._places.release()


def _is_heavy(scope: Scope) -> bool:
    return scope["path"] in _READING_PATHS and exchange_of(scope).body_bytes > HEAVY_TEXT_BYTES
