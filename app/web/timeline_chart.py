"""The timeline of a pair as a picture: types as lanes, time from left to right, how precisely each date is known.

A day is a dot, a month or a year a bar of its length, a span a bar from its first to its last day. A day of which no
year is known has no place in time and is left out; the table under the picture has it. Sizes are in units of the
picture, which is drawn as wide as the page lets it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.graph.readmodel import Event
from extractors.dates import DateSpan, DateValue, first_date

WIDTH = 920.0
LABELS_WIDTH = 190.0
LANE_HEIGHT = 34.0
AXIS_HEIGHT = 30.0
_MARGIN = 14.0
_MIN_BAR = 5.0
_MOST_TICKS = 9
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_DAYS_A_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Mark:
    """One date of an event in its lane: from `x` on, so wide; no width is a dot. `is_other`: others give it."""

    event: Event
    date: DateValue
    x: float
    y: float
    width: float
    is_other: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of a type."""

    type: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """The picture."""

    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None


def timeline_chart(events: Sequence[Event], today: dt.date) -> TimelineChart | None:
    """The picture of some events, lanes in the order of their first events; None where none has a place in time."""
    dated = [event for event in events if not first_date(event.date).is_yearly]
    if not dated:
        return None
    dates = [date for event in dated for date in (event.date, *_others(event))]
    scale = _Scale(min(map(_first, dates)), max([*map(_last, dates), today]))
    types = dict.fromkeys(event.type for event in sorted(dated, key=lambda event: _first(event.date)))
    lanes = tuple(
        Lane(type_, y, tuple(mark for event in dated if event.type == type_ for mark in _marks(event, y, scale)))
        for place, type_ in enumerate(types)
        for y in [(place + 0.5) * LANE_HEIGHT]
    )
    return TimelineChart(len(types) * LANE_HEIGHT + AXIS_HEIGHT, lanes, scale.ticks(), scale.x(today))


class _Scale:
    """Days to places: from the first to the last of them, which is a year apart at least."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self._first = first.toordinal()
        self._days = max(last.toordinal() - self._first, int(_DAYS_A_YEAR))
        self._years = (first.year, last.year)

    def x(self, day: dt.date) -> float:
        """Where a day is."""
        room = WIDTH - LABELS_WIDTH - 2 * _MARGIN
        return LABELS_WIDTH + _MARGIN + room * (day.toordinal() - self._first) / self._days

    def ticks(self) -> tuple[Tick, ...]:
        """Years that are round and not too many."""
        first, last = self._years
        step = next((step for step in _STEPS if (last - first) / step <= _MOST_TICKS), _STEPS[-1])
        years = range(-(-first // step) * step, last + 1, step)
        found = (Tick(year, self.x(dt.date(year, 1, 1))) for year in years if year > 0)
        return tuple(tick for tick in found if LABELS_WIDTH <= tick.x <= WIDTH)


def _marks(event: Event, y: float, scale: _Scale) -> list[Mark]:
    dates = [(event.date, False), *((date, True) for date in _others(event))]
    return [_mark(event, date, y, scale, is_other=is_other) for date, is_other in dates]


def _mark(event: Event, date: DateValue, y: float, scale: _Scale, *, is_other: bool) -> Mark:
    start, end = scale.x(_first(date)), scale.x(_last(date))
    is_dot = not isinstance(date, DateSpan) and date.precision == "day"
    return Mark(event, date, start, y, 0.0 if is_dot else max(end - start, _MIN_BAR), is_other)


def _others(event: Event) -> list[DateValue]:
    """Dates that contradict the event's, of which the year is known."""
    return [other.date for other in event.alternatives if not first_date(other.date).is_yearly]


def _first(date: DateValue) -> dt.date:
    return first_date(date).earliest


def _last(date: DateValue) -> dt.date:
    return (date.last if isinstance(date, DateSpan) else date).latest
