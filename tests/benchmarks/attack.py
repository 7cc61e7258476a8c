"""An attack on /sparql: 50 clients send the worst queries that we can think of while 4 clients look pairs up.

    python tests/benchmarks/attack.py STORE [--seconds 30] [--clients 50] [-- options of `banggiao serve`]

Prints what became of every request, how long the look-ups took, and how much memory the service had at most. Exit
status 1 where a request had no answer, a look-up failed, or the 99th percentile of the look-ups is 250 ms or more.
"""

import argparse
import asyncio
import itertools
import multiprocessing
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil

GOAL_S = 0.25
ANSWER_WITHIN_S = 60.0
LOOKUP_CLIENTS = 4
_DOUBLED = "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(40))
_ANY = "(!<urn:x>|^!<urn:x>)*"
QUERIES = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }",
    "path explosion": f"SELECT (COUNT(*) AS ?n) {{ ?a {_ANY} ?b . ?b {_ANY} ?c . ?c {_ANY} ?d }}",
    "huge ORDER BY": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(CONCAT(STR(?c), STR(?f)))",
    "huge DISTINCT": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f } }",
    "regex bomb": 'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?c), STR(?f)), "((a{0,80}){0,80}){0,80}$") }',
    "string growth": f'SELECT (STRLEN(?a40) AS ?n) {{ BIND("aaaaaaaaaaaaaaaa" AS ?a0) {_DOUBLED} }}',
    "REPLACE growth": 'SELECT ?y { ?s ?p ?o . ?t ?q ?u BIND(REPLACE(STR(?o), ".", STR(?u)) AS ?x) '
    'BIND(REPLACE(?x, ".", ?x) AS ?y) }',
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
    "large answer": "SELECT * { ?s ?p ?o } LIMIT 150000",
    "too large an answer": "SELECT * { ?s ?p ?o . ?t ?q ?u }",
    "1 MB of text": "ASK { } # " + "a" * 1_000_000,
    "90 kB to parse": "ASK { ?service ?p ?o " + "FILTER(?o = 1 || (?o = 2 && ?p != 3)) " * 2_400 + "}",
    "deep nesting": "ASK " + "{" * 45_000 + "}" * 45_000,
    "SERVICE": "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
}
LEAVES = "client that leaves"


@contextmanager
def serving(store: Path, port: int, options: list[str]) -> Iterator[psutil.Process]:
    """`banggiao serve`, ready."""
    command = [
        str(Path(sys.executable).with_name("banggiao")),
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        *options,
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            listening = subprocess.run(["curl", "-sfo", "/dev/null", f"http://127.0.0.1:{port}/health"], check=False)
            if listening.returncode == 0:
                break
            time.sleep(0.1)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def request_of(query: str) -> bytes:
    """A request that asks a query."""
    body = f"query={quote(query)}".encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body


async def ask(port: int, request: bytes, *, leaves: bool = False) -> str:
    """One request on a connection of its own: the status and kind of the answer, or why there is none."""
    writer = None
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            if leaves:
                await asyncio.sleep(random.uniform(0.1, 2))
                return "left"
            answer = await reader.read(100_000)
            while chunk := await reader.read(1_000_000):
                answer = answer if len(answer) > 5_000 else answer + chunk
    except TimeoutError:
        return "NO ANSWER: too late"
    except OSError as error:
        # a body may still be under way when it is refused: what matters is whether an answer came
        return f"NO ANSWER: {error!r}"
    finally:
        if writer is not None:
            writer.close()
    return classify(answer)


def classify(answer: bytes) -> str:
    """The status of an answer, and the kind of its problem."""
    if not answer.startswith(b"HTTP/1.1 "):
        return "NO ANSWER: nothing came"
    status = answer[9:12].decode()
    _, found, rest = answer.partition(b"/problems/")
    if status != "200" and not found:
        return f"{status} WITHOUT A PROBLEM DOCUMENT"
    kind, _, _ = rest.partition(b'"')
    return f"{status} {kind.decode()}".strip() if found else status


async def look_up(port: int, pairs: list[str], until_s: float, taken_s: list[float], failed: Counter[str]) -> None:
    """Look pairs up one after another on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (began_s := time.perf_counter()) < until_s:
        a, b = random.choice(pairs).split("-")
        writer.write(f"GET /api/pairs/{a}/{b}/anniversaries HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]))
        taken_s.append(time.perf_counter() - began_s)
        if not head.startswith(b"http/1.1 200"):
            failed[head[9:12].decode()] += 1
    writer.close()


def look_ups(port: int, pairs: list[str], seconds: float) -> tuple[list[float], Counter[str]]:
    """What so many seconds of look-ups take, each in seconds; those that failed by status. Runs in a process of its own."""
    taken_s: list[float] = []
    failed: Counter[str] = Counter()

    async def look() -> None:
        until_s = time.perf_counter() + seconds
        await asyncio.gather(*(look_up(port, pairs, until_s, taken_s, failed) for _ in range(LOOKUP_CLIENTS)))

    asyncio.run(look())
    return taken_s, failed


async def attack(port: int, seconds: float, clients: int, outcomes: dict[str, Counter[str]]) -> None:
    """Send queries from so many clients for so long; all of them are waited for."""
    until_s = time.perf_counter() + seconds
    requests = {name: request_of(query) for name, query in QUERIES.items()}
    requests[LEAVES] = requests["cartesian product"]
    names = itertools.cycle(requests)

    async def client() -> None:
        while time.perf_counter() < until_s:
            name = next(names)
            outcomes.setdefault(name, Counter())[await ask(port, requests[name], leaves=name == LEAVES)] += 1

    await asyncio.gather(*(client() for _ in range(clients)))


async def watch_memory(server: psutil.Process, peaks: dict[str, int]) -> None:
    """Note the most memory that the service has, together and by process."""
    while True:
        together = 0
        for process in [server, *server.children(recursive=True)]:
            try:
                resident = process.memory_info().rss
                kind = "server" if process == server else "a child for queries" if process.nice() else "forks, tracker"
            except psutil.NoSuchProcess:
                continue
            together += resident
            peaks[kind] = max(peaks.get(kind, 0), resident)
        peaks["together"] = max(peaks.get("together", 0), together)
        await asyncio.sleep(0.05)


def pairs_of(store: Path) -> list[str]:
    """The keys of the pairs in a store."""
    from app.graph.snapshots import open_snapshot

    query = "SELECT DISTINCT ?pair { GRAPH ?g { ?event <https://w3id.org/banggiao/ontology#pair> ?pair } } LIMIT 5000"
    rows = open_snapshot(store).store().select(query)
    return [str(row["pair"].value).rpartition("/")[2] for row in rows]


async def run(options: argparse.Namespace, server: psutil.Process, lookers: Executor) -> bool:
    """Attack, measure, print; whether the goals are met."""
    pairs = pairs_of(options.store)
    outcomes: dict[str, Counter[str]] = {}
    peaks: dict[str, int] = {}
    watcher = asyncio.create_task(watch_memory(server, peaks))
    under = f"under attack by {options.clients} clients"
    loop = asyncio.get_running_loop()
    for label, clients in (("to warm up", 0), ("before the attack", 0), (under, options.clients)):
        seconds = options.seconds if clients else 4
        looking = loop.run_in_executor(lookers, look_ups, options.port, pairs, seconds)
        await attack(options.port, seconds, clients, outcomes)
        taken_s, failed = await looking
        hundredths = statistics.quantiles(taken_s, n=100)
        print(
            f"{len(taken_s)} pair look-ups {label}, {LOOKUP_CLIENTS} at a time: p50 {hundredths[49] * 1e3:.1f} ms, "
            f"p99 {hundredths[98] * 1e3:.1f} ms, longest {max(taken_s) * 1e3:.1f} ms, failed {dict(failed) or 0}"
        )
    watcher.cancel()
    for name, counts in outcomes.items():
        print(f"  {name:20}", ", ".join(f"{count} × {outcome}" for outcome, count in counts.most_common()))
    unanswered = sum(
        count
        for counts in outcomes.values()
        for outcome, count in counts.items()
        if "WITHOUT" in outcome or "NO" in outcome
    )
    print(f"requests: {sum(sum(counts.values()) for counts in outcomes.values())}, without an answer: {unanswered}")
    print("most memory:", ", ".join(f"{kind} {size / 1e6:.0f} MB" for kind, size in sorted(peaks.items())))
    return unanswered == 0 and not failed and hundredths[98] < GOAL_S


def main() -> int:
    """The attack on a service of its own."""
    own, _, served = " ".join(sys.argv[1:]).partition(" -- ")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--port", type=int, default=18230)
    options = parser.parse_args(own.split())
    with (
        serving(options.store, options.port, served.split()) as server,
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as lookers,
    ):
        load = psutil.getloadavg()
        print(f"{psutil.cpu_count()} processors, load average of the minute before {load[0]:.1f}")
        return 0 if asyncio.run(run(options, server, lookers)) else 1


if __name__ == "__main__":
    sys.exit(main())
