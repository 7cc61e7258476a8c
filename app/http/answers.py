"""An answer on its way out: held until it is whole, so that it can be kept, tagged, or replaced by a 304."""

from collections.abc import Callable, Iterable

from starlette.types import Message, Send

from app.answer_cache import KeptAnswer

_Header = tuple[bytes, bytes]

_CACHE_CONTROL: _Header = (b"cache-control", b"public, no-cache")
_ETAG = b"etag"
_VARY = ("Accept", "Accept-Language", "Accept-Encoding")
_EVERY_VARY = ", ".join(_VARY).encode("ascii")
_REPLACED = frozenset({b"etag", b"last-modified", b"accept-ranges", b"cache-control", b"vary"})


class HeldAnswer:
    """The answer to one request. One that is no success, or is not to be kept, passes through as it comes.

    `is_unwanted`: the client wants none of a thing that exists, so that a success becomes a 304. `is_current` tells
    whether the snapshot of the tag is still the current one: the routes may have seen the next, which has another tag.
    """

    def __init__(
        self, send: Send, tag: bytes, max_bytes: int, *, is_unwanted: bool, is_current: Callable[[], bool]
    ) -> None:
        self.tag = tag
        self.is_to_be_kept = False
        self._is_whole = False
        self._is_current = is_current
        self._send = send
        self._max_bytes = max_bytes
        self._is_unwanted = is_unwanted
        self._passes = False
        self._is_dropped = False
        self._headers: list[_Header] = []
        self._chunks: list[bytes] = []
        self._size = 0

    async def take(self, message: Message) -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._passes:
            await self._send(message)
        elif not self._is_dropped and message["type"] == "http.response.body":
            self._chunks.append(message.get("body", b""))
            self._size += len(self._chunks[-1])
            self._is_whole = not message.get("more_body", False)
            is_too_large = self._size > self._max_bytes
            if (self._is_whole or is_too_large) and not self._is_current():
                self._drop_tag()
            self.is_to_be_kept = self._is_whole and not is_too_large and _ETAG in dict(self._headers)
            if is_too_large and not self._is_whole:
                await self._let_pass()

    def kept(self, template: str | None) -> KeptAnswer:
        """The answer, which is whole."""
        body = b"".join(self._chunks)
        self._chunks = [body]
        headers = [(name, value) for name, value in self._headers if name != b"content-length"]
        return KeptAnswer((*headers, (b"content-length", b"%d" % len(body))), body, template)

    async def send(self) -> None:
        """Send the answer, if it is whole and was not sent before."""
        if not self._is_whole or self._passes or self._is_dropped:
            return
        if self._is_unwanted:
            await send_not_modified(self._send, self.tag)
        else:
            await send_kept(self._send, self.kept(None))

    async def _begin(self, message: Message) -> None:
        headers: list[_Header] = list(message.get("headers", ()))
        if message["status"] != 200 or _is_not_to_be_kept(headers):
            self._passes = True
            await self._send(message)
            return
        vary = _vary(value for name, value in headers if name == b"vary")
        own = [(name, value) for name, value in headers if name not in _REPLACED]
        self._headers = [*own, (_ETAG, self.tag), _CACHE_CONTROL, (b"vary", vary)]

    def _drop_tag(self) -> None:
        own = [one for one in self._headers if one[0] != _ETAG and one != _CACHE_CONTROL]
        self._headers, self._is_unwanted = [*own, (b"cache-control", b"no-store")], False

    async def _let_pass(self) -> None:
        """Give up holding an answer that is too large to be kept: send what there is, and the rest as it comes."""
        if self._is_unwanted:
            self._is_dropped = True
            await send_not_modified(self._send, self.tag)
            return
        self._passes = True
        await self._send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await self._send({"type": "http.response.body", "body": b"".join(self._chunks), "more_body": True})
        self._chunks = []


async def send_kept(send: Send, answer: KeptAnswer) -> None:
    """Send an answer that is at hand."""
    await send({"type": "http.response.start", "status": 200, "headers": list(answer.headers)})
    await send({"type": "http.response.body", "body": answer.body})


async def send_not_modified(send: Send, tag: bytes) -> None:
    """Say that what the client has is what it would get."""
    headers = [(_ETAG, tag), _CACHE_CONTROL, (b"vary", _EVERY_VARY)]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _is_not_to_be_kept(headers: Iterable[_Header]) -> bool:
    return any(name == b"cache-control" and b"no-store" in value.lower() for name, value in headers)


def _vary(values: Iterable[bytes]) -> bytes:
    """What answers depend on here, and what an answer itself says that it depends on."""
    named = (one.strip() for value in values for one in value.decode("latin-1").split(","))
    others = dict.fromkeys(one for one in named if one and one.title() not in _VARY)
    return ", ".join((*_VARY, *others)).encode("latin-1")
