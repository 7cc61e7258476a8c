"""Two states: how they stand, their timeline, their anniversaries."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app.anniversaries import ANNIVERSARY_TYPES, anniversaries_of_pair
from app.days import MAX_DAYS_AHEAD, check_order
from app.graph.lookups import events_of, events_of_pair, gaps_of_pair, ids_of_pair, of_types
from app.json_answers import json_response
from app.paging import page_of
from app.pairs import state_of_pair
from app.rdf_answers import RDF_RESPONSES, in_format
from app.responses import PairAnniversariesResponse, PairResponse, TimelineResponse
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    FirstDep,
    FormatDep,
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


@router.get("", summary="How two states stand", response_model=PairResponse, responses=RDF_RESPONSES)
def pair_state(services: ServicesDep, store: StoreDep, pair: PairDep, on: OnDep, wanted: FormatDep) -> Response:
    """How two states stand: their ties, their level, what is known, and their next anniversary."""

    def answer() -> PairResponse:
        events = events_of_pair(store, pair.a.code, pair.b.code)
        gaps = gaps_of_pair(store, pair.a.code, pair.b.code)
        state = state_of_pair(pair, events, gaps, on)
        coming = () if state.ties == "ended" else anniversaries_of_pair(events, on)
        following = next((one for one in coming if one.next is not None), None)
        return services.presenter.pair_state(pair, state, gaps, on, following)

    return in_format(wanted, store, pair.iri, answer)


@router.get(
    "/timeline",
    operation_id="pair_timeline",
    summary="The timeline of two states",
    response_model=TimelineResponse,
)
def timeline(
    services: ServicesDep,
    store: StoreDep,
    pair: PairDep,
    first: FirstDep,
    last: LastDep,
    paging: PagingDep,
    types: TypesQuery = None,
    order: Annotated[Literal["asc", "desc"], Query(description="Earliest or latest first", examples=["desc"])] = "asc",
) -> Response:
    """All events between two states by date, each with its sources."""
    check_order(first, last)
    events = events_of_pair(store, pair.a.code, pair.b.code)
    chosen = select_events(events, first=first, last=last, types=types or (), order=order)
    page = page_of(chosen, lambda event: event.id, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    present = services.presenter
    items = [present.event(one) for one in page.items]
    return json_response(TimelineResponse(pair=present.pair(pair), items=items, next=page.next))


@router.get(
    "/anniversaries",
    operation_id="pair_anniversaries",
    summary="The anniversaries of two states",
    response_model=PairAnniversariesResponse,
)
def anniversaries(
    services: ServicesDep,
    store: StoreDep,
    pair: PairDep,
    on: OnDep,
    paging: PagingDep,
    within: Annotated[
        int | None,
        Query(ge=0, le=MAX_DAYS_AHEAD, description="Only those within so many days; all without it", examples=[365]),
    ] = None,
) -> Response:
    """The anniversaries of two states, the next one first: how many years, when, and of what rank."""
    ids = ids_of_pair(store, pair.a.code, pair.b.code)
    events = events_of(store, of_types(ids, ANNIVERSARY_TYPES))
    found = anniversaries_of_pair(events, on, within=within)
    page = page_of(found, lambda one: one.event.id, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    present = services.presenter
    items = [present.anniversary(one) for one in page.items]
    return json_response(
        PairAnniversariesResponse(pair=present.pair(pair), on=on, within=within, items=items, next=page.next)
    )
