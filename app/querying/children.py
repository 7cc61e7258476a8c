"""The parent's side of one child process: starting it, asking it one query at a time, ending it."""

import asyncio
import pickle
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import cast

from app.processes import fresh_context
from app.querying.child import run_child
from app.querying.limits import QueryLimits
from app.querying.messages import LENGTHS, Address, Reply

_PRELOADED = ("app.querying.child", "rdflib.plugins.sparql.parser")
_END_WAIT_S = 2.0
# Starting a process also looks which others have ended; of two threads that look at once only one is told how.
_LOOKING = threading.Lock()


class Child(asyncio.Protocol):
    """A child process and the connection to it.

    `on_reply` is called with each message that it sends, `on_end` once when the connection ends. It `is_ready` when it
    has sent the first.
    """

    def __init__(self, on_reply: "Callable[[Child, Reply, bytes], None]", on_end: "Callable[[Child], None]") -> None:
        self._on_reply = on_reply
        self._on_end = on_end
        self.is_ready = False
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None
        self._process: BaseProcess | None = None

    async def start(self, limits: QueryLimits, address: Address) -> None:
        """Start the process; its first reply says that it is ready.

        Raises:
            OSError: the system gives no process.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = fresh_context(_PRELOADED).Process(
                target=run_child, args=(theirs, limits, address), name="query", daemon=True
            )
            try:
                # in a thread: the first one waits for the imports of the process that all others are forked from
                await asyncio.shield(asyncio.to_thread(_start, process))
            except BaseException:
                ours.close()
                raise
        self._process = process
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=ours)

    def ask(self, message: bytes) -> None:
        """Send a request, as `pack` makes it."""
        if self._transport is not None:
            self._transport.write(message)

    def kill(self) -> None:
        """End the process at once, whatever it does; `on_end` is called when it has gone."""
        if self._process is not None:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    async def fate(self) -> str:
        """How the process ended, for people: the name of a signal, or an exit status."""
        if self._process is None:
            return "not started"
        status = await asyncio.to_thread(_join, self._process)
        if status is None:
            return "no answer"
        return signal.Signals(-status).name if status < 0 else f"exit status {status}"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to send."""
        # no check: the transports of uvloop only look like asyncio's
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take in a part of a message, and hand on what is whole."""
        received = self._received
        received += data
        while len(received) >= LENGTHS.size:
            head_bytes, body_bytes = LENGTHS.unpack_from(received)
            head_end = LENGTHS.size + head_bytes
            end = head_end + body_bytes
            if len(received) < end:
                return
            with memoryview(received) as whole:
                reply = pickle.loads(whole[LENGTHS.size : head_end])  # noqa: S301  # from our own child
                body = bytes(whole[head_end:end])
            del received[:end]
            self.is_ready = True
            self._on_reply(self, reply, body)

    def connection_lost(self, _: Exception | None) -> None:
        """Tell whoever waits."""
        self._on_end(self)


def _start(process: BaseProcess) -> None:
    with _LOOKING:
        process.start()


def _join(process: BaseProcess) -> int | None:
    """The exit status of a process that is ending; none where it does not end."""
    with _LOOKING:
        process.join(_END_WAIT_S)
        return process.exitcode
