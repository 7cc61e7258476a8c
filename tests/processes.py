"""What tests of several processes need: makers that workers can import, inputs, and a cluster on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.readers import Metadata, Payload, Unreadable

ROOT = Path(__file__).resolve().parent.parent
FACT = "Ngày {}/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao. Tin số {}."


def payloads(number):
    """So many inputs, one in four of which asserts something."""
    for one in range(number):
        text = FACT.format(1 + one % 28, one) if one % 4 == 0 else f"Tin số {one}: trời mưa."
        yield Payload(f"{one}.txt", text.encode(), "text/plain", Metadata(id=f"tin-{one}"))


@dataclass(frozen=True)
class Deadly:
    """Makes the id of an input; a certain one kills the process that works on it, always or until a file is there."""

    name: str
    marker: str | None = None

    def __call__(self, one):
        if one.given.id == self.name and not (self.marker and Path(self.marker).exists()):
            if self.marker:
                Path(self.marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return one.given.id


@dataclass(frozen=True)
class Slow:
    """Makes what another maker makes, no faster than so many seconds an input."""

    maker: object
    pause_s: float

    def __call__(self, one):
        time.sleep(self.pause_s)
        return self.maker(one)


def mixed(number):
    """Inputs among which some are not to be worked on."""
    for one in payloads(number):
        yield one
        if one.given.id.endswith("7"):
            yield Unreadable(one.source, "not this one")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")


@contextmanager
def cluster(workers, first_path=ROOT):
    """A real Dask scheduler with workers, processes of their own; gives its address and the workers' processes.

    `first_path` is where the workers look for packages first.
    """
    address = f"tcp://127.0.0.1:{free_port()}"
    python_path = os.pathsep.join([str(first_path), str(ROOT / "tests")])
    environment = os.environ | {"PYTHONPATH": python_path, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    dask = (
        [sys.executable, "-m", "distributed.cli.dask_scheduler"],
        [sys.executable, "-m", "distributed.cli.dask_worker"],
    )
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": first_path}
    options = ["--host", "127.0.0.1", "--no-dashboard"]
    words = [[*dask[0], *options, "--port", address.rpartition(":")[2]]]
    words += [[*dask[1], address, *options, "--nthreads", "1", "--no-nanny"] for _ in range(workers)]
    started = [subprocess.Popen(command, **quiet) for command in words]
    try:
        wait_for(int(address.rpartition(":")[2]))
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
