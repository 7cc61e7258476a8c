"""A day of the year: all that happened on it, by year, whether anyone keeps the day or not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.anniversaries import ANNIVERSARY_TYPES, Anniversary, anniversaries_in_window, anniversary_day
from app.days import parse_day_of_year
from app.graph.calendar_lookups import ids_by_year
from app.graph.lookups import events_of, of_types
from app.graph.readmodel import Event
from app.graph.store import GraphStore
from app.paging import page_of
from app.routes.dependencies import ServicesDep, StoreDep
from app.web.addresses import day_path, place_of_event, year_path
from app.web.rendering import page, place_of, words_of
from extractors.dates import PartialDate, first_date

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_EVENTS_SHOWN = 50
_LEAP_YEAR = 2000
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_KEEPING_DAY, _LEAP_DAY = PartialDate(None, 2, 28), PartialDate(None, 2, 29)


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event, and how it comes round this year: None where it does not."""

    event: Event
    coming: Anniversary | None


@dataclass(frozen=True, slots=True)
class PastYear:
    """The events of a year, and how many years it is from it to this one; both None for days without a year."""

    year: int | None
    years: int | None
    events: tuple[PastEvent, ...]


@router.get("/on-this-day")
def to_a_day(
    request: Request, services: ServicesDep, month: Annotated[str, Query()] = "", day: Annotated[str, Query()] = ""
) -> Response:
    """Leads to today in Hà Nội, or to the day that was chosen in the form."""
    today = services.today()
    chosen = parse_day_of_year(month, day, today) if month or day else PartialDate(None, today.month, today.day)
    return RedirectResponse(place_of(request).link(day_path(chosen)), status_code=303)


@router.get("/on-this-day/{month}/{day}")
def on_this_day(
    request: Request,
    services: ServicesDep,
    store: StoreDep,
    month: str,
    day: str,
    cursor: Annotated[str | None, Query()] = None,
) -> Response:
    """Every event of a day of the year, of all types; on 28 February also what is kept then of the 29th."""
    today = services.today()
    asked = parse_day_of_year(month, day, today)
    place = place_of(request)
    if place.path != day_path(asked):
        return RedirectResponse(place.link(day_path(asked)), status_code=308)
    found = page_of(_ids(store, asked), str, limit=_EVENTS_SHOWN, cursor=cursor)
    is_first = cursor is None
    words = words_of(request)
    context = {
        "day": asked,
        "name": words.date(asked),
        "today": today,
        "is_today": (asked.month, asked.day) == (today.month, today.day),
        "before": _beside(asked, -1),
        "after": _beside(asked, 1),
        "is_first": is_first,
        "years": _by_year(events_of(store, found.items), today.year),
        "leap_day": _LEAP_DAY,
        "kept": _kept_of_leap_day(store, today.year) if asked == _KEEPING_DAY and is_first else (),
        "next": found.next,
        "month_names": [(number, words.locale.months["stand-alone"]["wide"][number]) for number in _MONTHS],
        "day_numbers": _DAYS,
        "day_path": day_path,
        "year_path": year_path,
        "place_of_event": place_of_event,
    }
    return page(request, "on_this_day.html", context)


def _key(day: PartialDate) -> str:
    return f"{day.month:02}-{day.day:02}"


def _ids(store: GraphStore, day: PartialDate) -> tuple[str, ...]:
    """The ids of the events of a day, by year."""
    return tuple(one for _, one in ids_by_year(store, _key(day)))


def _beside(day: PartialDate, days: int) -> PartialDate:
    """The day of the year so many days later; there is a 29 February."""
    found = dt.date.fromisoformat(f"{_LEAP_YEAR}-{_key(day)}") + dt.timedelta(days=days)
    return PartialDate(None, found.month, found.day)


def _by_year(events: Iterable[Event], this_year: int) -> tuple[PastYear, ...]:
    """Events, which come by year, with how many years it is this year."""
    return tuple(
        PastYear(
            year, None if year is None else this_year - year, tuple(_as_of(event, this_year) for event in of_that_year)
        )
        for year, of_that_year in groupby(events, key=lambda event: first_date(event.date).year)
    )


def _as_of(event: Event, year: int) -> PastEvent:
    day = anniversary_day(first_date(event.date), year)
    found = anniversaries_in_window([event], day, day)
    return PastEvent(event, found[0] if found else None)


def _kept_of_leap_day(store: GraphStore, this_year: int) -> tuple[PastYear, ...]:
    """What has its anniversary on 28 February in years without a 29th."""
    ids = of_types(_ids(store, _LEAP_DAY), ANNIVERSARY_TYPES)[:_EVENTS_SHOWN]
    on = anniversary_day(_KEEPING_DAY, this_year)
    return _by_year((event for event in events_of(store, ids) if not event.has_ended(on)), this_year)
