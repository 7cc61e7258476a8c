"""What comes round between two days, all states or one: found in order, so that a page costs what it shows.

A day of a large graph holds thousands of events. What can come round on it is told from their ids first; only what is
left is read, as far as the page needs it, and judged by the rules of anniversaries.py.
"""

import calendar
import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from app.anniversaries import ANNIVERSARY_TYPES, Anniversary, anniversaries_in_window, place_of, rank_of
from app.graph.calendar_lookups import ids_in_calendar, years_by_id
from app.graph.calendar_places import YEAR_PLACE, calendar_place
from app.graph.lookups import events_of, ids_of_groups
from app.graph.store import GraphStore
from app.paging import Page, foreign_cursor, page_from, read_cursor
from app.windows import years_of_window
from extractors.dates import DateError, of_day, parse_partial_date

# Candidates that are looked at together.
_AT_ONCE = 250
_PAGE_AT_ONCE = 51


@dataclass(frozen=True, slots=True)
class Window:
    """Which anniversaries are asked for: from `first` to `last`, both included; of a state, some types, some ranks.

    No types are all that have anniversaries, no ranks are all.
    """

    first: dt.date
    last: dt.date
    country: str | None = None
    types: Collection[str] = ()
    ranks: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the list: a day, or the months and years that begin on one; `of_year` are its places of the year."""

    is_period: bool
    start: dt.date
    of_year: tuple[str, ...]

    @property
    def place(self) -> tuple[bool, dt.date]:
        return self.is_period, self.start


_Candidate = tuple[_Slot, str]
"""A place in the list, and the id of an event that may stand there."""


def upcoming_anniversaries(store: GraphStore, window: Window, *, at_once: int = _AT_ONCE) -> Iterator[Anniversary]:
    """The anniversaries of a window, nearest first; `at_once` of them are read together, as they are asked for."""
    candidates = ((slot, one) for slot in _slots(window) for one in _ids(store, slot, window))
    return _found(store, window, candidates, at_once)


def upcoming_periods(store: GraphStore, window: Window) -> Iterator[Anniversary]:
    """Those of a window that have no day, because they are known to the month or the year only; by month and year."""
    slots = (slot for slot in _slots(window) if slot.is_period)
    candidates = ((slot, one) for slot in slots for one in _ids(store, slot, window))
    return _found(store, window, candidates, _AT_ONCE)


def upcoming_page(store: GraphStore, window: Window, *, limit: int, cursor: str | None = None) -> Page[Anniversary]:
    """The `limit` anniversaries of a window after the one that the cursor names.

    Raises:
        BadRequestError: the cursor is of another list, or no cursor at all.
    """
    slots = _slots(window)
    passed = ""
    if cursor is not None:
        period, _, passed = read_cursor(cursor).partition(" ")
        slots = [slot for slot in slots if slot.place >= _place(period)]
        if not slots or slots[0].place != _place(period) or passed not in _all_ids(store, slots[0], window):
            raise foreign_cursor()
    candidates = (
        (slot, one) for slot in slots for one in _ids(store, slot, window) if slot is not slots[0] or one > passed
    )
    # some candidates may come to nothing: rather a few more look-ups than a whole page read for one that is missing
    found = _found(store, window, candidates, min(limit + 1, _PAGE_AT_ONCE))
    return page_from(found, lambda one: f"{one.period} {one.event.id}", limit=limit)


def _slots(window: Window) -> list[_Slot]:
    """The places of a window in the order of the list: its days, then its months and years by their first day."""
    days = [window.first + dt.timedelta(days=offset) for offset in range((window.last - window.first).days + 1)]
    slots = [_Slot(is_period=False, start=day, of_year=_of_day(day)) for day in days]
    months = {dt.date(day.year, day.month, 1) for day in days}
    years = {dt.date(year, 1, 1) for year in years_of_window(window.first, window.last)}
    for start in sorted(months | years):
        places = [f"{start:%m}"] * (start in months) + [YEAR_PLACE] * (start in years)
        slots.append(_Slot(is_period=True, start=start, of_year=tuple(places)))
    return slots


def _of_day(day: dt.date) -> tuple[str, ...]:
    place = calendar_place(of_day(day))
    return (place, "02-29") if place == "02-28" and not calendar.isleap(day.year) else (place,)


def _place(period: str) -> tuple[bool, dt.date]:
    """The place of a period such as `2027-09-23`, `2027-09` or `2027`.

    Raises:
        BadRequestError: it is none.
    """
    try:
        date = parse_partial_date(period)
    except DateError as error:
        raise foreign_cursor() from error
    return date.precision != "day", date.earliest


def _all_ids(store: GraphStore, slot: _Slot, window: Window) -> Collection[str]:
    """The ids of the events of the types asked for that may come round then, sorted."""
    return ids_in_calendar(store, window.types or ANNIVERSARY_TYPES, slot.of_year)


def _of_ranks(store: GraphStore, slot: _Slot, window: Window) -> Iterator[str]:
    """Those of the ranks that are asked for, as far as their years tell."""
    years = years_by_id(store, window.types or ANNIVERSARY_TYPES, slot.of_year)
    return (one for one, year in years.items() if not year or rank_of(slot.start.year - year) in window.ranks)


def _ids(store: GraphStore, slot: _Slot, window: Window) -> Iterator[str]:
    """Those of the state and the ranks that are asked for, as far as ids and years tell."""
    for one in _of_ranks(store, slot, window) if window.ranks else _all_ids(store, slot, window):
        if window.country is None or _may_be_of(store, one, window.country):
            yield one


def _may_be_of(store: GraphStore, event_id: str, code: str) -> bool:
    # only codes are in capitals; an id names all states of its event where those are not more than two
    return code in event_id.split("-") or event_id in ids_of_groups(store)


def _found(store: GraphStore, window: Window, candidates: Iterator[_Candidate], at_once: int) -> Iterator[Anniversary]:
    """The anniversaries that candidates turn out to be, in their order."""
    while batch := list(islice(candidates, at_once)):
        events = {event.id: event for event in events_of(store, dict.fromkeys(one for _, one in batch))}
        for slot, one in batch:
            event = events[one]
            if window.country is not None and window.country not in {state.code for state in event.countries}:
                continue
            items = anniversaries_in_window(
                [event], window.first, window.last, types=window.types or ANNIVERSARY_TYPES, ranks=window.ranks
            )
            yield from (item for item in items if place_of(item)[:2] == slot.place)
