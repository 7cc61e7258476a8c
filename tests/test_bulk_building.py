"""Building in bulk: the graph of the incremental way, quad for quad, and nothing published where it fails."""

import datetime as dt
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.made_claims import made_extractions
from graph_samples import EXTRACTIONS, claim, extraction, reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import BuildFailedError
from app.graph.articles import describe_article
from app.graph.rdf import claim_iri
from app.graph.snapshots import EMPTY_SNAPSHOT_ID, Publication, export_nquads, open_snapshot, publish
from app.graph.verdicts import Verdict, judge

NEVER = sys.maxsize
"""More articles than there are: everything goes in one by one."""

SILENT = tuple(describe_article(extraction(f"im-{number}"), fingerprint=number) for number in range(5))
KNOWN = tuple(describe_article(sample, fingerprint=7) for sample in EXTRACTIONS)
CHANGED = extraction("bai-2", claim("established", "AZ VN", "1992"), publisher="Báo Hai")


def content(directory: Path) -> bytes:
    out = io.BytesIO()
    export_nquads(directory, out)
    return out.getvalue()


def both_ways(directory: Path, articles: list, **options) -> tuple[Publication, Publication]:
    ways = [
        publish(directory / name, iter(articles), bulk_articles=many, **options)
        for name, many in (("bulk", 1), ("one-by-one", NEVER))
    ]
    assert content(directory / "bulk") == content(directory / "one-by-one")
    return ways[0], ways[1]


@pytest.mark.parametrize(
    ("articles", "facts"),
    [
        pytest.param([*EXTRACTIONS], reference(), id="claims, people, organisations and curated facts"),
        pytest.param([*EXTRACTIONS], None, id="without curated data: codes stand for names"),
        pytest.param([*SILENT, *KNOWN], reference(), id="described elsewhere, some silent"),
        pytest.param([*SILENT], None, id="nothing asserted"),
        pytest.param([*EXTRACTIONS, CHANGED, EXTRACTIONS[0]], reference(), id="an id twice: the last article counts"),
        pytest.param([*KNOWN, SILENT[0], describe_article(extraction("bai-1"), 9)], None, id="one becomes silent"),
        pytest.param([*made_extractions(52)], reference(), id="made claims"),
    ],
)
def test_the_graph_is_that_of_the_incremental_way(tmp_path: Path, articles, facts) -> None:
    bulk, one_by_one = both_ways(tmp_path, articles, reference=facts)
    assert bulk == one_by_one


def test_a_large_graph_that_is_merged_in_two_goes_is_the_same(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("app.graph.bulk_building._FIRST_QUADS", 100)
    both_ways(tmp_path, [*made_extractions(300)], reference=reference())


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*EXTRACTIONS, *KNOWN, *SILENT, CHANGED, *made_extractions(52)]), min_size=1),
    st.booleans(),
)
def test_whatever_comes_in_whatever_order(tmp_path_factory, articles, is_with_reference) -> None:
    directory = tmp_path_factory.mktemp("ways")
    bulk, one_by_one = both_ways(directory, articles, reference=reference() if is_with_reference else None)
    assert bulk == one_by_one


def test_verdicts_imports_and_later_articles_find_the_same_graph(tmp_path: Path) -> None:
    judged = claim_iri(EXTRACTIONS[2].claims[0], "bai-3").value
    verdict = Verdict("rejected", (judged,), "A curator", dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "misread")
    first, second = both_ways(
        tmp_path,
        [*EXTRACTIONS, *made_extractions(52)],
        reference=reference(),
        judge=lambda store, held: judge(store, held, verdict),
    )
    assert first == second
    later = [both_ways(tmp_path, [CHANGED, *KNOWN[:1]])[number].snapshot_id for number in range(2)]
    assert later[0] == later[1] != first.snapshot_id


def test_a_fault_of_the_input_publishes_nothing(tmp_path: Path) -> None:
    def faulty() -> Iterator:
        yield from EXTRACTIONS
        raise ValueError("the input ends here")

    with pytest.raises(ValueError, match="ends here"):
        publish(tmp_path, faulty(), bulk_articles=1)
    assert open_snapshot(tmp_path).store().snapshot_id == EMPTY_SNAPSHOT_ID
    assert not list(tmp_path.glob("building-*"))
    assert publish(tmp_path, EXTRACTIONS, bulk_articles=1).is_new


def test_a_killed_process_publishes_nothing_and_is_named(tmp_path: Path) -> None:
    others = workers_of(os.getpid())  # of tests before this one: numbers of processes are given anew

    def deadly() -> Iterator:
        for number, sample in enumerate(made_extractions(10_000)):
            if number == 200:
                os.kill(max(workers_of(os.getpid()) - others), signal.SIGKILL)
            yield sample

    with pytest.raises(BuildFailedError, match="killed"):
        publish(tmp_path, deadly(), bulk_articles=1)
    assert open_snapshot(tmp_path).store().snapshot_id == EMPTY_SNAPSHOT_ID
    assert publish(tmp_path, EXTRACTIONS, bulk_articles=1).is_new


def test_a_full_disk_publishes_nothing_and_is_told(tmp_path: Path) -> None:
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));" + BUILD
    )
    done = subprocess.run(command(code, tmp_path), env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "StoreFullError" in done.stderr
    assert open_snapshot(tmp_path).store().snapshot_id == EMPTY_SNAPSHOT_ID


def test_a_build_that_is_killed_leaves_the_last_snapshot_and_no_processes(tmp_path: Path) -> None:
    publish(tmp_path / "whole", made_extractions(520), reference=reference(), bulk_articles=1)
    for wait_s in (0.3, 0.8, 1.3):
        with subprocess.Popen(command(BUILD, tmp_path / "store"), env=environment(), stdout=subprocess.PIPE) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(wait_s)
            workers = workers_of(builder.pid)
            builder.send_signal(signal.SIGKILL)
        assert open_snapshot(tmp_path / "store").store().snapshot_id == EMPTY_SNAPSHOT_ID
        deadline = time.monotonic() + 10
        while any(map(is_alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(is_alive, workers))
    subprocess.run(command(BUILD, tmp_path / "store"), env=environment(), stdout=subprocess.DEVNULL, check=True)
    assert content(tmp_path / "store") == content(tmp_path / "whole")


BUILD = (
    "import sys; from pathlib import Path; from benchmarks.made_claims import made_extractions;"
    "from graph_samples import reference; from app.graph.snapshots import publish; print('ready', flush=True);"
    "publish(Path(sys.argv[1]), made_extractions(520), reference=reference(), bulk_articles=1)"
)


def command(code: str, store: Path) -> list[str]:
    return [sys.executable, "-c", code, str(store)]


def environment() -> dict[str, str]:
    here = Path(__file__).parent
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}


def workers_of(process: int) -> set[int]:
    """The processes of a pool, which are the grandchildren of the one that it works for."""
    return {worker for child in children_of(process) for worker in children_of(child)}


def children_of(process: int) -> set[int]:
    paths = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for path in paths for child in path.read_text().split()}


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False
