"""A query under way in the service: who waits for it, and which child runs it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.querying.answers import Answer
from app.querying.children import Child

_GRACE_S = 0.2
"""For a query whose client goes away: one that ends by itself leaves a child that has the graph at hand."""


class ClientGoneError(Exception):
    """The client of a query closed its connection: nobody waits for an answer."""


# identity, not content: two clients may ask the same
@dataclass(slots=True, eq=False)
class Job:
    """A query under way: its message, who waits for it, and the child that runs it, if one does."""

    message: bytes
    gone: Callable[[], Awaitable[None]]
    future: "asyncio.Future[Answer]"
    child: Child | None = None
    deadline: asyncio.TimerHandle | None = None
    until_long: asyncio.TimerHandle | None = None
    is_long: bool = False
    watcher: "asyncio.Task[None] | None" = None

    def fail(self, error: Exception) -> None:
        """Tell whoever waits, unless there is an answer or an error already."""
        if not self.future.done():
            self.future.set_exception(error)


async def fail_when_gone(job: Job) -> None:
    """Wait until the client of a query has closed its connection: nobody waits for the answer any more."""
    await job.gone()
    if job.child is not None:
        await asyncio.sleep(_GRACE_S)
    job.fail(ClientGoneError())
