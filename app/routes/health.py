"""Whether the service is alive, and what it serves."""

from fastapi import APIRouter

from app.documented_answers import problems
from app.graph.lookups import counts
from app.responses import HealthResponse
from app.routes.dependencies import ServicesDep, StoreDep

router = APIRouter(tags=["operation"], responses=problems(503))


@router.get("/health", summary="Whether the service is alive")
def health(services: ServicesDep, store: StoreDep) -> HealthResponse:
    """Alive; `degraded` when the current snapshot is damaged and the one before it is served."""
    found = counts(store)
    damage = services.snapshots.damage
    return HealthResponse(
        status="degraded" if damage else "ok",
        reason=damage,
        snapshot=store.snapshot_id,
        articles=found.articles,
        claims=found.claims,
        events=found.events,
    )
