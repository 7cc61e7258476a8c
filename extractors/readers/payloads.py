"""Payloads: inputs that have been fetched and not yet parsed, so that parsing can happen on another core or machine."""

from dataclasses import dataclass

from extractors.readers.articles import Metadata
from extractors.readers.media import read_media
from extractors.readers.outcomes import ReadError, Unreadable
from extractors.records import Article


@dataclass(frozen=True, slots=True)
class Payload:
    """One input before it is parsed: its bytes, what they are, and what is known of it from outside.

    `source` is what errors call it: a path, `path:line` for JSON Lines, `path@offset` for WARC, or an address.
    `media_type` is one of `MEDIA_TYPES`, and may carry a charset as the Content-Type of HTTP does. `given` fills what
    the input does not say of itself.
    """

    source: str
    data: bytes
    media_type: str
    given: Metadata


def read_payload(payload: Payload) -> Article | Unreadable:
    """Parse one payload: the costly step of reading, pure, with arguments and results that can be pickled.

    Never raises for what the payload holds. How large it is, is for whoever makes payloads to check: see `MAX_BYTES`.
    """
    try:
        return read_media(payload.source, payload.data, payload.media_type, payload.given)
    except ReadError as error:
        return Unreadable(error.source, error.reason)
