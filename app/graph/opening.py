"""How snapshots are opened: checked first, the current one or, where that is damaged, the last whole one."""

import logging
import threading
import time
from pathlib import Path

from app.errors import StoreDamagedError
from app.graph.layout import CURRENT, EMPTY_SNAPSHOT_ID, current_id, current_stamp, snapshot_path, snapshot_paths
from app.graph.manifests import Manifest, check_files, empty_manifest, read_manifest
from app.graph.store import EmbeddedStore

_OPEN_ATTEMPTS = 5
# A damaged snapshot may be mended meanwhile, or only have been out of reach: too many files were open.
_LOOK_AGAIN_AFTER_S = 5.0
CHECKED_FIRST_BYTES = 100_000_000
"""Files of a snapshot that are compared with their checksums before a reader serves it, which takes a second of a slow
disk; of a larger one the rest is compared while it is served, 20 MB a second."""
_log = logging.getLogger(__name__)


class SnapshotReader:
    """The current snapshot of a directory, reopened when another is published; safe to share between threads.

    `damage` says why the current snapshot cannot be read, and what is served in its place.
    """

    def __init__(self, directory: Path, *, falls_back: bool) -> None:
        self._directory = directory
        self._falls_back = falls_back
        self._lock = threading.Lock()
        self._seen: tuple[int, int, bytes] | None = None
        self._store: EmbeddedStore | None = None
        self._look_again_at_s = 0.0
        self.damage: str | None = None

    def store(self) -> EmbeddedStore:
        """The snapshot that CURRENT names now: one look at it where nothing has changed; an empty graph without one.

        Raises:
            StoreDamagedError: the snapshot cannot be read, and there is none to serve in its place.

        """
        if self._is_stale():
            with self._lock:
                if self._is_stale():
                    self._reopen()
        if self._store is None:
            raise StoreDamagedError(self.damage or "")
        return self._store

    def store_at_hand(self) -> EmbeddedStore | None:
        """What `store` gives, if it need not be opened and checked first, which takes a while."""
        return None if self._is_stale() else self._store

    def look_again(self) -> None:
        """Nothing: `store` looks at CURRENT each time."""

    def _is_stale(self) -> bool:
        if self._store is None or self.damage is not None:
            return time.monotonic() >= self._look_again_at_s or current_stamp(self._directory) != self._seen
        return current_stamp(self._directory) != self._seen

    def _reopen(self) -> None:
        for _ in range(_OPEN_ATTEMPTS):
            # taken before the id is read: a switch in between is noticed at the next call
            stamp = current_stamp(self._directory)
            try:
                # what was found damaged is read in full before it is served again
                is_doubted = self.damage is not None and stamp == self._seen
                max_bytes = None if is_doubted else CHECKED_FIRST_BYTES
                self._store, manifest, is_checked = _open_soon(self._directory, max_bytes)
                self.damage = None
            except StoreDamagedError as error:
                if stamp != current_stamp(self._directory):
                    continue  # another was published meanwhile, and the one we were opening is gone
                self._serve_another(str(error))
                is_checked = True
            self._seen = stamp
            if not is_checked:
                rest = (snapshot_path(self._directory, manifest.snapshot_id), manifest, stamp)
                threading.Thread(target=self._check_rest, args=rest, name="checksums", daemon=True).start()
            return
        raise StoreDamagedError(f"The store {self._directory.name} changes faster than it can be opened.")

    def _check_rest(self, path: Path, manifest: Manifest, stamp: tuple[int, int, bytes] | None) -> None:
        """Read what was not read before the snapshot was served; where it is damaged, serve another."""
        try:
            check_files(path, manifest, is_served=True)
        except StoreDamagedError as error:
            with self._lock:
                if self._seen == stamp == current_stamp(self._directory):
                    self._serve_another(str(error))

    def _serve_another(self, damage: str) -> None:
        """The last whole snapshot; without the leave to fall back on it, what was read before."""
        whole = _open_last_whole(self._directory) if self._falls_back else None
        self._store = whole or self._store
        instead = f"snapshot {self._store.snapshot_id} is served instead" if self._store else "nothing can be served"
        told, self.damage = self.damage, f"{damage} Until this is mended, {instead}."
        if self.damage != told:
            _log.warning("%s", self.damage)
        self._look_again_at_s = time.monotonic() + _LOOK_AGAIN_AFTER_S


def open_snapshot(directory: Path, *, falls_back: bool = False) -> SnapshotReader:
    """A reader of the snapshots of a directory, which need not exist yet: it then reads an empty graph.

    With `falls_back` the last whole snapshot is read where the current one is damaged, and the reader's `damage` says
    so: a service goes on, while a command is rather told than answered from an older graph.
    """
    return SnapshotReader(directory, falls_back=falls_back)


def open_current(directory: Path) -> tuple[EmbeddedStore, Manifest]:
    """The snapshot that CURRENT names, and what it says of itself.

    Raises:
        StoreDamagedError: it is damaged, or CURRENT is; names the file and what is wrong.

    """
    store, manifest, _ = _open_soon(directory, None)
    return store, manifest


def _open_soon(directory: Path, max_bytes: int | None) -> tuple[EmbeddedStore, Manifest, bool]:
    """The same with at most so many bytes of its files read yet; the last value tells whether that was all."""
    snapshot_id = current_id(directory)
    if snapshot_id == EMPTY_SNAPSHOT_ID:
        return EmbeddedStore.in_memory(EMPTY_SNAPSHOT_ID), empty_manifest(), True
    path = snapshot_path(directory, snapshot_id)
    manifest = read_manifest(path)
    is_checked = check_files(path, manifest, max_bytes=max_bytes)
    return EmbeddedStore.read_only(path / "graph"), manifest, is_checked


def open_base(directory: Path) -> tuple[EmbeddedStore, Manifest]:
    """The current snapshot, for a writer to build on.

    Raises:
        StoreDamagedError: it is damaged; the message says what an operator can do.

    """
    try:
        return open_current(directory)
    except StoreDamagedError as error:
        whole = _open_last_whole(directory)
        way = "Restore the store from a backup"
        if whole:
            way += (
                f", or write «{whole.snapshot_id}», the id of the last whole snapshot, into its file {CURRENT}, "
                "and ingest anew what was published after it"
            )
        raise StoreDamagedError(f"{error} Nothing is built on a damaged graph. {way}.") from error


def _open_whole(path: Path) -> tuple[EmbeddedStore, Manifest]:
    """A snapshot whose files are as they were written."""
    manifest = read_manifest(path)
    check_files(path, manifest)
    return EmbeddedStore.read_only(path / "graph"), manifest


def _open_last_whole(directory: Path) -> EmbeddedStore | None:
    for path in snapshot_paths(directory):
        try:
            return _open_whole(path)[0]
        except StoreDamagedError as error:
            _log.info("%s", error)
    return None
