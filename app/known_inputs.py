"""Which inputs the graph holds already, told by their fingerprints before they are read."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from app.extracting import Item, Known
from app.fingerprints import extraction_version, fingerprint_of
from app.graph.endpoints import StoreAddress
from app.graph.ledger import number_of, read_entries
from app.graph.repositories import open_snapshot
from app.graph.store import SnapshotStore
from app.graph.vocabulary import article_key, kind_and_key, term
from app.inputs import PublicationDates
from app.number_tables import NumberTable
from extractors.readers import Payload, Unreadable
from extractors.records import Article


class KnownInputs:
    """The fingerprints of all articles of a graph, read once: 40 bytes an article or less."""

    def __init__(self, address: StoreAddress, dates: PublicationDates) -> None:
        """Read them.

        Raises:
            StoreDamagedError: the current snapshot cannot be read.
        """
        self._dates = dates
        # what the manifest says of an article that is known by the number of its key
        self._days = {number_of(article_key(name)): day for name, day in dates.by_id.items()}
        self._articles = NumberTable()
        for article, fingerprint in _entries(open_snapshot(address).store()):
            self._articles.put(fingerprint, article)

    def mark(self, items: Iterable[Payload | Article | Unreadable]) -> Iterator[Item]:
        """The same inputs in the same order, with Known in the place of those that need not be read."""
        for item in items:
            yield item if isinstance(item, Unreadable) else self._known(item) or item

    def _known(self, one: Payload | Article) -> Known | None:
        if not len(self._articles):
            return None
        # The id that the article states itself may be another than the one given, and have another day: then the
        # article is read once more, and found to be the same.
        source, name = (one.source, one.given.id or "") if isinstance(one, Payload) else (one.id, one.id)
        day = self._dates.day_of(name)
        article = self._articles.find(fingerprint_of(one, day, extraction_version()))
        if article is None or self._days.get(article, self._dates.otherwise) != day:
            return None
        return Known(source, article)


def _entries(store: SnapshotStore) -> Iterator[tuple[int, int]]:
    """The number of each article's key, with the fingerprint of its input."""
    yield from read_entries(store)
    for quad in store.with_property(term("bg:inputDigest")):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield number_of(kind_and_key(quad.subject.value)[1]), int(quad.object.value, 16)
