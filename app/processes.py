"""Pools of processes on this machine that end when the process ends that they work for, however it does."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor


def open_pool(count: int, preloaded: Sequence[str]) -> ProcessPoolExecutor:
    """A pool of `count` processes, started when first needed; `preloaded` are modules that they all need."""
    context = multiprocessing.get_context(_start_method())
    if context.get_start_method() == "forkserver":
        # imported once, before the processes part; a fork of this one could copy a lock that a thread holds
        context.set_forkserver_preload(list(preloaded))
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin)


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
