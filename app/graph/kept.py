"""What was read from a snapshot and is asked for again and again, kept while there is room: a snapshot never changes.

Nothing is kept of a store that can still be written: its content changes under one name.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

from app.graph.store import EmbeddedStore, GraphStore

Found = TypeVar("Found")


class Kept(Generic[Found]):
    """The findings used last, of any snapshots; `max_size` is the sum of what `size_of` says of each."""

    def __init__(self, max_size: int, size_of: Callable[[Found], int] = lambda _: 1) -> None:
        self._lock = threading.Lock()
        self._found: LRUCache[Hashable, Found] = LRUCache(max_size, getsizeof=size_of)
        self._max_size = max_size
        self._size_of = size_of

    def get(self, store: GraphStore, key: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` finds in a store under a key; two threads may look for the same at once, and find the same."""
        if not _is_fixed(store):
            return find()
        full_key = (store.snapshot_id, key)
        with self._lock:
            if full_key in self._found:
                return self._found[full_key]
        found = find()
        if self._size_of(found) <= self._max_size:
            with self._lock:
                self._found[full_key] = found
        return found


def _is_fixed(store: GraphStore) -> bool:
    is_writable = isinstance(store, EmbeddedStore) and store.is_writable
    return bool(store.snapshot_id) and not is_writable
