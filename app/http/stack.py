"""The layers around the routes, and why they stand in this order, from the outside in.

1. Observing             sees every answer as it leaves, also those of the layers below: id, log line, metrics
2. SecurityHeaders       on every answer, also on problems
3. AnyOrigin             on every answer too: pages of others may read problems as they read answers
4. ErrorPages            above all that can make a problem: browsers get a page of it
5. FaultsAsProblems      below them, so that a fault too is logged once, counted, and has its headers
6. HeadAsGet             all below need not know of HEAD
7. WellFormedAddresses   before anything reads an address
8. RateLimit             before anything is worked on; answers from the cache count too
9. SnapshotAnswers       304 and kept answers cost next to nothing, so they are given even when all places are taken
10. Places               how many requests are worked on at once
11. PageLinks            before answers are kept, so that a kept one has its links
12. compression          below the cache: an answer is packed once
13. Pieces               below the compression, which would otherwise pack a large answer in one go
14. BodyLimit            reads the body, in bounds of size and time
15. TextPlaces           knows the size of the body, and lets few heavy texts in at once
"""

import datetime as dt
from collections.abc import Callable

from fastapi import FastAPI
from starlette_compress import CompressMiddleware, add_compress_type

from app.cors import AnyOrigin
from app.http.addresses import WellFormedAddresses
from app.http.bodies import BodyLimit
from app.http.caching import SnapshotAnswers, Snapshots
from app.http.faults import FaultsAsProblems
from app.http.headers import HeadAsGet, PageLinks, SecurityHeaders
from app.http.observing import Observing
from app.http.pieces import Pieces
from app.http.places import Places, TextPlaces
from app.http.rates import RateLimit
from app.rates import Rate, parse_rate
from app.settings import Settings
from app.stamps import digest_of_program
from app.web.error_pages import ErrorPages

_DEFAULT_RATE = Rate(tokens=1200, seconds=60)
_MIN_PACKED_BYTES = 500
# Beside what the library packs by itself: RDF and SPARQL results.
_PACKED = (
    "application/problem+json",
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "application/n-triples",
    "application/n-quads",
    "application/feed+json",
    "application/trig",
    "application/sparql-query",
    "text/turtle",
    "text/csv",
    "text/tab-separated-values",
)


def add_layers(app: FastAPI, settings: Settings, snapshots: Snapshots, today: Callable[[], dt.date]) -> None:
    """Put all layers around an application."""
    for media_type in _PACKED:
        add_compress_type(media_type)
    # the last one added is the outermost
    app.add_middleware(TextPlaces, max_texts=settings.max_texts)
    app.add_middleware(
        BodyLimit,
        max_bytes=settings.max_body_bytes,
        max_text_bytes=settings.max_text_bytes,
        timeout_s=settings.body_timeout_s,
    )
    app.add_middleware(Pieces)
    app.add_middleware(CompressMiddleware, minimum_size=_MIN_PACKED_BYTES, brotli=False)
    app.add_middleware(PageLinks)
    app.add_middleware(Places, max_requests=settings.max_requests)
    app.add_middleware(
        SnapshotAnswers,
        snapshots=snapshots,
        today=today,
        program=_program(settings),
        max_bytes=settings.cache_bytes,
    )
    if settings.rate_limit != "off":
        rate = _DEFAULT_RATE if settings.rate_limit is None else parse_rate(settings.rate_limit)
        app.add_middleware(RateLimit, rate=rate.shared(settings.workers), spares_local=settings.rate_limit is None)
    app.add_middleware(WellFormedAddresses, max_bytes=settings.max_address_bytes)
    app.add_middleware(HeadAsGet)
    app.add_middleware(FaultsAsProblems)
    app.add_middleware(ErrorPages, max_text_bytes=min(settings.max_text_bytes, settings.max_body_bytes))
    app.add_middleware(AnyOrigin)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observing, secrets=settings.secrets)


def _program(settings: Settings) -> bytes:
    """The program and those of its settings that shape answers."""
    return f"{digest_of_program()} {settings.base_iri} {settings.max_items}".encode()
