"""The timeline of a pair: which of its events are shown, and in which order. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Literal

from app.graph.reading import chronological
from app.graph.readmodel import Event
from extractors.dates import DateSpan, first_date

Order = Literal["asc", "desc"]


def select_events(
    events: Iterable[Event],
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    types: Collection[str] = (),
    order: Order = "asc",
) -> tuple[Event, ...]:
    """Events that can have happened from `first` to `last`, of some types (none means all), in the order of time.

    An event known to the month or the year is shown when any day of it falls inside. A day whose year is unknown is
    shown only where there are no bounds.
    """
    chosen = [event for event in events if _is_within(event, first, last) and (not types or event.type in types)]
    return tuple(sorted(chosen, key=chronological, reverse=order == "desc"))


def _is_within(event: Event, first: dt.date | None, last: dt.date | None) -> bool:
    begin = first_date(event.date)
    if begin.is_yearly:
        return first is None and last is None
    end = event.date.last if isinstance(event.date, DateSpan) else begin
    return (first is None or end.latest >= first) and (last is None or begin.earliest <= last)
