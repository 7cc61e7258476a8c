"""Inputs of the command line: files, folders and web addresses, with the publication dates known beside them."""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from app.errors import BadRequestError
from app.house import PUBLISHER
from extractors.dates import DateError
from extractors.publication import parse_day
from extractors.readers import Payload, Unreadable, iter_paths, iter_payloads, read_path
from extractors.records import Article
from extractors.tables import DATA_DIR, read_table

Fetch: TypeAlias = Callable[[Iterable[str]], Iterator[Payload | Unreadable]]

# For the time left only: gzip makes a third of news in JSON (measured: 6.6 MB from 2.4 MB).
_EXPANSION = 3.0
_COMPRESSED = (".gz", ".zst")


class ManifestError(BadRequestError):
    """A manifest that cannot be read; the message names the file, the place and the reason."""


@dataclass(frozen=True, slots=True)
class PublicationDates:
    """Publication dates for articles that state none: by id, else one for all."""

    by_id: Mapping[str, dt.date] = field(default_factory=dict)
    otherwise: dt.date | None = None

    def day_of(self, article_id: str) -> dt.date | None:
        """The day that is known for an article, whether or not it states one itself."""
        return self.by_id.get(article_id, self.otherwise)

    def put_on(self, article: Article) -> Article:
        """The article with a date, if it had none and one is known; its own date wins."""
        day = self.day_of(article.id)
        return article if article.published_on or day is None else replace(article, published_on=day)


@dataclass(slots=True)
class Position:
    """How far the files among the inputs have been read, in bytes as they lie on the disk.

    Within a compressed file it is an estimate, which the end of the file puts right.
    """

    total_bytes: int = 0
    finished_bytes: int = 0
    file_bytes: int = 0
    read_bytes: float = 0.0

    @property
    def done_bytes(self) -> int:
        """Of finished files, and of the one that is being read."""
        return self.finished_bytes + min(self.file_bytes, int(self.read_bytes))


def is_web_address(source: str) -> bool:
    """Whether an input is to be fetched; everything else is a path."""
    return source.lower().startswith(("https://", "http://"))


def iter_inputs(
    sources: Iterable[str], position: Position | None = None, *, fetch: Fetch | None = None
) -> Iterator[Payload | Unreadable]:
    """Open files, folders and web addresses in the order given; nothing is parsed. `position` is kept up to date.

    `fetch` reads web addresses: from the public network, unless another is given.
    """
    for is_web, group in groupby(sources, key=is_web_address):
        if is_web:
            yield from (fetch or _fetch)(group)
        else:
            for found in iter_paths(Path(source) for source in group):
                yield from (found,) if isinstance(found, Unreadable) else _iter_file(found, position)


def total_bytes(sources: Iterable[str]) -> int:
    """How many bytes the files among the inputs have; web addresses count for nothing."""
    files = iter_paths(Path(source) for source in sources if not is_web_address(source))
    return sum(_size_bytes(found) for found in files if isinstance(found, Path))


def _fetch(urls: Iterable[str]) -> Iterator[Payload | Unreadable]:
    # a fifth of a second to import, which those who read files need not wait for
    from app.fetching import FetchPolicy, fetch_payloads

    return fetch_payloads(urls, policy=FetchPolicy(), sleep=time.sleep, monotonic=time.monotonic)


def _iter_file(path: Path, position: Position | None) -> Iterator[Payload | Unreadable]:
    if position is None:
        yield from iter_payloads([path])
        return
    position.file_bytes, position.read_bytes = _size_bytes(path), 0.0
    expansion = _EXPANSION if path.suffix.lower() in _COMPRESSED else 1.0
    for one in iter_payloads([path]):
        if isinstance(one, Payload):
            position.read_bytes += len(one.data) / expansion
        yield one
    position.finished_bytes += position.file_bytes
    position.file_bytes = 0


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever opens it will say why


def house_articles(data_dir: Path = DATA_DIR) -> Iterator[Article | Unreadable]:
    """The articles of data/articles, with the pages that they draw on.

    Raises:
        TableError: sources.csv is at fault, or names an article that is not there.
    """
    folder = data_dir / "articles"
    pages = _pages_by_file(folder)
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".md", ".txt"):
            continue
        for one in read_path(path):
            if isinstance(one, Article):
                drawn_from = tuple(dict.fromkeys((*one.derived_from, *pages.get(path.name, ()))))
                yield replace(one, publisher=PUBLISHER, derived_from=drawn_from)
            else:
                yield one


def read_manifest(path: Path) -> Mapping[str, dt.date]:
    """Publication dates by article id, from a JSON list or JSON Lines of `{"id": …, "published": …}`.

    Entries whose `published` is null are passed over: their date is unknown.

    Raises:
        ManifestError: the file cannot be read, or an entry is at fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: cannot be read: {error}") from error
    days: dict[str, dt.date] = {}
    for place, entry in _entries(path, text):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise ManifestError(f'{path}: {place} is no object with an "id"')
        if entry["id"] in days:
            raise ManifestError(f"{path}: {place} repeats the id «{entry['id']}»")
        if entry.get("published") is not None:
            try:
                days[entry["id"]] = parse_day(str(entry["published"]))
            except DateError as error:
                raise ManifestError(f"{path}: {place}: {error}") from error
    return days


def _entries(path: Path, text: str) -> list[tuple[str, object]]:
    """The entries of a manifest, each with the name of its place."""
    try:
        if text.lstrip().startswith("["):
            return [(f"entry {number}", entry) for number, entry in enumerate(json.loads(text), start=1)]
        lines = enumerate(text.splitlines(), start=1)
        return [(f"line {number}", json.loads(line)) for number, line in lines if line.strip()]
    except json.JSONDecodeError as error:
        raise ManifestError(f"{path}: is neither a JSON list nor JSON Lines: {error}") from error


def _pages_by_file(folder: Path) -> dict[str, tuple[str, ...]]:
    pages: dict[str, tuple[str, ...]] = {}
    columns = ("article", "url")
    for row in read_table(folder / "sources.csv", columns, required=columns, key=columns):
        if not (folder / row["article"]).is_file():
            raise row.fault(f"there is no article «{row['article']}»")
        if not row["url"].startswith(("https://", "http://")):
            raise row.fault(f"«{row['url']}» is no web address")
        pages[row["article"]] = (*pages.get(row["article"], ()), row["url"])
    return pages
