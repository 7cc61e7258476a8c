"""Requests to a SPARQL 1.1 endpoint that holds the graph, and what their failures mean.

Source of the rules: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/, section 2. Redirects are not
followed: credentials go to the address that the operator gave, and to no other.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus

import httpx

from app.errors import (
    BanggiaoError,
    QuerySyntaxError,
    TooLargeError,
    UpstreamError,
    UpstreamTimeoutError,
    UpstreamUnavailableError,
)
from app.graph.endpoints import Endpoint

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
MAX_ANSWER_BYTES = 256_000_000
"""Largest answer that is read as a whole."""
Parameters = Sequence[tuple[str, str]]

_ACCEPT = f"{RESULTS}, {TRIPLES};q=0.9"
_UPDATE = "application/sparql-update"
_SHOWN_BYTES = 300
_ATTEMPTS = 2  # of a query whose kept connection had been closed meanwhile
_MAX_CONNECTIONS = 200


class AnswerStream:
    """The body of an answer as a file to read from, with its media type."""

    def __init__(self, media_type: str, chunks: Iterator[bytes]) -> None:
        self.media_type = media_type
        self._chunks = chunks
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        """The next bytes, `size` at most; none at the end."""
        if not self._rest:
            self._rest = memoryview(next((chunk for chunk in self._chunks if chunk), b""))
        found, self._rest = self._rest[:size], self._rest[size:]
        return bytes(found)

    def read_all(self, ends_at: float) -> bytes:
        """The whole body.

        Raises:
            TimeoutError: it is not there at the moment `ends_at` of the monotonic clock.
            TooLargeError: it is larger than MAX_ANSWER_BYTES.
        """
        body = bytearray()
        for chunk in self._chunks:
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise TooLargeError(f"The answer of the store is larger than {MAX_ANSWER_BYTES} bytes: ask for less.")
            if time.monotonic() > ends_at:
                raise TimeoutError
        return bytes(body)


class SparqlClient:
    """Queries and updates over connections that are kept open; safe to share between threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        headers = {"User-Agent": "banggiao", "Accept": _ACCEPT}
        if endpoint.token is not None:
            headers["Authorization"] = f"Bearer {endpoint.token}"
        has_user = endpoint.user is not None and endpoint.token is None
        self._http = httpx.Client(
            auth=httpx.BasicAuth(endpoint.user or "", endpoint.password or "") if has_user else None,
            headers=headers,
            timeout=endpoint.timeout_s,
            limits=httpx.Limits(max_connections=_MAX_CONNECTIONS),
            follow_redirects=False,
            trust_env=False,  # neither a proxy nor a .netrc that the operator did not name here
        )

    def ask(self, query: str, parameters: Parameters = ()) -> tuple[str, bytes]:
        """The media type and the body of the answer to a query.

        Raises:
            QuerySyntaxError: the endpoint says that it is none.
            UpstreamError: the endpoint does not answer, or with something else.
        """
        ends_at = time.monotonic() + self.endpoint.timeout_s
        with self.stream(query, parameters) as answer:
            return answer.media_type, answer.read_all(ends_at)

    @contextmanager
    def stream(self, query: str, parameters: Parameters = ()) -> Iterator[AnswerStream]:
        """The answer to a query, to be read as it comes.

        Raises:
            QuerySyntaxError: the endpoint says that it is none.
            UpstreamError: the endpoint does not answer, or with something else, or stops within the answer.
        """
        form: dict[str, list[str]] = {"query": [query]}
        for name, value in parameters:
            form.setdefault(name, []).append(value)
        request = self._http.build_request("POST", self.endpoint.query_url, data=form)
        with self._explained():
            response = self._sent(request)
            try:
                if response.status_code != httpx.codes.OK:
                    raise self._refusal(response)
                media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                yield AnswerStream(media_type, response.iter_bytes())
            finally:
                response.close()

    def update(self, text: str, parameters: Parameters = ()) -> None:
        """Send an update, once.

        Raises:
            QuerySyntaxError: the endpoint says that it is none.
            UpstreamError: the endpoint does not answer, or not that it was done; it may have been done nevertheless.
        """
        with self._explained():
            response = self._http.post(
                self.endpoint.update_url,
                params=tuple(parameters),
                content=text.encode(),
                headers={"Content-Type": _UPDATE},
            )
            if not response.is_success:
                raise self._refusal(response)

    def garbled(self, what: str) -> UpstreamError:
        """The error of an answer that is none."""
        return UpstreamError(f"The SPARQL endpoint {self.endpoint.name} answers with {what}: is this its address?")

    def _sent(self, request: httpx.Request) -> httpx.Response:
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._http.send(request, stream=True)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                continue  # a connection that the endpoint had closed while it rested
        return self._http.send(request, stream=True)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Errors of the transport as errors of ours."""
        name, limit_s = self.endpoint.name, self.endpoint.timeout_s
        try:
            yield
        except (httpx.TimeoutException, TimeoutError) as error:
            raise UpstreamTimeoutError(f"The SPARQL endpoint {name} did not answer within {limit_s:g} s.") from error
        except httpx.TransportError as error:
            raise UpstreamUnavailableError(
                f"The SPARQL endpoint {name} cannot be reached ({type(error).__name__}): is it running?"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self.garbled(f"what cannot be read ({type(error).__name__})") from error

    def _refusal(self, response: httpx.Response) -> BanggiaoError:
        status, name = response.status_code, self.endpoint.name
        if status == HTTPStatus.BAD_REQUEST:
            return QuerySyntaxError(f"The SPARQL endpoint {name} refuses the text: {_shown(response)}")
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return UpstreamError(
                f"The SPARQL endpoint {name} does not let this service in (status {status}): check the settings "
                "BANGGIAO_STORE_USER and BANGGIAO_STORE_PASSWORD, or BANGGIAO_STORE_TOKEN."
            )
        if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT):
            return UpstreamTimeoutError(f"The SPARQL endpoint {name} gave up in the middle (status {status}).")
        if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
            return UpstreamUnavailableError(f"The SPARQL endpoint {name} has too much to do (status {status}).")
        if response.is_redirect:
            return UpstreamError(
                f"The SPARQL endpoint {name} points elsewhere (status {status}): give the address that answers itself."
            )
        return UpstreamError(f"The SPARQL endpoint {name} answers with status {status}: {_shown(response)}")


def _shown(response: httpx.Response) -> str:
    """The beginning of what an endpoint says."""
    said = b""
    for chunk in response.iter_bytes() if not response.is_stream_consumed else (response.content,):
        said += chunk
        if len(said) >= _SHOWN_BYTES:
            break
    text = " ".join(said[:_SHOWN_BYTES].decode("utf-8", "replace").split())
    return f"«{text}»." if text else "nothing more."


@lru_cache(maxsize=16)
def client_of(endpoint: Endpoint) -> SparqlClient:
    """The client of an endpoint: one a process, so that connections are shared."""
    return SparqlClient(endpoint)
