"""Days that users type: one, or a window of them."""

import datetime as dt

from app.errors import BadRequestError
from extractors.publication import parse_day

# Beyond it the calendar of Python ends before the next anniversaries do.
_LAST_YEAR = 9000
MAX_WINDOW_DAYS = 3660
"""Longest window of days, ten years."""


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


def window(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days from `first` to `last`, both included.

    Raises:
        BadRequestError: it ends before it begins, or is too long.
    """
    if last < first:
        raise BadRequestError(f"The window ends on {last}, before it begins on {first}: swap the two.")
    if (last - first).days >= MAX_WINDOW_DAYS:
        raise BadRequestError(f"The window from {first} to {last} is longer than {MAX_WINDOW_DAYS} days: ask for less.")
    return first, last
