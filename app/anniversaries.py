"""Anniversaries: when an event comes round again, and how round the number is. Pure; `on` is always given.

The rank is that of the coming anniversary, in the three kinds of clause 1, Article 3 of decree 145/2013/NĐ-CP: the
number of years ends in 0 (năm tròn), in 5 (năm lẻ 5), or in another digit (năm khác). Read at
https://vietart.net.vn/?p=6798.

An event known to the month or the year has no anniversary day: it has a period, the month or the year in which it
comes round, and says so by its precision. 29 February is kept on 28 February in common years, and says so.
What is over by then, because a state of it is gone or curated data says that it ended, does not come round.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.graph.readmodel import Event
from app.windows import years_of_window
from extractors.dates import PartialDate, first_date, of_day

Rank = Literal["round", "half-round", "other"]

# A visit and a signature come round as well, but nobody keeps their day; a break is nothing to keep.
ANNIVERSARY_TYPES = frozenset(
    {
        "established",
        "recognised",
        "normalised",
        "partnership",
        "independence",
        "liberation",
        "national-day",
        "founded",
        "birth",
    }
)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An event as it comes round.

    `years` whole years have passed, `next_years` will have at the next; `days_until` that. `period` is when it comes
    round, in EDTF: a day, or a month or year where no more is known (`last`, `next`, `days_until` are then None).
    `years` is None for an event still ahead, and where the day of this year may have come or not. Both numbers and the
    rank are None for a day whose year is unknown. `adjusted`: `next` is 28 February in place of the 29th.
    """

    event: Event
    years: int | None
    last: dt.date | None
    next: dt.date | None
    next_years: int | None
    days_until: int | None
    rank: Rank | None
    period: str
    adjusted: bool = False


def rank_of(years: int) -> Rank:
    """The kind of an anniversary by its number (decree 145/2013/NĐ-CP, Article 3)."""
    if years % 10 == 0:
        return "round"
    return "half-round" if years % 5 == 0 else "other"


def anniversary_day(date: PartialDate, year: int) -> dt.date:
    """The day on which a date known to the day is kept in a year: 28 February where there is no 29th.

    Raises:
        ValueError: the date is not known to the day.

    """
    if date.month is None or date.day is None:
        raise ValueError(f"{date} has no day to keep")
    try:
        return dt.date(year, date.month, date.day)
    except ValueError:
        return dt.date(year, 2, 28)


def anniversary_of(event: Event, on: dt.date) -> Anniversary:
    """How an event comes round, seen on a day; on the anniversary itself, that is the last one and the next one.

    The first anniversary is one year after the event; before it, `last` is None and `years` is 0, or None while the
    event itself is still ahead.
    """
    date = first_date(event.date)
    if date.precision == "day":
        return _by_day(event, date, on)
    return _by_period(event, date, on)


def anniversaries_of_pair(
    events: Iterable[Event], on: dt.date, *, within: int | None = None
) -> tuple[Anniversary, ...]:
    """The coming anniversaries of some events, the nearest first, those without a day at the end; none of what is over.

    `within` (days) keeps those that fall from `on` to that many days later; those without a day, whose month or year
    touches this window.
    """
    living = [event for event in events if event.type in ANNIVERSARY_TYPES and not event.has_ended(on)]
    found = [anniversary_of(event, on) for event in living]
    if within is not None:
        last = on + dt.timedelta(days=within)
        found = [item for item in found if _falls_within(item, on, last)]
    return tuple(sorted(found, key=place_of))


def anniversaries_in_window(
    events: Iterable[Event],
    first: dt.date,
    last: dt.date,
    *,
    types: Collection[str] = ANNIVERSARY_TYPES,
    ranks: Collection[str] = (),
) -> tuple[Anniversary, ...]:
    """Every anniversary that falls from `first` to `last`, both included, seen from `first`; of some ranks, if given.

    A window of several years holds an event several times, each with its own `next` and number. An event known to the
    year only is listed once for each year that the window stands for (see `years_of_window`). What is over by the day
    on which it would come round is left out.
    """
    chosen = [event for event in events if event.type in types]
    found = [item for event in chosen for item in _occurrences(event, first, last)]
    return tuple(sorted((item for item in found if not ranks or item.rank in ranks), key=place_of))


def _occurrences(event: Event, first: dt.date, last: dt.date) -> list[Anniversary]:
    found = _of_years(event, first, last) if event.precision == "year" else _of_days(event, first, last)
    # seen from the start of the window, whatever year it falls in
    return [
        item if item.next is None else replace(item, days_until=(item.next - first).days)
        for item in found
        if not event.has_ended(item.next or max(_period(item).earliest, first))
    ]


def _of_days(event: Event, first: dt.date, last: dt.date) -> list[Anniversary]:
    found = []
    on = first
    while on <= last:
        item = anniversary_of(event, on)
        if not _falls_within(item, on, last):
            break
        found.append(item)
        on = _period_end(item) + dt.timedelta(days=1)
    return found


def _of_years(event: Event, first: dt.date, last: dt.date) -> list[Anniversary]:
    years = years_of_window(first, last)
    found = [anniversary_of(event, max(first, dt.date(year, 1, 1))) for year in years]
    # in the year of the event itself, and before it, there is no anniversary yet
    return [item for item, year in zip(found, years, strict=True) if _period(item).year == year]


def _by_day(event: Event, date: PartialDate, on: dt.date) -> Anniversary:
    coming = anniversary_day(date, on.year)
    if coming < on:
        coming = anniversary_day(date, on.year + 1)
    number = None
    last: dt.date | None = None
    years: int | None = None
    if date.year is not None:
        number = max(1, coming.year - date.year)
        coming = anniversary_day(date, date.year + number)
        years = _whole_years(date, on)
        last = anniversary_day(date, date.year + years) if years else None
    else:
        last = coming if coming == on else anniversary_day(date, coming.year - 1)
    return Anniversary(
        event=event,
        years=years,
        last=last,
        next=coming,
        next_years=number,
        days_until=(coming - on).days,
        rank=rank_of(number) if number is not None else None,
        period=str(of_day(coming)),
        adjusted=coming.day != date.day,
    )


def _by_period(event: Event, date: PartialDate, on: dt.date) -> Anniversary:
    """A month or a year that is running counts as the coming one."""
    year = date.earliest.year
    coming = on.year if date.month is None or date.month >= on.month else on.year + 1
    number = max(1, coming - year)
    fewest, most = _whole_years(of_day(date.latest), on), _whole_years(of_day(date.earliest), on)
    return Anniversary(
        event=event,
        years=fewest if fewest == most else None,
        last=None,
        next=None,
        next_years=number,
        days_until=None,
        rank=rank_of(number),
        period=str(PartialDate(year + number, date.month)),
    )


def _whole_years(date: PartialDate, on: dt.date) -> int | None:
    """How many years a date known to the day is past; None while it is still ahead."""
    if on < date.earliest:
        return None
    return on.year - date.earliest.year - (on < anniversary_day(date, on.year))


def _falls_within(item: Anniversary, first: dt.date, last: dt.date) -> bool:
    if item.next is not None:
        return first <= item.next <= last
    return _period(item).earliest <= last and first <= _period(item).latest


def _period(item: Anniversary) -> PartialDate:
    year, *month = (int(part) for part in item.period.split("-")[:2])
    return PartialDate(year, *month)


def _period_end(item: Anniversary) -> dt.date:
    return item.next if item.next is not None else _period(item).latest


def place_of(item: Anniversary) -> tuple[bool, dt.date, str]:
    """Where an anniversary stands in a list: the nearest day first, then what has no day by its month or year."""
    return (item.next is None, item.next or _period(item).earliest, item.event.id)
