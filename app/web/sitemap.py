"""What search engines ask for: the addresses of all pages (sitemaps.org), and what to leave alone (RFC 9309).

Of a graph with more addresses than one sitemap may list there is an index, and a sitemap for each day of the year: each
costs what its day holds, however large the graph is. A day that holds more than a sitemap may list is cut.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, BinaryIO

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from lxml import etree  # type: ignore[import-untyped]  # no stubs are published with it

from app.calendars.texts import written_address
from app.deliveries import LARGE_BYTES, LargeAnswer
from app.errors import NotFoundError
from app.graph.lookups import Selector, kept_ids, pair_keys
from app.graph.store import GraphStore
from app.languages import LANGUAGES
from app.routes.dependencies import Services, ServicesDep, StoreDep
from app.web.addresses import day_path, pair_path, path_of_id, year_path
from app.web.rendering import place_of
from extractors.dates import PartialDate, of_day

router = APIRouter(include_in_schema=False)

_SINGLE_PAGES = ("/", "/countries", "/people", "/organisations", "/disputed", "/check", "/sparql", "/docs", "/about")
"""Pages that there are one of: a new one is one word more."""

MAX_ADDRESSES = 50_000
"""Most addresses of a sitemap, and most sitemaps of an index (sitemaps.org)."""
_MEDIA_TYPE = "application/xml"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_LINK = f"{{{_XHTML}}}link"
_NAMESPACES = {None: _SITEMAPS, "xhtml": _XHTML}
_LEAP_YEAR = tuple(of_day(dt.date(2000, 1, 1) + dt.timedelta(days=offset)) for offset in range(366))
# Addresses without end, each of which has to be worked out; pages and data are for all, programs that read too.
_ROBOTS = """User-agent: *
Disallow: /sparql?query=
Disallow: /search?q=
Disallow: /reconcile

Sitemap: {root}sitemap.xml
"""

_Paths = Callable[[GraphStore], Iterable[str]]


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """What search engines may read, and where the list of pages is."""
    return PlainTextResponse(_ROBOTS.format(root=_root(request)))


@router.get("/sitemap.xml")
def sitemap(request: Request, services: ServicesDep, store: StoreDep) -> Response:
    """All pages; where they are too many for one list, an index of lists."""
    parts = _parts(services.today())
    paths = list(islice(chain.from_iterable(part(store) for part in parts.values()), MAX_ADDRESSES + 1))
    if len(paths) > MAX_ADDRESSES:
        return _answer(_index(_root(request), parts), services)
    return _answer(_sitemap(_root(request), paths), services)


@router.get("/sitemap/{name}.xml")
def part_of_sitemap(request: Request, services: ServicesDep, store: StoreDep, name: str) -> Response:
    """The pages of a part."""
    part = _parts(services.today()).get(name)
    if part is None:
        raise NotFoundError(f"There is no part «{name[:40]}» of the sitemap: /sitemap.xml has those that there are.")
    return _answer(_sitemap(_root(request), islice(part(store), MAX_ADDRESSES)), services)


def _parts(today: dt.date) -> Mapping[str, _Paths]:
    """What finds the paths of each part, by its name."""
    return {
        "pages": lambda _: chain(
            _SINGLE_PAGES, (year_path(today.year), year_path(today.year + 1)), map(day_path, _LEAP_YEAR)
        ),
        "pairs": lambda store: (pair_path(*key.split("-")) for key in pair_keys(store)),
        **{f"events-{_month_day(day)}": _events("bg:monthDay", _month_day(day)) for day in _LEAP_YEAR},
        **{f"events-{month:02}": _events("bg:month", f"{month:02}") for month in range(1, 13)},
        "events-year": _events("bg:precision", "year"),
    }


def _month_day(day: PartialDate) -> str:
    return f"{day.month:02}-{day.day:02}"


def _events(selector: Selector, word: str) -> _Paths:
    return lambda store: map(path_of_id, kept_ids(store, selector, word))


def _sitemap(root: str, paths: Iterable[str]) -> bytes:
    """Pages, each with its address in each language."""
    out = io.BytesIO()
    with _document(out, "urlset") as file:
        for path in paths:
            address = root + path.removeprefix("/")
            with file.element(f"{{{_SITEMAPS}}}url"):
                _write_address(file, address)
                for language in LANGUAGES:
                    link = {"rel": "alternate", "hreflang": language, "href": f"{address}?lang={language}"}
                    with file.element(_LINK, link):
                        pass
    return out.getvalue()


def _index(root: str, names: Iterable[str]) -> bytes:
    """The parts of a sitemap."""
    out = io.BytesIO()
    with _document(out, "sitemapindex") as file:
        for name in names:
            with file.element(f"{{{_SITEMAPS}}}sitemap"):
                _write_address(file, f"{root}sitemap/{name}.xml")
    return out.getvalue()


@contextmanager
def _document(out: BinaryIO, name: str) -> Iterator[Any]:
    """What writes a document entry by entry: as a tree it would take many times the room."""
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(f"{{{_SITEMAPS}}}{name}", nsmap=_NAMESPACES):
            yield file


def _write_address(file: Any, address: str) -> None:
    with file.element(f"{{{_SITEMAPS}}}loc"):
        file.write(address)


def _root(request: Request) -> str:
    return written_address(place_of(request).root)


def _answer(body: bytes, services: Services) -> Response:
    if len(body) >= LARGE_BYTES:
        return LargeAnswer(body, _MEDIA_TYPE, {}, services.deliveries)
    return Response(body, media_type=_MEDIA_TYPE)
