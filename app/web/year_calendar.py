"""A year at a glance: twelve months with what comes round in them, to hang on a wall."""

import calendar
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.anniversaries import Anniversary, Rank
from app.days import CALENDAR_YEARS, parse_calendar_year
from app.graph.kept import Kept
from app.graph.lookups import countries
from app.graph.ontology import lower_first
from app.graph.store import GraphStore
from app.pairs import country_name
from app.routes.dependencies import ServicesDep, StoreDep
from app.upcoming import Window, upcoming_anniversaries, upcoming_periods
from app.web.addresses import day_path, place_of_event, year_path
from app.web.rendering import page, place_of, words_of
from app.wording import Words
from extractors.dates import of_day
from extractors.gazetteer import load_gazetteer

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_HOME = "VN"
_ALL_STATES = "all"
_LISTED = 40
"""Most anniversaries that are listed of a month, so that the page stays one of large graphs too."""
_MILESTONES: tuple[Rank, ...] = ("round", "half-round")
_LISTED_WITHOUT_DAY = 120
# Ten years; a month with all that is listed takes some 100 kB.
_KEPT_MONTHS = 120
_months: Kept[tuple[Anniversary, ...]] = Kept(_KEPT_MONTHS)
_WEEKDAYS = range(7)
# Of these the other state and the kind say all; which of two states recognised the other is told by the full label.
_NAMED_BY_PARTNER = frozenset({"established", "normalised", "partnership"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An anniversary as it is listed: what it is called in short, and (if that does not say it) its kind."""

    found: Anniversary
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in the table of its month: `mark` is the roundest rank of its anniversaries, `unlisted` where not all are.

    A day without either has no anniversaries.
    """

    day: dt.date
    mark: Rank | None
    is_unlisted: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its weeks from Monday to Sunday, None for days of other months; `is_cut`: not all are listed."""

    first: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]
    entries: tuple[Entry, ...]
    is_cut: bool


@router.get("/calendar")
def to_a_year(
    request: Request,
    services: ServicesDep,
    country: Annotated[str, Query(max_length=200)] = "",
    year: Annotated[str, Query()] = "",
) -> Response:
    """Leads to the calendar of this year in Hà Nội, or of the one that is asked for."""
    today = services.today()
    number = parse_calendar_year(year, today) if year else today.year
    code, _ = _chosen(country)
    return RedirectResponse(place_of(request).link(year_path(number), country=_in_links(code)), status_code=303)


@router.get("/calendar/{year}")
def year_at_a_glance(
    request: Request,
    services: ServicesDep,
    store: StoreDep,
    year: str,
    country: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The anniversaries of a state in a year, Việt Nam's without any; of all states (`all`) the round ones."""
    today = services.today()
    number = parse_calendar_year(year, today)
    place, words = place_of(request), words_of(request)
    if place.path != year_path(number):
        return RedirectResponse(place.link(year_path(number), country=country), status_code=308)
    code, ranks = _chosen(country)
    periods = tuple(islice(upcoming_periods(store, _window(number, code, ranks)), _LISTED_WITHOUT_DAY + 1))
    context = {
        "year": number,
        "today": today,
        "code": code,
        "asked": _in_links(code),
        "state": words.country(country_name(load_gazetteer(), code)) if code else None,
        "all_states": _ALL_STATES,
        "ranks": ranks,
        "months": [_month(store, number, month, code, ranks, words) for month in range(1, 13)],
        "periods": [_entry(one, code, words) for one in periods[:_LISTED_WITHOUT_DAY]],
        "is_cut": len(periods) > _LISTED_WITHOUT_DAY,
        "listed": _LISTED,
        "listed_without_day": _LISTED_WITHOUT_DAY,
        "states": words.sorted_states(countries(store)),
        "weekdays": [_weekday(words, number) for number in _WEEKDAYS],
        "month_names": words.locale.months["stand-alone"]["wide"],
        "before": number - 1 if number - 1 in CALENDAR_YEARS else None,
        "after": number + 1 if number + 1 in CALENDAR_YEARS else None,
        "year_path": year_path,
        "path_of_day": lambda day: day_path(of_day(day)),
        "place_of_event": place_of_event,
    }
    return page(request, "year_calendar.html", context)


def _chosen(country: str) -> tuple[str | None, Collection[str]]:
    """The state and the ranks that are shown."""
    asked = country.strip()
    if asked == _ALL_STATES:
        return None, _MILESTONES
    return load_gazetteer().resolve(asked) if asked else _HOME, ()


def _in_links(code: str | None) -> str | None:
    """How links name a choice of states; what is shown without any is left out of them."""
    return None if code == _HOME else code or _ALL_STATES


def _window(year: int, code: str | None, ranks: Collection[str], months: Sequence[int] = (1, 12)) -> Window:
    """A year, or some months of it from the first to the last."""
    last = calendar.monthrange(year, months[-1])[1]
    return Window(dt.date(year, months[0], 1), dt.date(year, months[-1], last), code, (), ranks)


def _month(store: GraphStore, year: int, number: int, code: str | None, ranks: Collection[str], words: Words) -> Month:
    window = _window(year, code, ranks, (number,))
    found = _months.get(store, (year, number, code, tuple(ranks)), lambda: _found(store, window))
    listed = found[:_LISTED]
    is_cut = len(found) > _LISTED
    last_listed = listed[-1].next if is_cut else None
    marks = _marks(listed)

    def cell(day: dt.date) -> Cell | None:
        if day.month != number:
            return None
        return Cell(day, marks.get(day), is_unlisted=last_listed is not None and day > last_listed)

    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(year, number)
    return Month(
        first=dt.date(year, number, 1),
        weeks=tuple(tuple(cell(day) for day in week) for week in weeks),
        entries=tuple(_entry(one, code, words) for one in listed),
        is_cut=is_cut,
    )


def _found(store: GraphStore, window: Window) -> tuple[Anniversary, ...]:
    coming = upcoming_anniversaries(store, window, at_once=_LISTED + 1)
    # what has no day comes after all that have one
    return tuple(islice(takewhile(lambda one: one.next is not None, coming), _LISTED + 1))


def _marks(found: Sequence[Anniversary]) -> dict[dt.date, Rank]:
    """The roundest rank of each day; days of every year have none, and count as other ones."""
    order: tuple[Rank, ...] = ("other", "half-round", "round")
    marks: dict[dt.date, Rank] = {}
    for rank in order:
        marks |= {one.next: rank for one in found if one.next is not None and (one.rank or "other") == rank}
    return marks


def _entry(found: Anniversary, code: str | None, words: Words) -> Entry:
    event = found.event
    others = [state for state in event.countries if state.code != code]
    if event.type not in _NAMED_BY_PARTNER or len(event.countries) != 2 or len(others) != 1:
        return Entry(found, words.label(event.label), "")
    kind = words.level(event) if event.type == "partnership" else lower_first(words.type(event.type))
    return Entry(found, words.country(others[0]), kind)


def _weekday(words: Words, number: int) -> tuple[str, str]:
    """The day of the week, Monday being 0, in short and in full."""
    names = words.locale.days["stand-alone"]
    return names["short"][number], names["wide"][number]
