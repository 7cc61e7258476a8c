"""Snapshots: immutable published versions of the graph in a directory, how they are read and how they are made.

A build is made aside, written out, moved into place, and only then named by CURRENT: whoever reads, and whenever a
writer is killed, finds a whole snapshot. The id is a digest of the content, so that the same graph has the same id.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, QuerySolution

from app.errors import ConflictError, StoreDamagedError
from app.graph.articles import ArticleGraph
from app.graph.building import Changes, ImportChange, VerdictChange, update_graph
from app.graph.digests import GraphDigest
from app.graph.layout import (
    EMPTY_SNAPSHOT_ID,
    current_id,
    current_stamp,
    move_into_place,
    prune,
    read_digest,
    snapshot_path,
    switch_to,
    write_manifest,
    writer,
)
from app.graph.reference import Reference
from app.graph.store import EmbeddedStore, GraphStore, QueryResults, Term
from extractors.records import Extraction

__all__ = ["EMPTY_SNAPSHOT_ID", "Publication", "SnapshotReader", "export_nquads", "open_snapshot", "publish", "restore"]

_OPEN_ATTEMPTS = 5
_BATCH_QUADS = 50_000


@dataclass(frozen=True, slots=True)
class Publication:
    """What a call of `publish` did: article ids by outcome, and the snapshot that readers now open."""

    snapshot_id: str
    is_new: bool
    quads: int
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]


class SnapshotReader:
    """The current snapshot of a directory, reopened when another is published; safe to share between threads.

    `damage` says why the current snapshot cannot be read, while the one before it is served instead.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._store = EmbeddedStore.in_memory(EMPTY_SNAPSHOT_ID)
        self.damage: str | None = None

    def store(self) -> EmbeddedStore:
        """The snapshot that CURRENT names now: one stat where nothing has changed; an empty graph where nothing is.

        Raises:
            StoreDamagedError: the snapshot cannot be read, and none was read before.

        """
        if current_stamp(self._directory) == self._seen:
            return self._store
        with self._lock:
            if current_stamp(self._directory) != self._seen:
                self._reopen()
            return self._store

    def _reopen(self) -> None:
        for _ in range(_OPEN_ATTEMPTS):
            # taken before the id is read: a switch in between is noticed at the next call
            stamp = current_stamp(self._directory)
            try:
                self._store, self.damage = _open_current(self._directory), None
            except StoreDamagedError as error:
                if stamp != current_stamp(self._directory):
                    continue  # another was published meanwhile, and the one we were opening is gone
                if self._seen is None:
                    raise
                self.damage = str(error)
            self._seen = stamp
            return
        raise StoreDamagedError(f"The store {self._directory.name} changes faster than it can be opened.")


def open_snapshot(directory: Path) -> SnapshotReader:
    """A reader of the snapshots of a directory, which need not exist yet: it then reads an empty graph."""
    return SnapshotReader(directory)


def publish(
    directory: Path,
    articles: Iterable[Extraction | ArticleGraph],
    *,
    reference: Reference | None = None,
    judge: VerdictChange | None = None,
    imports: ImportChange | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Bring the graph up to date with some articles and publish it, if it has changed.

    The articles are read once, one at a time; `judge` changes the verdicts, `imports` the imported graphs. When this
    returns, what it reports is on disk.

    Raises:
        StoreBusyError: another writer held the lock for `wait_s` seconds.
        StoreDamagedError: the current snapshot cannot be read.

    """
    with writer(directory, wait_s):
        base = _open_current(directory)
        draft = _Draft(directory, base, read_digest(directory, base.snapshot_id))
        try:
            changes = update_graph(draft, articles, reference, judge, imports)
        except BaseException:
            draft.close()
            raise
        return _finish(draft, changes, base.snapshot_id)


def restore(
    directory: Path,
    quads: Iterable[Quad],
    *,
    complete: Callable[[GraphStore], None] | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Publish quads, all different, as they are, in a store that holds nothing.

    `complete` may add what follows from them, and publishes nothing where it raises.

    Raises:
        ConflictError: the store holds something.
        StoreBusyError: another writer held the lock for `wait_s` seconds.

    """
    with writer(directory, wait_s):
        if current_id(directory) != EMPTY_SNAPSHOT_ID:
            raise ConflictError(
                f"The store {directory.name} holds a graph already: a dump is restored into an empty one."
            )
        draft = _Draft(directory, _open_current(directory), GraphDigest())
        rest = iter(quads)
        try:
            while batch := tuple(islice(rest, _BATCH_QUADS)):
                draft.apply((), batch)
            if complete is not None:
                complete(draft)
        except BaseException:
            draft.close()
            raise
        return _finish(draft, Changes(), EMPTY_SNAPSHOT_ID)


def _finish(draft: "_Draft", changes: Changes, before: str) -> Publication:
    """Publish a draft if its content is no longer that of the snapshot before."""
    is_new = draft.snapshot_id != before
    if is_new:
        draft.publish()
    return Publication(
        snapshot_id=draft.snapshot_id,
        is_new=is_new,
        quads=draft.digest.count,
        added=tuple(changes.added),
        replaced=tuple(changes.replaced),
        unchanged=tuple(changes.unchanged),
    )


def export_nquads(directory: Path, out: BinaryIO) -> int:
    """Write the current snapshot as canonical N-Quads: one line a quad, sorted. Returns the number of lines."""
    lines = sorted(f"{quad} .\n".encode() for quad in _open_current(directory).all_quads())
    out.writelines(lines)
    return len(lines)


class _Draft:
    """A graph being built from the current snapshot: a copy is made at the first change, and none without one."""

    def __init__(self, directory: Path, base: EmbeddedStore, digest: GraphDigest) -> None:
        self._directory = directory
        self._base = base
        self._copy: EmbeddedStore | None = None
        self._path = directory / "building-next"
        self.digest = digest

    @property
    def snapshot_id(self) -> str:
        return self.digest.snapshot_id

    @property
    def _store(self) -> EmbeddedStore:
        return self._copy or self._base

    def query(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> QueryResults:
        return self._store.query(sparql, substitutions)

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> tuple[QuerySolution, ...]:
        return self._store.select(sparql, substitutions)

    def quads(self, graph: NamedNode, subject: NamedNode | None = None) -> Iterator[Quad]:
        return self._store.quads(graph, subject)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Change the copy; `removed` are there and `added` are not, or the digest would no longer be the content's."""
        if self._copy is None:
            self._path.mkdir()
            if self._base.snapshot_id != EMPTY_SNAPSHOT_ID:
                self._base.copy_to(self._path / "graph")
            self._copy = EmbeddedStore.open(self._path / "graph")
        gone, new = tuple(removed), tuple(added)
        self._copy.apply(gone, new)
        self.digest.replace(gone, new)

    def close(self) -> None:
        """Give the build up: its files can then be taken away."""
        self._copy = None

    def publish(self) -> None:
        """Write everything out, move the build into place, and switch CURRENT."""
        if self._copy is None:
            raise ValueError("a draft without a change is not published")
        self._copy.flush()
        self._copy = None  # closes the database
        write_manifest(self._path, self.digest)
        move_into_place(self._path, self._directory, self.snapshot_id)
        switch_to(self._directory, self.snapshot_id)
        prune(self._directory)


def _open_current(directory: Path) -> EmbeddedStore:
    snapshot_id = current_id(directory)
    if snapshot_id == EMPTY_SNAPSHOT_ID:
        return EmbeddedStore.in_memory(EMPTY_SNAPSHOT_ID)
    return EmbeddedStore.read_only(snapshot_path(directory, snapshot_id) / "graph")
