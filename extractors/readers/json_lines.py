"""JSON Lines: one payload for each line, without holding more than one line in memory."""

import json
from collections.abc import Iterator

from extractors.readers.articles import Metadata
from extractors.readers.compression import ContentStream
from extractors.readers.outcomes import Unreadable
from extractors.readers.payloads import Payload

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SKIP_BYTES = 1 << 20  # how much of an overlong line is passed over at a time


def iter_lines(source: str, stream: ContentStream, max_bytes: int) -> Iterator[Payload | Unreadable]:
    """A payload for every line that is not blank, named `source:line`.

    `max_bytes` is the limit of one line; a longer one is passed over, with the reason. An archive that is damaged gives
    the lines before the damage, and then one Unreadable for the rest.
    """
    number = 0
    while line := stream.readline(max_bytes + 2):  # the limit and a line end of two bytes
        number += 1
        place = f"{source}:{number}"
        if number == 1 and line.startswith(_UTF16_MARKS):
            yield Unreadable(source, "is UTF-16, and JSON Lines must be UTF-8")
            return
        content = line.rstrip(b"\r\n")
        if len(content) > max_bytes:
            if not line.endswith(b"\n"):
                _skip_rest(stream)
            yield Unreadable(place, f"has more than {max_bytes:,} bytes")
        elif content.strip() and not (stream.fault and not line.endswith(b"\n") and not _is_whole(content)):
            yield Payload(place, content, "application/json", Metadata())
    if stream.fault:
        yield Unreadable(source, f"{stream.fault}; read up to line {number}")
    elif not number:
        yield Unreadable(source, "is empty")


def _is_whole(line: bytes) -> bool:
    """Whether the last line before the damage is complete: what is cut off is no JSON."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _skip_rest(stream: ContentStream) -> None:
    while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
        pass
