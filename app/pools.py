"""A pool of processes on this machine."""

from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self, TypeAlias

from app.engines import WorkerLostError
from app.extracting import run_chunk
from app.processes import open_pool

_PRELOADED = ["app.extracting", "app.article_making"]

Ticket: TypeAlias = "Future[bytes]"


class LocalPool:
    """`jobs` processes that last as long as the pool; one that dies is replaced."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def count(self) -> int:
        """How many processes there are."""
        return self._jobs

    def submit(self, maker: bytes, items: bytes) -> Ticket:
        """See `Workers`."""
        try:
            return self._open().submit(run_chunk, maker, items)
        except BrokenProcessPool:
            self._close()
            return self._open().submit(run_chunk, maker, items)

    def result(self, ticket: Ticket) -> bytes:
        """See `Workers`."""
        try:
            return ticket.result()
        except BrokenProcessPool as error:
            raise WorkerLostError from error

    def _open(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = open_pool(self._jobs, _PRELOADED)
        return self._executor

    def _close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
