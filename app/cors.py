"""Reading from any page of any site (CORS), and OPTIONS: plain ASGI.

Starlette's CORSMiddleware gives the headers only to requests that name their origin, and makes every answer vary by it,
so that a shared cache would keep one answer for each site. Nothing here depends on who asks: there are no cookies, and
the token is never sent by a browser on its own.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.exchange import exchange_of

_MAX_AGE_S = 86_400
_EVERY_ANSWER = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Retry-After, X-Request-ID"),
)
_PREFLIGHT = (
    *_EVERY_ANSWER,
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, DELETE, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Accept, Accept-Language, Authorization, Content-Type, If-None-Match, X-Request-ID",
    ),
    (b"access-control-max-age", b"%d" % _MAX_AGE_S),
)


class AnyOrigin:
    """Lets pages of any site read the answers, and answers OPTIONS: what may be sent, and the methods of an address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the headers added; answer a browser's question before it sends a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_options = scope["method"] == "OPTIONS"
        if is_options and "access-control-request-method" in Headers(scope=scope):
            await send({"type": "http.response.start", "status": 204, "headers": list(_PREFLIGHT)})
            await send({"type": "http.response.body", "body": b""})
            return
        exchange_of(scope).headers.extend(_EVERY_ANSWER)
        is_refusal = False

        async def send_methods(message: Message) -> None:
            nonlocal is_refusal
            if message["type"] == "http.response.start":
                # no route has a method OPTIONS: the refusal says in Allow which methods there are
                is_refusal = message["status"] == 405 and "allow" in Headers(raw=message.get("headers", []))
                if is_refusal:
                    message["status"] = 204
                    headers = MutableHeaders(scope=message)
                    del headers["content-type"]
                    del headers["content-length"]
            await send({**message, "body": b""} if is_refusal and message["type"].endswith("body") else message)

        await self._app(scope, receive, send_methods if is_options else send)
