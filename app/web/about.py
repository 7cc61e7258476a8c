"""What this is: what the graph holds, how fresh it is, how its words are meant, how programs ask it."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.graph.layout import EMPTY_SNAPSHOT_ID
from app.graph.lookups import count_pages
from app.graph.repositories import published_at
from app.house import clock_in_hanoi
from app.ontology_terms import read_ontology
from app.routes.dependencies import ServicesDep, StoreDep
from app.routes.health import counted
from app.web.rendering import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

DECREE = "https://vietart.net.vn/?p=6798"
"""Where decree 145/2013/NĐ-CP was read: see app/anniversaries.py."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often events of a confidence from `low` to `high` were right; all from 0 to 1."""

    low: float
    high: float
    right: float


RELIABILITY = (
    Reliability(0.9, 1.0, 1.00),
    Reliability(0.8, 0.9, 0.99),
    Reliability(0.6, 0.8, 0.95),
    Reliability(0.0, 0.6, 0.95),
)
"""What `make calibrate` measured last, as README.md has it; a test compares."""

_DRAFT = '{"text": "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày 23/9/1993."}'


@router.get("/about")
def about(request: Request, services: ServicesDep, store: StoreDep) -> HTMLResponse:
    """What it is, what it holds, how fresh and how sure that is, whose it is, and how to ask for it."""
    published = published_at(services.settings.address)
    context = {
        "counts": counted(store),
        "cited_pages": count_pages(store),
        "snapshot": None if store.snapshot_id == EMPTY_SNAPSHOT_ID else store.snapshot_id,
        # the newest was published then, not the one before it that is served in its place
        "published": clock_in_hanoi(published) if published and not services.snapshots.damage else None,
        "damage": services.snapshots.damage,
        "reliability": RELIABILITY,
        "calls": _calls(str(request.base_url)),
        "decree": DECREE,
        "licence": read_ontology().licence,
    }
    return page(request, "about.html", context)


def _calls(root: str) -> tuple[str, ...]:
    """How to ask, in five lines."""
    return (
        f"'{root}api/pairs/VN/Azerbaijan'",
        f"'{root}api/pairs/viet%20nam/nhat%20ban/timeline?type=partnership'",
        f"'{root}api/anniversaries?country=VN&rank=round'",
        f"'{root}api/countries/VN'",
        f"'{root}api/check' -H 'Content-Type: application/json' -d '{_DRAFT}'",
    )
