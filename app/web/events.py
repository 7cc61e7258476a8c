"""The page of an event: what the graph holds to be so, and who says so."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from app.anniversaries import ANNIVERSARY_TYPES, anniversary_of
from app.graph.lookups import event_by_id
from app.routes.dependencies import ServicesDep, StoreDep
from app.web.addresses import country_path, pair_path
from app.web.linked_data import event_document
from app.web.rendering import page, place_of, words_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/events/{event_id}")
def event_page(
    request: Request, services: ServicesDep, store: StoreDep, event_id: Annotated[str, Path(max_length=500)]
) -> HTMLResponse:
    """One event with its sources, and the dates that other sources give."""
    event = event_by_id(store, event_id)
    today = services.today()
    comes_round = event.type in ANNIVERSARY_TYPES and not event.has_ended(today)
    context = {
        "event": event,
        "coming": anniversary_of(event, today) if comes_round else None,
        "pair_path": pair_path,
        "country_path": country_path,
        "document": event_document(event, words_of(request), place_of(request).canonical),
    }
    return page(request, "event.html", context)
