"""The one reader of the data tables (CSV with a header): every row is checked, every fault names file and line."""

import csv
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
# The pages that the grammar's tables in data/lexicon cite.
GRAMMAR_SOURCES = "sources-grammar.csv"


class TableError(ValueError):
    """A data table that cannot be trusted; the message starts with `file:line`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column name, and where it stands."""

    path: Path
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def words(self, column: str) -> tuple[str, ...]:
        """The value split at white space."""
        return tuple(self.values[column].split())

    def fault(self, reason: str) -> TableError:
        """An error that names this row."""
        return TableError(f"{self.path.name}:{self.line}: {reason}")


def read_table(
    path: Path, columns: Collection[str], *, required: Collection[str] = (), key: Collection[str] = ()
) -> tuple[Row, ...]:
    """Read a CSV table whose header is exactly `columns`, in any order.

    `required` columns may not be empty; the `key` columns together must be unique.

    Raises:
        TableError: a missing file, a wrong header, a short or long row, a value that is not NFC or has space around
            it, an empty required value, or a key that stands twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TableError(f"{path.name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{path.name}: is not UTF-8 at byte {error.start}") from error
    rows = tuple(_rows(path, text, columns))
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        for column in required:
            if not row[column]:
                raise row.fault(f"«{column}» is empty")
        identity = tuple(row[column] for column in key)
        if key and identity in seen:
            raise row.fault(f"«{' '.join(identity)}» stands already on line {seen[identity]}")
        seen[identity] = row.line
    return rows


def _rows(path: Path, text: str, columns: Collection[str]) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header = next(reader, [])
        if sorted(header) != sorted(columns):
            raise TableError(f"{path.name}:1: the columns are {header}, wanted {list(columns)}")
        for values in reader:
            line = reader.line_num
            if len(values) != len(header):
                raise TableError(f"{path.name}:{line}: has {len(values)} values, wanted {len(header)}")
            for value in values:
                if value != value.strip():
                    raise TableError(f"{path.name}:{line}: «{value}» has white space around it")
                if not unicodedata.is_normalized("NFC", value):
                    raise TableError(f"{path.name}:{line}: «{value}» is not in Unicode form NFC")
            yield Row(path, line, dict(zip(header, values, strict=True)))
    except csv.Error as error:
        raise TableError(f"{path.name}:{reader.line_num}: {error}") from error


def read_sources(path: Path, more_columns: Collection[str] = ()) -> dict[str, Row]:
    """The pages a folder's tables cite, by id (columns id, url, publisher, title, retrieved, and `more_columns`)."""
    columns = ("id", "url", "publisher", "title", "retrieved", *more_columns)
    rows = read_table(path, columns, required=("id", "url", "publisher", "retrieved"), key=("id",))
    for row in rows:
        if not row["url"].startswith(("https://", "http://")):
            raise row.fault(f"«{row['url']}» is no web address")
    return {row["id"]: row for row in rows}


def read_cited_table(
    path: Path, columns: Collection[str], *, sources: str, required: Collection[str] = (), key: Collection[str] = ()
) -> tuple[Row, ...]:
    """Read a table that has one more column, `source`: pages of the table `sources` in the same folder.

    Raises:
        TableError: as for `read_table`, and a row that cites no page or one that `sources` lacks.
    """
    pages = read_sources(path.with_name(sources))
    rows = read_table(path, (*columns, "source"), required=required, key=key)
    for row in rows:
        check_sources(row, "source", pages)
    return rows


def check_sources(row: Row, column: str, sources: dict[str, Row]) -> tuple[str, ...]:
    """The source ids of a row.

    Raises:
        TableError: there is none, or one is not in the folder's sources.csv.
    """
    ids = row.words(column)
    if not ids:
        raise row.fault("has no source")
    for source in ids:
        if source not in sources:
            raise row.fault(f"source «{source}» is not in sources.csv")
    return ids
