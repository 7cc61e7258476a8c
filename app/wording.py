"""How answers are worded for people, in Vietnamese: ranks, dates, types."""

import datetime as dt

from babel.dates import format_skeleton

from app.graph.ontology import label_of_concept
from extractors.dates import DateSpan, DateValue, PartialDate, of_day, parse_edtf

# The words of the decree 145/2013/NĐ-CP; see app/anniversaries.py.
RANK_WORDS = {"round": "năm tròn", "half-round": "năm lẻ 5", "other": "năm khác"}
# How much of a date is shown; CLDR says in which order and with what between.
_SKELETONS = {"day": "yMd", "month": "yM", "year": "y", "yearly": "Md"}
_LEAP_YEAR = 2000
TIES_WORDS = {"established": "có quan hệ ngoại giao", "severed": "đã cắt đứt quan hệ", "unknown": "chưa rõ"}


def date_in_words(value: DateValue) -> str:
    """A date as Vietnamese newspapers write it: `23/9/1992`, `9/1992`, `1992`; a span with a dash."""
    if isinstance(value, DateSpan):
        return f"{_in_words(value.first)} – {_in_words(value.last)}"
    return _in_words(value)


def day_in_words(day: dt.date) -> str:
    """A day as Vietnamese newspapers write it."""
    return date_in_words(of_day(day))


def period_in_words(period: str) -> str:
    """A month or a year in which something comes round."""
    return date_in_words(parse_edtf(period))


def type_in_words(event_type: str) -> str:
    """The Vietnamese label of a type of events; the type itself where the ontology has none."""
    return label_of_concept("type", event_type, "vi") or event_type


def level_in_words(level: str) -> str:
    """The Vietnamese label of a partnership level; the level itself where the ontology has none."""
    return label_of_concept("level", level, "vi") or level


def status_in_words(status: str) -> str:
    """The Vietnamese label of how well an event is supported."""
    return label_of_concept("status", status, "vi") or status


def days_in_words(days: int | None) -> str:
    """How far away a day is."""
    if days is None:
        return ""
    return "hôm nay" if days == 0 else f"còn {days} ngày"


def _in_words(date: PartialDate) -> str:
    known = date if date.year else PartialDate(_LEAP_YEAR, date.month, date.day)
    return str(format_skeleton(_SKELETONS["yearly" if date.is_yearly else date.precision], known.earliest, locale="vi"))
