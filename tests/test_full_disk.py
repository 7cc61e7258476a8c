"""A disk that is full at any moment of an ingest: told as what it is, the last snapshot served, and the same graph later.

A small file system of its own where the tests may mount one; a limit on the size of files everywhere.
"""

import json
import os
import resource
import subprocess
from contextlib import ExitStack, contextmanager

import pytest
from conftest import TOKEN, open_service
from graph_samples import EXTRACTIONS, reference
from test_cli import run_here

from app.errors import StoreFullError
from app.graph import snapshots
from app.graph.layout import EMPTY_SNAPSHOT_ID, current_id
from app.graph.snapshots import open_snapshot, publish
from app.graph.updating import Update, update

DISK_BYTES = 24_000_000
FACT = "Ngày {}/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao. Tin số {}."


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """A file system of 24 MB."""
    path = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", str(path)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `mount` here; the limit on the size of files is tried instead")
    if done.returncode:
        pytest.skip(f"no file system can be mounted here ({done.stderr.strip()}); the limit on files is tried instead")
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


@contextmanager
def room(disk, size):
    """Leave so many bytes of a disk free."""
    filler = disk / "filler"
    status = os.statvfs(disk)
    try:
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize - size))
        yield
    finally:
        filler.unlink()


def test_wherever_the_disk_is_full_the_last_snapshot_stays_and_the_next_ingest_completes(disk, tmp_path):
    """From no room for a directory to enough: each place at which a publication writes comes to be the one."""
    wanted = publish(tmp_path / "undisturbed", EXTRACTIONS, reference=reference()).snapshot_id
    store = disk / "store"
    base = publish(store, EXTRACTIONS[:1], reference=reference()).snapshot_id
    reader = open_snapshot(store, falls_back=True)
    reader.store()
    before = sorted(str(path) for path in store.rglob("*"))
    causes, size = set(), 0
    while True:
        try:
            with room(disk, size):
                done = publish(store, EXTRACTIONS)
        except StoreFullError as full:
            causes.add(str(full.__cause__).rpartition(" to file: ")[0] or type(full.__cause__).__name__)
            assert reader.store().snapshot_id == current_id(store) == base
            assert reader.damage is None
            assert sorted(str(path) for path in store.rglob("*")) == before, f"left-overs with {size} bytes free"
        else:
            assert done.snapshot_id == wanted, f"another graph with {size} bytes free"
            break
        size = max(4096, 2 * size)
    assert len(causes) > 1, causes
    assert reader.store().snapshot_id == wanted


def test_an_update_that_does_not_fit_is_told_as_what_it_is(disk):
    store = disk / "updated"
    base = publish(store, EXTRACTIONS[:1], reference=reference()).snapshot_id
    long = "x" * 50_000
    text = f'INSERT {{ GRAPH <http://a/g> {{ ?s ?p ?long }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} BIND(CONCAT(STR(?o), "{long}") AS ?long) }}'
    with room(disk, 3_000_000), pytest.raises(StoreFullError, match="no room"):
        update(store, Update(text, "http://a/"))
    assert open_snapshot(store).store().snapshot_id == base
    assert not list(store.glob("building-*"))
    assert publish(store, EXTRACTIONS).snapshot_id == current_id(store) != base


def test_an_article_that_does_not_fit_is_refused_and_taken_once_there_is_room(disk):
    store, told = disk / "service", {"Authorization": f"Bearer {TOKEN}"}
    first, second = ({"text": FACT.format(day, day), "url": f"https://bao.example/{day}"} for day in (3, 4))
    with open_service(store, token=TOKEN) as client:
        assert client.post("/api/articles", json=first, headers=told).status_code == 201
        with room(disk, 8192):
            full = client.post("/api/articles", json=second, headers=told)
            assert (full.status_code, full.json()["type"].rpartition("/")[2]) == (507, "store-full")
            assert "Make room" in full.json()["detail"]
            assert client.get("/health").json()["articles"] == 1
        assert client.post("/api/articles", json=second, headers=told).status_code == 201
        assert client.get("/health").json()["articles"] == 2


@pytest.mark.parametrize("step", ["write_manifest", "put_forward", "prune"])
def test_a_disk_that_fills_up_while_a_snapshot_is_published(disk, monkeypatch, step):
    store = disk / step
    base = publish(store, EXTRACTIONS[:1], reference=reference()).snapshot_id
    before = sorted(str(path) for path in store.rglob("*"))
    real = getattr(snapshots, step)

    def filled(*given):
        for note in store.glob("building-next/graph/LOG"):
            note.unlink()  # it is not published, and would make room
        full.enter_context(room(disk, 0))
        real(*given)

    with ExitStack() as full:
        monkeypatch.setattr(snapshots, step, filled)
        if step == "prune":  # it is published by then, and nothing more is written
            assert publish(store, EXTRACTIONS).snapshot_id == current_id(store) != base
            return
        with pytest.raises(StoreFullError):
            publish(store, EXTRACTIONS)
        assert open_snapshot(store).store().snapshot_id == base
        assert sorted(str(path) for path in store.rglob("*")) == before
    monkeypatch.undo()
    assert publish(store, EXTRACTIONS).snapshot_id == current_id(store) != base


@contextmanager
def files_up_to(size):
    """No file of this process may grow beyond so many bytes; works without a file system of its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_files_that_may_not_grow_end_an_ingest_with_its_reason(tmp_path, capsys):
    store, inputs = tmp_path / "store", tmp_path / "many.jsonl"
    records = ({"id": f"r{number}", "text": FACT.format(1 + number % 28, number)} for number in range(20))
    inputs.write_text("".join(json.dumps(record) + "\n" for record in records))
    arguments = ["ingest", str(inputs), "--store", str(store)]
    with files_up_to(100_000):
        assert run_here(arguments) == 1
    assert "no room" in capsys.readouterr().err
    assert current_id(store) == EMPTY_SNAPSHOT_ID
    assert not list(store.glob("building-*"))
    assert run_here(arguments) == 0
    assert open_snapshot(store).store().snapshot_id == current_id(store) != EMPTY_SNAPSHOT_ID
