"""The child process: answers one query after another, with the graph held open, until it is told no more.

Whatever a query does to this process, it does to nobody else: the parent ends it and starts another.
"""

import logging
import os
import pickle
import resource
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.errors import BanggiaoError, QueryMemoryError
from app.graph.endpoints import Endpoint
from app.graph.store import EmbeddedStore, SnapshotStore
from app.processes import begin_child
from app.querying.answers import Answer, answer_query
from app.querying.clauses import find_clauses
from app.querying.limits import QueryLimits
from app.querying.messages import LENGTHS, READY, Address, Reply, Request, pack
from app.sparql_protocol import Query

_NICENESS = 10
"""The answers of REST come before those of SPARQL where there is not enough of a processor for both."""
_CPU_GRACE_S = 5
# Looking at the memory takes as long as a small query: after a long one, and now and then.
_LONG_S = 0.05
_LOOK_EVERY = 100
_STATM = Path("/proc/self/statm")
_log = logging.getLogger(__name__)


def open_store(address: Address) -> SnapshotStore:
    """The graph at an address, to read.

    Raises:
        StoreDamagedError: it cannot be read.
    """
    if isinstance(address, Endpoint):
        from app.graph.remote import RemoteStore

        return RemoteStore.of(address)
    return EmbeddedStore.in_memory() if address is None else EmbeddedStore.read_only(Path(address))


def run_child(connection: socket.socket, limits: QueryLimits, address: Address) -> None:
    """Answer what comes over a connection until its other end is closed; `address` is what the first will ask."""
    begin_child()
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.unsetenv("RUST_BACKTRACE")  # on running out of memory it takes seconds, and more memory
    find_clauses("ASK { } # FROM")  # imports the grammar, and makes it ready
    child = _Child(limits)
    try:
        child.open(address)
    except BanggiaoError as error:  # whoever asks will be told
        _log.warning("A child for queries starts without a graph: %s", error)
    with suppress(ConnectionError), connection, connection.makefile("rb") as incoming:
        connection.sendall(pack(READY, b""))
        while message := _read(incoming):
            connection.sendall(child.reply(*message))


def _read(incoming: BinaryIO) -> tuple[Request, str] | None:
    lengths = incoming.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return pickle.loads(incoming.read(head)), incoming.read(body).decode()  # noqa: S301  # from our own parent


class _Child:
    """The open graph of this process, and what it has done so far."""

    def __init__(self, limits: QueryLimits) -> None:
        self._limits = limits
        self._address: Address = None
        self._store = open_store(None)
        self._answered = 0
        self._began_s = 0.0
        self._first_resident_bytes = _memory_bytes()[1]

    def open(self, address: Address) -> None:
        """Hold the graph at an address open instead of the one before; its size does not count against a query.

        Raises:
            StoreDamagedError: it cannot be read.
        """
        _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)
        self._store, self._address = open_store(address), address
        mapped, self._first_resident_bytes = _memory_bytes()
        if mapped:
            _limit(resource.RLIMIT_AS, mapped + self._limits.memory_bytes)

    def reply(self, request: Request, text: str) -> bytes:
        """The answer to a query, or the error that it made, as a message."""
        self._answered += 1
        self._began_s = time.process_time()
        # behind the parent's look at the clock: the kernel ends this process where the parent cannot
        _limit(resource.RLIMIT_CPU, int(self._began_s + self._limits.timeout_s) + _CPU_GRACE_S)
        try:
            answer = self._answer(request, text)
            return pack(Reply(answer.media_type, None, self._is_worn_out()), answer.body)
        except BanggiaoError as error:
            return pack(Reply("", error, self._is_worn_out()), b"")
        except MemoryError:
            return pack(Reply("", out_of_memory(self._limits), is_last=True), b"")

    def _answer(self, request: Request, text: str) -> Answer:
        if request.address != self._address:
            self.open(request.address)
        query = Query(text, request.default_graphs, request.named_graphs, request.base_iri)
        return answer_query(self._store, query, request.accept, self._limits.max_result_bytes)

    def _is_worn_out(self) -> bool:
        if self._answered >= self._limits.max_queries_per_child:
            return True
        if self._answered % _LOOK_EVERY and time.process_time() - self._began_s < _LONG_S:
            return False
        return _memory_bytes()[1] - self._first_resident_bytes > self._limits.retained_bytes


def out_of_memory(limits: QueryLimits) -> QueryMemoryError:
    """The error of a query that needs more than the limit."""
    return QueryMemoryError(
        f"The query needs more than {limits.memory_bytes} bytes of memory: make it smaller, say without sorting, "
        "grouping or joining all there is, or run it on a copy of the data."
    )


def _limit(kind: int, wanted: int) -> None:
    """Set the limit that counts; the highest that may be set stays."""
    highest = resource.getrlimit(kind)[1]
    if highest != resource.RLIM_INFINITY:
        wanted = highest if wanted == resource.RLIM_INFINITY else min(wanted, highest)
    resource.setrlimit(kind, (wanted, highest))


def _memory_bytes() -> tuple[int, int]:
    """Address space and resident memory of this process; nothing where the system does not tell."""
    try:
        mapped, resident, *_ = _STATM.read_bytes().split()
    except FileNotFoundError:
        return 0, 0
    return int(mapped) * resource.getpagesize(), int(resident) * resource.getpagesize()
