"""Articles as JSON: one object (`id`, `url`, `title`, `published`, `publisher`, `text`), or one a line."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from extractors.readers.articles import Metadata, build_article, find_address, find_day, find_text
from extractors.readers.decoding import check_size, decode_text
from extractors.readers.outcomes import ReadError, Unreadable
from extractors.records import Article

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SKIP_BYTES = 1 << 20  # how much of an overlong line is passed over at a time


def read_object(source: str, record: Mapping[str, object], given: Metadata) -> Article:
    """Read an article from the fields of one object; null and blank fields count as missing, others are passed over.

    Raises:
        ReadError: no text, a field of the wrong kind, or a published day that no calendar has.
    """
    text = record.get("text")
    if text is None:
        raise ReadError(source, "has no «text»")
    if not isinstance(text, str):
        raise ReadError(source, f"«text» must be text, not {type(text).__name__}")
    own = Metadata(
        id=find_text(record, "id", source),
        title=find_text(record, "title", source),
        url=find_address(record, "url", source),
        publisher=find_text(record, "publisher", source),
        published_on=find_day(record, "published", source),
    )
    return build_article(source, text, own, given)


def parse_object(source: str, text: str) -> dict[str, object]:
    """Parse one JSON object.

    Raises:
        ReadError: not JSON, or JSON that is no object.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(source, f"is not JSON: {str(error)[:200]}") from error
    if not isinstance(value, dict):
        raise ReadError(source, f"is JSON, but no object: {type(value).__name__}")
    return value


def read_lines(source: str, stream: BinaryIO, given: Metadata, max_bytes: int) -> Iterator[Article | Unreadable]:
    """Read JSON Lines one at a time; every line that is not blank gives an article or says why not.

    `max_bytes` is the limit of one line; a longer one is passed over without being held in memory.
    """
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        place = f"{source}:{number}"
        if number == 1 and line.startswith(_UTF16_MARKS):
            yield Unreadable(source, "is UTF-16, and JSON Lines must be UTF-8")
            return
        is_whole = line.endswith(b"\n") or len(line) <= max_bytes
        if not is_whole:
            _skip_rest(stream)
            yield Unreadable(place, f"has more than {max_bytes:,} bytes")
        elif line.strip():
            yield _read_line(place, line, given, max_bytes)


def _read_line(place: str, line: bytes, given: Metadata, max_bytes: int) -> Article | Unreadable:
    try:
        check_size(len(line.rstrip(b"\r\n")), place, max_bytes)
        return read_object(place, parse_object(place, decode_text(line.rstrip(b"\r\n"), place)), given)
    except ReadError as error:
        return Unreadable(error.source, error.reason)


def _skip_rest(stream: BinaryIO) -> None:
    while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
        pass
