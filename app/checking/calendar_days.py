"""Weekdays that do not fit their dates, and days that no month has."""

import calendar

from app.checking.reasons import finding
from app.checking.records import Draft, Evidence, Finding
from app.checking.writing import worded
from app.graph.readmodel import Label
from extractors.calendar_faults import CalendarFault
from extractors.calendar_words import weekday_name
from extractors.dates import PartialDate

SUNDAY = 7
_LEAP_YEAR = 2000


def calendar_findings(draft: Draft) -> tuple[Finding, ...]:
    """A finding for each calendar fault of a draft; the calendar itself is the evidence."""
    return tuple(
        _weekday(draft, fault) if fault.kind == "weekday" else _impossible(draft, fault)
        for fault in draft.calendar_faults
    )


def _weekday(draft: Draft, fault: CalendarFault) -> Finding:
    date = fault.date or PartialDate(fault.year, fault.month, fault.day)
    words = {"date": worded(date), "told": _weekday_label(fault.told), "true": _weekday_label(fault.true)}
    first, last = fault.word
    right = _in_style_of(draft.text[first:last], fault.true)
    suggestion = draft.text[fault.start : first] + right + draft.text[last : fault.end]
    shown = f"{date}: {weekday_name(fault.true)} ({calendar.day_name[fault.true - 1]})"
    evidence = (Evidence("calendar", shown=shown, date=date),)
    case = "published" if fault.year is None else "full"
    span = (fault.start, fault.end)
    return finding(draft.text, span, "weekday-mismatch", case, words, evidence, suggestion=suggestion)


def _weekday_label(number: int) -> Label:
    return Label(vi=weekday_name(number), en=calendar.day_name[number - 1])


def _in_style_of(written: str, weekday: int) -> str:
    """«Thứ Hai» makes «thứ tư» «Thứ Tư», «Thứ hai» makes it «Thứ tư», «Thứ 2» makes it «Thứ 4»."""
    capitals = [word[:1].isupper() for word in written.split()]
    words = weekday_name(weekday).split()
    if written[-1:].isdigit() and weekday < SUNDAY:
        words[-1] = str(weekday + 1)
    for place, word in enumerate(words):
        is_capital = capitals[min(place, len(capitals) - 1)] if capitals else False
        words[place] = word[:1].upper() + word[1:] if is_capital else word
    return " ".join(words)


def _impossible(draft: Draft, fault: CalendarFault) -> Finding:
    said = "/".join(str(part) for part in (fault.day, fault.month, fault.year) if part is not None)
    span = (fault.start, fault.end)
    if fault.kind == "no-such-month":
        evidence = (Evidence("calendar", shown=f"1 ≤ {fault.month} ≤ 12 ✗"),)
        return finding(draft.text, span, "impossible-date", "no-such-month", {"said": said}, evidence)
    days = calendar.monthrange(fault.year or _LEAP_YEAR, fault.month)[1]
    month = f"{fault.month}/{fault.year}" if fault.year else str(fault.month)
    evidence = (Evidence("calendar", shown=f"{month}: {days} < {fault.day}"),)
    words = {"said": said, "month": month, "days": str(days)}
    return finding(draft.text, span, "impossible-date", "no-such-day", words, evidence)
