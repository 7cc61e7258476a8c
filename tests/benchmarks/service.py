"""The service on graphs of 10,000 and of 1,000,000 events, beside a bare FastAPI route and Oxigraph's own server.

    python tests/benchmarks/service.py --stores build/stores          some minutes more where the stores are not there yet
    python tests/benchmarks/service.py --stores build/stores --quick  small graphs and short loads, for development

Every ratio is of two loads put on in turn in one run. «First» answers are of addresses that nobody asked before: each
has a pair and a day of its own, so that nothing that keeps answers can help; «again» is one address asked again and
again. The goals are those of the project; nothing here fails when one is missed.
"""

import argparse
import datetime as dt
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain, islice, product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from service_load import BIN, HERE, HOST, Load, Server, free_port, get, load, serving, times_ms

from app.graph.layout import current_id, snapshot_path
from app.graph.reference_tables import load_reference
from app.graph.snapshots import open_snapshot, publish
from app.graph.store import EmbeddedStore
from app.processes import usable_cores

SIZES = (10_000, 1_000_000)
QUICK_SIZES = (1_000, 10_000)
CONNECTIONS = 16
SHARE_GOAL, TIMELINE_GOAL, GROWTH_GOAL = 0.5, 0.8, 1.2
P99_GOAL_MS, WINDOW_GOAL_MS, FIRST_ANSWER_GOAL_S = 15.0, 50.0, 3.0
DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=7 * week) for week in range(400)]
PAIRS = 150
_VARIANTS = 400  # of a query: more than are asked in one load
TIMED = 60  # look-ups, one after the other
_NAMES = "PREFIX bg: <https://w3id.org/banggiao/ontology#> PREFIX graph: <https://w3id.org/banggiao/graph/> "


class Row(NamedTuple):
    """A line of the table: what was measured, ours, theirs, what one is of the other, and the goal where there is one."""

    name: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    goal: str = ""
    verdict: str = ""


class Graph(NamedTuple):
    """A store, and what can be asked of it."""

    store: Path
    events: int
    pairs: Sequence[tuple[str, str]]
    event_ids: Sequence[str]
    articles: Sequence[str]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stores", type=Path, default=Path("build/stores"), help="where the stores are, or are made")
    parser.add_argument("--seconds", type=int, default=8, help="of each load (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="small graphs")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("the benchmark puts its load on with wrk: install the package of that name (apt install wrk)")
    sizes = QUICK_SIZES if arguments.quick else SIZES
    small, large = (_graph(arguments.stores / f"store-{size}", size) for size in sizes)
    _print(measure(small, large, 2 if arguments.quick else arguments.seconds))


def measure(small: Graph, large: Graph, seconds: int) -> Iterator[Row]:
    """All rows, as soon as each is measured."""
    with _ours(small) as little, _ours(large) as big:
        yield Row(
            f"serve to first answer, {large.events:,} events",
            f"{big.first_answer_s:.2f} s",
            goal=f"under {FIRST_ANSWER_GOAL_S:g} s",
            verdict=_verdict(big.first_answer_s < FIRST_ANSWER_GOAL_S),
        )
        yield from _anniversary_rows(large, big, seconds)
        yield from _growth_rows(small, little, large, big)
        yield from _window_rows(small, little, large, big)
        yield from _other_rows(small, little, large, big)
    yield from _sparql_rows(large, seconds)


def _anniversary_rows(graph: Graph, ours: Server, seconds: int) -> Iterator[Row]:
    """Pair anniversaries at 16 connections: answers already given, and first answers."""
    body, path = max(
        ((get(ours.port, path)[1], path) for path in _anniversaries(graph, DAYS[:1])[:TIMED]),
        key=lambda one: len(one[0]),
    )
    again = [path]
    with _bare(body) as bare:
        theirs = load(bare.port, again, connections=CONNECTIONS, seconds=seconds)
        kept = load(ours.port, again, connections=CONNECTIONS, seconds=seconds)
        first = load(ours.port, _anniversaries(graph, DAYS), connections=CONNECTIONS, seconds=seconds)
    size = f"{len(body) / 1000:.0f} kB"
    for name, one, goal in ((f"again, {size}", kept, SHARE_GOAL), (f"first, about {size}", first, None)):
        yield _share_row(f"pair anniversaries, {CONNECTIONS} connections, {name}", one, theirs, goal)
        is_met = one.p99_ms < P99_GOAL_MS
        yield Row(
            "    99 in 100 within",
            f"{one.p99_ms:.1f} ms",
            f"{theirs.p99_ms:.1f} ms",
            "",
            "under 15 ms",
            _verdict(is_met),
        )


def _growth_rows(small: Graph, little: Server, large: Graph, big: Server) -> Iterator[Row]:
    """The same look-up in both graphs, in turns, first answers on one connection."""
    for name, paths in (("anniversaries", _anniversaries), ("timeline", _timelines)):
        once = [list(islice(paths(graph, DAYS[200:]), 3 * TIMED)) for graph in (small, large)]
        slow, fast = [], []
        for turn in range(3):
            part = slice(turn * TIMED, (turn + 1) * TIMED)
            fast += times_ms(little.port, once[0][part])
            slow += times_ms(big.port, once[1][part])
        ours, theirs = statistics.median(slow), statistics.median(fast)
        yield Row(
            f"pair {name}, first, {large.events:,} beside {small.events:,} events",
            f"{ours:.2f} ms",
            f"{theirs:.2f} ms",
            f"{ours / theirs:.2f}",
            f"at most {GROWTH_GOAL}",
            _verdict(ours / theirs <= GROWTH_GOAL),
        )


def _window_rows(small: Graph, little: Server, large: Graph, big: Server) -> Iterator[Row]:
    """The first page of 30 days: each with days of its own; the slowest of those is the one without anything kept."""
    state = large.pairs[len(large.pairs) // 2][0]
    filters = ("", "&type=established", "&rank=round", f"&country={state}", f"&country={state}&rank=round")
    for number, chosen in enumerate(filters):
        paths = [
            f"/api/anniversaries?from={day}&to={day + dt.timedelta(days=30)}{chosen}" for day in DAYS[number * 60 :]
        ]
        yield _window_row(f"30 days{chosen or ', all states'}", little, big, paths)
    yield _window_row("page /, 30 days", little, big, [f"/?days={days}" for days in range(30, 36)])


def _window_row(name: str, little: Server, big: Server, paths: Sequence[str]) -> Row:
    found, beside = times_ms(big.port, paths[:6]), times_ms(little.port, paths[:6])
    middle = statistics.median(found)
    return Row(
        f"{name}: first page",
        f"{middle:.1f} (most {max(found):.0f}) ms",
        f"{statistics.median(beside):.1f} ms",
        "",
        f"under {WINDOW_GOAL_MS:g} ms",
        _verdict(middle < WINDOW_GOAL_MS),
    )


def _other_rows(small: Graph, little: Server, large: Graph, big: Server) -> Iterator[Row]:
    """Every other address that reads the graph: in the large one, beside the small one."""
    for name, here, there in zip(_OTHERS, _others(large), _others(small), strict=True):
        found, beside = times_ms(big.port, here), times_ms(little.port, there)
        yield Row(
            name, f"{statistics.median(found):.1f} (first {found[0]:.0f}) ms", f"{statistics.median(beside):.1f} ms"
        )


_OTHERS = (
    "/api/pairs/{a}/{b}",
    "/api/events/{id}",
    "/api/articles/{id}",
    "/api/countries/{c}",
    "/api/countries",
    "/api/people?q=",
    "/api/organisations?q=",
    "/health",
    "/.well-known/void",
)


def _others(graph: Graph) -> tuple[list[str], ...]:
    states = sorted({code for pair in graph.pairs for code in pair})[:5]
    return (
        [f"/api/pairs/{a}/{b}?on={DAYS[0]}" for a, b in graph.pairs[:20]],
        [f"/api/events/{quote(one)}" for one in graph.event_ids[:20]],
        [f"/api/articles/{quote(one)}" for one in graph.articles[:20]],
        [f"/api/countries/{code}" for code in states],
        [f"/api/countries?limit={limit}" for limit in range(95, 100)],
        [f"/api/people?q={letter}" for letter in "abc"],
        [f"/api/organisations?q={letter}" for letter in "abc"],
        ["/health"] * 3,
        ["/.well-known/void"] * 2,
    )


def _sparql_rows(graph: Graph, seconds: int) -> Iterator[Row]:
    """One fact, and the timeline of a pair, asked in SPARQL; ours has a worker for each processor, theirs threads.

    First queries differ in a comment, so that nobody asked them before.
    """
    shown = (HERE.parents[1] / "ontology" / "queries" / "timeline-of-a-pair.rq").read_text(encoding="utf-8")
    points = [
        f"{_NAMES} SELECT ?date WHERE {{ GRAPH graph:events {{ <{_event_iri(one)}> bg:date ?date }} }}"
        for one in graph.event_ids
    ]
    timelines = [shown.replace("pair:AZ-VN", f"pair:{a}-{b}") for a, b in graph.pairs]
    location = snapshot_path(graph.store, current_id(graph.store)) / "graph"
    port = free_port()
    words = [str(BIN / "oxigraph"), "serve-read-only", "--location", str(location), "--bind", f"{HOST}:{port}"]
    with serving(words, port, "/query?query=ASK%7B%7D") as theirs, _ours(graph, workers=usable_cores()) as ours:
        for name, queries, goal in (("point query", points, SHARE_GOAL), ("pair timeline", timelines, TIMELINE_GOAL)):
            for kind, number in (("again", 1), ("first", _VARIANTS)):
                texts = [quote(f"{query}\n#{one}") for one in range(number) for query in queries]
                other, own = (
                    load(port, [f"{path}{text}" for text in texts], connections=CONNECTIONS, seconds=seconds)
                    for port, path in ((theirs.port, "/query?query="), (ours.port, "/sparql?query="))
                )
                yield _share_row(f"/sparql, {name}, {CONNECTIONS} connections, {kind}", own, other, goal)


def _share_row(name: str, ours: Load, theirs: Load, goal: float | None) -> Row:
    share = ours.per_s / theirs.per_s if theirs.per_s else float("nan")
    failed = f" ({ours.failures} failed)" if ours.failures else ""
    verdict = "" if goal is None else _verdict(share >= goal and not ours.failures)
    wanted = "" if goal is None else f"at least {goal}"
    return Row(name, f"{ours.per_s:,.0f}/s{failed}", f"{theirs.per_s:,.0f}/s", f"{share:.2f}", wanted, verdict)


def _ours(graph: Graph, *, workers: int = 1) -> AbstractContextManager[Server]:
    port = free_port()
    a, b = graph.pairs[0]
    words = [str(BIN / "banggiao"), "serve", "--store", str(graph.store), "--port", str(port)]
    words += ["--workers", str(workers)]
    return serving(words, port, f"/api/pairs/{a}/{b}/anniversaries")


def _bare(body: bytes) -> AbstractContextManager[Server]:
    port = free_port()
    kept = Path(tempfile.mkdtemp(), "body")
    kept.write_bytes(body)
    words = [sys.executable, "-m", "uvicorn", "bare_service:app", "--app-dir", str(HERE), "--port", str(port)]
    words += ["--no-access-log", "--no-server-header", "--log-level", "warning"]
    return serving(words, port, "/", {"BARE_BODY": str(kept)})


def _anniversaries(graph: Graph, days: Iterable[dt.date]) -> list[str]:
    return [f"/api/pairs/{a}/{b}/anniversaries?on={day}" for day, (a, b) in product(days, graph.pairs)]


def _timelines(graph: Graph, days: Iterable[dt.date]) -> list[str]:
    """The whole timeline each time, under an address of its own."""
    return [f"/api/pairs/{a}/{b}/timeline?to={day}" for day, (a, b) in product(days, graph.pairs)]


def _event_iri(event_id: str) -> str:
    return f"https://w3id.org/banggiao/id/event/{event_id}"


def _graph(path: Path, size: int) -> Graph:
    """The store of a size, made where it is not there yet, with a sample of what is in it."""
    if not (path / "CURRENT").exists():
        from made_claims import made_extractions

        print(f"making {path}", file=sys.stderr, flush=True)
        publish(path, made_extractions(size), reference=load_reference())
    store = open_snapshot(path).store()
    pairs = [tuple(key.split("-")) for key in _sample(store, "?s a bg:Pair")]
    return Graph(path, size, pairs, _sample(store, "?s a bg:Event"), _sample(store, "?s a bg:Article"))  # type: ignore[arg-type]  # keys are of two codes


def _sample(store: EmbeddedStore, pattern: str) -> list[str]:
    """The keys of some things, as the store gives them: all over the graph."""
    rows = store.select(f"{_NAMES} SELECT ?s WHERE {{ GRAPH ?g {{ {pattern} }} }} LIMIT {PAIRS}")
    return [row["s"].value.rsplit("/", 1)[1] for row in rows]


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _print(rows: Iterable[Row]) -> None:
    """One line a row, as soon as it is measured."""
    print(f"cores: {len(os.sched_getaffinity(0))}, load before: {os.getloadavg()[0]:.1f}")
    for name, ours, theirs, ratio, goal, verdict in chain([Row("", "ours", "theirs", "ratio", "goal")], rows):
        print(f"{name:<66} {ours:>24} {theirs:>12} {ratio:>6}  {goal:<14} {verdict}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
