"""What a snapshot says of itself: its digest, its place in the order of publications, and a checksum of each file.

RocksDB notices a damaged block only when it reads it; the checksums are compared when a snapshot is opened, so that
damage is found before anything is answered from it. XXH3-128 finds what went wrong by itself, and is no defence against
someone who forges files. One core reads and checks 4 GB/s of what the system has in memory.
"""

import errno
import json
import mmap
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Any

import xxhash
from cachetools import LRUCache, cached

from app.errors import StoreDamagedError
from app.graph.digests import GraphDigest

_NAME = "manifest.json"
_FORMAT = 2
_FORMAT_WITHOUT_FILES = 1
_BLOCK_BYTES = 1 << 20
_REMEMBERED_FROM_BYTES = 1 << 20
_BESIDE_BYTES_PER_S = 20_000_000
# What RocksDB notes for itself while it writes: the graph is read without.
_NOTES = ("LOG*", "LOCK")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`digest` and `quads` are of the content; `sequence` grows with each publication, whatever the clock says.

    `files` has the size and the checksum of each file by its path; None in a snapshot that was published before there
    were checksums, which is opened unchecked.
    """

    digest: str
    quads: int
    sequence: int = 0
    files: Mapping[str, tuple[int, str]] | None = field(default_factory=dict)

    @property
    def snapshot_id(self) -> str:
        """What the snapshot is called."""
        return self.graph_digest().snapshot_id

    def graph_digest(self) -> GraphDigest:
        """A digest to go on from."""
        return GraphDigest.parse(self.digest, self.quads)


def empty_manifest() -> Manifest:
    """That of the empty graph, which no directory holds."""
    return Manifest(str(GraphDigest()), 0)


def write_manifest(path: Path, digest: GraphDigest, sequence: int) -> None:
    """Take stock of a finished build, without what RocksDB noted for itself, and write it down."""
    for pattern in _NOTES:
        for note in (path / "graph").glob(pattern):
            note.unlink()
    files = {
        str(one.relative_to(path)): [one.stat().st_size, _checksum(one, one.stat())]
        for one in sorted((path / "graph").rglob("*"))
        if one.is_file()
    }
    said: dict[str, Any] = {
        "format": _FORMAT,
        "id": digest.snapshot_id,
        "digest": str(digest),
        "quads": digest.count,
        "sequence": sequence,
        "files": files,
    }
    (path / _NAME).write_text(json.dumps({**said, "checksum": _of_text(said)}, indent=1) + "\n", encoding="utf-8")


def read_manifest(path: Path) -> Manifest:
    """What a snapshot says of itself.

    Raises:
        StoreDamagedError: its manifest cannot be read, or is of another snapshot or format.

    """
    try:
        said = json.loads((path / _NAME).read_text(encoding="utf-8"))
        manifest = _parse(said)
        is_of_this = manifest is not None and manifest.snapshot_id == path.name
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamagedError(f"The manifest of snapshot {path.name} cannot be read: {error!r}") from error
    if manifest is None or not is_of_this:
        raise StoreDamagedError(f"The manifest of snapshot {path.name} belongs to another snapshot or format.")
    return manifest


def _parse(said: dict[str, Any]) -> Manifest | None:
    if said["format"] == _FORMAT_WITHOUT_FILES:
        return Manifest(said["digest"], said["quads"], files=None)
    if said["format"] != _FORMAT:
        return None
    if said.pop("checksum") != _of_text(said):
        raise ValueError("it is not as it was written")
    files = {name: (size, checksum) for name, (size, checksum) in said["files"].items()}
    return Manifest(said["digest"], said["quads"], said["sequence"], files)


def check_files(path: Path, manifest: Manifest, *, max_bytes: int | None = None, is_served: bool = False) -> bool:
    """Compare the files of a snapshot with its manifest; tells whether all of them were read.

    Sizes are compared of all; with `max_bytes` files are read as long as they have no more together. Where the
    snapshot `is_served` meanwhile, they are read so slowly that nobody who asks it waits for that.

    Raises:
        StoreDamagedError: a file is missing, cannot be read, or is not as it was written; names it.

    """
    left_bytes = max_bytes
    is_complete = True
    for name, (size, checksum) in (manifest.files or {}).items():
        is_read = left_bytes is None or size <= left_bytes
        if left_bytes is not None and is_read:
            left_bytes -= size
        is_complete = is_complete and is_read
        fault = _fault_of(path / name, size, checksum if is_read else None, is_served=is_served)
        if fault:
            raise StoreDamagedError(f"The snapshot {path.name} is damaged: its file {name} {fault}.")
    return is_complete


def _fault_of(path: Path, size: int, checksum: str | None, *, is_served: bool) -> str | None:
    """What is wrong with a file; without a checksum it is not read."""
    try:
        status = path.stat()
        if status.st_size != size:
            return f"has {status.st_size} bytes in place of {size}"
        if checksum is not None and _checksum(path, status, is_served=is_served) != checksum:
            return "has another checksum than when it was written"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return None


def _checksum(path: Path, status: os.stat_result, *, is_served: bool = False) -> str:
    read = _read_checksum_beside if is_served else _read_checksum
    # a large file is shared by snapshots (hard links), and read once in the life of a process
    return _remembered_checksum(path, status, read) if status.st_size >= _REMEMBERED_FROM_BYTES else read(path)


def _read_checksum(path: Path) -> str:
    digest = xxhash.xxh3_128()
    block = memoryview(bytearray(_BLOCK_BYTES))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            digest.update(block[:size])
    return digest.hexdigest()


def _read_checksum_beside(path: Path) -> str:
    """The same, while others need the disk: a little at a time, and past the memory in which the system keeps files."""
    digest = xxhash.xxh3_128()
    with mmap.mmap(-1, _BLOCK_BYTES) as block, _opened_beside(path) as file:
        place = 0
        while size := os.preadv(file.fileno(), [block], place):
            digest.update(block[:size])
            place += size
            if size < _BLOCK_BYTES:
                break
            time.sleep(size / _BESIDE_BYTES_PER_S)
    return digest.hexdigest()


def _opened_beside(path: Path) -> FileIO:
    # not every system, and not every file system, reads past that memory
    for flag in (getattr(os, "O_DIRECT", 0), 0):
        try:
            return FileIO(os.open(path, os.O_RDONLY | flag), closefd=True)
        except OSError as error:
            if not flag or error.errno != errno.EINVAL:
                raise
    raise AssertionError("the last way returns or raises")


@cached(
    LRUCache(maxsize=10_000),
    key=lambda _, status, __: (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns),
    lock=Lock(),
)
def _remembered_checksum(path: Path, _: os.stat_result, read: Callable[[Path], str]) -> str:
    return read(path)


def _of_text(said: Mapping[str, Any]) -> str:
    """The checksum of a manifest's own words."""
    return xxhash.xxh3_128(json.dumps(said, sort_keys=True).encode()).hexdigest()
