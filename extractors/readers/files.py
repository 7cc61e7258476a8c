"""Files and folders to articles, one outcome for each input."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.readers.articles import Metadata
from extractors.readers.decoding import MAX_BYTES, check_size
from extractors.readers.json_records import read_lines
from extractors.readers.media import read_media
from extractors.readers.outcomes import ReadError, Unreadable
from extractors.records import Article

SUFFIXES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
"""The media type of a file by the end of its name; `.jsonl`, which holds many articles, is read beside them."""


def iter_paths(paths: Iterable[Path]) -> Iterator[Path | Unreadable]:
    """The files to read: those named, and those below the folders named, each folder in the order of its names.

    Files of other kinds and names that do not exist come back as unreadable. What is hidden (a name that begins with a
    full stop, such as `.git`) is left alone inside folders, as a shell's `*` does.
    """
    for path in paths:
        if path.is_dir():
            visible = (below for below in path.iterdir() if not below.name.startswith("."))
            yield from iter_paths(sorted(visible, key=lambda below: below.name))
        elif not path.exists():
            yield Unreadable(str(path), "no such file or folder")
        elif path.suffix.lower() not in (*SUFFIXES, ".jsonl"):
            yield Unreadable(str(path), f"unknown kind of file: it must end in {', '.join(SUFFIXES)} or .jsonl")
        else:
            yield path


def read_paths(
    paths: Iterable[Path], *, published: dt.date | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Article | Unreadable]:
    """Read all files that `iter_paths` finds; articles and unreadable inputs together are all of the input."""
    for path in iter_paths(paths):
        if isinstance(path, Unreadable):
            yield path
        else:
            yield from read_path(path, published=published, max_bytes=max_bytes)


def read_path(
    path: Path, *, published: dt.date | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Article | Unreadable]:
    """Read one file: an article, or many from JSON Lines. The id is the file's stem, or the record's own.

    `published` is for articles that give no day themselves. `max_bytes` limits the file, or one line of JSON Lines.
    Never raises for what a file holds: what cannot be read is Unreadable, with the reason.
    """
    try:
        if not path.is_file():
            yield Unreadable(str(path), "is not a file" if path.exists() else "no such file")
        elif path.suffix.lower() == ".jsonl":
            with path.open("rb") as stream:
                yield from read_lines(str(path), stream, Metadata(published_on=published), max_bytes)
        else:
            yield _read_whole(path, Metadata(id=path.stem, published_on=published), max_bytes)
    except OSError as error:
        yield Unreadable(str(path), f"cannot be read: {error.strerror or error}")


def _read_whole(path: Path, given: Metadata, max_bytes: int) -> Article | Unreadable:
    source = str(path)
    media_type = SUFFIXES.get(path.suffix.lower())
    if media_type is None:
        return Unreadable(source, f"unknown kind of file: it must end in {', '.join(SUFFIXES)} or .jsonl")
    try:
        check_size(path.stat().st_size, source, max_bytes)
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)  # it may have grown since
        check_size(len(data), source, max_bytes)
        return read_media(source, data, media_type, given)
    except ReadError as error:
        return Unreadable(error.source, error.reason)
