"""HTML pages: article text and metadata as trafilatura finds them."""

import logging
import re

from trafilatura import bare_extraction
from trafilatura.settings import Document

from extractors.dates import DateError
from extractors.publication import parse_day
from extractors.readers.articles import Metadata, build_article, is_web_address
from extractors.readers.decoding import check_size, decode_text
from extractors.readers.markup import check_markup, strip_silent
from extractors.readers.outcomes import ReadError
from extractors.records import Article

HTML_MAX_BYTES = 5_000_000
"""Largest page, in bytes of UTF-8 without its scripts and styles. trafilatura took 1 s for each megabyte of running
text, on one core of 2026."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_CHARSET_BYTES = 4096  # where the HTML standard has it within 1024, pages are careless
_DATE_SEARCH = {
    "original_date": True,  # published, not last changed
    "extensive_search": False,  # no date guessed from the text
    "max_date": "2100-01-01",  # instead of today: the same page always gives the same article
}

# Without a handler of its own, Python would print the library's warnings beside our error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def read_html(source: str, data: bytes, given: Metadata, *, declared: str | None = None) -> Article:
    """Read a page; the article's text is what trafilatura extracts from it, and offsets refer to that.

    Raises:
        ReadError: no text, too large, built to exhaust a parser, or without an article in it.
    """
    page = strip_silent(decode_text(data, source, declared=declared or _declared_charset(data)))
    check_size(len(page.encode("utf-8")), source, HTML_MAX_BYTES)
    check_markup(page, source)
    document = _extract(page, given.url)
    text = (document.text or "").strip("\n") if document else ""
    if document is None or not text.strip():
        raise ReadError(source, "is HTML in which no article text was found")
    return build_article(source, text, _metadata_of(document), given)


def _extract(page: str, url: str | None) -> Document | None:
    try:
        found = bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATE_SEARCH)
        )
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError, AssertionError):
        # what its cascade of parsers was seen to let through on broken pages; all mean that it found nothing
        return None
    return found if isinstance(found, Document) else None


def _metadata_of(document: Document) -> Metadata:
    try:
        published_on = parse_day(document.date) if document.date else None
    except DateError:
        published_on = None
    url = document.url if document.url and is_web_address(document.url) else None
    return Metadata(title=document.title, url=url, publisher=document.sitename, published_on=published_on)


def _declared_charset(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_CHARSET_BYTES])
    return match[1].decode("ascii") if match else None
