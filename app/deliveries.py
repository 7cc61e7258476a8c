"""Large answers on their way to clients: in pieces, at the client's pace, but not at any pace, and not any number."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from fastapi import Response
from starlette.types import Receive, Scope, Send

from app.errors import ServerBusyError

LARGE_BYTES = 1_000_000
"""From this size on it matters how many answers wait in memory until their clients have taken them."""
_PIECE_BYTES = 250_000
_PIECES_PER_S = 1
_GRACE_S = 10


class Deliveries:
    """Lets no more than so many bytes of large answers wait in memory for their clients."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._held_bytes = 0

    @contextmanager
    def hold(self, answer_bytes: int) -> Iterator[None]:
        """Count an answer as long as it waits.

        Raises:
            ServerBusyError: too many others wait.
        """
        if self._held_bytes + answer_bytes > self._max_bytes:
            raise ServerBusyError("Too many large answers are on their way to others: wait a moment, and repeat.")
        self._held_bytes += answer_bytes
        try:
            yield
        finally:
            self._held_bytes -= answer_bytes


class LargeAnswer(Response):
    """Sends a body in pieces, known to `deliveries` meanwhile."""

    def __init__(self, body: bytes, media_type: str, headers: Mapping[str, str], deliveries: Deliveries) -> None:
        super().__init__(body, media_type=media_type, headers=headers)
        self._deliveries = deliveries

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Send all of it.

        Raises:
            ServerBusyError: too much is on its way to other clients; nothing was sent.
            TimeoutError: the client takes less than a piece a second.
        """
        pieces = range(0, len(self.body), _PIECE_BYTES)
        with self._deliveries.hold(len(self.body)):
            async with asyncio.timeout(_GRACE_S + len(pieces) / _PIECES_PER_S):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                for start in pieces:
                    piece = bytes(self.body[start : start + _PIECE_BYTES])
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
