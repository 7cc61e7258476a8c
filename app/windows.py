"""Which years a window of days stands for, where an event is known to the year only. Pure."""

import calendar
import datetime as dt

_MIN_DAYS = 365
_MONTHS = range(1, 13)


def years_of_window(first: dt.date, last: dt.date) -> tuple[int, ...]:
    """The years whose events known to the year only are listed in the window from `first` to `last`, both included.

    Those of which at least half the days lie in a window of 365 days or more, so that a window of one year has the
    events of one year wherever it begins (of two, where it is cut into two halves by 1 July of a leap year); none in
    a shorter window, which would list them all every day of the year. The rule is our own.
    """
    if (last - first).days + 1 < _MIN_DAYS:
        return ()
    return tuple(year for year in range(first.year, last.year + 1) if _is_half_inside(year, first, last))


def _is_half_inside(year: int, first: dt.date, last: dt.date) -> bool:
    inside = (min(last, dt.date(year, 12, 31)) - max(first, dt.date(year, 1, 1))).days + 1
    return 2 * inside >= sum(calendar.monthrange(year, month)[1] for month in _MONTHS)
