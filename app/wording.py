"""How answers are worded for people, in Vietnamese: ranks, dates, levels, support."""

import datetime as dt

from babel.dates import format_skeleton

from app.graph.ontology import label_of_concept, lower_first
from app.graph.readmodel import Event
from extractors.dates import DateSpan, DateValue, PartialDate, of_day, parse_edtf

# The words of the decree 145/2013/NĐ-CP; see app/anniversaries.py.
RANK_WORDS = {"round": "năm tròn", "half-round": "năm lẻ 5", "other": "năm khác"}
# How much of a date is shown; CLDR says in which order and with what between.
_SKELETONS = {"day": "yMd", "month": "yM", "year": "y", "yearly": "Md"}
_LEAP_YEAR = 2000
TIES_WORDS = {
    "established": "có quan hệ ngoại giao",
    "severed": "đã cắt đứt quan hệ",
    "ended": "đã chấm dứt",
    "none": "không có quan hệ ngoại giao",
    "unknown": "chưa rõ",
}


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


def level_in_words(event: Event) -> str:
    """The Vietnamese label of a partnership's level, or the partnership's own name where its level is `other`."""
    level = event.level or "other"
    if level == "other" and event.name:
        return lower_first(event.name)
    return label_of_concept("level", level, "vi") or level


def event_in_words(event: Event) -> str:
    """An event with its date, and with the former state that did it: «…, 30/1/1950 (Liên Xô)»."""
    return f"{event.label.vi}, {date_in_words(event.date)}{predecessor_in_words(event)}"


def predecessor_in_words(event: Event) -> str:
    """The former state that did it, as a suffix: « (Liên Xô)»."""
    return f" ({event.inherited_from.name.vi})" if event.inherited_from else ""


def support_in_words(event: Event) -> str:
    """How well an event is supported: «đã xác nhận (4 nguồn, 3 độc lập)», «3 nguồn, 1 độc lập»."""
    told = f"{len(event.sources)} nguồn, {event.voices or 'chưa có nguồn'} độc lập"
    if event.status == "single-source":
        return told
    return f"{label_of_concept('status', event.status, 'vi') or event.status} ({told})"


def days_in_words(days: int | None) -> str:
    """How far away a day is."""
    if days is None:
        return ""
    return "hôm nay" if days == 0 else f"còn {days} ngày"


def _in_words(date: PartialDate) -> str:
    known = date if date.year else PartialDate(_LEAP_YEAR, date.month, date.day)
    return str(format_skeleton(_SKELETONS["yearly" if date.is_yearly else date.precision], known.earliest, locale="vi"))
