"""Whether the service is alive, whether it is ready, what it serves, and what it counts."""

import threading

from cachetools import LRUCache
from fastapi import APIRouter, Response

from app.documented_answers import answer, problems
from app.errors import BanggiaoError, NotReadyError
from app.graph.layout import EMPTY_SNAPSHOT_ID
from app.graph.lookups import counts
from app.graph.readmodel import Counts
from app.graph.repositories import count_of, published_at
from app.graph.store import GraphStore
from app.metrics import MEDIA_TYPE, SnapshotMetrics, exposition
from app.responses import HealthResponse, ReadyResponse
from app.routes.dependencies import Services, ServicesDep

router = APIRouter(tags=["operation"], responses=problems(503))

_METRICS = "# HELP banggiao_snapshot_age_seconds Time since the snapshot was published\n"
_NO_STORE = {"Cache-Control": "no-store"}
_counted: LRUCache[str, Counts] = LRUCache(4)
_counting = threading.Lock()


@router.get("/health", summary="Whether the service is alive")
def health(services: ServicesDep, response: Response) -> HealthResponse:
    """Alive; `degraded` when the current snapshot cannot be read: the one before it is served, or none."""
    response.headers.update(_NO_STORE)
    try:
        store = services.snapshots.store()
        found = counted(store)
    except BanggiaoError as error:
        return HealthResponse(status="degraded", reason=str(error), snapshot=None, articles=0, claims=0, events=0)
    damage = services.snapshots.damage
    return HealthResponse(
        status="degraded" if damage else "ok",
        reason=damage,
        snapshot=store.snapshot_id,
        articles=found.articles,
        claims=found.claims,
        events=found.events,
    )


@router.get("/ready", summary="Whether there is a snapshot to serve")
def ready(services: ServicesDep, response: Response) -> ReadyResponse:
    """Whether there is a snapshot to serve; a balancer of loads asks this."""
    response.headers.update(_NO_STORE)
    store = services.snapshots.store()
    if store.snapshot_id == EMPTY_SNAPSHOT_ID:
        raise NotReadyError("No snapshot was published in this store yet: run `banggiao build` or `banggiao ingest`.")
    return ReadyResponse(status="ready", snapshot=store.snapshot_id)


@router.get(
    "/metrics",
    summary="What the service counts and times",
    response_class=Response,
    responses={200: answer("Prometheus' text format", {"text/plain": _METRICS})},
)
def metrics(services: ServicesDep) -> Response:
    """What the service counts and times, in Prometheus' text format."""
    body = exposition(_snapshot_metrics(services), services.settings.metrics_dir)
    return Response(body, media_type=MEDIA_TYPE, headers=_NO_STORE)


def counted(store: GraphStore) -> Counts:
    """How much the graph holds: counted once for a snapshot, one request at a time."""
    with _counting:
        if store.snapshot_id not in _counted:
            _counted[store.snapshot_id] = counts(store)
        return _counted[store.snapshot_id]


def _snapshot_metrics(services: Services) -> SnapshotMetrics | None:
    address = services.settings.address
    try:
        snapshot_id = services.snapshots.store().snapshot_id
        quads, published = count_of(address, snapshot_id), published_at(address)
    except BanggiaoError:
        return None
    return SnapshotMetrics(snapshot_id, published, quads, services.now())
