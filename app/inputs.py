"""Inputs of the command line: files and folders to articles, with the publication dates that are known beside them."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.errors import BadRequestError
from app.house import PUBLISHER
from extractors.dates import DateError
from extractors.publication import parse_day
from extractors.readers import Unreadable, iter_paths, read_path
from extractors.records import Article
from extractors.tables import DATA_DIR, read_table


class ManifestError(BadRequestError):
    """A manifest that cannot be read; the message names the file, the place and the reason."""


@dataclass(frozen=True, slots=True)
class PublicationDates:
    """Publication dates for articles that state none: by id, else one for all."""

    by_id: Mapping[str, dt.date] = field(default_factory=dict)
    otherwise: dt.date | None = None

    def put_on(self, article: Article) -> Article:
        """The article with a date, if it had none and one is known; its own date wins."""
        day = self.by_id.get(article.id, self.otherwise)
        return article if article.published_on or day is None else replace(article, published_on=day)


def read_articles(paths: Iterable[Path], dates: PublicationDates) -> Iterator[Article | Unreadable]:
    """The articles of files and of folders, in sorted order, and what cannot be read, each with its reason."""
    for found in iter_paths(paths):
        if isinstance(found, Unreadable):
            yield found
            continue
        for one in read_path(found):
            yield one if isinstance(one, Unreadable) else dates.put_on(one)


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
