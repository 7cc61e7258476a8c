"""The directory of a store: its files, the switch from one snapshot to the next, and the lock of its one writer.

CURRENT                 the id of the snapshot that readers open; replaced in one step
snapshots/<id>/graph/   the graph (RocksDB); never written again
snapshots/<id>/manifest.json
building-*/             a build under way, or the left-over of one that was killed
writer.lock             held by the one writer
"""

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import StoreBusyError, StoreDamagedError
from app.graph.digests import GraphDigest
from app.graph.disk_faults import writing
from app.graph.manifests import Manifest, empty_manifest, read_manifest

KEPT_SNAPSHOTS = 3
EMPTY_SNAPSHOT_ID = GraphDigest().snapshot_id
CURRENT = "CURRENT"
_log = logging.getLogger(__name__)
_SNAPSHOT_ID = re.compile(r"[0-9a-f]{16}\n?")


@contextmanager
def writer(directory: Path, wait_s: float) -> Iterator[None]:
    """Be the one writer of a directory; clear away what killed builds have left.

    Raises:
        StoreBusyError: another writer held the lock for `wait_s` seconds.
        StoreFullError: there is no room for the first files of a store.

    """
    with writing():
        _make_directory(directory / "snapshots")
        lock = FileLock(directory / "writer.lock")
    try:
        with lock.acquire(timeout=wait_s):
            _clear_leftovers(directory)
            with writing():
                _settle(directory)
            try:
                yield
            finally:
                _clear_leftovers(directory)
    except Timeout as error:
        raise StoreBusyError(
            f"Another writer has held the store {directory.name} for over {wait_s:g} s: wait until it ends, and repeat."
        ) from error


def _make_directory(path: Path) -> None:
    """Make a directory and those above it, on disk."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for one in missing:
        _sync(one.parent)


def _settle(directory: Path) -> None:
    """Make sure that what is read here is on disk: a writer may have been killed just after it switched.

    A store is never without CURRENT from before its first snapshot on: where it is missing, it was lost.
    """
    if current_stamp(directory) is None and not snapshot_paths(directory):
        switch_to(directory, EMPTY_SNAPSHOT_ID)
    _sync(directory)


def _clear_leftovers(directory: Path) -> None:
    for leftover in directory.glob("building-*"):
        _remove(leftover)
    (directory / f"{CURRENT}.next").unlink(missing_ok=True)


def snapshot_path(directory: Path, snapshot_id: str) -> Path:
    """Where a snapshot lies, or would lie."""
    return directory / "snapshots" / snapshot_id


def snapshot_paths(directory: Path) -> tuple[Path, ...]:
    """The snapshots of a directory, the last published first; whether they can be read is not looked at."""
    try:
        paths = tuple((directory / "snapshots").iterdir())
    except FileNotFoundError:
        return ()
    return tuple(sorted(paths, key=_order, reverse=True))


def _order(path: Path) -> tuple[int, int, str]:
    # by time only what has no number of its own, as snapshots of old: clocks are set back at times
    return _sequence(path), path.stat().st_mtime_ns, path.name


def _sequence(path: Path) -> int:
    try:
        return read_manifest(path).sequence
    except StoreDamagedError:
        return 0


def manifest_of(directory: Path, snapshot_id: str) -> Manifest:
    """What a snapshot says of itself.

    Raises:
        StoreDamagedError: its manifest cannot be read.

    """
    if snapshot_id == EMPTY_SNAPSHOT_ID:
        return empty_manifest()
    return read_manifest(snapshot_path(directory, snapshot_id))


def next_sequence(directory: Path) -> int:
    """The place of the next snapshot in the order of publications."""
    return 1 + max(map(_sequence, snapshot_paths(directory)), default=0)


def statements_of(directory: Path, snapshot_id: str) -> int | None:
    """How many statements a snapshot has, as its manifest says; None for a graph without one, such as the empty one."""
    path = snapshot_path(directory, snapshot_id)
    return read_manifest(path).quads if path.is_dir() else None


def current_stamp(directory: Path) -> tuple[int, int, bytes] | None:
    """What changes when another snapshot becomes the current one; None without one.

    Inode and time (ns) of CURRENT, and what it says: an inode is used again soon, and a clock that was set back shows a
    time again. A CURRENT that cannot be read has a stamp as well: it changes when it can be.
    """
    try:
        descriptor = os.open(f"{directory}/{CURRENT}", os.O_RDONLY)  # for each request: a Path takes longer
    except FileNotFoundError:
        return None
    except OSError as error:
        return 0, 0, str(error).encode()
    try:
        status = os.fstat(descriptor)
        return status.st_ino, status.st_mtime_ns, os.read(descriptor, 64)
    except OSError as error:
        return 0, 0, str(error).encode()
    finally:
        os.close(descriptor)


def current_id(directory: Path) -> str:
    """The id of the snapshot that readers are to open; that of the empty graph where nothing was published.

    Raises:
        StoreDamagedError: CURRENT is lost, cannot be read, or does not hold an id.

    """
    try:
        text = (directory / CURRENT).read_bytes().decode("ascii", "replace")
    except FileNotFoundError as error:
        if snapshot_paths(directory):
            raise StoreDamagedError(
                f"The store {directory.name} has snapshots, but its file {CURRENT}, which names one, is missing."
            ) from error
        return EMPTY_SNAPSHOT_ID
    except OSError as error:
        raise StoreDamagedError(
            f"The file {CURRENT} of the store {directory.name} cannot be read: {error.strerror}."
        ) from error
    if not _SNAPSHOT_ID.fullmatch(text):
        raise StoreDamagedError(
            f"The file {CURRENT} of the store {directory.name} does not hold the id of a snapshot, but {text[:40]!r}."
        )
    return text.strip()


def switch_to(directory: Path, snapshot_id: str) -> None:
    """Make CURRENT name a snapshot, in one step that survives a power cut."""
    draft = directory / f"{CURRENT}.next"
    draft.write_text(f"{snapshot_id}\n", encoding="utf-8")
    _sync(draft)
    draft.replace(directory / CURRENT)
    _sync(directory)


def prune(directory: Path) -> None:
    """Keep the current snapshot and the last before it; readers that hold an older one keep its files open."""
    current = snapshot_path(directory, current_id(directory))
    others = [path for path in snapshot_paths(directory) if path != current]
    for path in others[KEPT_SNAPSHOTS - 1 :]:
        _take_away(path, directory)


def _take_away(path: Path, directory: Path) -> None:
    # renamed first, so that no half-deleted snapshot is ever found under its id
    doomed = directory / f"building-pruned-{path.name}"
    path.rename(doomed)
    _remove(doomed)


def _remove(path: Path) -> None:
    """Remove a directory; what cannot be removed is tried again by the next writer, and stops nobody."""
    try:
        shutil.rmtree(path)
    except OSError as error:
        _log.warning("%s cannot be removed: %s", path, error)


def put_forward(build: Path, directory: Path, snapshot_id: str) -> None:
    """Turn a finished build into the current snapshot: when this returns, all of it is on disk.

    It takes the place of one of the same content, which is not the current one: that may be damaged, and it is older.
    """
    target = snapshot_path(directory, snapshot_id)
    sync_tree(build)
    if target.exists():
        _take_away(target, directory)
    build.rename(target)
    _sync(target.parent)
    try:
        switch_to(directory, snapshot_id)
    except OSError:
        if current_id(directory) != snapshot_id:
            _take_away(target, directory)
        raise


def sync_tree(root: Path) -> None:
    """Make sure that a directory and all in it are on disk."""
    for path in sorted(root.rglob("*"), reverse=True):
        _sync(path)
    _sync(root)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
