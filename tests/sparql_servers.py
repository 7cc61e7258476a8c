"""SPARQL endpoints for tests: Oxigraph's own server as a process of its own, and servers that misbehave."""

import base64
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from processes import free_port

from app.graph.endpoints import Endpoint

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
LEASE_S = 2.0


class OxigraphServer:
    """A server over a directory, which can be killed and started again at the same address."""

    def __init__(self, location):
        self._location = location
        self._port = free_port()
        self._process = None
        address = f"http://127.0.0.1:{self._port}"
        self.endpoint = Endpoint(f"{address}/query", f"{address}/update", timeout_s=20.0, lease_s=LEASE_S)

    def load(self, path):
        """Put a file into the directory by Oxigraph's own means; the server does not run yet."""
        words = [OXIGRAPH, "load", "--location", self._location, "--file", path]
        subprocess.run(words, check=True, capture_output=True, timeout=60)

    def start(self):
        words = [OXIGRAPH, "serve", "--location", self._location, "--bind", f"127.0.0.1:{self._port}"]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                self.post("ASK {}", self.endpoint.query_url, "query")
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return self
        raise TimeoutError("oxigraph does not start")

    def kill(self):
        self._process.kill()
        self._process.wait()

    def clear(self):
        """Forget everything, what is said of the store as well."""
        self.post("DROP ALL", self.endpoint.update_url, "update")

    def post(self, text, url, kind):
        answer = httpx.post(
            url, content=text, headers={"Content-Type": f"application/sparql-{kind}"}, trust_env=False, timeout=20
        )
        assert answer.is_success, answer.text
        return answer


@contextmanager
def silent_server():
    """A server that takes connections and never says a word; gives the endpoint."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/query"
        yield Endpoint(address, address, timeout_s=0.3)


LARGE_CHARS = 200_000
LARGE = json.dumps(
    {
        "head": {"vars": ["s", "p", "o"]},
        "results": {
            "bindings": [
                {
                    "s": {"type": "uri", "value": "urn:s"},
                    "p": {"type": "uri", "value": "urn:p"},
                    "o": {"type": "literal", "value": "x" * LARGE_CHARS},
                }
            ]
        },
    }
).encode()
"""A table of one row that comes in pieces larger than anyone asked for."""


class _Odd(BaseHTTPRequestHandler):
    """Answers by its path: a status, or something that is no answer."""

    protocol_version = "HTTP/1.1"
    seen: list = []  # noqa: RUF012  # what came with each request, for the test to look at

    def do_POST(self):
        self.seen.append((self.path, self.headers.get("Authorization")))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path.strip("/")
        if name == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        status = int(name) if name.isdecimal() else 200
        if name == "guarded":
            is_let_in = self.headers.get("Authorization") == "Basic " + base64.b64encode(b"lan:hush").decode()
            status = 500 if is_let_in else 401
        body = {
            "page": b"<html>hello</html>",
            "half": b'{"head":{"vars":["now","node"]},"results":{"bind',
            "short": b"{}",
            "large": LARGE,
        }.get(name, b"no")
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if name == "page" else "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body) + 100 * (name == "short")))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = name == "short"

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def odd_server():
    """A server that answers by the last part of its address; gives the address and what came, request by request."""
    _Odd.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", _Odd.seen
    finally:
        server.shutdown()
        server.server_close()
