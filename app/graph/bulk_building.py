"""Building a graph in bulk: many articles into a store that holds nothing.

What the incremental way does article by article and subject by subject is done in pieces by processes side by side.
Quads stream straight into files of the database; what is said of events, organisations and people is sorted on disk
by what it is about, and put together part by part, so that memory stays flat: some 200 MB, in which the names of people
and the ids of articles grow. Beside it the database's loader holds batches of a million quads, as many as it has
threads and one that fills: 1.4 to 1.8 GB on two processors, 0.6 GB where there is not one whole batch.
The graph is that of the incremental way, quad for quad.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self, TypeVar

from pyoxigraph import Quad

from app.errors import BuildFailedError
from app.graph.articles import ArticleGraph
from app.graph.building import Changes, country_names
from app.graph.bulk_names import groups_of_names
from app.graph.bulk_pieces import (
    PARTS,
    Piece,
    describe,
    describe_fixed,
    fuse_part,
    join_people,
    sort_into_parts,
    unpack,
)
from app.graph.digests import GraphDigest
from app.graph.disk_faults import writing
from app.graph.events import CountryNames
from app.graph.ledger import Ledger, number_of
from app.graph.lookup_keys import notes_of_keys
from app.graph.ontology import ontology_quads
from app.graph.reference import Reference
from app.graph.reference_rdf import reference_quads
from app.graph.store import EmbeddedStore, GraphStore
from app.graph.vocabulary import article_key
from app.number_tables import NumberTable
from app.processes import open_pool, usable_cores
from extractors.records import Extraction

BULK_ARTICLES = 2000
"""So many articles are worth the start of processes: fewer are as fast one by one."""
_BATCH_ARTICLES = 100  # in a piece: a twentieth of a second of work or more, some megabytes of quads
_PIECES_A_PROCESS = 2  # one that is made and one that waits
# RocksDB packs what it merges where its last level has another above it, which it has from 512 MB in an index on, at
# some 40 bytes a quad. Merged in one go, the indices of 69 million quads take 21 GB, in two 12.
_FIRST_QUADS = 16_000_000
_PRELOADED = ("app.graph.bulk_pieces",)

_Article = Extraction | ArticleGraph
_T = TypeVar("_T")


class BulkDraft(GraphStore, Protocol):
    """A graph under construction that takes in files."""

    def load(self, path: Path, digest: GraphDigest) -> None:
        """Take in a file of N-Quads; `digest` is, once it has been read to its end, that of all of them."""

    def scratch(self) -> Path:
        """An empty directory for the time of the build."""


def build_if_many(
    draft: BulkDraft, articles: Iterator[_Article], many: int, reference: Reference | None, changes: Changes
) -> Iterator[_Article]:
    """Build a graph in an empty draft if there are `many` articles; what is left to be put in one by one.

    Left are all articles where there are few, and otherwise those whose id an article before them had.

    Raises:
        BuildFailedError: a process was killed that worked on it.
        StoreFullError: there is no room for it.

    """
    first = list(islice(articles, many))
    if len(first) < many:
        return iter(first)
    return _Build(draft, reference, changes).run(chain(first, articles))


class _Build:
    """One build in bulk: what is known of it while it runs."""

    def __init__(self, draft: BulkDraft, reference: Reference | None, changes: Changes) -> None:
        self._draft = draft
        self._changes = changes
        self._ledger = Ledger(draft)
        self._seen = NumberTable()
        self._repeated: list[_Article] = []
        self._fixed = tuple(chain(ontology_quads(), notes_of_keys(), reference_quads(reference) if reference else ()))
        self._names = _names_in(self._fixed)

    def run(self, articles: Iterable[_Article]) -> Iterator[_Article]:
        """Build it all; what was not put in, because an article before it had its id."""
        processes = usable_cores()
        scratch = self._draft.scratch()
        with open_pool(processes, _PRELOADED) as pool, _Loading(self._draft, _FIRST_QUADS) as loading:
            spread = partial(_spread, pool, processes * _PIECES_A_PROCESS)
            with _Sorting(scratch / "said") as said:
                described = spread(partial(describe, batch) for batch in self._batches(articles))
                for piece in chain([describe_fixed(self._fixed)], described):
                    loading.put(piece)
                    said.put(piece.said)
            spellings: dict[str, frozenset[str]] = {}
            with (scratch / "people").open("wb") as people:
                for piece in spread(partial(fuse_part, path, self._names) for path in said.paths()):
                    loading.put(piece)
                    spellings.update(piece.spellings)
                    with writing():
                        people.write(piece.people)
            with _Sorting(scratch / "groups") as groups:
                group_of = groups_of_names(spellings)
                for one in unpack(scratch / "people"):
                    groups.put(sort_into_parts((group_of[name], item) for name, item in one))
            for piece in spread(partial(join_people, path) for path in groups.paths()):
                loading.put(piece)
        self._ledger.write()
        return iter(self._repeated)

    def _batches(self, articles: Iterable[_Article]) -> Iterator[list[_Article]]:
        new = filter(self._is_new, articles)
        while batch := list(islice(new, _BATCH_ARTICLES)):
            yield batch

    def _is_new(self, article: _Article) -> bool:
        """Note an article; whether it is one that has a graph, and the first of its id."""
        identifier = article.id if isinstance(article, ArticleGraph) else article.article.id
        key = article_key(identifier)
        number = number_of(key)
        if number in self._seen:
            self._repeated.append(article)
            return False
        self._seen.put(number)
        self._changes.added.append(identifier)
        if not isinstance(article, ArticleGraph) or article.nquads:
            return True
        if article.fingerprint is not None:
            self._ledger.put(key, article.fingerprint)
        return False


class _Loading:
    """Quads on their way into the database, through a pipe: who puts them in waits where the database is slower.

    The first `first_quads` are merged in the database before the rest comes.
    """

    def __init__(self, draft: BulkDraft, first_quads: int) -> None:
        self._draft = draft
        self._first_quads = first_quads
        self._is_first = True
        self._fault: BaseException | None = None

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def put(self, piece: Piece) -> None:
        """Hand quads over, none of which was before."""
        if self._is_first and self._digest.count >= self._first_quads:
            self._is_first = False
            self._end()
            self._begin()
        self._into.write(piece.nquads)
        self._digest.add(piece.digest)

    def _begin(self) -> None:
        self._digest = GraphDigest()
        self._from, into = os.pipe()
        self._into: BinaryIO = os.fdopen(into, "wb")
        thread = threading.Thread(target=self._load, name="bulk-load")
        try:
            thread.start()
        except RuntimeError:
            self._into.close()
            os.close(self._from)
            raise
        self._thread = thread

    def _end(self) -> None:
        with suppress(BrokenPipeError):  # the fault of the other end is what matters
            self._into.close()
        self._thread.join()
        if self._fault is not None:
            raise self._fault

    def _load(self) -> None:
        try:
            self._draft.load(Path(f"/dev/fd/{self._from}"), self._digest)
        except BaseException as error:  # noqa: BLE001  # raised where the pieces are put in
            self._fault = error
        finally:
            os.close(self._from)


class _Sorting:
    """What is said, on its way into the file of its part."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir()
        self._paths = [directory / f"{part:03}" for part in range(PARTS)]

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._files = [stack.enter_context(path.open("wb")) for path in self._paths]
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        with writing():
            self._open.close()

    def put(self, packed_parts: Mapping[int, bytes]) -> None:
        """Put what was sorted into parts to what is there."""
        with writing():
            for part, packed in packed_parts.items():
                self._files[part].write(packed)

    def paths(self) -> Iterator[Path]:
        """The files in which something stands."""
        return (path for path in self._paths if path.stat().st_size)


def _spread(pool: ProcessPoolExecutor, at_once: int, calls: Iterable[Callable[[], _T]]) -> Iterator[_T]:
    """What some calls give, in their order, made by the processes of a pool; so many at once that memory stays flat.

    Raises:
        BuildFailedError: a process of the pool was killed.

    """
    pending: deque[Future[_T]] = deque()
    try:
        for call in calls:
            pending.append(pool.submit(call))
            if len(pending) > at_once:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool as error:
        raise BuildFailedError(
            "A process that built the graph was killed, most likely for want of memory: "
            "nothing was published. Free some memory, and repeat."
        ) from error
    finally:
        for future in pending:
            future.cancel()


def _names_in(quads: Iterable[Quad]) -> CountryNames:
    store = EmbeddedStore.in_memory()
    store.apply((), quads)
    return country_names(store)
