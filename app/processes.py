"""How child processes on this machine are started, and how they end with the process that they work for."""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import ForkServerContext, SpawnContext

# Between two searches for cycles, of which records make none; 700 is Python's own. Measured on a build in bulk: twice
# as many, or no search at all, save nothing more.
_NEW_OBJECTS = 50_000


def fresh_context(preloaded: Sequence[str]) -> ForkServerContext | SpawnContext:
    """Starts processes that share no memory with this one: a fork of it could copy a lock that a thread holds.

    `preloaded` are modules that are imported once, before the processes part, where the system can do so.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preloaded))
        return context
    return multiprocessing.get_context("spawn")


def open_pool(count: int, preloaded: Sequence[str]) -> ProcessPoolExecutor:
    """A pool of `count` processes, started when first needed; `preloaded` are modules that they all need."""
    return ProcessPoolExecutor(count, mp_context=fresh_context(preloaded), initializer=_begin_worker)


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin_child() -> None:
    """Leave Ctrl-C to the process that we work for, and end when it ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _begin_worker() -> None:
    """Begin a process that makes many records: what was imported is no garbage, and what is made hardly ever."""
    begin_child()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def stop_with_parent() -> None:
    """Stop as asked by SIGTERM when the process ends that has started this one, if one of ours has."""
    if multiprocessing.parent_process() is not None:
        threading.Thread(target=_stop_with_parent, daemon=True).start()


def _stop_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
