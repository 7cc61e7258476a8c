"""Answers that are functions of the snapshot: entity tags, 304, and the answer cache in front of the routes.

Such an answer depends on the snapshot, the day in Hà Nội, the program with its settings, and the request: its address,
what the client accepts, its language, and the encoding. The tag is a hash of these, so that it is known before any
work is done.
"""

import asyncio
import datetime as dt
import re
from collections.abc import Callable
from typing import Protocol
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from app.answer_cache import AnswerCache
from app.graph.store import GraphStore
from app.http.addresses import remembered
from app.http.answers import HeldAnswer, send_kept, send_not_modified
from app.http.conditions import NoneMatch, parse_none_match, tag_of
from app.http.exchange import Exchange, exchange_of, header, note_template
from app.http.operational import is_operational
from app.languages import choose_language
from app.metrics import ANSWERS_FRESH, ANSWERS_HIT, ANSWERS_MISSED
from app.negotiation import choose_encoding

# What is dealt with here, and hidden from the routes.
_CONDITIONAL = frozenset({b"if-none-match", b"if-modified-since", b"range", b"if-range", b"accept-encoding"})
# Functions of SPARQL whose value is another each time; and escapes, which could spell one.
_VOLATILE_WORDS = ("now", "rand", "uuid", "struuid")
_VOLATILE = re.compile(rf"\b({'|'.join(_VOLATILE_WORDS)})\b|\\u", re.IGNORECASE)
# What an address need not escape, and could hide a word in: letters; and what begins an escape of SPARQL.
_HIDING = re.compile(r"%(?:[46][1-9A-Fa-f]|[57][0-9Aa]|5[Cc])|\\")
_FLIGHT_WAIT_S = 2.0


class Snapshots(Protocol):
    """What tells the snapshot that readers see now."""

    def store_at_hand(self) -> GraphStore | None:
        """The current snapshot if it is open already: None when opening it takes time."""

    def store(self) -> GraphStore:
        """The current snapshot."""

    def look_again(self) -> None:
        """Something may have been written."""


class SnapshotAnswers:
    """Tags answers, answers 304, and keeps answers for the next who asks the same; a question is worked on once."""

    def __init__(
        self, app: ASGIApp, *, snapshots: Snapshots, today: Callable[[], dt.date], program: bytes, max_bytes: int
    ) -> None:
        self._app = app
        self._snapshots = snapshots
        self._today = today
        self._program = program
        self._cache = AnswerCache(max_bytes)
        self._flights: dict[bytes, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is known, or pass on and note the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if (
            scope["method"] != "GET"
            or is_operational(scope)
            or header(scope, b"authorization")
            or _is_volatile(scope["path"], scope["query_string"].decode("latin-1"))
        ):
            await self._app(scope, receive, send)
            note_template(scope)
            if scope["method"] != "GET":
                self._snapshots.look_again()
            return
        exchange = exchange_of(scope)
        store = self._snapshots.store_at_hand()
        if store is None:
            store = await run_in_threadpool(self._snapshots.store)
        exchange.snapshot = store.snapshot_id
        encoding = choose_encoding(header(scope, b"accept-encoding"))
        tag = self._tag(scope, store.snapshot_id, encoding)
        condition = parse_none_match(header(scope, b"if-none-match"))
        if tag in condition.tags:
            exchange.cache = "fresh"
            ANSWERS_FRESH.inc()
            await send_not_modified(send, tag)
        elif not await self._answer_kept(tag, condition, exchange, send):
            held = HeldAnswer(
                send,
                tag,
                self._cache.max_body_bytes,
                is_unwanted=condition.any_tag,
                is_current=lambda: self._is_current(store.snapshot_id),
            )
            await self._ask(scope, receive, held, encoding)

    def _tag(self, scope: Scope, snapshot_id: str, encoding: bytes) -> bytes:
        raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        return tag_of(
            self._program,
            snapshot_id.encode(),
            self._today().isoformat().encode(),
            # an answer may say under which address it was asked for
            scope.get("scheme", "http").encode(),
            header(scope, b"host") or b"",
            raw_path,
            scope["query_string"],
            header(scope, b"accept") or b"",
            choose_language(header(scope, b"accept-language")).encode(),
            encoding,
        )

    def _is_current(self, snapshot_id: str) -> bool:
        store = self._snapshots.store_at_hand()
        return store is not None and store.snapshot_id == snapshot_id

    async def _answer_kept(self, tag: bytes, condition: NoneMatch, exchange: Exchange, send: Send) -> bool:
        """Send a kept answer, also one that another request is making right now; False when there is none."""
        kept = self._cache.get(tag)
        if kept is None and tag in self._flights:
            try:
                async with asyncio.timeout(_FLIGHT_WAIT_S):
                    await self._flights[tag].wait()
            except TimeoutError:
                return False
            kept = self._cache.get(tag)
        if kept is None:
            return False
        exchange.cache, exchange.template = "hit", kept.template
        ANSWERS_HIT.inc()
        if condition.any_tag:
            await send_not_modified(send, tag)
            return True
        await send_kept(send, kept)
        return True

    async def _ask(self, scope: Scope, receive: Receive, held: HeldAnswer, encoding: bytes) -> None:
        """Ask the routes, and keep what they answer."""
        exchange = exchange_of(scope)
        exchange.cache = "miss"
        ANSWERS_MISSED.inc()
        plain = [(name, value) for name, value in scope["headers"] if name not in _CONDITIONAL]
        inner = {**scope, "headers": [*plain, (b"accept-encoding", encoding)]}
        own_flight = asyncio.Event() if held.tag not in self._flights else None
        if own_flight is not None:
            self._flights[held.tag] = own_flight
        try:
            await self._app(inner, receive, held.take)
            note_template(inner)
            # what is packed already is large, and kept by its route
            if held.is_to_be_kept and not scope["path"].startswith("/dump."):
                self._cache.put(held.tag, held.kept(exchange.template))
        finally:
            if own_flight is not None:
                del self._flights[held.tag]
                own_flight.set()
        await held.send()


def _is_volatile(path: str, query: str) -> bool:
    """Whether a query may have another answer each time that it is asked."""
    return path == "/sparql" and _varies(path, query)


@remembered
def _varies(_: str, query: str) -> bool:
    lowered = query.lower()
    # most queries, told without decoding them
    if not _HIDING.search(query) and not any(word in lowered for word in _VOLATILE_WORDS):
        return False
    return bool(_VOLATILE.search(unquote_plus(query)))
