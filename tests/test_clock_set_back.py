"""A clock that is set back, or stands still: readers see what was published, and what is pruned is what is oldest."""

import datetime as dt
import os
import threading

import pytest
from graph_samples import claim, extraction

from app.graph.layout import KEPT_SNAPSHOTS, snapshot_paths
from app.graph.snapshots import open_snapshot, publish
from app.graph.verdicts import Verdict, Withdrawal, withdraw

LONG_AGO_NS = 1_000_000_000 * 10**9


def publish_year(store, year):
    return publish(store, [extraction("a", claim("established", "AZ VN", f"{year}"))]).snapshot_id


def kept(store):
    return {path.name for path in (store / "snapshots").iterdir()}


def test_a_switch_is_seen_though_inode_time_and_size_of_current_are_the_same(tmp_path):
    """Inodes are used again at once, and a clock that was set back comes to the same time twice."""
    ids = {publish_year(tmp_path, 1990)}
    reader = open_snapshot(tmp_path)
    ids.add(reader.store().snapshot_id)
    current, before = tmp_path / "CURRENT", tmp_path / "before"
    before.hardlink_to(current)  # keeps the inode
    status = current.stat()
    ids.add(publish_year(tmp_path, 1991))
    before.write_bytes(current.read_bytes())
    os.utime(before, ns=(status.st_atime_ns, status.st_mtime_ns))
    before.replace(current)
    now = current.stat()
    assert (now.st_ino, now.st_mtime_ns, now.st_size) == (status.st_ino, status.st_mtime_ns, status.st_size)
    ids.add(reader.store().snapshot_id)
    assert len(ids) == 2
    assert reader.store().snapshot_id == current.read_text().strip()


@pytest.mark.parametrize("step_s", [-3600, 0, 3600], ids=["goes back", "stands still", "goes on"])
def test_pruning_keeps_the_last_published_whatever_the_clock_says(tmp_path, step_s):
    reader, ids = open_snapshot(tmp_path), []
    for number, year in enumerate(range(1990, 1996)):
        ids.append(publish_year(tmp_path, year))
        assert reader.store().snapshot_id == ids[-1]
        time_ns = LONG_AGO_NS + number * step_s * 10**9
        for path in (tmp_path / "snapshots" / ids[-1], tmp_path / "CURRENT"):
            os.utime(path, ns=(time_ns, time_ns))
        assert kept(tmp_path) == set(ids[-KEPT_SNAPSHOTS:])
    assert [path.name for path in snapshot_paths(tmp_path)] == ids[: -KEPT_SNAPSHOTS - 1 : -1]


def test_a_content_that_comes_back_is_the_last_published(tmp_path):
    ids = [publish_year(tmp_path, year) for year in (1990, 1991, 1990, 1992)]
    assert ids[0] == ids[2]
    assert [path.name for path in snapshot_paths(tmp_path)] == [ids[3], ids[2], ids[1]]


def test_a_verdict_is_never_taken_back_before_it_was_given():
    given = dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC)
    verdict = Verdict("rejected", ("https://w3id.org/banggiao/claim/1",), "Lê An", given, "Sai ngày.")
    (found,) = withdraw([verdict], verdict.id, Withdrawal("Lê An", given - dt.timedelta(days=1), "Nhầm."))
    assert found.withdrawn.at == given


def test_a_slow_reader_goes_on_while_its_snapshot_is_pruned(tmp_path):
    publish_year(tmp_path, 1990)
    held = open_snapshot(tmp_path).store()
    wanted = sorted(map(str, held.all_quads()))
    is_begun, may_go_on, found = threading.Event(), threading.Event(), []

    def read_slowly():
        for number, quad in enumerate(held.all_quads()):
            found.append(str(quad))
            if number == len(wanted) // 2:
                is_begun.set()
                may_go_on.wait(timeout=60)

    reading = threading.Thread(target=read_slowly)
    reading.start()
    assert is_begun.wait(timeout=60)
    for year in range(1991, 1996):
        publish_year(tmp_path, year)
    assert held.snapshot_id not in kept(tmp_path)
    may_go_on.set()
    reading.join(timeout=60)
    assert sorted(found) == wanted
    assert sorted(map(str, held.all_quads())) == wanted
