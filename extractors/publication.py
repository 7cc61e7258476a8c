"""Days as people and pages write them: `21/11/2026`, `2026-11-21`, `21 tháng 11 năm 2026`. Nothing is filled in.

For publication dates and for dates that users type; the dates of claims have a grammar of their own.
"""

import datetime as dt
import re
from functools import cache, lru_cache

from dateparser.date import DateDataParser

from extractors.dates import DateError, PartialDate
from extractors.folding import fold_name

MAX_DAY_CHARS = 80
"""Longest text that is looked at, in code points: a day with weekday, time and zone takes about half of it."""

_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?:(?:T| )[0-9]{2}:[0-9]{2}.*)?"
)
_DAY_FIRST = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2}) ?[-/.] ?(?P<month>[0-9]{1,2}) ?[-/.] ?(?P<year>[0-9]{4})(?![0-9])"
)
_DAY_IN_WORDS = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2}) tháng (?P<month>[0-9]{1,2})(?:,| năm)? (?P<year>[0-9]{4})(?![0-9])", re.IGNORECASE
)
_FORMS = "write it as 21/11/2026, 2026-11-21 or 21 tháng 11 năm 2026"


@lru_cache(maxsize=4096)
def parse_day(text: str) -> dt.date:
    """Read one day, with its day, month and year; a time of day or a zone beside it is passed over, not converted.

    Figures are day, month, year (`1/2/2026` is 1 February), unless the year comes first. Names of months are
    Vietnamese or English, read by dateparser with every part required and its clock standing still.

    Raises:
        DateError: no full date, more than one, a year of two digits, or a day that no calendar has (31/02/1990).
    """
    folded = " ".join(fold_name(text).split())
    if not folded or len(folded) > MAX_DAY_CHARS:
        raise DateError(f"«{folded[:MAX_DAY_CHARS]}» is no date: {_FORMS}")
    year_first = _YEAR_FIRST.fullmatch(folded)
    if year_first:
        # dateparser would read 2026-13-01 as 13 January; a year in front means ISO 8601 order and nothing else
        return _checked(folded, year_first)
    in_figures = tuple(_DAY_FIRST.finditer(folded)) or tuple(_DAY_IN_WORDS.finditer(folded))
    if len(in_figures) > 1:
        raise DateError(f"«{folded}» holds more than one date: give one day")
    # dateparser would turn the month 23 of 12/23/1992 into a day, so figures are checked before it sees them
    expected = _checked(folded, in_figures[0]) if in_figures else None
    day = _parse_with_dateparser(folded)
    if day is None or (expected is not None and day != expected):
        raise DateError(f"«{folded}» is no full date: {_FORMS}")
    if f"{day.year:04}" not in folded:
        raise DateError(f"«{folded}» needs its year in four digits: {_FORMS}")
    return day


def _checked(text: str, match: re.Match[str]) -> dt.date:
    try:
        return PartialDate(int(match["year"]), int(match["month"]), int(match["day"])).earliest
    except DateError as error:
        raise DateError(f"«{text}» is no date: {error}") from error


def _parse_with_dateparser(text: str) -> dt.date | None:
    try:
        found = _day_parser().get_date_data(text).date_obj
    except (ValueError, OverflowError):  # what dateparser lets through for years and zones out of range
        return None
    return found.date() if found else None


@cache
def _day_parser() -> DateDataParser:
    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],  # neither «hôm qua» nor Unix timestamps
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001 - any fixed day will do: no part is taken from it
    }
    return DateDataParser(languages=["vi", "en"], settings=settings)
