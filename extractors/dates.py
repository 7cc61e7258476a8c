"""Dates as precise as their source: a partial date, a span of two, and their EDTF level 0 form.

Knows nothing of text, graph or clock.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "year"]

_EDTF_DATE = re.compile(
    r"(?:(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?|--(?P<ymonth>\d{2})-(?P<yday>\d{2}))"
)


class DateError(ValueError):
    """A date that no calendar has, or text that is no EDTF level 0 date; says which and why."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A Gregorian date known to the day, the month or the year; a day of every year has no year (`--09-02`).

    Raises:
        DateError: the parts do not make a date (31 February, month 13, a day without its month).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and (self.month is None or self.day is None):
            raise DateError("a date without a year needs both its month and its day")
        if self.year is not None and not dt.MINYEAR <= self.year <= dt.MAXYEAR:
            raise DateError(f"year {self.year} is outside {dt.MINYEAR} to {dt.MAXYEAR}")
        if self.day is not None and self.month is None:
            raise DateError("a day needs its month")
        if self.month is not None and not 1 <= self.month <= 12:
            raise DateError(f"there is no month {self.month}")
        if self.day is not None and self.month is not None:
            # 2000 is a leap year, so that a yearly 29 February can be written
            last = calendar.monthrange(self.year or 2000, self.month)[1]
            if not 1 <= self.day <= last:
                raise DateError(f"month {self.month} of {self.year or 'any year'} has no day {self.day}")

    @property
    def precision(self) -> Precision:
        """How much is known: `day`, `month` or `year`."""
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    @property
    def is_yearly(self) -> bool:
        """Whether it is a day of every year, such as `--09-02`."""
        return self.year is None

    @property
    def earliest(self) -> dt.date:
        """First day that it can mean.

        Raises:
            DateError: a yearly day has none.
        """
        return dt.date(self._known_year(), self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """Last day that it can mean.

        Raises:
            DateError: a yearly day has none.
        """
        year, month = self._known_year(), self.month or 12
        return dt.date(year, month, self.day or calendar.monthrange(year, month)[1])

    def contains(self, other: "PartialDate") -> bool:
        """Whether `other` is the same date or a more precise one inside it (1992 contains 1992-09-23)."""
        if self.is_yearly or other.is_yearly:
            return (self.month, self.day) == (other.month, other.day) and self.is_yearly
        return self.earliest <= other.earliest and other.latest <= self.latest

    def minus_years(self, years: int) -> "PartialDate":
        """The bare year `years` before this one: a count of years says no more than the year.

        Raises:
            DateError: the result is before year 1, or this is a yearly day.
        """
        return PartialDate(self._known_year() - years)

    def _known_year(self) -> int:
        if self.year is None:
            raise DateError(f"{self} has no year")
        return self.year

    def __str__(self) -> str:
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}"
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """From one partial date to another, both included.

    Raises:
        DateError: it ends before it begins, or an end has no year.
    """

    first: PartialDate
    last: PartialDate

    def __post_init__(self) -> None:
        if self.last.latest < self.first.earliest:
            raise DateError(f"the span {self.first}/{self.last} ends before it begins")

    @property
    def precision(self) -> Precision:
        """How much is known of its first day."""
        return self.first.precision

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


DateValue = PartialDate | DateSpan


def first_date(value: DateValue) -> PartialDate:
    """The date itself, or the first of a span."""
    return value.first if isinstance(value, DateSpan) else value


def of_day(day: dt.date) -> PartialDate:
    """The partial date, to the day, of a calendar day."""
    return PartialDate(day.year, day.month, day.day)


def parse_edtf(text: str) -> DateValue:
    """Read EDTF level 0: `1992-09-23`, `1992-09`, `1992`, `--09-02`, or two of them with a slash between.

    Raises:
        DateError: `text` is not of that form, or is no date.
    """
    first, slash, last = text.partition("/")
    if slash:
        return DateSpan(parse_partial_date(first), parse_partial_date(last))
    return parse_partial_date(text)


def parse_partial_date(text: str) -> PartialDate:
    """Read one EDTF level 0 date (no span).

    Raises:
        DateError: `text` is not of that form, or is no date.
    """
    match = _EDTF_DATE.fullmatch(text)
    if match is None:
        raise DateError(f"«{text}» is no EDTF date: write 1992-09-23, 1992-09, 1992 or --09-02")
    parts = {name: int(value) if value else None for name, value in match.groupdict().items()}
    if parts["ymonth"] is not None:
        return PartialDate(None, parts["ymonth"], parts["yday"])
    return PartialDate(parts["year"], parts["month"], parts["day"])
