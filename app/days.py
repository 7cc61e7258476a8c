"""Days that users type: one, a window of them, a day of every year, a year."""

import calendar
import datetime as dt
import re

from app.calendars.texts import plain
from app.errors import BadRequestError, NoSuchDayError, NoSuchYearError
from extractors.dates import DateError, PartialDate
from extractors.publication import parse_day

# Beyond it the calendar of Python ends before the next anniversaries do.
_LAST_YEAR = 9000
MAX_WINDOW_DAYS = 3660
"""Longest window of days, ten years."""
MAX_DAYS_AHEAD = MAX_WINDOW_DAYS - 1
"""Most days from the first of a window to its last."""
DAY_FORMS = {
    "type": "string",
    "anyOf": [
        {"format": "date"},
        {"pattern": r"^([1-9]|1[0-9]|2[0-8])/([1-9]|1[0-2])/[1-8][0-9]{3}$"},
        {"pattern": r"^([1-9]|1[0-9]|2[0-8]) tháng ([1-9]|1[0-2]) năm [1-8][0-9]{3}$"},
    ],
}
"""How a day is written, for OpenAPI."""
CALENDAR_YEARS = range(1900, 2201)
"""The years that have a calendar of their own."""
# Of what is no number, so much is repeated.
_SHOWN_CHARACTERS = 20
_DAY_OR_MONTH = re.compile("[0-9]{1,2}")
_YEAR = re.compile("[0-9]{1,9}")
_LEAP_YEAR = 2000


def parse_asked_day(text: str, name: str) -> dt.date:
    """The day that a user typed as the parameter `name`: `2026-11-21`, `21/11/2026`, `21 tháng 11 năm 2026`.

    Raises:
        BadRequestError: it is no day of the calendar; names the parameter.
    """
    try:
        day = parse_day(text)
    except ValueError as error:
        raise BadRequestError(f"{name}: {error}") from error
    if day.year > _LAST_YEAR:
        raise BadRequestError(f"{name}: {day} is too far away; the last year that can be asked for is {_LAST_YEAR}.")
    return day


def check_days_ahead(days: int, name: str) -> int:
    """The number of days that a user gave as the parameter `name`.

    Raises:
        BadRequestError: it is below 0, or leads out of the longest window; names the parameter.
    """
    if not 0 <= days <= MAX_DAYS_AHEAD:
        raise BadRequestError(f"{name} {days}: give a number of days from 0 to {MAX_DAYS_AHEAD}.")
    return days


def check_order(first: dt.date | None, last: dt.date | None) -> None:
    """Nothing, where a window does not end before it begins; a bound that is not given lies far away.

    Raises:
        BadRequestError: it does.
    """
    if first is not None and last is not None and last < first:
        raise BadRequestError(f"The window ends on {last}, before it begins on {first}: swap the two.")


def window(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days from `first` to `last`, both included.

    Raises:
        BadRequestError: it ends before it begins, or is too long.
    """
    check_order(first, last)
    if (last - first).days >= MAX_WINDOW_DAYS:
        raise BadRequestError(f"The window from {first} to {last} is longer than {MAX_WINDOW_DAYS} days: ask for less.")
    return first, last


def parse_day_of_year(month: str, day: str, today: dt.date) -> PartialDate:
    """The day of every year that has these numbers, such as `09` and `02`; 29 February is one.

    Raises:
        NoSuchDayError: no year has it; suggests the nearest, and today where these are no numbers.
    """
    asked = f"{plain(month[:_SHOWN_CHARACTERS])}/{plain(day[:_SHOWN_CHARACTERS])}"
    if not (_DAY_OR_MONTH.fullmatch(month) and _DAY_OR_MONTH.fullmatch(day)):
        message = f"«{asked}» is no day of the year: write the month and the day in numbers, such as 09/02."
        raise NoSuchDayError(message, (f"--{today:%m-%d}",))
    try:
        return PartialDate(None, int(month), int(day))
    except DateError as error:
        message = f"No year has a day {asked} (month/day): {error}."
        raise NoSuchDayError(message, _days_near(int(month), int(day))) from error


def parse_calendar_year(text: str, today: dt.date) -> int:
    """A year that has a calendar.

    Raises:
        NoSuchYearError: it has none; suggests the nearest that has one, and this year where `text` is no number.
    """
    bounds = f"the calendar goes from {CALENDAR_YEARS[0]} to {CALENDAR_YEARS[-1]}"
    if not _YEAR.fullmatch(text):
        raise NoSuchYearError(f"«{plain(text[:_SHOWN_CHARACTERS])}» is no year: {bounds}.", (str(today.year),))
    year = int(text)
    if year not in CALENDAR_YEARS:
        nearest = min(max(year, CALENDAR_YEARS[0]), CALENDAR_YEARS[-1])
        raise NoSuchYearError(f"There is no calendar of {year}: {bounds}.", (str(nearest),))
    return year


def _days_near(month: int, day: int) -> tuple[str, ...]:
    """The days nearest to one that there is not; first by its numbers the other way round, if only so they can be."""
    near = [_day_near(month, day)]
    if month not in range(1, 13) and day in range(1, 13):
        near.insert(0, _day_near(day, month))
    return tuple(map(str, near))


def _day_near(month: int, day: int) -> PartialDate:
    if month < 1:
        return PartialDate(None, 1, 1)
    if month > 12:
        return PartialDate(None, 12, 31)
    return PartialDate(None, month, min(max(day, 1), calendar.monthrange(_LEAP_YEAR, month)[1]))
