"""The first page: what comes round in the next days, by day, with what is round set apart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.anniversaries import ANNIVERSARY_TYPES, Anniversary, Rank
from app.graph.lookups import countries
from app.pairs import resolve_pair
from app.routes.dependencies import ServicesDep, StoreDep
from app.upcoming import Window, upcoming_page
from app.web.addresses import country_path, pair_path, place_of_event
from app.web.rendering import Place, page, place_of, words_of
from extractors.gazetteer import load_gazetteer

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

DAYS_SHOWN = (30, 90, 365)
_ITEMS_SHOWN = 100
_MILESTONES = frozenset({"round", "half-round"})


@dataclass(frozen=True, slots=True)
class Day:
    """What comes round on a day."""

    day: dt.date
    items: tuple[Anniversary, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month, which is named by its first day."""

    first: dt.date
    days: tuple[Day, ...]


@router.get("/")
def home(
    request: Request,
    services: ServicesDep,
    store: StoreDep,
    country: Annotated[str, Query(max_length=200)] = "",
    days: Annotated[int, Query(ge=1, le=DAYS_SHOWN[-1])] = DAYS_SHOWN[0],
    types: Annotated[list[str] | None, Query(alias="type")] = None,
    ranks: Annotated[list[str] | None, Query(alias="rank")] = None,
    cursor: Annotated[str | None, Query()] = None,
    a: Annotated[str, Query(max_length=200)] = "",
    b: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What comes round in the next days; ?a= and ?b= lead to what was looked up."""
    if a.strip() or b.strip():
        return RedirectResponse(_looked_up(place_of(request), a, b), status_code=303)
    today = services.today()
    code = load_gazetteer().resolve(country) if country.strip() else None
    # empty choices of a form are none
    chosen_types = [one for one in types or () if one in ANNIVERSARY_TYPES]
    chosen_ranks = [one for one in ranks or () if one in get_args(Rank)]
    window = Window(today, today + dt.timedelta(days=days), code, chosen_types, chosen_ranks)
    found = upcoming_page(store, window, limit=_ITEMS_SHOWN, cursor=cursor)
    words = words_of(request)
    return page(
        request,
        "home.html",
        {
            "q": "",
            "today": today,
            "last": window.last,
            "country": code,
            "days": days,
            "days_shown": DAYS_SHOWN,
            "type_choices": sorted((words.type(one), one) for one in ANNIVERSARY_TYPES),
            "types": chosen_types,
            "ranks": chosen_ranks,
            "rank_choices": get_args(Rank),
            "states": words.sorted_states(countries(store)),
            "is_first": cursor is None,
            "milestones": [one for one in found.items if one.rank in _MILESTONES] if not chosen_ranks else [],
            "months": months_of(found.items),
            "periods": [one for one in found.items if one.next is None],
            "next": found.next,
            "place_of_event": place_of_event,
        },
    )


def _looked_up(place: Place, a: str, b: str) -> str:
    """The page of two states, or of one alone."""
    if not (a.strip() and b.strip()):
        return place.link(country_path(load_gazetteer().resolve(a if a.strip() else b)))
    pair = resolve_pair(load_gazetteer(), a, b)
    return place.link(pair_path(pair.a.code, pair.b.code))


def months_of(found: Sequence[Anniversary]) -> tuple[Month, ...]:
    """What has a day, by day and month; the nearest first."""
    dated = [one for one in found if one.next is not None]
    days = [Day(day, tuple(items)) for day, items in groupby(dated, key=_day)]
    return tuple(Month(first, tuple(those)) for first, those in groupby(days, key=lambda day: day.day.replace(day=1)))


def _day(found: Anniversary) -> dt.date:
    assert found.next is not None  # noqa: S101  # what has no day is left out
    return found.next
