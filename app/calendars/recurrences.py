"""How events come round as rules of a calendar (RFC 5545, section 3.3.10). Pure.

What comes round when is told by anniversaries.py for some years; the rule goes on from there. A rank is kept by the
interval: years ending in 0 are ten years apart. Where ranks leave gaps that no interval has, the days are listed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.anniversaries import Anniversary, anniversaries_in_window
from app.graph.readmodel import Event
from extractors.dates import first_date

NUMBERED_YEARS = 5
"""Years of a calendar, this one included, whose anniversaries have their number."""
RANKED_YEARS = 10
"""The same where ranks are asked for: each comes once in so many years."""
# Years between two anniversaries, by the ranks that are asked for; of others the days are listed.
_INTERVALS = {
    frozenset[str](): 1,
    frozenset({"round", "half-round", "other"}): 1,
    frozenset({"round", "half-round"}): 5,
    frozenset({"round"}): 10,
    frozenset({"half-round"}): 10,
}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """An event that comes round: its next `occurrences` one by one, and how it goes on.

    `interval` is the number of years between two, None where the occurrences are all; `until` is the last day of what
    is over by then.
    """

    event: Event
    occurrences: tuple[Anniversary, ...]
    interval: int | None
    until: dt.date | None

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days of the occurrences."""
        return tuple(one.next for one in self.occurrences if one.next is not None)

    @property
    def rule(self) -> dict[str, object] | None:
        """The parts of the rule; None where there is no more than the occurrences."""
        if self.interval is None:
            return None
        date = first_date(self.event.date)
        rule: dict[str, object] = {"freq": "yearly"}
        if self.interval > 1:
            rule["interval"] = self.interval
        if (date.month, date.day) == (2, 29):
            # the last day of February: the 29th, and in common years the 28th, on which it is kept
            rule |= {"bymonth": 2, "bymonthday": -1}
        if self.until is not None:
            rule["until"] = self.until
        return rule


@dataclass(frozen=True, slots=True)
class Recurrences:
    """What comes round in the years from `first_year` to `last_year`; `dayless` has no day to come round on."""

    first_year: int
    last_year: int
    dated: tuple[Recurrence, ...]
    dayless: tuple[Event, ...]
    is_open: bool
    """Whether the rules go on after the last year."""


def recurrences_of(
    events: Iterable[Event], on: dt.date, *, types: Collection[str], ranks: Collection[str] = ()
) -> Recurrences:
    """How events come round from the first day of the year of `on`; those that are over do not."""
    years = RANKED_YEARS if ranks else NUMBERED_YEARS
    last_year = on.year + years - 1
    first, last = dt.date(on.year, 1, 1), dt.date(last_year, 12, 31)
    found = anniversaries_in_window(events, first, last, types=types, ranks=ranks)
    by_event: dict[str, list[Anniversary]] = defaultdict(list)
    for one in found:
        if one.next is not None:
            by_event[one.event.id].append(one)
    interval = _INTERVALS.get(frozenset(ranks))
    dated = tuple(_recurrence(items, interval, last) for _, items in sorted(by_event.items()))
    dayless = {one.event.id: one.event for one in found if one.next is None}
    return Recurrences(on.year, last_year, dated, tuple(dayless.values()), interval is not None)


def _recurrence(items: list[Anniversary], interval: int | None, last: dt.date) -> Recurrence:
    event = items[0].event
    until = items[-1].next if event.has_ended(last) else None
    return Recurrence(event, tuple(items), interval, until)
