"""What the pages cost: bytes, requests, and the time that the service takes for them, one after the other.

    PYTHONPATH=tests python tests/benchmarks/pages.py STORE [--times 60]

The bytes are those of the page and of what it loads, packed as for a browser. The times are of answers that were not
given before, as each address has a parameter of its own, to one client on this machine. The goals are those of the
project; nothing here fails when one is missed.
"""

import argparse
import statistics
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from live_service import serving
from lxml import html
from shown_pages import FORM, PAGES, ShownPage

GOAL_BYTES, GOAL_MS = 150_000, 150.0
_WARM_UP = 3
_LOADED = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"


class Answer(NamedTuple):
    """The body of an answer, and how long it took from the first byte sent to the last one received."""

    body: bytes
    ms: float


class Cost(NamedTuple):
    """What a page costs."""

    raw_bytes: int
    packed_bytes: int
    requests: int
    p50_ms: float
    p95_ms: float


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for (default: %(default)s)")
    arguments = parser.parse_args()
    with serving(arguments.store) as live:
        costs = {shown: measure(live.port, shown, arguments.times) for shown in PAGES}
    print(
        f"| page | HTML kB | all, packed kB | requests | p50 ms | p95 ms | ≤ {GOAL_BYTES // 1000} kB, < {GOAL_MS:.0f} ms |"
    )
    print("|---|---:|---:|---:|---:|---:|---|")
    for shown, cost in costs.items():
        is_met = cost.packed_bytes <= GOAL_BYTES and cost.p95_ms < GOAL_MS
        print(
            f"| {shown.name} | {cost.raw_bytes / 1000:.1f} | {cost.packed_bytes / 1000:.1f} | {cost.requests} "
            f"| {cost.p50_ms:.1f} | {cost.p95_ms:.1f} | {'yes' if is_met else 'no'} |"
        )


def measure(port: int, shown: ShownPage, times: int) -> Cost:
    """One page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    whole = _ask(connection, shown.path, shown.status, "identity", shown.form)
    loaded = set(html.fromstring(whole.body).xpath(_LOADED))
    packed = [_ask(connection, shown.path, shown.status, "gzip, br, zstd", shown.form)]
    packed += [_ask(connection, path, 200, "gzip, br, zstd") for path in loaded]
    taken = [
        _ask(connection, shown.with_query(f"again={number}"), shown.status, "gzip, br, zstd", shown.form).ms
        for number in range(_WARM_UP + times)
    ][_WARM_UP:]
    connection.close()
    return Cost(
        len(whole.body),
        sum(len(answer.body) for answer in packed),
        len(packed),
        statistics.median(taken),
        statistics.quantiles(taken, n=20)[-1],
    )


def _ask(connection: HTTPConnection, path: str, status: int, encodings: str, form: bytes | None = None) -> Answer:
    start = time.perf_counter()
    headers = {"Accept": "text/html", "Accept-Encoding": encodings} | ({"Content-Type": FORM} if form else {})
    connection.request("POST" if form else "GET", path, form, headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != status:
        sys.exit(f"{path}: {answer.status} {body[:200]!r}")
    return Answer(body, (time.perf_counter() - start) * 1000)


if __name__ == "__main__":
    main()
