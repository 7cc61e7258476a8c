"""What may be done to a snapshot that is being made."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad

from app.graph.digests import GraphDigest
from app.graph.store import GraphStore


class Draft(GraphStore, Protocol):
    """A graph that is being changed: it stays so when its maker is done, and is as it was where that raises."""

    def change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take away what is there of `removed`, then add what is not there of `added`."""

    def clear(self) -> None:
        """Take everything away."""


class DirectoryDraft(Draft, Protocol):
    """A draft in a directory that nobody reads yet."""

    def rewrite(self, write: Callable[[Path, GraphDigest], GraphDigest]) -> None:
        """Let someone else write it, who is given its directory and digest, and tells the digest that it then has."""
