"""What may be done to a snapshot that is being made."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad

from app.graph.digests import GraphDigest
from app.graph.store import GraphStore


class Draft(GraphStore, Protocol):
    """A graph that nobody reads yet: published when its maker is done, forgotten where that raises."""

    def change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take away what is there of `removed`, then add what is not there of `added`."""

    def rewrite(self, write: Callable[[Path, GraphDigest], GraphDigest]) -> None:
        """Let someone else write it, who is given its directory and digest, and tells the digest that it then has."""
