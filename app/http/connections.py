"""uvicorn's HTTP/1.1 with bounds on the head of a request, its size and its time, and on answers that nobody takes.

Without them a client that sends a byte a minute holds a connection for ever, and one that sends no end of headers, or
reads nothing, holds memory. What is no HTTP gets a problem document too.
"""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import BadRequestError, BanggiaoError, HeadTimeoutError, HeadTooLargeError
from app.http.gathering import GatheringTransport
from app.metrics import BAD_HEADS
from app.problems import PROBLEM_MEDIA_TYPE, problem_body

_BETWEEN_BYTES = len(": \r\n")
_UNREAD_PERIODS = 2  # of an idle connection: the system takes more from here only when a third of its own is read


class BoundedHttp(HttpToolsProtocol):
    """A connection. `h11_max_incomplete_event_size` of the server's configuration is the largest head, in bytes."""

    _is_in_head = False
    _received_bytes = 0
    _deadline: asyncio.TimerHandle | None = None
    _refusal: BanggiaoError | None = None
    _unread_bytes = 0
    _unread_deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(GatheringTransport(transport, self.loop))
        self._max_head_bytes = self.config.h11_max_incomplete_event_size or 65_536
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        self._stop_watching()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client is behind: see that it goes on reading."""
        super().pause_writing()
        self._watch_reading()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._stop_watching()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Read on, within the bounds."""
        if self.transport.is_closing():
            return
        self._received_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._is_in_head and self._received_bytes > self._max_head_bytes:
            self._refuse(self._too_large())
        elif self._deadline is None and self.timeout_keep_alive_task is None and self._is_waiting():
            self._await_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._is_in_head, self._received_bytes = True, 0

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._is_in_head = False
        self._stop_waiting()
        size = len(self.url) + sum(len(name) + len(value) + _BETWEEN_BYTES for name, value in self.headers)
        if size > self._max_head_bytes:
            self._refusal = self._too_large()
            raise self._refusal  # ends the parser
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or what was refused while it was read."""
        self._write(self._refusal or BadRequestError(f"{msg} What came is no HTTP/1.1."))

    def _too_large(self) -> HeadTooLargeError:
        return HeadTooLargeError(f"The head of the request is larger than {self._max_head_bytes} bytes.")

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _is_waiting(self) -> bool:
        """Whether a head has begun, or what came was none, such as an empty line."""
        return self._is_in_head or self._is_idle()

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(self.timeout_keep_alive, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _watch_reading(self) -> None:
        self._unread_bytes = self.transport.get_write_buffer_size()
        self._unread_deadline = self.loop.call_later(_UNREAD_PERIODS * self.timeout_keep_alive, self._see_progress)

    def _stop_watching(self) -> None:
        if self._unread_deadline is not None:
            self._unread_deadline.cancel()
            self._unread_deadline = None

    def _see_progress(self) -> None:
        if self.transport.get_write_buffer_size() < self._unread_bytes:
            self._watch_reading()
        else:
            self.logger.warning("A client has read nothing of an answer: %d bytes are left.", self._unread_bytes)
            self.transport.abort()

    def _give_up(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        if self._is_in_head:
            self._refuse(HeadTimeoutError(f"The request has not come within {self.timeout_keep_alive} s."))
        else:
            self.transport.close()

    def _refuse(self, error: BanggiaoError) -> None:
        self.logger.warning("%s", error)
        self._write(error)

    def _write(self, error: BanggiaoError) -> None:
        """Answer a problem and hang up; where whole requests came before, once they are answered."""
        self._stop_waiting()
        BAD_HEADS.labels(str(error.status)).inc()
        cycle = self.cycle
        if not self._is_idle() and not cycle.more_body:
            cycle.keep_alive = False
            self.flow.pause_reading()
            return
        if self._is_idle() or not (cycle.response_started or self.pipeline):
            self.transport.write(_response(error))
        self.transport.close()


def _response(error: BanggiaoError) -> bytes:
    body = problem_body(error.status, error.kind, error.title, str(error))
    lines = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}",
        f"content-type: {PROBLEM_MEDIA_TYPE}",
        f"content-length: {len(body)}",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii") + body
