"""What an answer is: a page, or a list of pages; by its media type and its root element, never by its address."""

import re
from dataclasses import dataclass

import httpx

from app.fetching.bodies import GZIP_START, decompress, limit
from app.fetching.errors import NotFetchedError
from app.fetching.listings import ENTRIES
from app.fetching.markup import find_root, normalise_encoding

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"text/plain", "text/markdown"})
_XML = frozenset({"text/xml", "application/xml"})
_ARCHIVES = frozenset({"application/gzip", "application/x-gzip", "application/octet-stream"})  # sitemap.xml.gz
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^"';\s]{1,80})""", re.IGNORECASE)
_HEAD_BYTES = 1 << 16  # a root element comes sooner


@dataclass(frozen=True, slots=True)
class Page:
    """An article, or what will be taken for one: bytes, and a media type that the readers know, with its charset."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class ListDocument:
    """A feed or sitemap in UTF-8, by the name of its root element."""

    data: bytes
    root: str


def check_media_type(response: httpx.Response) -> None:
    """Refuse an answer whose media type says that it is neither page nor list.

    Raises:
        NotFetchedError: pictures, films, documents of offices and all else; the reason names the media type.
    """
    essence, _ = parse_media_type(response.headers.get("content-type", ""))
    if not essence:
        raise NotFetchedError("does not say its media type, and is not guessed")
    if essence not in _PAGES | _TEXTS | _XML | _ARCHIVES and not essence.endswith("+xml"):
        raise NotFetchedError(
            f"is of the media type «{essence[:80]}»: only HTML, plain text, feeds and sitemaps are read"
        )


def parse_media_type(text: str) -> tuple[str, str | None]:
    """The media type of a Content-Type without parameters, in small letters, and its charset."""
    charset = _CHARSET.search(text)
    return text.partition(";")[0].strip().lower(), charset[1] if charset else None


def recognise(media_type: str, data: bytes, max_bytes: int) -> Page | ListDocument:
    """Tell what an answer with a Content-Type is; a body that is a gzip file is opened, up to `max_bytes`.

    Raises:
        NotFetchedError: it is neither page nor list.
    """
    essence, charset = parse_media_type(media_type)
    if data.startswith(GZIP_START):
        data = b"".join(limit(decompress([data]), max_bytes))
    elif essence in _ARCHIVES:
        raise NotFetchedError(f"is of the media type «{essence}», and no compressed list")
    root = _root_of(data, essence, charset)
    if root is not None and root in ENTRIES:
        return ListDocument(normalise_encoding(data, charset), root)
    if essence in _PAGES | _TEXTS:
        return Page(data, media_type)
    if root == "html":
        return Page(data, "application/xhtml+xml" + (f"; charset={charset}" if charset else ""))
    found = f"its root is <{root[:40]}>" if root else "it is no XML"
    raise NotFetchedError(f"is of the media type «{essence}», and neither feed, sitemap nor page: {found}")


def _root_of(data: bytes, essence: str, charset: str | None) -> str | None:
    try:
        head = normalise_encoding(data[:_HEAD_BYTES], charset)
    except NotFetchedError:
        if essence in _PAGES | _TEXTS:
            return None  # readers know more encodings, and reject by name
        raise
    return find_root(head)
