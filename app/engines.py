"""Engines: where inputs are worked on. One interface; this process, a pool of processes here, or a cluster.

Outcomes come in the order of the inputs, whatever engine makes them, so that its choice changes nothing but the time.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from app.extracting import Input, Item, Known, Maker, make, pack_items, pack_maker, unpack
from app.fingerprints import extraction_version
from extractors.pipeline import load_tables
from extractors.readers import Payload, Unreadable

CHUNK_INPUTS = 64
CHUNK_BYTES = 1 << 19
"""A chunk ends with whichever comes first: a twentieth of a second of work or more, so that its way costs little."""
_CHUNK_ITEMS = 4096  # with what is only handed on
_CHUNKS_A_WORKER = 2  # one that is worked on and one that waits: memory stays flat


class Engine(Protocol):
    """Where inputs are worked on."""

    def run(self, maker: Maker, items: Iterable[Item]) -> Iterator[Any]:
        """What the maker makes of each input, in order; Known and Unreadable come out in their places."""


class WorkerLostError(Exception):
    """A chunk that was not finished because the process died that worked on it."""


class Workers(Protocol):
    """Processes that chunks are handed to."""

    def count(self) -> int:
        """How many chunks are worked on at once."""

    def submit(self, maker: bytes, items: bytes) -> Any:
        """Hand over a chunk for `run_chunk`; a ticket for `result`."""

    def result(self, ticket: Any) -> bytes:
        """Wait for a chunk.

        Raises:
            WorkerLostError: the chunk killed its worker, or another one did that shared its fate.
            BanggiaoError: no worker can do it; says why.
        """


class ThisProcess:
    """Works here, one input after another."""

    def run(self, maker: Maker, items: Iterable[Item]) -> Iterator[Any]:
        """See `Engine`.

        Raises:
            TableError: a table that the extraction needs is at fault.
        """
        load_tables()
        return (make(maker, item) for item in items)


class WorkerEngine:
    """Hands chunks to workers, a bounded number at a time, and puts the outcomes in order.

    A chunk whose worker died is done again by itself, and if that kills one too, input by input: what was lost is made
    good, and an input that kills whatever reads it is reported.
    """

    def __init__(self, workers: Workers, *, version: str | None = None) -> None:
        self._workers = workers
        self._version = version or extraction_version()

    def run(self, maker: Maker, items: Iterable[Item]) -> Iterator[Any]:
        """See `Engine`.

        Raises:
            BanggiaoError: the workers cannot be reached, or are of another version.
        """
        packed = pack_maker(maker, self._version)
        pending: deque[tuple[list[Item], Any]] = deque()
        for chunk in chunks_of(items):
            pending.append((chunk, self._hand_over(packed, chunk)))
            while len(pending) > _CHUNKS_A_WORKER * self._workers.count():
                yield from self._finish(packed, *pending.popleft())
        while pending:
            yield from self._finish(packed, *pending.popleft())

    def _hand_over(self, packed: bytes, chunk: list[Item]) -> Any:
        is_work = any(isinstance(item, Input) for item in chunk)
        return self._workers.submit(packed, pack_items(chunk)) if is_work else None

    def _finish(self, packed: bytes, chunk: list[Item], ticket: Any) -> list[Any]:
        if ticket is None:
            return list(chunk)
        try:
            return unpack(self._workers.result(ticket))
        except WorkerLostError:
            return self._again(packed, chunk)

    def _again(self, packed: bytes, chunk: list[Item]) -> list[Any]:
        try:
            return unpack(self._workers.result(self._hand_over(packed, chunk)))
        except WorkerLostError:
            if len(chunk) > 1:
                return [outcome for item in chunk for outcome in self._again_alone(packed, item)]
            return [self._deadly(chunk[0])]

    def _again_alone(self, packed: bytes, item: Item) -> list[Any]:
        return [item] if isinstance(item, Known | Unreadable) else self._again(packed, [item])

    @staticmethod
    def _deadly(item: Item) -> Unreadable:
        source = item.source if isinstance(item, Payload | Known | Unreadable) else item.id
        return Unreadable(source, "reading it killed the process, each time: it may need more memory than there is")


def chunks_of(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut the row of inputs into chunks: small ones first, so that all workers have something to do soon."""
    chunk: list[Item] = []
    inputs = size_bytes = number = 0
    for item in items:
        chunk.append(item)
        if isinstance(item, Payload):
            inputs, size_bytes = inputs + 1, size_bytes + len(item.data)
        elif not isinstance(item, Known | Unreadable):
            inputs, size_bytes = inputs + 1, size_bytes + len(item.text)
        if inputs >= min(CHUNK_INPUTS, 4 + number) or size_bytes >= CHUNK_BYTES or len(chunk) >= _CHUNK_ITEMS:
            yield chunk
            chunk, inputs, size_bytes, number = [], 0, 0, number + 1
    if chunk:
        yield chunk
