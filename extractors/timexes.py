"""Time expressions of a sentence and their values: our own grammar, which never fills in what is not written.

A timex is a date (to the day, month or year), a span of two, a date that lacks its year, a year named from the
publication date («năm nay»), or a count of years («45 năm»). Impossible dates (31/02/1990) and dates of the lunar
calendar become faults.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from extractors.calendar_words import month_of, number_of, weekday_beside, weekday_name
from extractors.dates import DateError, DateSpan, DateValue, PartialDate
from extractors.timex_grammar import MAY_HOLD_TIMEX, rules_for

TimexKind = Literal["date", "span", "yearless", "relative-year", "count"]

# Years outside this stretch in news are numbers of something else; the oldest relations in news are of the 1600s.
MIN_YEAR, MAX_YEAR = 1500, 2099
# «từ 30/12 đến 2/1»: only over the turn of the year may a span without years end on an earlier day than it begins.
LAST_MONTHS, FIRST_MONTHS = (11, 12), (1, 2)
_RELATIVE_YEARS = {"năm nay": 0, "năm ngoái": -1, "năm trước": -1, "năm tới": 1, "năm sau": 1}


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression at `text[start:end]`.

    `value` is what is written, for kinds `date` and `span`; `month` and `day` hold what a `yearless` one has;
    `years` is the count, or the distance from the publication year of a `relative-year`; a count with «hơn», «gần»
    before it is approximate: no year follows from it. `weekday` (1 is Monday) is what the text names beside a day.
    """

    start: int
    end: int
    kind: TimexKind
    value: DateValue | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    years: int = 0
    is_ago: bool = False
    is_approximate: bool = False
    weekday: int | None = None

    @property
    def year(self) -> int | None:
        """The year that is written, of a span the last one."""
        if isinstance(self.value, DateSpan):
            return self.value.last.year
        return self.value.year if self.value else None

    def in_year(self, year: int) -> DateValue | None:
        """A `yearless` date put into `year`; nothing where that year lacks the day, or has it on another weekday."""
        try:
            first = PartialDate(year, self.month, self.day)
            if self.last_day is None:
                return None if self._contradicts_weekday(first) else first
            ends_next_year = (self.last_month or 0) < (self.month or 0)
            return DateSpan(first, PartialDate(year + ends_next_year, self.last_month, self.last_day))
        except DateError:
            return None

    @property
    def weekday_issue(self) -> str | None:
        """What is wrong where the weekday that the text names is not that of the day it writes."""
        if not isinstance(self.value, PartialDate) or not self._contradicts_weekday(self.value):
            return None
        told, true = weekday_name(self.weekday or 0), weekday_name(self.value.earliest.isoweekday())
        return f"weekday-mismatch: the text says {told}, {self.value} is a {true}"

    def _contradicts_weekday(self, value: PartialDate) -> bool:
        is_known = self.weekday is not None and value.precision == "day"
        return is_known and value.earliest.isoweekday() != self.weekday


@dataclass(frozen=True, slots=True)
class TimexFault:
    """What is written like a date and is none: where, and why."""

    start: int
    end: int
    reason: str


def recognise_timexes(text: str, start: int, end: int) -> tuple[tuple[Timex, ...], tuple[TimexFault, ...]]:
    """Time expressions in `text[start:end]`, in order and without overlaps, and those that are no date."""
    if not MAY_HOLD_TIMEX.search(text, start, end):
        return (), ()
    taken: list[tuple[int, int]] = []
    found: list[Timex] = []
    faults: list[TimexFault] = []
    for name, rule in rules_for(text, start, end):
        for match in rule.finditer(text, start, end):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            try:
                timex = _normalise(name, match, start, end)
            except DateError as error:
                faults.append(TimexFault(match.start(), match.end(), str(error)))
                taken.append(match.span())
                continue
            if timex is not None:
                taken.append(match.span())
                found.append(timex)
    return tuple(sorted(found, key=lambda timex: timex.start)), tuple(faults)


def _normalise(name: str, match: re.Match[str], first: int, last: int) -> Timex | None:
    """The timex of a match in a sentence; nothing where the numbers say that it is no date after all.

    Raises:
        DateError: what is written is a date that the Gregorian calendar does not have.
    """
    groups = match.groupdict()
    start, end = match.span()
    if name == "lunar":
        raise DateError(f"«{match[0]}» is a date of the lunar calendar")
    if name == "perhaps-lunar":
        raise DateError(f"«{match[0]}» has no year and may be a date of the lunar calendar")
    if name == "count":
        is_vague = bool(groups.get("about"))
        years = _number(groups["n"]) or 0
        return Timex(start, end, "count", years=years, is_ago=bool(groups.get("ago")), is_approximate=is_vague)
    if name == "relative-year":
        return Timex(start, end, "relative-year", years=_RELATIVE_YEARS[groups["rel"].lower()])
    if name in ("day-span", "day-list", "month-span", "year-span"):
        return _normalise_span(name, match)
    month = month_of(groups["m"]) if groups.get("m") else None
    day, year = _number(groups.get("d")), _number(groups.get("y"))
    if name == "national-day":
        start = match.start("d")
    elif name == "headed-year":
        start, end = match.span("y")
    weekday = weekday_beside(match.string, match.start("d"), end, first, last) if day is not None else None
    if year is None:
        # 2000 is a leap year: only an impossible day of month is a fault
        PartialDate(2000, month, day)
        return Timex(start, end, "yearless", month=month, day=day, weekday=weekday)
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise DateError(f"year {year} is outside {MIN_YEAR} to {MAX_YEAR}")
    return Timex(start, end, "date", PartialDate(year, month, day), weekday=weekday)


def _normalise_span(name: str, match: re.Match[str]) -> Timex | None:
    others = match["others"].count(",") if name == "day-list" else 0
    part = {key: int(value) if value else None for key, value in match.groupdict().items() if key != "others"}
    year, last_year = part.get("y1"), part["y2"]
    last_month, last_day = part.get("m2"), part.get("d2")
    month, day = part.get("m1") or last_month, part.get("d1")
    if last_year is None and year is not None:
        return None  # 3/7/1944 - 20/8: two dates, not one span
    is_turn_of_year = month in LAST_MONTHS and last_month in FIRST_MONTHS
    if year is None and last_year is not None:
        year = last_year - is_turn_of_year
    # without a year 2000 stands in, a leap year: only an impossible day of month or order is a fault
    first = PartialDate(2000 if year is None else year, month, day)
    last = PartialDate(2000 + is_turn_of_year if last_year is None else last_year, last_month, last_day)
    if name == "day-list" and (last.earliest - first.earliest).days != others + 1:
        return None  # «ngày 3 và 10/9»: two days, and nothing between them
    if last.latest < first.earliest:
        raise DateError(f"the span «{match[0]}» ends before it begins")
    if last_year is None:
        return Timex(*match.span(), "yearless", month=month, day=day, last_month=last_month, last_day=last_day)
    return Timex(*match.span(), "span", DateSpan(first, last))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else number_of(text)


def publication_year(timex: Timex, published_on: dt.date | None) -> int | None:
    """The year a `relative-year` means, where the publication date is known."""
    return published_on.year + timex.years if published_on and timex.kind == "relative-year" else None
