"""Whether the service is alive, and what it serves."""

from fastapi import APIRouter

from app.errors import BanggiaoError
from app.graph.lookups import counts
from app.responses import HealthResponse
from app.routes.dependencies import ServicesDep

router = APIRouter(tags=["operation"])


@router.get("/health")
def health(services: ServicesDep) -> HealthResponse:
    """Alive; `degraded` when the current snapshot cannot be read: the one before it is served, or none."""
    try:
        store = services.snapshots.store()
        found = counts(store)
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
