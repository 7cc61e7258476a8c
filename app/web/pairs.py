"""The page of two states: since when, at what level, what comes next, and all that is known with its sources."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.anniversaries import anniversaries_of_pair
from app.graph.lookups import events_of_pair, gaps_of_pair
from app.graph.readmodel import CountryName, Event
from app.pairs import Pair, PairState, country_name, resolve_pair, state_of_pair
from app.routes.dependencies import ServicesDep, StoreDep
from app.timeline import select_events
from app.web import timeline_chart
from app.web.addresses import country_path, event_path, pair_path
from app.web.linked_data import pair_document
from app.web.rendering import page, place_of, words_of
from app.web.timeline_chart import TimelineChart
from extractors.dates import first_date
from extractors.gazetteer import load_gazetteer

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

StatePath = Annotated[str, Path(max_length=200)]


@dataclass(frozen=True, slots=True)
class Successor:
    """A state in place of another today, and the page of its ties with the other state of the pair, or its own page."""

    country: CountryName
    path: str


@dataclass(frozen=True, slots=True)
class FormerState:
    """A state of a pair that is no more."""

    country: CountryName
    successors: tuple[Successor, ...]


@router.get("/pairs/{a}/{b}")
def pair_page(request: Request, services: ServicesDep, store: StoreDep, a: StatePath, b: StatePath) -> Response:
    """What is known of two states, given by codes or names in any order."""
    pair = resolve_pair(load_gazetteer(), a, b)
    place = place_of(request)
    if place.path != pair_path(pair.a.code, pair.b.code):
        return RedirectResponse(place.link(pair_path(pair.a.code, pair.b.code)), status_code=308)
    today = services.today()
    events = events_of_pair(store, pair.a.code, pair.b.code)
    gaps = gaps_of_pair(store, pair.a.code, pair.b.code)
    state = state_of_pair(pair, events, gaps, today)
    coming = () if state.ties == "ended" else anniversaries_of_pair(events, today)
    words = words_of(request)
    first, second = words.in_order(pair.countries)
    title = f"{words.country(first)} – {words.country(second)}"
    context: dict[str, Any] = {
        "pair": pair,
        "first": first,
        "second": second,
        "title": title,
        "state": state,
        "gaps": gaps,
        "events": select_events(events),
        "coming": coming,
        "next": next((one for one in coming if one.next is not None), None),
        "charts": _charts(events, state, today),
        "axis_height": timeline_chart.AXIS_HEIGHT,
        "ended": [_former_state(one, pair) for one in pair.countries if one.has_ended(today)],
        "event_path": event_path,
        "country_path": country_path,
        "document": pair_document(pair, title, place.canonical),
    }
    return page(request, "pair.html", context)


def _charts(events: Sequence[Event], state: PairState, today: dt.date) -> list[TimelineChart]:
    """The picture for broad pages and for narrow ones; none where no event has a place in time."""
    end = first_date(state.since).latest if state.ties == "ended" and state.since else None
    charts = (
        timeline_chart.timeline_chart(events, today, end=end, sizes=sizes)
        for sizes in (timeline_chart.BROAD, timeline_chart.NARROW)
    )
    return [chart for chart in charts if chart is not None]


def _former_state(country: CountryName, pair: Pair) -> FormerState:
    gazetteer = load_gazetteer()
    other = next(one.code for one in pair.countries if one.code != country.code)
    return FormerState(
        country,
        tuple(
            Successor(country_name(gazetteer, code), country_path(code) if code == other else pair_path(code, other))
            for code in gazetteer.states[country.code].successors
        ),
    )
