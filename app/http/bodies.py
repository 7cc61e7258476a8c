"""A limit on the size of bodies, and on the time that a client takes to send one."""

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyTimeoutError, TooLargeError
from app.http.exchange import exchange_of, header
from app.problems import of_error

TEXT_PATHS = frozenset({"/api/check", "/api/extract", "/check", "/reconcile"})
"""Where anyone may send a text to be worked on."""


class BodyLimit:
    """Reads a body before the application is called: of at most `max_bytes`, of a text `max_text_bytes`.

    A larger one is a problem 413, one that has not come within `timeout_s` a problem 408.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, max_text_bytes: int, timeout_s: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._max_text_bytes = min(max_text_bytes, max_bytes)
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the body at hand, or answer 413 or 408."""
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        max_bytes = self._max_text_bytes if scope["path"] in TEXT_PATHS else self._max_bytes
        try:
            async with asyncio.timeout(self._timeout_s):
                body = await _read(scope, receive, max_bytes)
        except ClientDisconnect:
            return  # half a body is no body, and nobody waits for an answer
        except TooLargeError as error:
            await of_error(error)(scope, receive, send)
            return
        except TimeoutError:
            late = BodyTimeoutError(f"The body has not come within {self._timeout_s:g} s: send it faster, or less.")
            await of_error(late)(scope, receive, send)
            return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> Message:
            return pending.pop() if pending else await receive()

        exchange_of(scope).body_bytes = len(body)
        await self._app(scope, receive_again, send)


def _has_body(scope: Scope) -> bool:
    """Whether a body is announced, as only its length or its chunks can (RFC 9112, section 6)."""
    if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
        return True
    return header(scope, b"transfer-encoding") is not None or header(scope, b"content-length") not in (None, b"0")


async def _read(scope: Scope, receive: Receive, max_bytes: int) -> bytes:
    """The whole body.

    Raises:
        ClientDisconnect: the client went away before its end.
        TooLargeError: it is larger than `max_bytes`, or says that it will be.
    """
    announced = header(scope, b"content-length") or b"0"
    chunks: list[bytes] = []
    size = int(announced) if announced.isdigit() and int(announced) > max_bytes else 0
    while size <= max_bytes:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size <= max_bytes and not message.get("more_body", False):
            return b"".join(chunks)
    raise TooLargeError(f"The body is larger than {max_bytes} bytes. Send less, or in parts.")
