"""Servers that a benchmark starts, and the load that `wrk` puts on them."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
START_S = 120.0
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
# Each connection asks its own row of addresses, one after the other, from a place of its own.
_SCRIPT = """
local paths = {}
for line in io.lines("PATHS") do paths[#paths + 1] = line end
local place = 0
request = function()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end
"""


class Load(NamedTuple):
    """What a load showed: answers a second, and latencies in milliseconds; `failures` are answers other than 2xx."""

    per_s: float
    p50_ms: float
    p99_ms: float
    failures: int


class Server(NamedTuple):
    """A server that has given its first answer, so many seconds after it was started."""

    port: int
    first_answer_s: float


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(
    words: Sequence[str], port: int, path: str, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server from its start to its end; `path` is the address of its first answer."""
    start = time.perf_counter()
    process = subprocess.Popen(
        words, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - start > START_S:
                sys.exit(f"{' '.join(words)} gives no answer at {path}")
            time.sleep(0.01)
        yield Server(port, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int, path: str) -> bool:
    try:
        return get(port, path)[0] < 500
    except OSError:
        return False


def get(port: int, path: str) -> tuple[int, bytes]:
    """One answer: its status and its body."""
    connection = HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def times_ms(port: int, paths: Sequence[str]) -> list[float]:
    """How long each address takes, one after the other on one connection; a failure ends the benchmark."""
    connection = HTTPConnection(HOST, port, timeout=300)
    found = []
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        found.append((time.perf_counter() - start) * 1000)
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body[:200]!r}")
    connection.close()
    return found


def load(port: int, paths: Sequence[str], *, connections: int, seconds: int) -> Load:
    """What `wrk` measures while so many connections ask some addresses in turn."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "paths"), Path(folder, "ask.lua")
        listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        script.write_text(_SCRIPT.replace("PATHS", str(listed)), encoding="utf-8")
        words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency"]
        ended = subprocess.run(
            [*words, "-s", str(script), f"http://{HOST}:{port}"], capture_output=True, text=True, check=True
        )
    return _read(ended.stdout)


def _read(printed: str) -> Load:
    per_s = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    if per_s is None:
        sys.exit(f"wrk printed no speed:\n{printed}")
    return Load(float(per_s[1]), _latency(printed, 50), _latency(printed, 99), int(failed[1]) if failed else 0)


def _latency(printed: str, percent: int) -> float:
    found = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s|m)\b", printed)
    return float(found[1]) * _UNITS[found[2]] if found else float("nan")
