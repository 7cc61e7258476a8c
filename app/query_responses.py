"""The response to a query: what the pool of children answers, on its way to the client that still waits for it."""

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.deliveries import LARGE_BYTES, Deliveries, LargeAnswer
from app.graph.repositories import Reader
from app.querying.pool import ClientGoneError, QueryPool
from app.rdf_answers import VARY
from app.sparql_protocol import Query

# Nobody reads it; nginx' word for it, so that it is known in logs.
_CLIENT_CLOSED_REQUEST = 499


async def respond(
    queries: QueryPool, deliveries: Deliveries, snapshots: Reader, query: Query, request: Request
) -> Response:
    """The answer of the current snapshot to the query of a request whose body has been read.

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
        answer = await queries.answer(store.address, query, request.headers.get("accept"), gone)
    except ClientGoneError:
        return Response(status_code=_CLIENT_CLOSED_REQUEST)
    if len(answer.body) >= LARGE_BYTES:
        return LargeAnswer(answer.body, answer.media_type, VARY, deliveries)
    return Response(answer.body, media_type=answer.media_type, headers=VARY)
