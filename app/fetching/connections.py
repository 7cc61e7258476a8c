"""Connections that go to the very address that was checked, and end when the time is over.

A name is resolved once; every number it has is checked, and the connection is made to one of these numbers, so that a
second answer of the name server cannot lead elsewhere. TLS and the Host header keep the name.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

import httpcore
import httpx

from app.fetching.addresses import check_number
from app.fetching.errors import NotFetchedError, UnreachableError
from app.fetching.policy import FetchPolicy

Resolve = Callable[[str], Sequence[str]]
"""From a host's name to all its IP addresses; an OSError where it has none."""


def resolve_by_system(host: str) -> tuple[str, ...]:
    """All IP addresses of a host, as the operating system knows them.

    Raises:
        OSError: the name is unknown, or the name servers do not answer.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Deadline:
    """The end of the time that one request has."""

    def __init__(self, timeout_s: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._timeout_s = timeout_s
        self._ends_at = monotonic() + timeout_s

    def left_s(self) -> float:
        """Seconds left, more than 0.

        Raises:
            UnreachableError: the time is over.
        """
        left = self._ends_at - self._monotonic()
        if left <= 0:
            raise UnreachableError("takes longer than its time")
        return left

    def used_s(self) -> float:
        """Seconds since the beginning."""
        return self._timeout_s - (self._ends_at - self._monotonic())


class TimedStream(httpcore.NetworkStream):
    """A connection whose reads and writes, however many, end at one deadline; httpcore's limits are for each."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline is stricter
        """Bytes from the host, none at its end."""
        return self._stream.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send bytes."""
        self._stream.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """The same connection under TLS, its certificate checked for the name of the host."""
        return TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, self._deadline.left_s()), self._deadline
        )

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection."""
        return self._stream.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Makes connections to numbers that the policy lets us visit, and to no other."""

    def __init__(self, policy: FetchPolicy, resolve: Resolve, deadline: Deadline) -> None:
        self._policy = policy
        self._resolve = resolve
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's numbers that answers; all of them have been checked before.

        Raises:
            RefusedAddressError: one of the host's numbers is not on the public internet.
            UnreachableError: the name has no number, or none of them answers.
        """
        numbers = [check_number(found, self._policy) for found in self._numbers_of(host)]
        if not numbers:
            raise UnreachableError(f"the name {host} has no address")
        reason: Exception | None = None
        for number in numbers:
            timeout_s = min(self._policy.connect_timeout_s, self._deadline.left_s())
            try:
                stream = self._backend.connect_tcp(str(number), port, timeout_s, None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                reason = error
            else:
                return TimedStream(stream, self._deadline)
        raise UnreachableError(f"{host} does not answer at port {port} ({reason})") from reason

    def _numbers_of(self, host: str) -> Sequence[str]:
        """Resolve in a thread of its own: the system's resolver takes as long as it likes, and cannot be stopped."""
        answers: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left_s())
        except queue.Empty:
            raise UnreachableError(f"the name {host} is not resolved in time") from None
        if isinstance(answer, Exception):
            raise UnreachableError(f"the name {host} is not known ({answer})") from answer
        return answer

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never made.

        Raises:
            NotFetchedError: always.
        """
        raise NotFetchedError(f"{path} is no web address")


class CheckedTransport:
    """Sends a request over a connection of its own, which ends with the answer; there are no proxies and no cookies.

    One connection a request costs a handshake, and gives each request its own check, its own deadline and no connection
    that the other side has dropped meanwhile.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        monotonic: Callable[[], float],
        resolve: Resolve = resolve_by_system,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy
        self._resolve = resolve
        self._monotonic = monotonic
        self._ssl_context = ssl_context or httpx.create_ssl_context(trust_env=False)

    def deadline(self, timeout_s: float) -> Deadline:
        """The end of a time that begins now."""
        return Deadline(timeout_s, self._monotonic)

    def send(self, request: httpx.Request, deadline: Deadline) -> httpx.Response:
        """Send a request; the body of the answer streams, and the caller closes it.

        Raises:
            RefusedAddressError: the host is not on the public internet.
            UnreachableError: it does not answer, not in time, or not in HTTP.
        """
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        connection = httpcore.HTTPConnection(
            origin=url.origin,
            ssl_context=self._ssl_context,
            network_backend=CheckedBackend(self._policy, self._resolve, deadline),
        )
        try:
            answer = connection.handle_request(httpcore.Request("GET", url, headers=request.headers.raw))
        except _HTTP_FAULTS as error:
            connection.close()
            raise unreachable(error) from error
        except NotFetchedError:
            connection.close()
            raise
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer, connection), request=request)


_HTTP_FAULTS = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, connection: httpcore.HTTPConnection) -> None:
        self._answer = answer
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.iter_stream()
        except _HTTP_FAULTS as error:
            raise unreachable(error) from error

    def close(self) -> None:
        self._connection.close()


def unreachable(error: Exception) -> UnreachableError:
    """What a fault of the network or of the other side's HTTP means to us, as a clause."""
    if isinstance(error, httpcore.TimeoutException):
        return UnreachableError("takes longer than its time")
    return UnreachableError(f"the connection failed: {error or type(error).__name__}")
