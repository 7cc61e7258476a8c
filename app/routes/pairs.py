"""Two states: how they stand, their timeline, their anniversaries."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from app.anniversaries import anniversaries_of_pair
from app.days import MAX_WINDOW_DAYS
from app.graph.lookups import events_of_pair
from app.paging import page_of
from app.pairs import state_of_pair
from app.responses import PairAnniversariesResponse, PairResponse, TimelineResponse
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    FirstDep,
    LastDep,
    OnDep,
    PagingDep,
    PairDep,
    ServicesDep,
    StoreDep,
    TypesQuery,
)
from app.timeline import select_events

router = APIRouter(prefix="/api/pairs/{a}/{b}", tags=["pairs"], responses=PROBLEM_RESPONSES)


@router.get("")
def pair_state(services: ServicesDep, store: StoreDep, pair: PairDep, on: OnDep) -> PairResponse:
    """How two states stand: their ties, their level, what is known, and their next anniversary."""
    events = events_of_pair(store, pair.a.code, pair.b.code)
    upcoming = [one for one in anniversaries_of_pair(events, on) if one.next is not None]
    return services.presenter.pair_state(pair, state_of_pair(events, on), on, upcoming[0] if upcoming else None)


@router.get("/timeline")
def timeline(
    services: ServicesDep,
    store: StoreDep,
    pair: PairDep,
    first: FirstDep,
    last: LastDep,
    paging: PagingDep,
    types: TypesQuery = None,
    order: Annotated[Literal["asc", "desc"], Query(description="Earliest or latest first")] = "asc",
) -> TimelineResponse:
    """All events between two states by date, each with its sources."""
    events = events_of_pair(store, pair.a.code, pair.b.code)
    chosen = select_events(events, first=first, last=last, types=types or (), order=order)
    page = page_of(chosen, lambda event: event.id, limit=paging.limit, cursor=paging.cursor)
    present = services.presenter
    return TimelineResponse(pair=present.pair(pair), items=[present.event(one) for one in page.items], next=page.next)


@router.get("/anniversaries")
def anniversaries(
    services: ServicesDep,
    store: StoreDep,
    pair: PairDep,
    on: OnDep,
    paging: PagingDep,
    within: Annotated[int | None, Query(ge=0, le=MAX_WINDOW_DAYS, description="Only those within so many days")] = None,
) -> PairAnniversariesResponse:
    """The anniversaries of two states, the next one first: how many years, when, and of what rank."""
    events = events_of_pair(store, pair.a.code, pair.b.code)
    found = anniversaries_of_pair(events, on, within=within)
    page = page_of(found, lambda one: one.event.id, limit=paging.limit, cursor=paging.cursor)
    present = services.presenter
    return PairAnniversariesResponse(
        pair=present.pair(pair),
        on=on,
        within=within,
        items=[present.anniversary(one) for one in page.items],
        next=page.next,
    )
