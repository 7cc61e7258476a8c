"""One input by its media type: the way in for files, and for request bodies."""

import datetime as dt
from collections.abc import Callable, Mapping

from extractors.readers.articles import Metadata, build_article
from extractors.readers.decoding import MAX_BYTES, check_size, decode_text
from extractors.readers.html import read_html
from extractors.readers.json_records import parse_object, read_object
from extractors.readers.markdown import read_markdown
from extractors.readers.outcomes import ReadError
from extractors.records import Article


def read_bytes(
    data: bytes,
    media_type: str,
    *,
    id: str,  # noqa: A002 - the name of the field it fills
    published: dt.date | None = None,
    url: str | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Article:
    """Read one article of the media type text/plain, text/markdown, text/html or application/json.

    `media_type` may carry a charset, as the Content-Type of HTTP does. A JSON object's own `id` wins over `id`; what
    the input says of itself wins over `published`, `url` and `title`.

    Raises:
        ReadError: the input gives no article, or the media type is none of these; the message starts with `id`.
    """
    check_size(len(data), id, max_bytes)
    return read_media(id, data, media_type, Metadata(id=id, title=title, url=url, published_on=published))


def read_record(
    record: Mapping[str, object],
    *,
    id: str | None = None,  # noqa: A002 - the name of the field it fills
    published: dt.date | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Article:
    """Read one article from an object with `text` and, where known, `id`, `title`, `url`, `publisher`, `published`.

    Without an id in the record or as argument, the id is a short hash of the text.

    Raises:
        ReadError: no text, a field of the wrong kind, or a published day that no calendar has.
    """
    return read_object(id or "record", record, Metadata(id=id, title=title, url=url, published_on=published))


def read_media(source: str, data: bytes, media_type: str, given: Metadata) -> Article:
    """Read one input whose size has been checked; `source` is what errors call it.

    Raises:
        ReadError: the input gives no article, or the media type is unknown.
    """
    essence, _, parameters = media_type.partition(";")
    reader = MEDIA_TYPES.get(essence.strip().lower())
    if reader is None:
        known = ", ".join(MEDIA_TYPES)
        raise ReadError(source, f"is of the media type «{essence.strip()[:80]}», which is not read: send {known}")
    return reader(source, data, given, _charset_of(parameters))


def _charset_of(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _read_plain(source: str, data: bytes, given: Metadata, charset: str | None) -> Article:
    return build_article(source, decode_text(data, source, declared=charset), Metadata(), given)


def _read_markdown(source: str, data: bytes, given: Metadata, charset: str | None) -> Article:
    return read_markdown(source, decode_text(data, source, declared=charset), given)


def _read_html(source: str, data: bytes, given: Metadata, charset: str | None) -> Article:
    return read_html(source, data, given, declared=charset)


def _read_json(source: str, data: bytes, given: Metadata, charset: str | None) -> Article:
    return read_object(source, parse_object(source, decode_text(data, source, declared=charset)), given)


MEDIA_TYPES: Mapping[str, Callable[[str, bytes, Metadata, str | None], Article]] = {
    "text/plain": _read_plain,
    "text/markdown": _read_markdown,
    "text/html": _read_html,
    "application/xhtml+xml": _read_html,
    "application/json": _read_json,
}
"""The media types that are read, each with its reader (source, data, what is given, charset)."""
