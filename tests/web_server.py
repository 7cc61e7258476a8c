"""A real web server for tests, on 127.0.0.1 and nowhere else; its pages are made by the test that starts it.

`watching` tells which addresses the program connected to meanwhile, so that a test can see that there were no others.
"""

import gzip
import http.server
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"
XML = "application/xml"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """What the server answers at a path; `body` in pieces is sent as it comes, `drip_s` apart, without a length.

    With `is_raw` the body is all that is sent: a status line and headers are the test's own.
    """

    body: bytes | str | Iterator[bytes] | Callable[[], Iterator[bytes]] = b""
    media_type: str | None = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip_s: float = 0.0
    is_raw: bool = False


_watchers: list[set[str]] = []


def _see(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and _watchers:
        address = arguments[1]
        host = str(address[0]) if isinstance(address, tuple) else str(address)
        for seen in _watchers:
            seen.add(host)


sys.addaudithook(_see)  # a hook stays for the life of the process, hence the list


@contextmanager
def watching() -> Iterator[set[str]]:
    """The hosts, as numbers, that sockets were connected to within the block."""
    seen: set[str] = set()
    _watchers.append(seen)
    try:
        yield seen
    finally:
        _watchers.remove(seen)


def redirect(location: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": location})


def zipped(body: bytes | str) -> bytes:
    return gzip.compress(body.encode() if isinstance(body, str) else body, mtime=0)


@dataclass
class WebServer:
    """A running server: `pages` by path (a path that is missing answers 404), `asked` in order, with the time of each."""

    port: int
    pages: dict[str, Page]
    scheme: str = "http"
    asked: list[str] = field(default_factory=list)
    asked_at_s: list[float] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


@contextmanager
def serving(pages: Mapping[str, Page], ssl_context: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Serve pages until the block ends; with a context, over TLS."""
    service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    service.daemon_threads = True
    if ssl_context is not None:
        service.socket = ssl_context.wrap_socket(service.socket, server_side=True)
    server = WebServer(service.server_address[1], dict(pages), "https" if ssl_context else "http")
    service.web_server = server  # type: ignore[attr-defined]  # what the handler reads
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        service.shutdown()
        service.server_close()
        thread.join(timeout=5)


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: WebServer = self.server.web_server  # type: ignore[attr-defined]  # set by serving()
        server.asked.append(self.path)
        server.asked_at_s.append(time.monotonic())
        server.headers.append(dict(self.headers.items()))
        page = server.pages.get(self.path, Page("nothing here", status=404))
        body = page.body() if callable(page.body) else page.body
        if isinstance(body, str):
            body = body.encode()
        if not page.is_raw:
            self._send_head(page, body)
        try:
            for piece in [body] if isinstance(body, bytes) else body:
                self.wfile.write(piece)
                self.wfile.flush()
                if page.drip_s:
                    time.sleep(page.drip_s)
        except (BrokenPipeError, ConnectionResetError):
            return  # the other side has had enough

    def _send_head(self, page: Page, body: bytes | Iterator[bytes]) -> None:
        self.send_response(page.status)
        if page.media_type is not None:
            self.send_header("Content-Type", page.media_type)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if isinstance(body, bytes):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Quiet."""
