"""One address to its answer: permitted, paced, redirected and read within the limits."""

import http
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx

from app.fetching.addresses import parse_address
from app.fetching.bodies import cut, decompress, limit
from app.fetching.connections import CheckedTransport, Deadline
from app.fetching.errors import NotFetchedError, UnreachableError
from app.fetching.pacing import Pace
from app.fetching.policy import FetchPolicy
from app.fetching.robots import KEPT_S, MAX_ROBOTS_BYTES, Robots, judge_status, parse_robots

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_ENCODINGS_GZIP = frozenset({"gzip", "x-gzip"})
_MAX_ROBOTS_KEPT = 256
_MAX_FAILURES = 3
"""After so many requests in a row that a host did not answer, or answered that it was busy, it is asked no more."""

Result = TypeVar("Result")
Check = Callable[[httpx.Response], None]
"""Looks at the head of an answer before its body is read; raises NotFetchedError where the body is of no use."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the address at the end of the redirects, the Content-Type as sent, and the decompressed body."""

    url: httpx.URL
    media_type: str
    data: bytes


class Downloads:
    """Fetches addresses one after another; remembers robots.txt files, and hosts that rest or do not answer."""

    def __init__(
        self,
        policy: FetchPolicy,
        transport: CheckedTransport,
        *,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._policy = policy
        self._transport = transport
        self._monotonic = monotonic
        self._pace = Pace(sleep, monotonic)
        self._robots: OrderedDict[str, tuple[float, Robots]] = OrderedDict()
        self._failures: Counter[str] = Counter()

    def fetch(self, url: httpx.URL, check: Check) -> Answer:
        """Read an address as its robots.txt and the policy allow.

        Raises:
            NotFetchedError: it may not be read, answers with something else than a page, or goes beyond a limit.
        """

        def read(at: httpx.URL, response: httpx.Response) -> Answer:
            return self._read_page(at, response, check)

        return self._follow(url, self._permitted_pause_s, read)

    def _follow(
        self,
        url: httpx.URL,
        pause_s_of: Callable[[httpx.URL], float],
        read: Callable[[httpx.URL, httpx.Response], Result],
    ) -> Result:
        """Ask, follow redirects, and read what stands at their end; each hop is checked as the first one is."""
        left_s = self._policy.timeout_s
        asked = url
        for _ in range(self._policy.max_redirects + 1):
            try:
                with self._exchange(url, pause_s_of(url), left_s) as (response, deadline):
                    if response.status_code not in _REDIRECTS:
                        return read(url, response)
                    target = self._target(url, response)
            except NotFetchedError as error:
                raise error if url == asked else type(error)(f"is redirected to {url}: {error}") from error
            left_s -= deadline.used_s()
            url = target
        raise NotFetchedError(f"is redirected more than {self._policy.max_redirects} times")

    @contextmanager
    def _exchange(self, url: httpx.URL, pause_s: float, left_s: float) -> Iterator[tuple[httpx.Response, Deadline]]:
        """One request, when its host has rested; at the end of the block the answer is closed and the host rests."""
        if self._failures[url.host] >= _MAX_FAILURES:
            raise UnreachableError(
                f"is not asked for: {url.host} did not answer, or was busy, {_MAX_FAILURES} times in a row"
            )
        self._pace.wait(url.host)
        deadline = self._transport.deadline(left_s)
        try:
            with closing(self._transport.send(self._request(url), deadline)) as response:
                yield response, deadline
        except UnreachableError:
            self._failures[url.host] += 1
            raise
        except NotFetchedError:
            del self._failures[url.host]  # it did answer
            raise
        finally:
            self._pace.rest(url.host, pause_s)
        del self._failures[url.host]

    def _request(self, url: httpx.URL) -> httpx.Request:
        headers = {
            "User-Agent": self._policy.user_agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1",
            "Accept-Language": "vi",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        return httpx.Request("GET", url, headers=headers)

    def _target(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        location = response.headers.get("location")
        if not location:
            raise NotFetchedError(f"answers {response.status_code} and does not say where it went")
        try:
            joined = str(url.join(location))
        except httpx.InvalidURL as error:
            raise NotFetchedError(f"is redirected to «{location[:80]}», which is no web address") from error
        try:
            return parse_address(joined, self._policy)
        except NotFetchedError as error:
            raise type(error)(f"is redirected to «{joined[:80]}»: {error}") from error

    def _read_page(self, url: httpx.URL, response: httpx.Response, check: Check) -> Answer:
        status = response.status_code
        if status in _BUSY:
            seconds = response.headers.get("retry-after", "")
            if seconds.isascii() and seconds.isdecimal():
                self._pace.rest(url.host, min(float(seconds[:9]), self._policy.max_pause_s))
            raise UnreachableError(f"answers {status} {_phrase(status)}: try again later")
        if status != http.HTTPStatus.OK:
            raise NotFetchedError(f"answers {status} {_phrase(status)}".rstrip())
        check(response)
        max_bytes = self._policy.max_bytes
        length = response.headers.get("content-length", "")
        if length.isascii() and length.isdecimal() and int(length[:19]) > max_bytes:
            raise NotFetchedError(f"has {int(length[:19]):,} bytes, and may have {max_bytes:,}")
        data = b"".join(limit(_content(response, max_bytes), max_bytes))
        return Answer(url, response.headers.get("content-type", ""), data)

    def _permitted_pause_s(self, url: httpx.URL) -> float:
        """The pause that goes with an address, by the robots.txt of its origin, which is fetched where need be."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        read_at, robots = self._robots.pop(origin, (None, Robots()))
        now = self._monotonic()
        if read_at is None or now - read_at > KEPT_S:
            read_at, robots = now, self._fetch_robots(url.copy_with(raw_path=b"/robots.txt"))
        self._robots[origin] = (read_at, robots)
        if len(self._robots) > _MAX_ROBOTS_KEPT:
            self._robots.popitem(last=False)
        robots.check(str(url))
        return robots.pause_s(self._policy)

    def _fetch_robots(self, url: httpx.URL) -> Robots:
        try:
            return self._follow(url, lambda _: self._policy.pause_s, self._read_robots)
        except NotFetchedError as error:
            # It is `unreachable` in the sense of RFC 9309, section 2.3.1.4: nothing is allowed for now.
            return Robots(closed=f"its robots.txt could not be read ({error})")

    def _read_robots(self, _: httpx.URL, response: httpx.Response) -> Robots:
        if not response.is_success:
            return judge_status(response.status_code)
        return parse_robots(b"".join(cut(_content(response, self._policy.max_bytes), MAX_ROBOTS_BYTES)))


def _content(response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    """The body without its Content-Encoding, in pieces; what was sent has `max_bytes` at most."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    sent = limit(response.iter_raw(), max_bytes)
    if encoding in _ENCODINGS_GZIP:
        return decompress(sent)
    if encoding in {"identity", ""}:
        return sent
    raise NotFetchedError(f"is encoded as «{encoding[:40]}», which we did not ask for")


def _phrase(status: int) -> str:
    return http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else ""
