"""The directory of a store: its files, the switch from one snapshot to the next, and the lock of its one writer.

CURRENT                 the id of the snapshot that readers open; replaced in one step
snapshots/<id>/graph/   the graph (RocksDB); never written again
snapshots/<id>/manifest.json
building-*/             a build under way, or the left-over of one that was killed
writer.lock             held by the one writer
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import StoreBusyError, StoreDamagedError
from app.graph.digests import GraphDigest

KEPT_SNAPSHOTS = 3
EMPTY_SNAPSHOT_ID = GraphDigest().snapshot_id
_FORMAT = 1
_CURRENT = "CURRENT"


@contextmanager
def writer(directory: Path, wait_s: float) -> Iterator[None]:
    """Be the one writer of a directory; clear away what killed builds have left.

    Raises:
        StoreBusyError: another writer held the lock for `wait_s` seconds.

    """
    (directory / "snapshots").mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / "writer.lock")
    try:
        with lock.acquire(timeout=wait_s):
            _clear_leftovers(directory)
            try:
                yield
            finally:
                _clear_leftovers(directory)
    except Timeout as error:
        raise StoreBusyError(
            f"Another writer has held the store {directory.name} for over {wait_s:g} s: wait until it ends, and repeat."
        ) from error


def _clear_leftovers(directory: Path) -> None:
    for leftover in directory.glob("building-*"):
        shutil.rmtree(leftover)


def snapshot_path(directory: Path, snapshot_id: str) -> Path:
    """Where a snapshot lies, or would lie."""
    return directory / "snapshots" / snapshot_id


def current_stamp(directory: Path) -> tuple[int, int] | None:
    """What changes when another snapshot becomes the current one: inode and time (ns) of CURRENT; None without one."""
    try:
        status = (directory / _CURRENT).stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns


def current_id(directory: Path) -> str:
    """The id of the snapshot that readers are to open; that of the empty graph where nothing was published."""
    try:
        return (directory / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return EMPTY_SNAPSHOT_ID


def read_digest(directory: Path, snapshot_id: str) -> GraphDigest:
    """The digest that a snapshot was published with.

    Raises:
        StoreDamagedError: its manifest cannot be read, or is of another snapshot or format.

    """
    if snapshot_id == EMPTY_SNAPSHOT_ID:
        return GraphDigest()
    path = snapshot_path(directory, snapshot_id) / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        digest = GraphDigest.parse(manifest["digest"], manifest["quads"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamagedError(f"The manifest of snapshot {snapshot_id} cannot be read: {error!r}") from error
    if manifest.get("format") != _FORMAT or digest.snapshot_id != snapshot_id:
        raise StoreDamagedError(f"The manifest of snapshot {snapshot_id} belongs to another snapshot or format.")
    return digest


def switch_to(directory: Path, snapshot_id: str) -> None:
    """Make CURRENT name a snapshot, in one step that survives a power cut."""
    draft = directory / f"{_CURRENT}.next"
    draft.write_text(f"{snapshot_id}\n", encoding="utf-8")
    _sync(draft)
    draft.replace(directory / _CURRENT)
    _sync(directory)


def prune(directory: Path) -> None:
    """Keep the current snapshot and the latest before it; readers that hold an older one have long moved on."""
    current = snapshot_path(directory, current_id(directory))
    others = [path for path in (directory / "snapshots").iterdir() if path != current]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in others[KEPT_SNAPSHOTS - 1 :]:
        # renamed first, so that no half-deleted snapshot is ever found under its id
        doomed = directory / f"building-pruned-{path.name}"
        path.rename(doomed)
        shutil.rmtree(doomed)


def write_manifest(path: Path, digest: GraphDigest) -> None:
    """Write what a snapshot's directory says of itself."""
    manifest = {"format": _FORMAT, "id": digest.snapshot_id, "digest": str(digest), "quads": digest.count}
    (path / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def move_into_place(build: Path, directory: Path, snapshot_id: str) -> None:
    """Turn a finished build into a snapshot, on disk; one that is there already has the same content and stays."""
    target = snapshot_path(directory, snapshot_id)
    if target.exists():
        shutil.rmtree(build)
        return
    sync_tree(build)
    build.rename(target)
    _sync(target.parent)


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
