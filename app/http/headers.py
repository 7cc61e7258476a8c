"""Layers that touch headers only: security, HEAD, and the links between the pages of a list."""

from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.exchange import exchange_of

# Pages of this service load nothing from anywhere else, run no script within them, and are framed by nobody. Its data
# is for all.
_SECURITY = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
_FRAMED = tuple((name, value.replace(b"frame-ancestors 'none'", b"frame-ancestors *")) for name, value in _SECURITY)
_ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")
_SECURITY_OVER_HTTPS, _FRAMED_OVER_HTTPS = (*_SECURITY, _ONLY_HTTPS), (*_FRAMED, _ONLY_HTTPS)
# The preview of a thing is made to be shown within the pages of others; it has nothing that could be clicked.
_IN_FRAMES = "/reconcile/preview"


class SecurityHeaders:
    """Adds the security headers to every response; behind https, that only https is to be used."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers added."""
        if scope["type"] == "http":
            is_https = scope.get("scheme") == "https"
            if scope["path"] == _IN_FRAMES:
                added = _FRAMED_OVER_HTTPS if is_https else _FRAMED
            else:
                added = _SECURITY_OVER_HTTPS if is_https else _SECURITY
            exchange_of(scope).headers.extend(added)
        await self._app(scope, receive, send)


class HeadAsGet:
    """Answers HEAD with the status and headers that GET would have, and no body (RFC 9110, section 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; as GET where it is HEAD."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class PageLinks:
    """Adds `Link` to a page of a list: to the first page, and to the one after it (RFC 8288)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the links added where a route has said that it answers a page."""

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange = exchange_of(scope)
                if exchange.has_pages and message["status"] == 200:
                    links = _links(scope, exchange.next_cursor).encode("ascii")
                    message["headers"] = [*message.get("headers", ()), (b"link", links)]
            await send(message)

        await self._app(scope, receive, send_with_links if scope["type"] == "http" else send)


def _links(scope: Scope, next_cursor: str | None) -> str:
    """Relative to the address asked for: another host in front of the service changes nothing."""
    path = quote(scope["path"], safe="/-._~")
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    others = [(name, value) for name, value in asked if name != "cursor"]
    links = [f'<{path}{_query(others)}>; rel="first"']
    if next_cursor is not None:
        links.append(f'<{path}{_query([*others, ("cursor", next_cursor)])}>; rel="next"')
    return ", ".join(links)


def _query(parameters: list[tuple[str, str]]) -> str:
    return f"?{urlencode(parameters)}" if parameters else ""
