"""What goes wrong with a disk while a store is written, told as what it is."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import StoreDamagedError, StoreFullError

# What pyoxigraph 0.5 raises for files that it cannot read or write: RuntimeError where RocksDB calls them corrupt.
ENGINE_ERRORS = (OSError, RuntimeError)

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# RocksDB gives no number, only the words of the system
_NO_ROOM_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")


@contextmanager
def writing() -> Iterator[None]:
    """A block in which only a store is written: no reading of inputs, whose faults are others.

    Raises:
        StoreFullError: there is no room for it.
        StoreDamagedError: it cannot be written for another reason.

    """
    try:
        yield
    except ENGINE_ERRORS as error:
        if is_for_room(error):
            raise no_room() from error
        raise StoreDamagedError(f"The graph cannot be written: {error}") from error


def no_room() -> StoreFullError:
    """What a full disk is told as."""
    return StoreFullError("There is no room to write the graph: nothing of this was stored. Make room, and repeat it.")


def is_for_room(error: Exception) -> bool:
    """Whether a disk is full, or a file as large as it may be."""
    return getattr(error, "errno", None) in _NO_ROOM or any(words in str(error) for words in _NO_ROOM_WORDS)
