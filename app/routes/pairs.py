"""Two states: how they stand, their timeline, their anniversaries."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app.anniversaries import ANNIVERSARY_TYPES, anniversaries_of_pair
from app.calendars import timeline_tables, timelinejs
from app.calendars.wording import FeedWords
from app.days import MAX_DAYS_AHEAD, check_order
from app.documented_answers import answer, problems
from app.errors import TooLargeError
from app.graph.lookups import events_of, events_of_pair, gaps_of_pair, ids_of_pair
from app.graph.readmodel import Event
from app.json_answers import JSON, json_response
from app.paging import page_of
from app.pairs import Pair, state_of_pair
from app.rdf_answers import RDF_RESPONSES, in_format
from app.responses import PairAnniversariesResponse, PairResponse, TimelineResponse
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    VARY_BY_LANGUAGE,
    FirstDep,
    FormatDep,
    LastDep,
    OnDep,
    PagingDep,
    PairDep,
    Services,
    ServicesDep,
    StoreDep,
    TypesQuery,
    WordsDep,
)
from app.timeline import select_events

TimelineFormat = Literal["json", "timelinejs", "csv"]
FormatQuery = Annotated[
    TimelineFormat,
    Query(
        alias="format",
        description="Pages in JSON, or the whole timeline for TimelineJS or for a spreadsheet",
        openapi_examples={name: {"value": name} for name in ("timelinejs", "csv", "json")},
    ),
]
_TABLE = ",".join(timeline_tables.COLUMNS)

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
    response_model=TimelineResponse | timelinejs.TimelineJsResponse,
    responses={
        200: answer("The timeline in the format that is asked for", {timeline_tables.MEDIA_TYPE: _TABLE}),
        **problems(413),
    },
)
def timeline(
    services: ServicesDep,
    store: StoreDep,
    pair: PairDep,
    first: FirstDep,
    last: LastDep,
    paging: PagingDep,
    words: WordsDep,
    types: TypesQuery = None,
    wanted: FormatQuery = "json",
    order: Annotated[Literal["asc", "desc"], Query(description="Earliest or latest first", examples=["desc"])] = "asc",
) -> Response:
    """All events between two states by date, each with its sources.

    As JSON for TimelineJS (https://timeline.knightlab.com) or as CSV it is the whole timeline, in no pages.
    """
    check_order(first, last)
    events = events_of_pair(store, pair.a.code, pair.b.code)
    chosen = select_events(events, first=first, last=last, types=types or (), order=order)
    if wanted != "json":
        return _whole_timeline(services, pair, chosen, words, wanted)
    page = page_of(chosen, lambda event: event.id, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    present = services.presenter
    items = [present.event(one) for one in page.items]
    return json_response(TimelineResponse(pair=present.pair(pair), items=items, next=page.next))


def _whole_timeline(
    services: Services, pair: Pair, events: Sequence[Event], words: FeedWords, wanted: TimelineFormat
) -> Response:
    most = services.settings.max_calendar_events
    if len(events) > most:
        raise TooLargeError(f"This timeline has more than {most} events: narrow it by ?from=, ?to= or ?type=.")
    if wanted == "csv":
        table = timeline_tables.timeline_csv(events, words, services.presenter)
        return Response(table, media_type=timeline_tables.MEDIA_TYPE, headers=VARY_BY_LANGUAGE)
    title = " – ".join(words.country(one) for one in pair.countries)
    slides = timelinejs.timelinejs(events, f"{words.say('timeline')}: {title}", words)
    return Response(slides.model_dump_json(exclude_none=True), media_type=JSON, headers=VARY_BY_LANGUAGE)


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
    events = events_of(store, ids_of_pair(store, pair.a.code, pair.b.code, ANNIVERSARY_TYPES))
    found = anniversaries_of_pair(events, on, within=within)
    page = page_of(found, lambda one: one.event.id, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    present = services.presenter
    items = [present.anniversary(one) for one in page.items]
    return json_response(
        PairAnniversariesResponse(pair=present.pair(pair), on=on, within=within, items=items, next=page.next)
    )
