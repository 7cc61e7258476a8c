"""Dates that the calendar contradicts, anywhere in a text: a weekday that is not the day's, a day that no month has.

What a date is about does not matter here, and neither does the section: a stamp of a saved page is read too.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.calendar_words import MAX_LEAD_CHARS, MONTH_IN_LETTERS, WEEKDAY, month_of, weekday_beside
from extractors.dates import DateError, DateSpan, PartialDate
from extractors.documents import Document, Sentence, read_document
from extractors.records import Article
from extractors.timexes import MAX_YEAR, MIN_YEAR, Timex, TimexFault, recognise_timexes

FaultKind = Literal["weekday", "no-such-day", "no-such-month"]

# News names the weekday of days near its own; a bare day further off belongs to a story that has its own year.
MAX_DAYS_FROM_PUBLICATION = 45
# Dates of a paragraph that are remembered: they bound the time that any text takes.
MAX_TOLD = 100
# What is no day is a number of something else from here on: «24.91.1975».
MAX_WRITTEN_NUMBER = 39

_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)
# In figures with a slash or a full stop, in words, or with a hyphen: in this order, as «30-31/4» has the day 31.
_WRITTEN = tuple(
    re.compile(rf"(?<![\d/.]){day}{sep}(?P<m>{month})(?!\d)(?:{year_sep}(?P<y>\d{{4}}))?(?!\d)", re.IGNORECASE)
    for day, sep, month, year_sep in (
        (r"(?P<d>\d{1,2})", r"\s?[/.]\s?", r"\d{1,2}", r"\s?[/.\-]\s?"),
        (r"(?P<d>\d{1,2})", r"\stháng\s", rf"\d{{1,2}}|{MONTH_IN_LETTERS}", r"(?:,?\snăm\s|\s?[/.\-]\s?|\s)"),
        (r"(?P<d>\d{1,2})", r"\s?-\s?", r"\d{1,2}", r"\s?-\s?"),
    )
)
# A pair of numbers by itself may be a score or a fraction: a word must make it a day.
_DAY_LEADS = "(?:ngày|hôm|sáng|chiều|tối|trưa|đêm|mùng|mồng)"
# … and the month and the year behind it, where they stand there
_REST = r"(?:\s?[/.\-]\s?\d{1,2}(?!\d)(?:\s?[/.\-]\s?\d{4})?|\stháng\s\d{1,2}(?:\snăm\s\d{4})?)?"
_DAY_WORD = re.compile(rf"(?<!\w)(?:{_DAY_LEADS}|tháng)(?!\w)|{WEEKDAY}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CalendarFault:
    """A date that cannot be, at `text[start:end]` of the article as given.

    `year`, `month` and `day` are what is written, the year None where it is not; of a `weekday` fault `date` is the day
    that is meant, `told` and `true` its weekdays (1 is Monday), and `word` the offsets of the weekday's own words.
    """

    kind: FaultKind
    start: int
    end: int
    year: int | None
    month: int
    day: int
    date: PartialDate | None = None
    told: int = 0
    true: int = 0
    word: tuple[int, int] = (0, 0)


def find_calendar_faults(article: Article) -> tuple[CalendarFault, ...]:
    """All dates of an article that the calendar contradicts, in the order of the text.

    A weekday beside a date without its year is judged by the publication date, in the body and in captions only.
    """
    document = read_document(_with_stamps(article))
    found: list[CalendarFault] = []
    before: list[Timex] = []
    paragraph = -1
    for sentence in document.sentences:
        timexes, faults = recognise_timexes(document.text, sentence.start, sentence.end)
        if sentence.paragraph != paragraph:
            paragraph, before = sentence.paragraph, []
        before = [*before, *timexes][-MAX_TOLD:]
        found += _weekday_faults(document, sentence, timexes, before)
        found += _impossible_dates(document, faults)
    return tuple(sorted(found, key=lambda fault: (fault.start, fault.end)))


def _with_stamps(article: Article) -> Article:
    """The article with its boilerplate read like a teaser: whatever it says, it is not about the publication day."""
    kinds = {"boilerplate": "teaser"}
    sections = tuple(replace(one, kind=kinds.get(one.kind, one.kind)) for one in article.sections)  # type: ignore[arg-type]  # a section kind
    return replace(article, sections=sections)


def _weekday_faults(
    document: Document, sentence: Sentence, timexes: Sequence[Timex], told: Sequence[Timex]
) -> Iterator[CalendarFault]:
    article_text = document.article.text
    for timex in timexes:
        if isinstance(timex.value, DateSpan):
            yield from _weekdays_in_span(document, sentence, timex, timex.value)
        if timex.weekday is None:
            continue
        date = _day_meant(document, sentence, timex, told)
        if date is None or date.earliest.isoweekday() == timex.weekday:
            continue
        word = _weekday_words(document.text, sentence, timex)
        if word is None:
            continue
        start, end = document.original_span(min(word[0], timex.start), max(word[1], timex.end))
        # «thứ Ba (21/9)»: to the bracket's end
        opened = article_text.count("(", start, end) > article_text.count(")", start, end)
        end += opened and article_text.startswith(")", end)
        yield CalendarFault(
            "weekday",
            start,
            end,
            timex.year,
            date.month or 0,
            date.day or 0,
            date,
            timex.weekday,
            date.earliest.isoweekday(),
            document.original_span(*word),
        )


def _weekdays_in_span(document: Document, sentence: Sentence, timex: Timex, span: DateSpan) -> Iterator[CalendarFault]:
    """«từ thứ Hai, 5/5/2025 đến thứ Sáu, 9/5/2025»: the weekdays right before the two ends of a span."""
    floor = max(sentence.start, timex.start - MAX_LEAD_CHARS)
    for end in (span.first, span.last):
        if end.precision != "day":
            continue
        named = re.compile(
            rf"({WEEKDAY}),?\s?\(?(?:{_DAY_LEADS}\s){{0,3}}(?P<d>0?{end.day})(?!\d){_REST}", re.IGNORECASE
        )
        match = named.search(document.text, floor, timex.end)
        if match is None:
            continue
        told = weekday_beside(document.text, match.start("d"), match.end("d"), sentence.start, sentence.end)
        if told is not None and told != end.earliest.isoweekday():
            start, behind = document.original_span(match.start(), min(match.end(), timex.end))
            word = document.original_span(*match.span(1))
            true = end.earliest.isoweekday()
            yield CalendarFault("weekday", start, behind, end.year, end.month or 0, end.day or 0, end, told, true, word)


def _day_meant(document: Document, sentence: Sentence, timex: Timex, told: Sequence[Timex]) -> PartialDate | None:
    """The day of a timex: as written, or without its year the one nearest to the publication, if that is certain."""
    if isinstance(timex.value, PartialDate):
        return timex.value if timex.value.precision == "day" else None
    published_on = document.article.published_on
    if timex.kind != "yearless" or published_on is None or sentence.section == "teaser" or timex.last_day is not None:
        return None
    if any(other.year not in (None, published_on.year) for other in told):
        return None  # the paragraph speaks of another year
    near = [day for shift in (-1, 0, 1) if (day := _in_year(timex, published_on.year + shift)) is not None]
    day = min(near, key=lambda one: abs((one.earliest - published_on).days), default=None)
    return day if day and abs((day.earliest - published_on).days) <= MAX_DAYS_FROM_PUBLICATION else None


def _in_year(timex: Timex, year: int) -> PartialDate | None:
    try:
        day = PartialDate(year, timex.month, timex.day)
    except DateError:
        return None
    return day if dt.MINYEAR < year < dt.MAXYEAR else None


def _weekday_words(text: str, sentence: Sentence, timex: Timex) -> tuple[int, int] | None:
    """Where the weekday of a timex stands: before it, at its head, or behind it."""
    floor = max(sentence.start, timex.start - MAX_LEAD_CHARS)
    spans = [match.span() for match in _WEEKDAY.finditer(text, floor, min(sentence.end, timex.end + MAX_LEAD_CHARS))]
    before = [span for span in spans if span[0] < timex.end]
    return before[-1] if before else next(iter(spans), None)


def _impossible_dates(document: Document, faults: Sequence[TimexFault]) -> Iterator[CalendarFault]:
    for fault in faults:
        if "lunar" in fault.reason:
            continue
        is_day = _DAY_WORD.search(document.text, max(0, fault.start - 8), fault.end) is not None
        for written in _WRITTEN:
            matches = list(written.finditer(document.text, fault.start, fault.end))
            years = {match["y"] for match in matches if match["y"]}
            for match in matches:
                # «từ 29/2 đến 3/3/2023»: the one year is that of all
                found = _judge(document, match, is_day, int(min(years)) if len(years) == 1 else None)
                if found is not None:
                    yield found
            if matches:
                break


def _judge(document: Document, match: re.Match[str], is_day: bool, shared: int | None) -> CalendarFault | None:
    day, month = int(match["d"]), month_of(match["m"])
    year = int(match["y"]) if match["y"] else shared
    if max(day, month) > MAX_WRITTEN_NUMBER or (year is None and not is_day):
        return None
    if (year is None and month > 12) or not MIN_YEAR <= (year or MIN_YEAR) <= MAX_YEAR:
        return None
    try:
        # 2000 is a leap year: without its year, 29 February can be
        PartialDate(year or 2000, month, day)
    except DateError:
        kind: FaultKind = "no-such-day" if 1 <= month <= 12 else "no-such-month"
        return CalendarFault(kind, *document.original_span(match.start(), match.end()), year, month, day)
    return None
