"""Files and folders to payloads and articles, one outcome for each input."""

import datetime as dt
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from extractors.readers.articles import Metadata
from extractors.readers.compression import COMPRESSED, ContentStream
from extractors.readers.decoding import MAX_BYTES
from extractors.readers.json_lines import iter_lines
from extractors.readers.outcomes import Unreadable
from extractors.readers.payloads import Payload, read_payload
from extractors.readers.warc import iter_records
from extractors.records import Article

SUFFIXES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
"""The media type of a file that holds one article, by the end of its name."""

_MANY = {".jsonl": iter_lines, ".warc": iter_records}
_UNKNOWN_KIND = (
    f"unknown kind of file: its name must end in {', '.join(SUFFIXES)}, {' or '.join(_MANY)}, "
    f"with {' or '.join(COMPRESSED)} behind that where it is compressed"
)


def iter_paths(paths: Iterable[Path]) -> Iterator[Path | Unreadable]:
    """The files to read: those named, and those below the folders named, each folder in the order of its names.

    Files of other kinds and names that do not exist come back as unreadable. What is hidden (a name that begins with a
    full stop, such as `.git`) is left alone inside folders, as a shell's `*` does.
    """
    for path in paths:
        if path.is_dir():
            yield from _iter_folder(path)
        elif not path.exists():
            yield Unreadable(str(path), "no such file or folder")
        else:
            yield _known(path)


def holds_many(path: Path) -> bool:
    """Whether a file holds as many articles as it likes, by its name; other files hold one."""
    return _content_suffix(path) in _MANY


def iter_payloads(paths: Iterable[Path], *, max_bytes: int = MAX_BYTES) -> Iterator[Payload | Unreadable]:
    """Open the files that `iter_paths` finds; payloads and unreadable inputs together are all of the input.

    This is the cheap step: nothing is parsed, and of a file with many articles one at a time is in memory.
    `max_bytes` limits one input, decompressed: a file with one article, a line of JSON Lines, a record of an archive.
    """
    for path in iter_paths(paths):
        if isinstance(path, Unreadable):
            yield path
        else:
            yield from _open(path, max_bytes)


def read_paths(
    paths: Iterable[Path], *, published: dt.date | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Article | Unreadable]:
    """Read all files that `iter_paths` finds; articles and unreadable inputs together are all of the input."""
    return _read(iter_payloads(paths, max_bytes=max_bytes), published)


def read_path(
    path: Path, *, published: dt.date | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Article | Unreadable]:
    """Read one file: an article, or many from JSON Lines. The id is the file's stem, or the record's own.

    `published` is for articles that give no day themselves. `max_bytes` limits the file, or one line of JSON Lines.
    Never raises for what a file holds: what cannot be read is Unreadable, with the reason.
    """
    return _read(_open(path, max_bytes), published)


def _read(inputs: Iterable[Payload | Unreadable], published: dt.date | None) -> Iterator[Article | Unreadable]:
    for one in inputs:
        if isinstance(one, Unreadable):
            yield one
        else:
            dated = replace(one, given=replace(one.given, published_on=published)) if published else one
            yield read_payload(dated)


def _iter_folder(folder: Path) -> Iterator[Path | Unreadable]:
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield Unreadable(str(folder), f"cannot be opened: {error.strerror or error}")
        return
    for name, is_folder in found:
        path = folder / name
        if not is_folder:
            yield _known(path)
        elif path.is_symlink() and folder.resolve().is_relative_to(path.resolve()):
            yield Unreadable(str(path), "is a link back to a folder that it lies in")
        else:
            yield from _iter_folder(path)


def _known(path: Path) -> Path | Unreadable:
    return path if _content_suffix(path) in (*SUFFIXES, *_MANY) else Unreadable(str(path), _UNKNOWN_KIND)


def _content_path(path: Path) -> Path:
    """The path without the end that says how the file is compressed."""
    return path.with_suffix("") if path.suffix.lower() in COMPRESSED else path


def _content_suffix(path: Path) -> str:
    return _content_path(path).suffix.lower()


def _open(path: Path, max_bytes: int) -> Iterator[Payload | Unreadable]:
    source = str(path)
    suffix = _content_suffix(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Unreadable(source, "is not a file")
        elif suffix in SUFFIXES:
            yield _read_whole(path, status.st_size, max_bytes)
        elif suffix in _MANY:
            with ContentStream(path) as stream:
                yield from _MANY[suffix](source, stream, max_bytes)
        else:
            yield Unreadable(source, _UNKNOWN_KIND)
    except FileNotFoundError:
        yield Unreadable(source, "no such file")
    except OSError as error:
        yield Unreadable(source, f"cannot be read: {error.strerror or error}")


def _read_whole(path: Path, size_bytes: int, max_bytes: int) -> Payload | Unreadable:
    source, content_path = str(path), _content_path(path)
    data = b""
    if content_path == path and size_bytes > max_bytes:
        return Unreadable(source, f"has {size_bytes:,} bytes, and an article may have {max_bytes:,}")
    if size_bytes:
        with ContentStream(path) as stream:
            data = stream.read(max_bytes + 1)  # a file may have grown since, and an archive holds what it likes
            if len(data) > max_bytes:
                return Unreadable(source, f"has more than {max_bytes:,} bytes")
            if stream.fault:
                return Unreadable(source, stream.fault)
    return Payload(source, data, SUFFIXES[content_path.suffix.lower()], Metadata(id=content_path.stem))
