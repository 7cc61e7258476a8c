"""Facts whose sources disagree, for whoever looks into them: each with all its dates, and who gives which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from app.calendars.timeline_tables import MEDIA_TYPE, timeline_csv
from app.disputes import disputed_events, disputes
from app.example_queries import example_queries
from app.graph.lookups import countries
from app.graph.readmodel import Event
from app.routes.dependencies import TYPES, PagingDep, ServicesDep, StoreDep, WordsDep
from app.web.addresses import event_path
from app.web.rendering import page, words_of
from extractors.gazetteer import load_gazetteer

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_SHOWN = 25
_QUERY = "disagreements"

StateQuery = Annotated[str, Query(max_length=200)]
TypeQuery = Annotated[str, Query(alias="type", max_length=200)]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of a type."""

    type: str
    events: tuple[Event, ...]


@router.get("/disputed")
def disputed(
    request: Request,
    services: ServicesDep,
    store: StoreDep,
    country: StateQuery = "",
    event_type: TypeQuery = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> HTMLResponse:
    """Facts of which some source gives another date, by type and date."""
    code, chosen = _code(country), _type(event_type)
    found = disputes(store, code, chosen)
    shown = disputed_events(store, found, limit=_SHOWN, cursor=cursor)
    words = words_of(request)
    context = {
        "country": code,
        "type": chosen,
        "counts": found.counts,
        "total": len(found.ids),
        "rows": min(len(found.ids), services.settings.max_items),
        "states": words.sorted_states(countries(store)),
        "groups": groups_of(shown.items),
        "next": shown.next,
        "event_path": event_path,
        "query": next(one.sparql for one in example_queries() if one.name == _QUERY),
    }
    return page(request, "disputed.html", context)


@router.get("/disputed.csv")
def disputed_table(  # what is asked for comes by name
    services: ServicesDep,
    store: StoreDep,
    words: WordsDep,
    paging: PagingDep,
    country: StateQuery = "",
    event_type: TypeQuery = "",
) -> Response:
    """The same as a table for spreadsheets; a page of it where there are very many."""
    found = disputes(store, _code(country), _type(event_type))
    shown = disputed_events(store, found, limit=paging.limit, cursor=paging.cursor)
    paging.announce(shown.next)
    return Response(timeline_csv(shown.items, words, services.presenter), media_type=MEDIA_TYPE)


def groups_of(events: Sequence[Event]) -> tuple[Group, ...]:
    """Events in order of their types, by type."""
    return tuple(Group(name, tuple(those)) for name, those in groupby(events, key=lambda event: event.type))


def _code(country: str) -> str | None:
    return load_gazetteer().resolve(country) if country.strip() else None


def _type(name: str) -> str | None:
    """A type of events; an empty choice of a form, or a word that is no type, is none."""
    return name if name in TYPES else None
