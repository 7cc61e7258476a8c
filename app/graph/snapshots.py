"""Snapshots: immutable published versions of the graph in a directory, and how they are made.

A build is made aside, written out, moved into place, and only then named by CURRENT: whoever reads, and whenever a
writer is killed, finds a whole snapshot. The id is a digest of the content, so that the same graph has the same id.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolution

from app.errors import ConflictError
from app.graph.articles import ArticleGraph
from app.graph.building import Changes, ImportChange, VerdictChange, update_graph
from app.graph.bulk_building import BULK_ARTICLES, build_if_many
from app.graph.digests import GraphDigest
from app.graph.disk_faults import writing
from app.graph.drafts import DirectoryDraft
from app.graph.layout import EMPTY_SNAPSHOT_ID, current_id, next_sequence, prune, put_forward, writer
from app.graph.manifests import Manifest, write_manifest
from app.graph.opening import SnapshotReader, open_base, open_current, open_snapshot
from app.graph.reference import Reference
from app.graph.store import EmbeddedStore, GraphStore, QueryResults, Term
from extractors.records import Extraction

__all__ = [
    "EMPTY_SNAPSHOT_ID",
    "Publication",
    "SnapshotReader",
    "edit",
    "export_nquads",
    "open_snapshot",
    "publish",
    "restore",
]

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


def publish(
    directory: Path,
    articles: Iterable[Extraction | ArticleGraph],
    *,
    reference: Reference | None = None,
    judge: VerdictChange | None = None,
    imports: ImportChange | None = None,
    wait_s: float = 600.0,
    bulk_articles: int = BULK_ARTICLES,
) -> Publication:
    """Bring the graph up to date with some articles and publish it, if it has changed.

    The articles are read once, one at a time; `judge` changes the verdicts, `imports` the imported graphs. A store that
    holds nothing is built in bulk from `bulk_articles` on, by all processors. When this returns, what it reports is on
    disk.

    Raises:
        BuildFailedError: a process was killed that built the graph in bulk.
        StoreBusyError: another writer held the lock for `wait_s` seconds.
        StoreDamagedError: the current snapshot is damaged: nothing is built on it, nor on an older one, which lacks
            articles that were acknowledged; the message says what an operator can do.
        StoreFullError: there is no room for it; what was published stays.

    """

    def updated(draft: "_Draft") -> Changes:
        changes, rest, new = Changes(), iter(articles), reference
        if draft.snapshot_id == EMPTY_SNAPSHOT_ID and imports is None:
            rest = build_if_many(draft, rest, bulk_articles, reference, changes)
            new = None if changes.added else reference  # it is in already
        return update_graph(draft, rest, new, judge, imports, changes)

    return _publish(directory, updated, wait_s)


def edit(directory: Path, change: Callable[[DirectoryDraft], None], *, wait_s: float = 600.0) -> Publication:
    """Publish what `change` makes of the graph, as it is: nothing is fused anew, nothing published where it raises.

    Raises:
        StoreBusyError: another writer held the lock for `wait_s` seconds.
        StoreDamagedError: the current snapshot cannot be read.

    """

    def changed(draft: DirectoryDraft) -> Changes:
        change(draft)
        return Changes()

    return _publish(directory, changed, wait_s)


def _publish(directory: Path, build: Callable[["_Draft"], Changes], wait_s: float) -> Publication:
    with writer(directory, wait_s):
        base, manifest = open_base(directory)
        draft = _Draft(directory, base, manifest)
        try:
            changes = build(draft)
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
        StoreFullError: there is no room for it.

    """
    with writer(directory, wait_s):
        if current_id(directory) != EMPTY_SNAPSHOT_ID:
            raise ConflictError(
                f"The store {directory.name} holds a graph already: a dump is restored into an empty one."
            )
        draft = _Draft(directory, *open_current(directory))
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
    lines = sorted(f"{quad} .\n".encode() for quad in open_current(directory)[0].all_quads())
    out.writelines(lines)
    return len(lines)


class _Draft:
    """A graph being built from the current snapshot: a copy is made at the first change, and none without one."""

    def __init__(self, directory: Path, base: EmbeddedStore, manifest: Manifest) -> None:
        self._directory = directory
        self._base = base
        self._copy: EmbeddedStore | None = None
        self._path = directory / "building-next"
        self._draft = directory / "building-draft"
        self.digest = manifest.graph_digest()

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

    def quads(self, graph: NamedNode | DefaultGraph, subject: NamedNode | None = None) -> Iterator[Quad]:
        return self._store.quads(graph, subject)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Change the copy; `removed` are there and `added` are not, or the digest would no longer be the content's."""
        gone, new = tuple(removed), tuple(added)
        with writing():
            self._opened().apply(gone, new)
        self.digest.replace(gone, new)

    def change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take away what is there of `removed`, then add what is not there of `added`."""
        gone = {quad for quad in removed if self._store.holds(quad)}
        new = {quad for quad in added if quad in gone or not self._store.holds(quad)}
        if gone != new:
            self.apply(gone - new, new - gone)

    def clear(self) -> None:
        """Take everything away: nothing of it is read."""
        if self.snapshot_id != EMPTY_SNAPSHOT_ID:
            self.rewrite(_cleared)

    def rewrite(self, write: Callable[[Path, GraphDigest], GraphDigest]) -> None:
        """Let someone else write the copy."""
        with writing():
            self._opened()
        self.close()  # one process alone can have it open for writing
        self.digest = write(self._draft, self.digest)
        with writing():
            self._copy = EmbeddedStore.open(self._draft)

    def load(self, path: Path, digest: GraphDigest) -> None:
        """Take in a file of N-Quads; `digest` is, once it has been read to its end, that of all of them."""
        with writing():
            self._opened().load(path)
        self.digest.add(digest)

    def scratch(self) -> Path:
        """A directory beside the build, which goes where the build's left-overs go."""
        path = self._directory / "building-scratch"
        with writing():
            path.mkdir()
        return path

    def _opened(self) -> EmbeddedStore:
        if self._copy is None:
            if self._base.snapshot_id != EMPTY_SNAPSHOT_ID:
                self._base.copy_to(self._draft)
            self._copy = EmbeddedStore.open(self._draft)
        return self._copy

    def close(self) -> None:
        """Let the files of the build go: they can then be moved, or taken away."""
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    def publish(self) -> None:
        """Write everything out, move the build into place, and switch CURRENT: then all of it is on disk."""
        if self._copy is None:
            raise ValueError("a draft without a change is not published")
        with writing():
            try:
                self._copy.flush()
                # the log of what was written is not in a copy: it is twice as large as the graph, and no reader's
                self._path.mkdir()
                self._copy.copy_to(self._path / "graph")
            finally:
                self.close()
            shutil.rmtree(self._draft)
            write_manifest(self._path, self.digest, next_sequence(self._directory))
            put_forward(self._path, self._directory, self.snapshot_id)
        prune(self._directory)


def _cleared(path: Path, _: GraphDigest) -> GraphDigest:
    shutil.rmtree(path)
    return GraphDigest()
