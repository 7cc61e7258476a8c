"""From text and what is known about it to an Article: the one place where the two are put together."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.dates import DateError
from extractors.publication import parse_day
from extractors.readers.decoding import check_text
from extractors.readers.layout import recognise_layout
from extractors.readers.lines import MAX_LINES, count_lines
from extractors.readers.outcomes import ReadError
from extractors.readers.recovery import recover_text
from extractors.records import Article, Section

_HASH_CHARS = 12  # 48 bits: among a million articles without an id, two share one with a chance of 0.2 %


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of an article besides its text: by its file, or by whoever hands it over."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    derived_from: tuple[str, ...] = ()


def build_article(source: str, text: str, own: Metadata, given: Metadata, *, front_end: int = 0) -> Article:
    """Make the article of a text with sections and metadata; `source` is what errors call it.

    What the input says of itself (`own`) wins, then what its text shows, then what is `given`; but a `given` title wins
    over a first line that only looks like one. The text up to `front_end` is front matter, hence boilerplate. A text in
    look-alikes of an old encoding is turned back first: the article's text, and all offsets, are what it reads then.

    Raises:
        ReadError: the text is not readable, is in an old encoding that cannot be turned back, or has too many lines; or
            its time stamp gives a day that no calendar has.
    """
    check_text(text, source)
    if not front_end:  # front matter has been read already, from the text as it was recovered with its bytes
        text = recover_text(text, source)
    if count_lines(text) > MAX_LINES:
        raise ReadError(source, f"has more than {MAX_LINES:,} lines, which no article has")
    try:
        layout = recognise_layout(text[front_end:])
    except DateError as error:
        raise ReadError(source, f"has an impossible time stamp: {error}") from error
    front = text[:front_end].rstrip()
    sections = [Section("boilerplate", len(front) - len(front.lstrip()), len(front))] if front.strip() else []
    sections += [Section(part.kind, part.start + front_end, part.end + front_end) for part in layout.sections]
    return Article(
        id=own.id or given.id or hash_text(text),
        text=text,
        sections=tuple(sections),
        title=own.title or given.title or layout.title,
        url=own.url or given.url,
        publisher=own.publisher or given.publisher,
        published_on=own.published_on or layout.published_on or given.published_on,
        derived_from=own.derived_from or given.derived_from,
    )


def hash_text(text: str) -> str:
    """An id for a text that has none: the start of its SHA-256 in hexadecimal figures."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]


def find_text(fields: Mapping[str, object], name: str, source: str) -> str | None:
    """The value of a field that holds text, without space around it; None where it is missing, null or blank.

    Raises:
        ReadError: the value is something else.
    """
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReadError(source, f"«{name}» must be text, not {type(value).__name__}")
    return str(value).strip() or None


def find_day(fields: Mapping[str, object], name: str, source: str) -> dt.date | None:
    """The value of a field that holds a day, as text or as YAML's date; None where it is missing, null or blank.

    Raises:
        ReadError: it is no day, or a day that no calendar has.
    """
    value = fields.get(name)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = find_text(fields, name, source)
    try:
        return parse_day(text) if text else None
    except DateError as error:
        raise ReadError(source, f"«{name}»: {error}") from error


def find_address(fields: Mapping[str, object], name: str, source: str) -> str | None:
    """The value of a field that holds a web address; None where it is missing, null or blank.

    Raises:
        ReadError: it does not begin with http:// or https://, so that nobody could follow it safely.
    """
    text = find_text(fields, name, source)
    if text is not None and not is_web_address(text):
        raise ReadError(source, f"«{name}»: «{text[:80]}» is no web address (http:// or https://)")
    return text


def is_web_address(text: str) -> bool:
    """Whether it is an address that a browser opens over the web, in one word."""
    return text.lower().startswith(("https://", "http://")) and text.split() == [text]
