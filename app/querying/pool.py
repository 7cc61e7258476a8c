"""The pool of child processes that answer queries: one query a child, the others wait in a bounded queue.

As many short queries run at once as there are processors for them: more would drive what the others have read out of
the processors' caches, and be done no sooner. The other children are there for when long queries run.

Everything here runs in one event loop, so that nothing needs a lock. A child that is ended takes its own query with it
and nothing else: each has a connection of its own, and queries wait here, not in a pipe.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from app.errors import (
    BanggiaoError,
    QueryLostError,
    QueryTimeoutError,
    ServerBusyError,
    TooLargeError,
)
from app.querying import metrics
from app.querying.answers import Answer
from app.querying.child import out_of_memory
from app.querying.children import Child
from app.querying.jobs import Job, fail_when_gone
from app.querying.limits import QueryLimits
from app.querying.messages import Address, Reply, Request, pack
from app.sparql_protocol import Query

_WATCH_AFTER_S = 0.05
"""Most queries are answered before anyone need ask whether their client is still there."""
_LONG_S = 0.05
"""A query that runs longer does not keep the next from running beside it."""
_RESTART_PAUSE_S = 1.0
_ROOM_FOR_GRAPHS_BYTES = 20_000
# How a process ends that is refused memory outside Python.
_OUT_OF_MEMORY = "SIGABRT"
_LOST = (
    "The process that ran the query ended by itself ({}): repeat it, and if that happens again, make it smaller or "
    "less deeply nested."
)
_log = logging.getLogger(__name__)


class QueryPool:
    """Answers queries in child processes; see `QueryLimits`."""

    def __init__(self, limits: QueryLimits) -> None:
        self._limits = limits
        self._address: Address = None
        self._idle: list[Child] = []
        self._jobs: dict[Child, Job | None] = {}
        self._waiting: dict[Job, None] = {}  # in the order of arrival
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    @asynccontextmanager
    async def running(self, address: Address) -> AsyncIterator[None]:
        """Have children that hold the graph at an address; end them, and what they run, at the end."""
        self._address, self._is_open = address, True
        for _ in range(self._limits.processes):
            self._start_child()
        try:
            yield
        finally:
            self._is_open = False
            for job in (*self._waiting, *filter(None, self._jobs.values())):
                job.fail(ServerBusyError("The service is being stopped: ask again in a moment."))
            for child in tuple(self._jobs):
                child.kill()
            await asyncio.gather(*self._tasks)

    def check_room(self, given_bytes: int) -> None:
        """Refuse a request before it is decoded, where it would be refused afterwards.

        Raises:
            TooLargeError: so many bytes are too many even where each byte of the query is written as three.
            ServerBusyError: the queue is full.
        """
        try:
            self._check_length(given_bytes, 3 * self._limits.max_query_bytes + _ROOM_FOR_GRAPHS_BYTES)
            self._check_queue()
        except BanggiaoError as error:
            metrics.queries.labels(metrics.outcome_of(error)).inc()
            raise

    def _check_length(self, found_bytes: int, most_bytes: int) -> None:
        if found_bytes > most_bytes:
            raise TooLargeError(f"This has {found_bytes} bytes; a query has at most {self._limits.max_query_bytes}.")

    def _check_queue(self) -> None:
        # a child that is idle for want of a processor is as good as a place to wait
        if len(self._waiting) >= self._limits.max_queued + len(self._idle):
            raise ServerBusyError(f"{len(self._waiting)} queries wait here already: wait a moment, and repeat.")

    async def answer(
        self, address: Address, query: Query, accept: str | None, gone: Callable[[], Awaitable[None]]
    ) -> Answer:
        """The answer of the graph at an address; `gone` returns when the client has closed its connection.

        Raises:
            QuerySyntaxError, BadRequestError, NotAcceptableError: the request is at fault.
            TooLargeError, QueryMemoryError, QueryTimeoutError, ServerBusyError: a limit is reached.
            QueryLostError: the child that ran the query ended by itself.
            ClientGoneError: nobody waits for the answer.
        """
        began_s = time.perf_counter()
        outcome = "gone"
        try:
            answer = await self._answer(address, query, accept, gone)
            outcome = "answered"
            return answer
        except BanggiaoError as error:
            outcome = metrics.outcome_of(error)
            raise
        finally:
            metrics.queries.labels(outcome).inc()
            metrics.seconds.observe(time.perf_counter() - began_s)

    async def _answer(
        self, address: Address, query: Query, accept: str | None, gone: Callable[[], Awaitable[None]]
    ) -> Answer:
        text = query.text.encode()
        self._check_length(len(text), self._limits.max_query_bytes)
        self._check_queue()
        self._address = address
        request = Request(address, query.default_graphs, query.named_graphs, query.base_iri, accept)
        loop = asyncio.get_running_loop()
        job = Job(pack(request, text), gone, loop.create_future())
        watch = loop.call_later(_WATCH_AFTER_S, self._watch, job)
        if self._has_room():
            self._run(job, self._idle.pop())
        else:
            self._waiting[job] = None
            metrics.queued.inc()
            job.deadline = loop.call_later(self._limits.timeout_s, self._end_wait, job)
        try:
            return await job.future
        finally:
            watch.cancel()
            self._forget(job)

    def _run(self, job: Job, child: Child) -> None:
        self._jobs[child], job.child = job, child
        loop = asyncio.get_running_loop()
        job.deadline = loop.call_later(self._limits.timeout_s, self._end_run, job)
        job.until_long = loop.call_later(_LONG_S, self._turn_long, job)
        metrics.running.inc()
        child.ask(job.message)

    def _has_room(self) -> bool:
        """Whether a child is idle, and a processor for it."""
        short = sum(1 for job in self._jobs.values() if job is not None and not job.is_long)
        return bool(self._idle) and short < self._limits.short_at_once

    def _turn_long(self, job: Job) -> None:
        job.is_long = True
        self._hand_out()

    def _watch(self, job: Job) -> None:
        job.watcher = asyncio.create_task(fail_when_gone(job))

    def _end_wait(self, job: Job) -> None:
        job.fail(
            ServerBusyError(
                f"The query waited {self._limits.timeout_s:g} s for others to end: wait a moment, and repeat."
            )
        )

    def _end_run(self, job: Job) -> None:
        job.fail(
            QueryTimeoutError(
                f"The query ran for {self._limits.timeout_s:g} s and was ended: make it smaller, say with a LIMIT or "
                "by naming a state, or run it on a copy of the data."
            )
        )

    def _forget(self, job: Job) -> None:
        """Nobody waits for a query any more, for whatever reason: it leaves the queue, or its child is ended."""
        for handle in (job.deadline, job.until_long, job.watcher):
            if handle is not None:
                handle.cancel()
        if job.child is not None:
            self._replace(job.child, "ended with its query")
        elif job in self._waiting:
            self._leave_queue(job)

    def _leave_queue(self, job: Job) -> None:
        del self._waiting[job]
        metrics.queued.dec()
        if job.deadline is not None:
            job.deadline.cancel()

    def _on_reply(self, child: Child, reply: Reply, body: bytes) -> None:
        """A child is ready for its first query, or has answered one."""
        job = self._take_job(child)
        if job is not None and reply.error is not None:
            job.fail(reply.error)
        elif job is not None and not job.future.done():
            job.future.set_result(Answer(body, reply.media_type))
        if reply.is_last:
            self._replace(child, "worn out")
        else:
            self._idle.append(child)
            self._hand_out()

    def _take_job(self, child: Child) -> Job | None:
        """The query that a child runs, which it runs no more."""
        job, self._jobs[child] = self._jobs[child], None
        if job is not None:
            job.child = None
            metrics.running.dec()
        return job

    def _hand_out(self) -> None:
        """Give those that wait to idle children, while there is room."""
        while self._waiting and self._has_room():
            job = next(iter(self._waiting))
            self._leave_queue(job)
            if not job.future.done():
                self._run(job, self._idle.pop())

    def _start_child(self) -> None:
        if self._is_open:
            self._keep(self._start())

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside; the loop itself would forget it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self) -> None:
        child = Child(self._on_reply, self._on_end)
        self._jobs[child] = None
        try:
            await child.start(self._limits, self._address)
        except (OSError, EOFError) as error:
            _log.error("A child for queries cannot be started: %s", error)
            self._on_end(child)
        if not self._is_open:
            child.kill()

    def _replace(self, child: Child, reason: str) -> None:
        """End a child, and start another in its place."""
        self._take_job(child)
        del self._jobs[child]
        child.kill()
        metrics.children_replaced.labels(reason).inc()
        self._start_child()
        self._hand_out()

    def _on_end(self, child: Child) -> None:
        """A child's connection has ended; where that was not our doing, its query must be told."""
        if child not in self._jobs:
            return
        job = self._take_job(child)
        del self._jobs[child]
        if child in self._idle:
            self._idle.remove(child)
        if not self._is_open:
            return
        if job is not None:
            self._keep(self._tell_fate(job, child))
        metrics.children_replaced.labels("lost").inc()
        self._hand_out()
        # one that could not even start may not be able to the next moment either
        pause_s = 0.0 if child.is_ready else _RESTART_PAUSE_S
        asyncio.get_running_loop().call_later(pause_s, self._start_child)

    async def _tell_fate(self, job: Job, child: Child) -> None:
        fate = await child.fate()
        _log.warning("A child for queries ended while it ran one: %s", fate)
        job.fail(out_of_memory(self._limits) if fate == _OUT_OF_MEMORY else QueryLostError(_LOST.format(fate)))
