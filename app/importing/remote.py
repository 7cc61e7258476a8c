"""Asking a SPARQL endpoint of others, politely: one request after another, in pages, with rests, and never without end.

Source of the rules: the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/, 2.1.2), its JSON results, and
what the operators of Wikidata's query service ask for: no requests in parallel, a User-Agent of one's own, and after a
429 a rest of Retry-After or a minute
(https://lists.wikimedia.org/hyperkitty/list/wikidata-tech@lists.wikimedia.org/message/GCR2EGQ4HFM4SWNMMTLRBYLWUJUEXZWA/).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from app.errors import BadRequestError
from app.fetching.policy import USER_AGENT
from app.importing.errors import ImportRefusedError

Row = Mapping[str, str]
"""One solution: IRIs and literals by variable, as text; a variable without a value or with a blank node is left out."""

_MAY_PASS = frozenset({429, 502, 503, 504})
_MINUTE_S = 60.0
_MAX_SHOWN_CHARS = 200


@dataclass(frozen=True, slots=True)
class Politeness:
    """How much is asked at once, how long for, and how often; sizes in bytes, times in seconds."""

    page_rows: int = 5_000
    max_pages: int = 200
    """Most pages of one query; more is taken for an endpoint that does not count."""
    pause_s: float = 1.0
    attempts: int = 4
    max_wait_s: float = 300.0
    """Longest rest that an endpoint may ask for before it is left alone."""
    timeout_s: float = 120.0
    """For one request with its whole answer; Wikidata's query service gives up a query after 60."""
    max_bytes: int = 100_000_000


class RemoteSparql:
    """An endpoint that is asked SELECT queries. `sleep` and `monotonic` are those of `time`.

    Raises:
        BadRequestError: the address is no http or https address without a user name.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
        politeness: Politeness | None = None,
    ) -> None:
        self.endpoint = _check_address(endpoint)
        self._politeness = politeness or Politeness()
        self._sleep = sleep
        self._monotonic = monotonic
        self._is_first = True

    def select(self, query: str) -> Iterator[Row]:
        """All rows of a query with an ORDER BY and no LIMIT, a page at a time.

        Raises:
            ImportRefusedError: the endpoint does not answer, or not with the rows of a query.
        """
        rows = self._politeness.page_rows
        for page in range(self._politeness.max_pages):
            found = self._ask(f"{query}\nLIMIT {rows} OFFSET {page * rows}\n")
            yield from found
            if len(found) < rows:
                return
        raise self._refusal(f"answers with more than {self._politeness.max_pages} pages of {rows} rows")

    def _ask(self, query: str) -> list[Row]:
        if not self._is_first:
            self._sleep(self._politeness.pause_s)
        self._is_first = False
        reason = ""
        for attempt in range(self._politeness.attempts):
            try:
                status, headers, body = self._post(query)
            except httpx.HTTPError as error:
                reason, wait_s = f"cannot be reached: {type(error).__name__} {error}".strip(), float(2**attempt)
            else:
                if status == httpx.codes.OK:
                    return self._rows(body)
                reason, wait_s = f"answers with status {status}", _rest_s(status, headers, attempt)
                if status not in _MAY_PASS:
                    raise self._refusal(f"{reason}: {_shown(body)}")
            if wait_s > self._politeness.max_wait_s:
                raise self._refusal(f"{reason} and wants to be left alone for {wait_s:g} s: try again then")
            if attempt + 1 < self._politeness.attempts:
                self._sleep(wait_s)
        raise self._refusal(f"{reason}, {self._politeness.attempts} times in a row")

    def _post(self, query: str) -> tuple[int, httpx.Headers, bytes]:
        headers = {"User-Agent": USER_AGENT, "Accept": "application/sparql-results+json"}
        ends_at = self._monotonic() + self._politeness.timeout_s
        body = bytearray()
        with (
            httpx.Client(timeout=self._politeness.timeout_s, headers=headers, trust_env=False) as client,
            client.stream("POST", self.endpoint, data={"query": query}) as response,
        ):
            for piece in response.iter_bytes():
                body += piece
                if len(body) > self._politeness.max_bytes:
                    raise self._refusal(f"answers with more than {self._politeness.max_bytes:,} bytes")
                if self._monotonic() > ends_at:
                    raise self._refusal(f"takes more than {self._politeness.timeout_s:g} s for one answer")
            return response.status_code, response.headers, bytes(body)

    def _rows(self, body: bytes) -> list[Row]:
        try:
            bindings = json.loads(body)["results"]["bindings"]
            return [
                {name: _text(value["value"]) for name, value in row.items() if _is_known(value)} for row in bindings
            ]
        except UnicodeEncodeError as error:
            raise self._refusal(f"answers with half a character (a lone surrogate): {_shown(body)}") from error
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            # Wikidata's service may stop in the middle of an answer that it began with status 200
            raise self._refusal(f"answers with what are no SPARQL results, or half of them: {_shown(body)}") from error

    def _refusal(self, what: str) -> ImportRefusedError:
        return ImportRefusedError(f"{self.endpoint} {what}. Nothing was imported.")


def _check_address(endpoint: str) -> str:
    try:
        urlsplit(endpoint)  # finds faults that httpx finds only when it connects
        url = httpx.URL(endpoint)
    except (httpx.InvalidURL, ValueError) as error:
        raise BadRequestError(f"«{endpoint}» is no address of a SPARQL endpoint: {error}.") from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise BadRequestError(
            f"«{endpoint}» is no address of a SPARQL endpoint: give http:// or https:// without a user name."
        )
    return str(url)


def _is_known(value: dict[str, Any]) -> bool:
    """Whether a value is an IRI or a literal: an unknown value of Wikidata is a blank node, or stands for one."""
    return value["type"] != "bnode" and "/.well-known/genid/" not in value["value"]


def _text(value: str) -> str:
    """A text that can be written as UTF-8.

    Raises:
        UnicodeEncodeError: it cannot.
    """
    value.encode()
    return value


def _rest_s(status: int, headers: httpx.Headers, attempt: int) -> float:
    asked = headers.get("Retry-After", "")
    if asked.isdecimal():
        return float(asked)
    return _MINUTE_S if status == httpx.codes.TOO_MANY_REQUESTS else float(2**attempt)


def _shown(body: bytes) -> str:
    text = " ".join(body[: 2 * _MAX_SHOWN_CHARS].decode("utf-8", "replace").split())
    return f"«{text[:_MAX_SHOWN_CHARS]}»" if text else "nothing"
