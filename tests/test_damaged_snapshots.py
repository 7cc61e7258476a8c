"""Damage on disk: refused at open with file and reason, the last whole snapshot served, nothing built on it."""

import contextlib
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from conftest import TOKEN, open_service
from graph_samples import EXTRACTIONS, claim, extraction, reference

from app.errors import StoreDamagedError
from app.graph import layout
from app.graph.layout import snapshot_path, snapshot_paths
from app.graph.snapshots import EMPTY_SNAPSHOT_ID, export_nquads, open_snapshot, publish

NOBODY = 65534


def remove(path):
    path.unlink()


def truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def flip(path):
    """One bit in the middle; the size and the times stay."""
    status, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def take_for_a_directory(path):
    path.unlink()
    path.mkdir()


FILES = {
    "a table of the graph": "graph/*.sst",
    "the graph's CURRENT": "graph/CURRENT",
    "the graph's MANIFEST": "graph/MANIFEST-*",
    "the graph's OPTIONS": "graph/OPTIONS-*",
    "the manifest": "manifest.json",
}
FAULTS = {"missing": remove, "truncated": truncate, "flipped": flip, "a directory": take_for_a_directory}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A store of two snapshots, with their ids; read only."""
    store = tmp_path_factory.mktemp("published") / "store"
    first = publish(store, EXTRACTIONS[:1], reference=reference())
    second = publish(store, EXTRACTIONS)
    return store, first.snapshot_id, second.snapshot_id


@pytest.fixture
def copied(published, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(published[0], store)
    return store, *published[1:]


def assert_is_refused_and_the_first_served(store, first, *words):
    """What every damage of the current snapshot leads to; at the end the store is mended as the message says."""
    with pytest.raises(StoreDamagedError) as refused:
        open_snapshot(store).store()
    assert all(word in str(refused.value) for word in words), str(refused.value)
    reader = open_snapshot(store, falls_back=True)
    assert reader.store().snapshot_id == first
    assert all(word in reader.damage for word in (*words, first)), reader.damage
    with pytest.raises(StoreDamagedError, match=f"«{first}»") as refused:
        publish(store, EXTRACTIONS)
    assert str(refused.value).startswith(reader.damage.partition(" Until")[0])
    with contextlib.suppress(OSError):
        (store / "CURRENT").rmdir()
    (store / "CURRENT").write_text(f"{first}\n")
    assert reader.store().snapshot_id == first
    assert reader.damage is None


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("pattern", FILES.values(), ids=FILES)
def test_a_damaged_file_is_named_and_the_snapshot_before_served(copied, pattern, fault):
    store, first, second = copied
    path = max(snapshot_path(store, second).glob(pattern), key=lambda path: path.stat().st_size)
    fault(path)
    name = "manifest" if pattern == "manifest.json" else path.name
    assert_is_refused_and_the_first_served(store, first, name, second)


def test_a_store_mended_as_the_message_says_comes_to_the_same_graph(copied):
    store, first, second = copied
    truncate(max(snapshot_path(store, second).glob("graph/*.sst")))
    assert_is_refused_and_the_first_served(store, first, second)
    assert publish(store, EXTRACTIONS).snapshot_id == second
    assert open_snapshot(store).store().snapshot_id == second


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "does not hold the id", id="empty"),
        pytest.param(b"\n", "does not hold the id", id="a line without anything"),
        pytest.param(b"\0" * 17, "does not hold the id", id="zeros, as after a power cut"),
        pytest.param(b"..\n", "does not hold the id", id="another directory"),
        pytest.param(b"../snapshots/0000\n", "does not hold the id", id="a path"),
        pytest.param(b"\xff\xfe\x00garbage" * 1000, "does not hold the id", id="garbage"),
        pytest.param(b"0123456789abcdef\n", "0123456789abcdef", id="a snapshot that is not there"),
        pytest.param(None, "is missing", id="no file"),
    ],
)
def test_a_damaged_name_of_the_current_snapshot(copied, content, words):
    store, _, second = copied
    if content is None:
        (store / "CURRENT").unlink()
    else:
        (store / "CURRENT").write_bytes(content)
    assert_is_refused_and_the_first_served(store, second, words)


def test_a_directory_in_the_place_of_current(copied):
    store, _, second = copied
    take_for_a_directory(store / "CURRENT")
    assert_is_refused_and_the_first_served(store, second, "CURRENT", "directory")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look at it as somebody else")
@pytest.mark.parametrize("pattern", [*FILES.values(), "../../CURRENT"], ids=[*FILES, "CURRENT"])
def test_a_file_that_may_not_be_read(published, pattern):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        store = Path(folder) / "store"
        shutil.copytree(published[0], store)
        path = next(snapshot_path(store, published[2]).glob(pattern)).resolve()
        path.chmod(0)
        reader = open_snapshot(store, falls_back=True)
        os.seteuid(NOBODY)
        try:
            served = reader.store().snapshot_id
        finally:
            os.seteuid(0)
        assert served == published[2 if path.parent == store else 1]
        assert "ermission denied" in reader.damage
        path.chmod(0o644)
        (store / "CURRENT").touch()
        assert reader.store().snapshot_id == published[2]
        assert reader.damage is None


def test_damage_in_a_file_that_snapshots_share_is_found_in_both(copied, caplog):
    store, first, second = copied
    third = publish(store, EXTRACTIONS[:2]).snapshot_id
    assert third == second, "publishing the same changes nothing"
    changed = publish(store, [EXTRACTIONS[0]], reference=reference(reference().facts[0])).snapshot_id
    shared = next(path for path in snapshot_path(store, changed).glob("graph/*.sst") if path.stat().st_nlink > 1)
    flip(shared)
    assert open_snapshot(store, falls_back=True).store().snapshot_id == first
    assert f"The snapshot {changed} is damaged: its file graph/{shared.name}" in caplog.text


def test_a_snapshot_that_was_mended_is_seen_by_itself(copied, monkeypatch):
    store, first, second = copied
    path = snapshot_path(store, second) / "graph" / "CURRENT"
    path.rename(path.with_name("away"))
    reader = open_snapshot(store, falls_back=True)
    assert reader.store().snapshot_id == first
    path.with_name("away").rename(path)
    assert reader.store().snapshot_id == first, "not looked at again so soon"
    later = time.monotonic() + 5.1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert reader.store().snapshot_id == second
    assert reader.damage is None


def test_a_publication_killed_before_the_switch_is_made_again(copied, monkeypatch):
    store, _, second = copied
    changed = extraction("bai-2", claim("established", "AZ VN", "1993"))

    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(layout, "switch_to", die)
        with pytest.raises(Killed):
            publish(store, [changed])
    assert open_snapshot(store).store().snapshot_id == second
    done = publish(store, [changed]).snapshot_id
    assert open_snapshot(store).store().snapshot_id == done != second
    assert [path.name for path in snapshot_paths(store)][:2] == [done, second]


def test_where_nothing_is_whole_the_reason_is_told_at_each_call(copied):
    store, first, second = copied
    for snapshot_id in (first, second):
        truncate(next(snapshot_path(store, snapshot_id).glob("graph/*.sst")))
    reader = open_snapshot(store, falls_back=True)
    for _ in range(2):
        with pytest.raises(StoreDamagedError, match="nothing can be served"):
            reader.store()
    with pytest.raises(StoreDamagedError, match="Restore the store from a backup"):
        publish(store, EXTRACTIONS)


def test_a_reader_keeps_what_it_reads_when_the_next_snapshot_is_damaged(copied):
    store, first, second = copied
    (store / "CURRENT").write_text(f"{first}\n")
    reader = open_snapshot(store, falls_back=True)
    assert reader.store().snapshot_id == first
    flip(next(snapshot_path(store, second).glob("graph/*.sst")))
    (store / "CURRENT").write_text(f"{second}\n")
    assert reader.store().snapshot_id == first
    assert second in reader.damage


def test_a_snapshot_from_before_there_were_checksums_opens_unchecked(copied):
    store, _, second = copied
    path = snapshot_path(store, second) / "manifest.json"
    said = json.loads(path.read_text())
    path.write_text(json.dumps({"format": 1, **{name: said[name] for name in ("id", "digest", "quads")}}))
    assert open_snapshot(store).store().snapshot_id == second
    assert publish(store, EXTRACTIONS[:1]).snapshot_id == second
    third = publish(store, EXTRACTIONS[:1], reference=reference(reference().facts[0]))
    assert open_snapshot(store).store().snapshot_id == third.snapshot_id


@pytest.mark.parametrize("word", ['"digest": "', '"quads": ', '"sequence": '])
def test_a_manifest_whose_words_were_changed_is_refused(copied, word):
    store, first, second = copied
    path = snapshot_path(store, second) / "manifest.json"
    before, _, after = path.read_text().partition(word)
    place = 40 if word == '"digest": "' else 0  # behind what the id is made of
    path.write_text(f"{before}{word}{after[:place]}{(int(after[place], 16) + 1) % 10}{after[place + 1 :]}")
    assert_is_refused_and_the_first_served(store, first, "manifest", second)


def test_a_build_of_the_same_content_takes_the_place_of_a_damaged_one(copied):
    """What a publication that was killed before the switch leaves under the id is not trusted."""
    store, first, second = copied
    (store / "CURRENT").write_text(f"{first}\n")
    left = snapshot_path(store, second)
    shutil.rmtree(left)
    (left / "graph").mkdir(parents=True)
    (left / "graph" / "000008.sst").write_bytes(b"half a table")
    assert publish(store, EXTRACTIONS).snapshot_id == second
    assert open_snapshot(store).store().snapshot_id == second


def test_a_store_is_never_without_current_from_its_first_snapshot_on(tmp_path):
    """Otherwise a lost CURRENT could not be told from a store that holds nothing yet."""

    def broken():
        raise RuntimeError("the feed broke off")
        yield

    with pytest.raises(RuntimeError, match="broke off"):
        publish(tmp_path, broken())
    assert (tmp_path / "CURRENT").read_text().strip() == EMPTY_SNAPSHOT_ID
    assert open_snapshot(tmp_path).store().snapshot_id == EMPTY_SNAPSHOT_ID


def test_commands_refuse_a_damaged_snapshot(copied, tmp_path):
    store, _, second = copied
    flip(next(snapshot_path(store, second).glob("graph/*.sst")))
    with (tmp_path / "dump.nq").open("wb") as out, pytest.raises(StoreDamagedError, match=second):
        export_nquads(store, out)


def test_the_service_goes_on_degraded_and_says_why(copied):
    store, first, second = copied
    path = next(snapshot_path(store, second).glob("graph/*.sst"))
    flip(path)
    with open_service(store, token=TOKEN) as client:
        health = client.get("/health").json()
        assert (health["status"], health["snapshot"]) == ("degraded", first)
        assert second in health["reason"]
        assert path.name in health["reason"]
        assert client.get("/api/pairs/VN/AZ/timeline").status_code == 200
        text = "Ngày 23/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao."
        refused = client.post("/api/articles", json={"text": text}, headers={"Authorization": f"Bearer {TOKEN}"})
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (503, "store-damaged")
        (store / "CURRENT").write_text(f"{first}\n")
        stored = client.post("/api/articles", json={"text": text}, headers={"Authorization": f"Bearer {TOKEN}"})
        assert stored.status_code == 201
        assert client.get("/health").json()["status"] == "ok"


def test_damage_that_comes_while_a_snapshot_is_open_is_told_when_it_is_read(copied):
    """Checked at open, it was whole then: RocksDB finds it in the block that it reads."""
    store, _, second = copied
    opened = open_snapshot(store).store()
    for path in snapshot_path(store, second).glob("graph/*.sst"):
        with path.open("r+b") as file:
            file.write(b"\xff" * (path.stat().st_size // 2))
    with pytest.raises(StoreDamagedError, match=second):
        opened.select("SELECT * WHERE { GRAPH ?graph { ?a ?b ?c } }")


def test_a_backup_is_current_and_the_snapshot_that_it_names(copied, tmp_path):
    """Taken under a live writer by hard links, in this order; readable by itself, and to be built on."""
    store, _, second = copied
    backup = tmp_path / "backup"
    backup.mkdir()
    named = Path(shutil.copy(store / "CURRENT", backup)).read_text().strip()
    shutil.copytree(snapshot_path(store, named), snapshot_path(backup, named), copy_function=os.link)
    publish(store, [extraction("bai-2", claim("established", "AZ VN", "1993"))])
    shutil.rmtree(store)
    assert open_snapshot(backup).store().snapshot_id == second
    assert publish(backup, EXTRACTIONS).is_new is False
    assert publish(backup, EXTRACTIONS[:1], reference=reference(reference().facts[0])).is_new


def test_a_large_snapshot_is_served_at_once_and_given_up_when_its_damage_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("app.graph.opening.CHECKED_FIRST_BYTES", 0)
    whole = publish(tmp_path, EXTRACTIONS[:1], reference=reference()).snapshot_id
    current = publish(tmp_path, EXTRACTIONS[:2]).snapshot_id
    own = next(
        one
        for one in (snapshot_path(tmp_path, current) / "graph").glob("*.sst")
        if not (snapshot_path(tmp_path, whole) / "graph" / one.name).exists()
    )
    flipped = bytearray(own.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    own.unlink()
    own.write_bytes(flipped)
    reader = open_snapshot(tmp_path, falls_back=True)
    deadline = time.monotonic() + 10
    while reader.store().snapshot_id != whole and time.monotonic() < deadline:
        time.sleep(0.02)
    assert reader.store().snapshot_id == whole
    assert own.name in reader.damage
