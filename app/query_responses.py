"""The response to a query: what the pool of children answers, on its way to the client that still waits for it."""

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.deliveries import LARGE_BYTES, Deliveries, LargeAnswer
from app.graph.repositories import Reader
from app.query_formats import Download
from app.querying.answers import Answer
from app.querying.jobs import ClientGoneError
from app.querying.pool import QueryPool
from app.rdf_answers import VARY
from app.sparql_protocol import Query

CLIENT_CLOSED_REQUEST = 499
"""Nobody reads it; nginx' word for it, so that it is known in logs."""


async def ask(
    queries: QueryPool, snapshots: Reader, query: Query, accept: str | None, request: Request
) -> Answer | None:
    """The answer of the current snapshot, for a request whose body has been read; None where its client has gone.

    Raises:
        StoreDamagedError: there is no snapshot to ask.
        BanggiaoError: as `QueryPool.answer`.
    """

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass  # the body

    store = snapshots.store_at_hand()
    if store is None:
        store = await run_in_threadpool(snapshots.store)
    try:
        return await queries.answer(store.address, query, accept, gone)
    except ClientGoneError:
        return None


async def respond(
    queries: QueryPool,
    deliveries: Deliveries,
    snapshots: Reader,
    query: Query,
    request: Request,
    download: Download | None = None,
) -> Response:
    """The response to a query: in the format of a download, else in the one that the client likes best.

    Raises:
        BanggiaoError: as `ask`.
    """
    accept = download.media_type if download else request.headers.get("accept")
    answer = await ask(queries, snapshots, query, accept, request)
    if answer is None:
        return Response(status_code=CLIENT_CLOSED_REQUEST)
    headers = VARY | {"Content-Disposition": download.disposition} if download else VARY
    if len(answer.body) >= LARGE_BYTES:
        return LargeAnswer(answer.body, answer.media_type, headers, deliveries)
    return Response(answer.body, media_type=answer.media_type, headers=headers)
