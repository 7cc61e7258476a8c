"""A pool of processes on this machine."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self, TypeAlias

from app.engines import WorkerLostError
from app.extracting import run_chunk

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
            context = multiprocessing.get_context(_start_method())
            if context.get_start_method() == "forkserver":
                # imported once, before the processes part; a fork of this one could copy a lock that a thread holds
                context.set_forkserver_preload(_PRELOADED)
            self._executor = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin)
        return self._executor

    def _close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


def _start_method() -> str:
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def _begin() -> None:
    """Leave Ctrl-C to the process that we work for, and end when it ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
