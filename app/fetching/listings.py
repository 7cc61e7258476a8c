"""Feeds and sitemaps to the addresses that they list, with what they say of each."""

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from xml.parsers import expat

from app.fetching.errors import NotFetchedError
from app.fetching.markup import make_parser
from app.house import day_in_hanoi

ENTRIES: Mapping[str, frozenset[str]] = {
    "rss": frozenset({"item"}),
    "RDF": frozenset({"item"}),
    "feed": frozenset({"entry"}),
    "urlset": frozenset({"url"}),
    "sitemapindex": frozenset({"sitemap"}),
}
"""The elements that list something, by the name of the root: RSS 2.0, RSS 1.0, Atom, sitemap and sitemap index."""

_ADDRESSES = ("link", "loc", "guid")  # the first one that an entry has is its address
_DAYS = ("published", "pubDate", "publication_date", "issued", "date")
_FIELDS = frozenset({*_ADDRESSES, *_DAYS, "title"})
_ANY_NAMESPACE = frozenset({"publication_date", "date"})  # Dublin Core in RSS; the news extension of sitemaps
_NEWS = frozenset({"publication_date", "title"})
_XML_BASE = "http://www.w3.org/XML/1998/namespace base"
_MAX_FIELD_CHARS = 4_000
_MAX_DEPTH = 100  # of elements; those of real lists are 4 deep, and expat keeps some 150 bytes for each that is open


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of a list, as written but absolute, with what the list says of it."""

    address: str
    title: str | None = None
    published_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list holds, in its order, and what of it could not be taken, each as a clause about the list."""

    entries: tuple[Listed, ...]
    faults: tuple[str, ...]


class _FullError(Exception):
    """Ends the reading of a list that is longer than may be taken."""


@dataclass(slots=True)
class _Reader:
    """The state of reading one list: how deep we are, and the entry and field that are open."""

    entry_names: frozenset[str]
    base: str
    max_entries: int
    depth: int = 0
    entry_depth: int | None = None
    namespace: str = ""
    open_field: str | None = None
    field_depth: int = 0
    text: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    bases: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0
    entries: list[Listed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise NotFetchedError(f"is XML of more than {_MAX_DEPTH} elements in one another, which no list has")
        if _XML_BASE in attributes:
            self.bases.append((self.depth, _join(self._base(), attributes[_XML_BASE])))
        namespace, _, local = name.rpartition(" ")
        if self.entry_depth is None:
            if local in self.entry_names and self.depth in (2, 3):
                if self.count >= self.max_entries:
                    raise _FullError
                self.entry_depth, self.namespace, self.values = self.depth, namespace, {}
            return
        if self.open_field is None and self._is_field(namespace, local):
            if "href" in attributes and local == "link":
                if attributes.get("rel", "alternate") == "alternate":
                    self.values.setdefault("link", _join(self._base(), attributes["href"].strip()))
            elif not (local == "guid" and attributes.get("isPermaLink", "true") != "true"):
                self.open_field, self.field_depth, self.text = local, self.depth, []

    def _is_field(self, namespace: str, local: str) -> bool:
        """Whether it is a child of the entry in its own vocabulary, or the entry's `news:news` or `dc:date`."""
        level = self.depth - (self.entry_depth or 0)
        if local not in _FIELDS:
            return False
        if level == 2:
            return local in _NEWS and "loc" in self.values and namespace != self.namespace
        return level == 1 and (namespace == self.namespace or local in _ANY_NAMESPACE)

    def read(self, text: str) -> None:
        if self.open_field is not None and len(self.text) < _MAX_FIELD_CHARS:
            self.text.append(text[:_MAX_FIELD_CHARS])

    def skip(self, name: str, is_parameter: bool) -> None:
        if self.open_field is not None and not is_parameter and len(self.text) < _MAX_FIELD_CHARS:
            self.read(html.unescape(f"&{name};"))

    def end(self, _: str) -> None:
        if self.open_field is not None and self.depth == self.field_depth:
            text = " ".join("".join(self.text).split())[:_MAX_FIELD_CHARS]
            if text:
                self.values.setdefault(self.open_field, text)
            self.open_field = None
        if self.depth == self.entry_depth:
            self._finish()
        if self.bases and self.bases[-1][0] == self.depth:
            self.bases.pop()
        self.depth -= 1

    def _base(self) -> str:
        return self.bases[-1][1] if self.bases else self.base

    def _finish(self) -> None:
        self.entry_depth = None
        self.count += 1
        address = next((self.values[name] for name in _ADDRESSES if name in self.values), None)
        if address is None:
            self.faults.append(f"lists nothing to read in entry {self.count}: it has no link")
            return
        day = next((self.values[name] for name in _DAYS if name in self.values), None)
        title = self.values.get("title")
        self.entries.append(
            Listed(
                address=_join(self._base(), address),
                title=html.unescape(title) if title else None,
                published_on=find_published_day(day) if day else None,
            )
        )


def _join(base: str, address: str) -> str:
    """The absolute address; as written where the two make none, so that it is refused by what it says."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def parse_listing(data: bytes, root: str, base: str, max_entries: int) -> Listing:
    """Read a list in UTF-8 whose root element is one of `ENTRIES`; what stands before a fault in it counts.

    `base` is the address that relative ones are taken from.

    Raises:
        NotFetchedError: it declares an entity, or is nested more deeply than any list.
    """
    reader = _Reader(ENTRIES[root], base, max_entries)
    parser = make_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.read
    parser.SkippedEntityHandler = reader.skip
    try:
        parser.Parse(data.lstrip(), True)
    except _FullError:
        reader.faults.append(f"lists more than the {max_entries:,} addresses that may be taken: the rest is left out")
    except expat.ExpatError as error:
        reader.faults.append(f"is no well-formed XML ({error}): what it lists after that is left out")
    return Listing(tuple(reader.entries), tuple(reader.faults))


def find_published_day(text: str) -> dt.date | None:
    """The day of a feed's time stamp (RFC 822 or ISO 8601), in Hà Nội where it names a zone; None if it is neither.

    Without a zone, the day is the one written. The page itself mostly states its day too, so no other form is guessed.
    """
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            return None
    try:
        return moment.date() if moment.tzinfo is None else day_in_hanoi(moment)
    except OverflowError:
        return None
