"""A Dask cluster: the same chunks on other machines, by the address of its scheduler.

Scheduler and workers see bytes only, and what runs is looked up on the worker: the scheduler needs no banggiao.
"""

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeAlias

from app.engines import WorkerLostError
from app.errors import BanggiaoError
from app.house import VERSION

# Of `distributed`, which takes half a second to import and is not typed; imported where a cluster is used.
Client: TypeAlias = Any
Future: TypeAlias = Any

_CONNECT_S = 10.0
_FIRST_WORKER_S = 30.0
_PATIENCE_S = 60.0
"""How long a chunk may take before we look whether there is any worker left."""
_RECOUNT_AFTER = 32  # chunks: workers come and go


class ClusterError(BanggiaoError):
    """A cluster that cannot do the work; says what to do."""


class Cluster:
    """The workers of a Dask scheduler, as many as there are at each moment."""

    def __init__(self, address: str, *, connect_s: float = _CONNECT_S, first_worker_s: float = _FIRST_WORKER_S) -> None:
        self._address = address
        self._connect_s = connect_s
        self._first_worker_s = first_worker_s
        self._client: Client = None
        self._threads = 1
        self._submitted = 0
        self._run = _by_value()

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            ClusterError: no scheduler answers at the address, or it has no worker.
        """
        import distributed

        try:
            client: Any = distributed.Client  # not typed
            self._client = client(self._address, timeout=self._connect_s, set_as_default=False, name="banggiao")
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"No Dask scheduler answers at «{self._address}»: start one with «dask scheduler», and give the "
                f"address that it prints, such as tcp://127.0.0.1:8786 ({error})."
            ) from error
        logging.getLogger("distributed.client").setLevel(logging.ERROR)
        try:
            self._client.wait_for_workers(1, timeout=self._first_worker_s)
        except TimeoutError as error:
            self._client.close()
            raise self._without_workers() from error
        self.recount()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connected().close()

    def count(self) -> int:
        """How many chunks are worked on at once: the threads of all workers."""
        return self._threads

    def submit(self, maker: bytes, items: bytes) -> Future:
        """See `Workers`."""
        self._submitted += 1
        if self._submitted % _RECOUNT_AFTER == 0:
            self.recount()
        return self._connected().submit(self._run, maker, items, pure=False)

    def result(self, ticket: Future) -> bytes:
        """See `Workers`."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        while True:
            try:
                return bytes(ticket.result(timeout=_PATIENCE_S))
            except TimeoutError as error:
                if not self._connected().nthreads():
                    raise self._without_workers() from error
            except KilledWorker as error:
                raise WorkerLostError from error
            except FutureCancelledError as error:
                raise ClusterError(
                    f"The Dask scheduler at «{self._address}» has gone: start it, and repeat."
                ) from error
            except ImportError as error:
                raise ClusterError(
                    f"A worker of «{self._address}» cannot import banggiao ({error}): install banggiao {VERSION} "
                    "where each worker runs."
                ) from error

    def recount(self) -> None:
        """See how many threads there are now."""
        self._threads = max(1, sum(self._connected().nthreads().values()))

    def _connected(self) -> "Client":
        if self._client is None:
            raise ValueError("a cluster is used within «with»")
        return self._client

    def _without_workers(self) -> ClusterError:
        return ClusterError(
            f"The Dask scheduler at «{self._address}» has no worker: start one with «dask worker {self._address} "
            "--nthreads 1»."
        )


def _by_value() -> Callable[[bytes, bytes], Any]:
    """What a worker runs; being no name of a module, it is sent as code, and imports ours only where it runs."""

    def run(maker: bytes, items: bytes) -> bytes:
        from app.extracting import run_chunk

        return run_chunk(maker, items)

    return run
