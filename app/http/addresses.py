"""Addresses that are none: too long, escapes that are no escapes, bytes that are no text."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import AddressTooLongError, BadRequestError
from app.problems import of_error

_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_BEYOND_ASCII = re.compile(rb"(?:%[89A-Fa-f][0-9A-Fa-f])+")
# Of what a function tells, 2 MB; 8 MB at the very most, of addresses that hold nothing but the rarest letters.
_REMEMBERED = 1_000
_SHORT_BYTES = 2_000

_Part = TypeVar("_Part", str, bytes)
_Told = TypeVar("_Told")


def remembered(tell: Callable[[_Part, _Part], _Told]) -> Callable[[_Part, _Part], _Told]:
    """What a function tells of the path and the query of an address, kept for the short ones asked for last.

    Decoding a query of SPARQL takes as long as sending a kept answer.
    """
    told = lru_cache(maxsize=_REMEMBERED)(tell)

    def tell_again(path: _Part, query: _Part) -> _Told:
        return told(path, query) if len(path) + len(query) <= _SHORT_BYTES else tell(path, query)

    return tell_again


class WellFormedAddresses:
    """Refuses addresses of more than `max_bytes`, and those that cannot be decoded as UTF-8 without control bytes."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._fault_of = remembered(self._find_fault)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 400 or 414."""
        if scope["type"] == "http":
            error = self._fault_of(scope.get("raw_path") or scope["path"].encode(), scope["query_string"])
            if error is not None:
                await of_error(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _find_fault(self, path: bytes, query: bytes) -> BadRequestError | AddressTooLongError | None:
        if len(path) + len(query) > self._max_bytes:
            return AddressTooLongError(
                f"The address is longer than {self._max_bytes} bytes: send a long query by POST to /sparql."
            )
        if b"%" in path or not path.isascii():
            reason = _reason(path)
            if reason:
                return BadRequestError(f"The path has {reason}.")
        if b"%" in query or not query.isascii():
            reason = _reason(query)
            if reason:
                return BadRequestError(f"The part of the address behind «?» has {reason}.")
        return None


def _reason(encoded: bytes) -> str | None:
    """What is wrong with a part of an address."""
    bad = _BAD_ESCAPE.search(encoded)
    if bad:
        return f"a % at byte {bad.start()} that begins no escape such as %20: write the sign itself as %25"
    if b"%00" in encoded or b"\x00" in encoded:
        return "a NUL byte (%00), which no value can have"
    try:
        _decoded_beyond_ascii(encoded).decode()
    except UnicodeDecodeError as error:
        return f"bytes that are no UTF-8 ({error.reason})"
    return None


def _decoded_beyond_ascii(encoded: bytes) -> bytes:
    """What can be no UTF-8 in a part of an address: of one in ASCII, its escapes of more, with a blank between them."""
    if not encoded.isascii():
        return unquote_to_bytes(encoded)
    return bytes.fromhex(b"%20".join(_BEYOND_ASCII.findall(encoded)).replace(b"%", b"").decode())
