"""Large answers in pieces: packing or sending one must not keep the event loop from all others."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PIECE_BYTES = 65_536


class Pieces:
    """Cuts bodies into pieces, and lets others run between them. Stands inside of the compression."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; what comes back large comes in pieces."""

        async def send_in_pieces(message: Message) -> None:
            body = message.get("body", b"") if message["type"] == "http.response.body" else b""
            if len(body) <= _PIECE_BYTES:
                await send(message)
                return
            more_body = message.get("more_body", False)
            for start in range(0, len(body), _PIECE_BYTES):
                piece = body[start : start + _PIECE_BYTES]
                is_last = start + _PIECE_BYTES >= len(body)
                await send({"type": "http.response.body", "body": piece, "more_body": more_body or not is_last})
                await asyncio.sleep(0)

        await self._app(scope, receive, send_in_pieces if scope["type"] == "http" else send)
