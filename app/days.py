"""Days that users type: one, or a window of them."""

import datetime as dt

from app.errors import BadRequestError
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
