"""Snapshots: published in one step, the same for the same content, whole whenever a writer dies."""

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock
from graph_samples import EXTRACTIONS, FACTS, claim, extraction, reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from app.errors import StoreBusyError, StoreDamagedError, StoreReadOnlyError
from app.graph.digests import GraphDigest
from app.graph.layout import KEPT_SNAPSHOTS
from app.graph.lookups import counts, events_of_pair
from app.graph.snapshots import EMPTY_SNAPSHOT_ID, export_nquads, open_snapshot, publish

KILLS = 12


def exported(directory: Path) -> bytes:
    out = io.BytesIO()
    export_nquads(directory, out)
    return out.getvalue()


def snapshots(directory: Path) -> set[str]:
    return {path.name for path in (directory / "snapshots").iterdir()}


def test_a_store_that_does_not_exist_reads_as_empty(tmp_path: Path) -> None:
    store = open_snapshot(tmp_path / "none").store()
    assert store.snapshot_id == EMPTY_SNAPSHOT_ID
    assert counts(store).events == 0


def test_publishing_tells_what_became_of_each_article(tmp_path: Path) -> None:
    first = publish(tmp_path, EXTRACTIONS[:2], reference=reference())
    changed = extraction("bai-2", claim("established", "AZ VN", "1992"), publisher="Báo Hai")
    second = publish(tmp_path, [EXTRACTIONS[0], changed, EXTRACTIONS[2]])
    assert (first.added, first.is_new) == (("bai-1", "bai-2"), True)
    assert (second.unchanged, second.replaced, second.added) == (("bai-1",), ("bai-2",), ("bai-3",))


def test_the_same_articles_again_publish_nothing(tmp_path: Path) -> None:
    first = publish(tmp_path, EXTRACTIONS, reference=reference())
    again = publish(tmp_path, EXTRACTIONS, reference=reference())
    assert (again.snapshot_id, again.is_new) == (first.snapshot_id, False)
    assert again.unchanged == tuple(sample.article.id for sample in EXTRACTIONS)
    assert snapshots(tmp_path) == {first.snapshot_id}


def test_the_id_and_the_count_are_those_of_the_content(tmp_path: Path) -> None:
    publish(tmp_path, EXTRACTIONS[:2], reference=reference())
    done = publish(tmp_path, EXTRACTIONS[2:])
    quads = list(parse(exported(tmp_path), format=RdfFormat.N_QUADS))
    digest = GraphDigest()
    digest.replace((), quads)
    assert (digest.snapshot_id, digest.count) == (done.snapshot_id, done.quads)


def test_the_export_is_sorted_lines(tmp_path: Path) -> None:
    publish(tmp_path, EXTRACTIONS, reference=reference())
    lines = exported(tmp_path).splitlines()
    assert lines == sorted(set(lines))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(EXTRACTIONS), st.integers(0, len(EXTRACTIONS)), st.booleans())
def test_the_way_to_a_graph_leaves_no_trace_in_it(tmp_path_factory, order, cut, is_reference_late) -> None:
    whole, steps = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("steps")
    publish(whole, EXTRACTIONS, reference=reference())
    # an older version of an article, which the second step replaces
    publish(steps, [extraction(order[-1].article.id, claim("severed", "AZ VN", "1980"))])
    publish(steps, order[:cut], reference=None if is_reference_late else reference(*FACTS[:2]))
    publish(steps, order[cut:], reference=reference())
    publish(steps, order)
    assert exported(steps) == exported(whole)


def test_a_reader_notices_a_new_snapshot_and_keeps_an_old_one_usable(tmp_path: Path) -> None:
    reader = open_snapshot(tmp_path)
    assert reader.store().snapshot_id == EMPTY_SNAPSHOT_ID
    first = publish(tmp_path, EXTRACTIONS[:1], reference=reference())
    held = reader.store()
    assert held.snapshot_id == first.snapshot_id
    second = publish(tmp_path, EXTRACTIONS)
    assert reader.store().snapshot_id == second.snapshot_id
    assert counts(held).articles == 1
    assert counts(reader.store()).articles == len(EXTRACTIONS)
    assert reader.store() is reader.store()


def test_the_last_snapshots_are_kept_and_older_ones_removed(tmp_path: Path) -> None:
    ids = [
        publish(tmp_path, [extraction("a", claim("established", "AZ VN", f"{year}"))]).snapshot_id
        for year in range(1990, 1996)
    ]
    assert snapshots(tmp_path) == set(ids[-KEPT_SNAPSHOTS:])
    assert not list(tmp_path.glob("building-*"))


def test_going_back_to_an_earlier_content_gives_the_earlier_id(tmp_path: Path) -> None:
    old, new = (extraction("a", claim("established", "AZ VN", year)) for year in ("1992", "1993"))
    ids = [publish(tmp_path, [sample]).snapshot_id for sample in (old, new, old)]
    assert ids[0] == ids[2] != ids[1]
    assert open_snapshot(tmp_path).store().snapshot_id == ids[0]


def test_a_published_snapshot_cannot_be_written(tmp_path: Path) -> None:
    publish(tmp_path, EXTRACTIONS)
    with pytest.raises(StoreReadOnlyError, match="immutable"):
        open_snapshot(tmp_path).store().apply((), ())


def test_a_second_writer_waits_and_then_is_refused_by_name(tmp_path: Path) -> None:
    with FileLock(tmp_path / "writer.lock"), pytest.raises(StoreBusyError, match=tmp_path.name):
        publish(tmp_path, EXTRACTIONS, wait_s=0.05)


def test_a_failing_source_of_articles_leaves_the_last_snapshot(tmp_path: Path) -> None:
    publish(tmp_path, EXTRACTIONS[:1])
    before = exported(tmp_path)

    def broken():
        yield EXTRACTIONS[1]
        raise RuntimeError("the feed broke off")

    with pytest.raises(RuntimeError, match="the feed broke off"):
        publish(tmp_path, broken())
    assert exported(tmp_path) == before
    assert not list(tmp_path.glob("building-*"))


def test_a_damaged_snapshot_is_refused_with_its_name_and_the_one_before_it_served(tmp_path: Path) -> None:
    reader = open_snapshot(tmp_path)
    first = publish(tmp_path, EXTRACTIONS[:1])
    assert reader.store().snapshot_id == first.snapshot_id
    second = publish(tmp_path, EXTRACTIONS)
    (tmp_path / "snapshots" / second.snapshot_id / "graph" / "CURRENT").write_text("nothing")
    assert reader.store().snapshot_id == first.snapshot_id
    assert second.snapshot_id in (reader.damage or "")
    with pytest.raises(StoreDamagedError, match=second.snapshot_id):
        open_snapshot(tmp_path).store()


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param("", id="empty"),
        pytest.param('{"format": 1, "digest": "zz", "quads": 3}', id="no number"),
        pytest.param('{"format": 1, "digest": "00ff", "quads": 3}', id="of another snapshot"),
    ],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, manifest: str) -> None:
    done = publish(tmp_path, EXTRACTIONS)
    (tmp_path / "snapshots" / done.snapshot_id / "manifest.json").write_text(manifest)
    with pytest.raises(StoreDamagedError, match=done.snapshot_id):
        publish(tmp_path, EXTRACTIONS[:1])


def test_readers_never_fail_while_snapshots_are_switched(tmp_path: Path) -> None:
    publish(tmp_path, EXTRACTIONS[:1], reference=reference())
    reader, failures, is_done = open_snapshot(tmp_path), [], threading.Event()

    def read() -> None:
        while not is_done.is_set():
            try:
                store = reader.store()
                if not events_of_pair(store, "VN", "AZ"):
                    failures.append("no events")
            except Exception as error:  # noqa: BLE001  # whatever it is, the test is to report it
                failures.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(12):
        publish(tmp_path, [extraction("moving", claim("established", "AZ VN", "1992-09-23", start=number))])
    is_done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_writer_killed_at_any_moment_leaves_a_whole_snapshot(tmp_path: Path) -> None:
    """Kills a real writer at moments spread over its whole run, and lets the last one finish."""
    store, clean = tmp_path / "store", tmp_path / "clean"
    publish(clean, EXTRACTIONS, reference=reference())
    wanted = exported(clean)
    publish(store, EXTRACTIONS[:1])
    base = exported(store)
    code = (
        "import sys; from pathlib import Path; from graph_samples import EXTRACTIONS, reference;"
        "from app.graph.snapshots import publish; print('ready', flush=True);"
        "publish(Path(sys.argv[1]), EXTRACTIONS, reference=reference())"
    )
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}
    command = [sys.executable, "-c", code, str(store)]
    moments = random.Random(7)  # not for secrets
    seen = set()
    started = time.monotonic()
    publish(tmp_path / "timing", EXTRACTIONS, reference=reference())
    length = time.monotonic() - started
    for _ in range(KILLS):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(moments.uniform(0, 1.2 * length))
            writer.send_signal(signal.SIGKILL)
        found = exported(store)
        assert found in (base, wanted)
        seen.add(found)
        if found == wanted:  # it had finished: start again from the base
            shutil.rmtree(store)
            publish(store, EXTRACTIONS[:1])
    assert base in seen, "no kill came before the end: the test tests nothing"
    publish(store, EXTRACTIONS, reference=reference())
    assert exported(store) == wanted
    assert not list(store.glob("building-*"))
