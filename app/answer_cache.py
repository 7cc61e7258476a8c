"""Answers that were given, kept by what they are answers to; as many as fit into a number of bytes."""

from dataclasses import dataclass

from cachetools import LRUCache

_OVERHEAD_BYTES = 1_000
_LARGEST_SHARE = 8
# Larger ones go out in pieces at the pace of their clients, few at once: see deliveries.py.
_LARGEST_BODY_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The headers and the body of an answer as they were sent, and the template of the address that gave it."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    template: str | None


class AnswerCache:
    """The answers asked for last. For one thread: the event loop of a worker."""

    def __init__(self, max_bytes: int) -> None:
        self.max_body_bytes = min(max_bytes // _LARGEST_SHARE, _LARGEST_BODY_BYTES)
        """The largest body that is kept: one answer does not drive out all others."""
        self._answers: LRUCache[bytes, KeptAnswer] = LRUCache(max_bytes, getsizeof=_size)

    def get(self, key: bytes) -> KeptAnswer | None:
        """The answer of a key."""
        return self._answers.get(key)

    def put(self, key: bytes, answer: KeptAnswer) -> None:
        """Keep an answer, if it is not too large; others make room for it."""
        if len(answer.body) <= self.max_body_bytes and _size(answer) <= self._answers.maxsize:
            self._answers[key] = answer


def _size(answer: KeptAnswer) -> int:
    return len(answer.body) + _OVERHEAD_BYTES
