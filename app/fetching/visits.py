"""Given addresses to payloads: pages as they are, and the pages that feeds and sitemaps list."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import httpx

from app.fetching.addresses import parse_address
from app.fetching.connections import CheckedTransport, Resolve, resolve_by_system
from app.fetching.downloads import Downloads
from app.fetching.errors import NotFetchedError
from app.fetching.listings import Listed, Listing, parse_listing
from app.fetching.policy import FetchPolicy
from app.fetching.recognition import ListDocument, check_media_type, recognise
from extractors.readers import Metadata, Payload, Unreadable
from extractors.readers.articles import hash_text

_MAX_SHOWN_CHARS = 200


def fetch_payloads(
    urls: Iterable[str],
    *,
    policy: FetchPolicy,
    sleep: Callable[[float], None],
    monotonic: Callable[[], float],
    resolve: Resolve = resolve_by_system,
    ssl_context: ssl.SSLContext | None = None,
) -> Iterator[Payload | Unreadable]:
    """Read articles from the network: each address is a page, an RSS or Atom feed, a sitemap or a sitemap index.

    Each page given or listed ends as a Payload, or as Unreadable with the reason, called by its address in normal form;
    what several lists name is read once. A list adds an Unreadable for each part of it that was left out. `given` holds
    the address at the end of the redirects, an id made of it, and the title and day that a feed states. Requests are
    made one after another, and only when the next result is asked for.

    `sleep` and `monotonic` are those of `time`; `resolve` gives a host's IP addresses; `ssl_context` is for those who
    have a certificate authority of their own.
    """
    transport = CheckedTransport(policy, monotonic=monotonic, resolve=resolve, ssl_context=ssl_context)
    visits = _Visits(policy, Downloads(policy, transport, sleep=sleep, monotonic=monotonic))
    for url in urls:
        yield from visits.visit_given(url)


@dataclass(slots=True)
class _Allowance:
    """How many more addresses may be taken from lists, below one given address."""

    left: int


class _Visits:
    """The addresses seen in one run, and how to go on from each."""

    def __init__(self, policy: FetchPolicy, downloads: Downloads) -> None:
        self._policy = policy
        self._downloads = downloads
        self._seen: set[str] = set()

    def visit_given(self, url: str) -> Iterator[Payload | Unreadable]:
        """What comes of an address that a user named."""
        return self._visit(Listed(url.strip()), 0, _Allowance(self._policy.max_listed))

    def _visit(self, listed: Listed, depth: int, allowance: _Allowance) -> Iterator[Payload | Unreadable]:
        source = _printable(listed.address)
        try:
            url = parse_address(listed.address, self._policy)
            source = str(url)
            if source in self._seen:
                if depth == 0:
                    yield Unreadable(source, "was read before in this run: it is named twice, or a list names it too")
                return
            self._seen.add(source)
            outcome = self._read(url, listed, allowance.left)
        except NotFetchedError as error:
            yield Unreadable(source, str(error))
            return
        if isinstance(outcome, Payload):
            yield outcome
        elif depth >= self._policy.max_depth:
            yield Unreadable(source, f"is a list within {depth} lists, and {self._policy.max_depth} are followed")
        else:
            allowance.left -= len(outcome.entries)
            for entry in outcome.entries:
                yield from self._visit(entry, depth + 1, allowance)
            yield from (Unreadable(source, fault) for fault in outcome.faults)

    def _read(self, url: httpx.URL, listed: Listed, max_entries: int) -> Payload | Listing:
        """Fetch an address, and tell what came back.

        Raises:
            NotFetchedError: it cannot or may not be read, or is neither page nor list.
        """
        answer = self._downloads.fetch(url, check_media_type)
        address = str(answer.url)
        self._seen.add(address)
        found = recognise(answer.media_type, answer.data, self._policy.max_bytes)
        if isinstance(found, ListDocument):
            return parse_listing(found.data, found.root, address, max_entries)
        given = Metadata(id=hash_text(address), title=listed.title, url=address, published_on=listed.published_on)
        return Payload(str(url), found.data, found.media_type, given)


def _printable(address: str) -> str:
    """What an address that may hold anything is called in a report."""
    return "".join(char if char.isprintable() else "\ufffd" for char in address[:_MAX_SHOWN_CHARS])
