"""Where events stand in the calendar of every year, by the days and months on which they began. Pure."""

import datetime as dt

from extractors.dates import DateValue, first_date

YEAR_PLACE = "year"
"""Where what is known to the year only stands."""
_LEAP_YEAR = 2000
MONTH_PLACES = tuple(f"{month:02}" for month in range(1, 13))
"""Where what is known to the month stands."""
DAY_PLACES = tuple(f"{dt.date(_LEAP_YEAR, 1, 1) + dt.timedelta(days=offset):%m-%d}" for offset in range(366))
"""Where what is known to the day stands; 29 February is one."""


def calendar_place(value: DateValue) -> str:
    """Where a date, or the first of a span, stands: `09-23`, `09`, `year`."""
    first = first_date(value)
    if first.month is None:
        return YEAR_PLACE
    return f"{first.month:02}" if first.day is None else f"{first.month:02}-{first.day:02}"
