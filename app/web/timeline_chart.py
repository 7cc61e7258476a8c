"""The timeline of a pair as a picture: types as lanes, time from left to right, how precisely each date is known.

A day is a dot, a month or a year a bar of its length, a span a bar from its first to its last day. A day of which no
year is known has no place in time and is left out; the table under the picture has it. Sizes are in units of the
picture, which is drawn as wide as the page lets it; a narrow page has a picture of its own, with names above the lanes.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.graph.readmodel import Event
from extractors.dates import DateSpan, DateValue, first_date

AXIS_HEIGHT = 30.0
_MARGIN = 14.0
_MIN_BAR = 5.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_DAYS_A_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a picture: its width, of which the names of lanes take some; how high a lane is; how many years are named."""

    width: float
    labels_width: float
    lane_height: float
    most_ticks: int

    @property
    def has_names_above(self) -> bool:
        """Whether the names of lanes stand above them, where there is no room beside."""
        return not self.labels_width


BROAD = Sizes(920.0, 190.0, 34.0, 9)
NARROW = Sizes(340.0, 0.0, 46.0, 4)


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

    sizes: Sizes
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None


def timeline_chart(
    events: Sequence[Event], today: dt.date, *, end: dt.date | None = None, sizes: Sizes = BROAD
) -> TimelineChart | None:
    """The picture of some events, lanes in the order of their first events; None where none has a place in time.

    It goes on to today, or to the `end` of a state that is no more.
    """
    dated = [event for event in events if not first_date(event.date).is_yearly]
    if not dated:
        return None
    dates = [date for event in dated for date in (event.date, *_others(event))]
    scale = _Scale(min(map(_first, dates)), max([*map(_last, dates), end or today]), sizes)
    types = dict.fromkeys(event.type for event in sorted(dated, key=lambda event: _first(event.date)))
    lanes = tuple(
        Lane(type_, y, tuple(mark for event in dated if event.type == type_ for mark in _marks(event, y, scale)))
        for place, type_ in enumerate(types)
        for y in [(place + (0.75 if sizes.has_names_above else 0.5)) * sizes.lane_height]
    )
    height = len(types) * sizes.lane_height + AXIS_HEIGHT
    return TimelineChart(sizes, height, lanes, scale.ticks(), None if end else scale.x(today))


class _Scale:
    """Days to places: from the first to the last of them, which is a year apart at least."""

    def __init__(self, first: dt.date, last: dt.date, sizes: Sizes) -> None:
        self._sizes = sizes
        self._first = first.toordinal()
        self._days = max(last.toordinal() - self._first, int(_DAYS_A_YEAR))
        self._years = (first.year, last.year)

    def x(self, day: dt.date) -> float:
        """Where a day is."""
        room = self._sizes.width - self._sizes.labels_width - 2 * _MARGIN
        return self._sizes.labels_width + _MARGIN + room * (day.toordinal() - self._first) / self._days

    def ticks(self) -> tuple[Tick, ...]:
        """Years that are round and not too many."""
        first, last = self._years
        step = next((step for step in _STEPS if (last - first) / step <= self._sizes.most_ticks), _STEPS[-1])
        years = range(-(-first // step) * step, last + 1, step)
        found = (Tick(year, self.x(dt.date(year, 1, 1))) for year in years if year > 0)
        return tuple(tick for tick in found if self._sizes.labels_width <= tick.x <= self._sizes.width)


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
