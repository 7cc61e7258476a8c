"""How often one may ask: a rate, and what is left of it (the generic cell rate algorithm).

The libraries for it keep counters without a bound, and walk through all of them every ten milliseconds: the number of
its strangers would stop a service on the open internet. Here a client is one number, and those seen last are kept.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache

_RATE = re.compile(r"([1-9][0-9]{0,8})/(second|minute|hour|day)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_REMEMBERED_CLIENTS = 100_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tokens in so many seconds: as many may be spent at once, and come back evenly."""

    tokens: int
    seconds: int

    def shared(self, workers: int) -> "Rate":
        """The share of one of several workers, which do not know of each other's clients."""
        return Rate(max(1, math.ceil(self.tokens / workers)), self.seconds)


def parse_rate(text: str) -> Rate:
    """A rate such as `600/minute`.

    Raises:
        ValueError: it is none; says what it looks like.
    """
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise ValueError("give a number a second, minute, hour or day, such as 600/minute, or off")
    return Rate(int(found[1]), _SECONDS[found[2]])


class Buckets:
    """What each client has left (the generic cell rate algorithm: one moment for each client)."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._interval_s = rate.seconds / rate.tokens
        self._clock = clock
        self._full_at: LRUCache[str, float] = LRUCache(_REMEMBERED_CLIENTS)

    def spend(self, client: str, tokens: int) -> tuple[int, float]:
        """Take tokens: how many are left, and 0; where there are too few, none is taken, and seconds to wait."""
        now = self._clock()
        # more than a bucket holds could never be spent
        cost_s = min(tokens, self.rate.tokens) * self._interval_s
        full_at = max(self._full_at.get(client, now), now) + cost_s
        wait_s = full_at - now - self.rate.seconds
        if wait_s > 1e-9:
            return self._left(full_at - cost_s - now), wait_s
        self._full_at[client] = full_at
        return self._left(full_at - now), 0.0

    def _left(self, until_full_s: float) -> int:
        return max(0, int((self.rate.seconds - until_full_s) / self._interval_s + 1e-6))
