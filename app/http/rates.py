"""How much one client may ask for: a bucket of tokens for each address, filled evenly."""

import ipaddress
import math
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import RateLimitedError
from app.http.exchange import exchange_of
from app.http.operational import is_operational
from app.metrics import RATE_LIMITED
from app.problems import of_error
from app.rates import Buckets, Rate

_IPV6_NETWORK_BITS = 64  # what one customer is given: their single addresses are theirs to make up
_COST_OF_QUERY = 5
_COST_OF_TEXT = 10
_PAGE = "/check"
_COSTS = {
    "/sparql": _COST_OF_QUERY,
    "/api/check": _COST_OF_TEXT,
    "/api/extract": _COST_OF_TEXT,
    _PAGE: _COST_OF_TEXT,
}


class RateLimit:
    """Answers 429 to a client that has spent its tokens; tells every limited client how many it has left.

    `spares_local` leaves out clients of this machine that come without a proxy, and those without an address.
    """

    def __init__(self, app: ASGIApp, rate: Rate, *, spares_local: bool) -> None:
        self._app = app
        self._buckets = Buckets(rate)
        self._spares_local = spares_local
        self._policy = (b"ratelimit-policy", f'"client";q={rate.tokens};w={rate.seconds}'.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 429."""
        if scope["type"] != "http" or is_operational(scope):
            await self._app(scope, receive, send)
            return
        client, is_local = _network(exchange_of(scope).client)
        if is_local and self._spares_local:
            await self._app(scope, receive, send)
            return
        left, wait_s = self._buckets.spend(client, _cost(scope))
        reset = f";t={math.ceil(wait_s)}" if wait_s else ""
        exchange_of(scope).headers.extend((self._policy, (b"ratelimit", f'"client";r={left}{reset}'.encode())))
        if not wait_s:
            await self._app(scope, receive, send)
            return
        RATE_LIMITED.inc()
        rate = self._buckets.rate
        error = RateLimitedError(
            f"Your address may ask for {rate.tokens} answers in {rate.seconds} s here (a query counts as "
            f"{_COST_OF_QUERY}, a text as {_COST_OF_TEXT}): wait {math.ceil(wait_s)} s.",
            retry_after_s=math.ceil(wait_s),
        )
        await of_error(error)(scope, receive, send)


def _cost(scope: Scope) -> int:
    """How many tokens a request takes."""
    if scope["path"] == _PAGE and scope["method"] == "GET":
        return 1  # the form alone, without a text
    return _COSTS.get(scope["path"], 1)


@lru_cache(maxsize=4096)
def _network(client: str) -> tuple[str, bool]:
    """What counts as one client, and whether it is this machine itself."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client, True  # a socket file, a test: nobody from outside
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        if mapped is not None:
            return str(mapped), mapped.is_loopback
        return str(ipaddress.ip_network((int(address), _IPV6_NETWORK_BITS), strict=False)), address.is_loopback
    return str(address), address.is_loopback
