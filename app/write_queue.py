"""A queue for writing: few threads wait for the store's lock and do its work, the others stay free for readers."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread

# One writer works at a time in a store; the second reads its request meanwhile.
_PLACES = anyio.CapacityLimiter(2)

Result = TypeVar("Result")


async def write(action: Callable[[], Result]) -> Result:
    """Do something that writes, in a thread of its own, after those that came before."""
    return await to_thread.run_sync(action, limiter=_PLACES)
