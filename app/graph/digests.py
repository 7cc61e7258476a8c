"""A digest of a set of quads that can be kept up to date with what is added and removed."""

from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import Statement

_BITS = 256
_ID_DIGITS = 16


class GraphDigest:
    """The sum, modulo 2^256, of the SHA-256 of every quad's N-Quads line: order and history leave no trace in it.

    It tells equal graphs from different ones; it is no defence against someone who searches for a clash.
    """

    def __init__(self, total: int = 0, count: int = 0) -> None:
        self._total = total
        self.count = count

    @classmethod
    def parse(cls, text: str, count: int) -> "GraphDigest":
        """Read what `str` gave.

        Raises:
            ValueError: it is no number in hexadecimal.

        """
        return cls(int(text, 16), count)

    @property
    def snapshot_id(self) -> str:
        """The first 64 bits in hexadecimal: what a snapshot is called."""
        return str(self)[:_ID_DIGITS]

    def replace(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take quads that are in the set out of it, and put in others that are not."""
        for quad in removed:
            self._total -= _number(line_of(quad))
            self.count -= 1
        for quad in added:
            self._total += _number(line_of(quad))
            self.count += 1
        self._total %= 1 << _BITS

    def add_lines(self, lines: Iterable[bytes]) -> None:
        """Put in quads that are not in the set, each given as its N-Quads line without the dot at its end."""
        numbers = list(map(_number, lines))
        self.count += len(numbers)
        self._total = (self._total + sum(numbers)) % (1 << _BITS)

    def add(self, other: "GraphDigest") -> None:
        """Put in another set of quads, of which none is in this one."""
        self._total = (self._total + other._total) % (1 << _BITS)
        self.count += other.count

    def __str__(self) -> str:
        return f"{self._total:0{_BITS // 4}x}"


def line_of(quad: Quad) -> bytes:
    """The N-Quads line of a quad, without the dot at its end."""
    return str(quad).encode()


def lines_of(statements: Iterable[Statement]) -> frozenset[bytes]:
    """The lines of the quads that some statements make, as `line_of` gives them."""
    return frozenset(
        f"<{subject.value}> <{predicate.value}> {_written(value)} <{graph.value}>".encode()
        for subject, predicate, value, graph in statements
    )


def _written(value: NamedNode | Literal) -> str:
    return f"<{value.value}>" if isinstance(value, NamedNode) else str(value)


def _number(line: bytes) -> int:
    return int.from_bytes(sha256(line).digest())
