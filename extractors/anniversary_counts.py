"""Counts of years that a text keeps: «kỷ niệm 45 năm ngày … (1973 - 2018)», of what event, and told of which year.

Nothing is concluded here: the count stands beside the span, the date and the years that the text gives it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.calendar_words import ROUND_NUMERAL
from extractors.claims.anniversaries import date_by_count, range_after, year_of_telling
from extractors.claims.frames import Frame, NotAClaimError
from extractors.claims.proximity import names_another_event
from extractors.counted_events import event_frames, frame_counted, is_exactly_ago, states_counted
from extractors.dates import DateSpan, DateValue, PartialDate, of_day
from extractors.documents import Document, Sentence, read_document
from extractors.gazetteer import load_gazetteer
from extractors.linking import Linker
from extractors.persons import Persons
from extractors.records import Article, ClaimType, Level, SectionKind
from extractors.timexes import Timex, recognise_timexes
from extractors.wordlists import pattern

# Counts of years that are read in one article, and dates of a paragraph that are remembered: they bound the time that
# any text takes. The most among 2,088 measured are 12 and 18.
MAX_COUNTS, MAX_TOLD = 500, 100
MAX_BRACKET_DISTANCE_CHARS = 140
MAX_MARK_DISTANCE_CHARS = 60
# «nhiệm kỳ 5 năm (2015 - 2021)»: a term may have been made longer or shorter
MAX_TERM_CHARS = 20
# A year at the head of its sentence, or this near to the count, is the year of the anniversary.
HEAD_CHARS, MAX_YEAR_DISTANCE_WORDS = 12, 5

_COUNTED = re.compile(rf"\d{{1,3}}\snăm(?!\w)|lần thứ\s\d|{ROUND_NUMERAL}(?:\s\w+){{0,3}}\snăm(?!\w)", re.IGNORECASE)
_MARKS = pattern(r"{}|{}|(?<!\w)dịp(?!\w)", "marks-anniversary", "commemorates")
# «tại hội thảo, sau 30 năm …»: a stretch of time, whatever is held
_STRETCH = re.compile(r"(?<!\w)(?:sau|trong|suốt|qua)\s$", re.IGNORECASE)
# «1973 - 2023: 45 năm», «(1973 - 2023) là 45 năm»
_SPAN_BEFORE = re.compile(r"\s?(?:\)\s?:?|:|là|tròn|đúng)\s?(?:là\s|tròn\s|đúng\s)?", re.IGNORECASE)
# «Suốt 45 năm, từ năm 1973 đến năm 2018»
_ALL_THROUGH = re.compile(r"(?<!\w)(?:suốt|qua|trong)\s(?:cả\s)?$", re.IGNORECASE)
_APART = re.compile(r",?\s")
_AHEAD = pattern("{}", "looks-ahead")
_PERIOD = pattern("{}", "term-word")
_DIRECT = re.compile(r"\s?(?:qua\s)?\(\s?(?:từ\s)?", re.IGNORECASE)
_BREAKS = re.compile(r"[.;:()]|\d")


@dataclass(frozen=True, slots=True)
class CountedYears:
    """A count of years at `text[start:end]` of the article as given: «45 năm», «lần thứ 45».

    `is_kept`: the text says that it keeps an anniversary. `type`, `countries` and `level` are of the event counted
    from, where the text says so. `span` is what stands in brackets behind it, at `span_offsets`; `own` the event's own
    date, at `own_offsets`. `told_of` are the dates that the sentence surely gives the anniversary, `beside` its other
    dates, `before` those of its paragraph before it, `published` the day or the year that the article speaks in.
    `looks_ahead`: it may be of a year to come.
    """

    start: int
    end: int
    years: int
    is_kept: bool
    type: ClaimType | None = None
    countries: tuple[str, ...] = ()
    level: Level | None = None
    span: DateSpan | None = None
    span_offsets: tuple[int, int] = (0, 0)
    own: PartialDate | None = None
    own_offsets: tuple[int, int] = (0, 0)
    told_of: tuple[DateValue, ...] = ()
    beside: tuple[DateValue, ...] = ()
    before: tuple[DateValue, ...] = ()
    published: PartialDate | None = None
    looks_ahead: bool = False
    section: SectionKind = "body"


def find_counted_years(article: Article) -> tuple[CountedYears, ...]:
    """The exact counts of years of an article in the order of its text; vague ones («gần 45 năm») say nothing."""
    document = read_document(article)
    if not _COUNTED.search(document.text):
        return ()
    linker = Linker(document, load_gazetteer())
    persons = Persons(document, linker)
    found: list[CountedYears] = []
    before: list[Timex] = []
    paragraph = -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph, before = sentence.paragraph, []
        timexes, _ = recognise_timexes(document.text, sentence.start, sentence.end)
        if _COUNTED.search(document.text, sentence.start, sentence.end):
            found += _of_sentence(document, linker, persons, sentence, timexes, before)
        before = [*before, *timexes][-MAX_TOLD:]
        if len(found) >= MAX_COUNTS:
            break
    return tuple(found)


def _of_sentence(
    document: Document,
    linker: Linker,
    persons: Persons,
    sentence: Sentence,
    timexes: tuple[Timex, ...],
    before: Sequence[Timex],
) -> Iterator[CountedYears]:
    frames = list(event_frames(document, linker, persons, sentence, timexes))
    earlier = tuple(timex.value for timex in before if timex.value is not None)
    for count in timexes:
        if count.kind != "count" or count.is_approximate or not count.years:
            continue
        if count.is_ago and not is_exactly_ago(document.text, sentence, count):
            continue
        start, end = document.original_span(count.start, count.end)
        counted = CountedYears(
            start,
            end,
            count.years,
            is_kept=_is_kept(document.text, sentence, count),
            looks_ahead=_AHEAD.search(document.text, sentence.start, sentence.end) is not None,
            section=sentence.section,
        )
        frame = frame_counted(frames, count)
        counted = _with_bracket(document, counted, count, timexes, is_free=not counted.is_kept and frame is None)
        if frame is not None:
            counted = _with_event(frame, counted, count)
        yield _with_tellings(document, counted, frame, count, timexes, earlier)


def _is_kept(text: str, sentence: Sentence, count: Timex) -> bool:
    """«kỷ niệm 45 năm …», «… lần thứ 45»: an anniversary, and no stretch of time."""
    if text[count.start : count.start + 7].lower() == "lần thứ":
        return "kỷ niệm" in text[max(sentence.start, count.start - MAX_MARK_DISTANCE_CHARS) : count.start].lower()
    if _STRETCH.search(text, sentence.start, count.start):
        return False
    marks = list(_MARKS.finditer(text, max(sentence.start, count.start - MAX_MARK_DISTANCE_CHARS), count.start))
    return bool(marks) and _BREAKS.search(text, marks[-1].end(), count.start) is None


def _with_bracket(
    document: Document, counted: CountedYears, count: Timex, timexes: Sequence[Timex], *, is_free: bool
) -> CountedYears:
    """The count with the span in brackets that belongs to it; of a free stretch of time, only right behind it."""
    text = document.text
    sentence_start = max(0, count.start - MAX_TERM_CHARS)
    reach = len(" qua (từ ") if is_free else MAX_BRACKET_DISTANCE_CHARS
    for timex in timexes:
        if timex.start < count.end or timex.start > count.end + reach:
            continue
        opening = text.rfind("(", count.end, timex.start + 1)
        is_bracket = opening >= 0 and text[opening + 1 : timex.start].strip(" ") in ("", "từ")
        if isinstance(timex.value, DateSpan) and _APART.fullmatch(text, count.end, timex.start) and is_free:
            if _ALL_THROUGH.search(text, sentence_start, count.start):
                return replace(counted, span=timex.value, span_offsets=document.original_span(timex.start, timex.end))
        if not is_bracket or not isinstance(timex.value, DateSpan):
            return counted
        gap = text[count.end : opening]
        is_term = _PERIOD.search(text, max(0, count.start - MAX_TERM_CHARS), count.start) is not None
        if is_free and (is_term or not _DIRECT.fullmatch(text, count.end, timex.start)):
            return counted
        if _BREAKS.search(gap) or _PERIOD.search(gap) or names_another_event(gap):
            return counted
        offsets = document.original_span(timex.start, timex.end)
        return replace(counted, span=timex.value, span_offsets=offsets)
    return _with_span_before(document, counted, count, timexes)


def _with_span_before(
    document: Document, counted: CountedYears, count: Timex, timexes: Sequence[Timex]
) -> CountedYears:
    for timex in timexes:
        if isinstance(timex.value, DateSpan) and timex.end <= count.start:
            if _SPAN_BEFORE.fullmatch(document.text, timex.end, count.start):
                return replace(counted, span=timex.value, span_offsets=document.original_span(timex.start, timex.end))
    return counted


def _with_event(frame: Frame, counted: CountedYears, count: Timex) -> CountedYears:
    level = frame.trigger.phrase.level
    is_kept = counted.is_kept or frame.end <= count.start or count.is_ago
    counted = replace(
        counted, type=frame.trigger.type, level=level, countries=states_counted(frame, count), is_kept=is_kept
    )
    if counted.span is None and range_after(frame, count) is None:
        try:
            dating = date_by_count(frame, count)
        except NotAClaimError:
            return counted
        if dating.basis == "explicit" and isinstance(dating.value, PartialDate):
            offsets = frame.document.original_span(dating.start, dating.end)
            counted = replace(counted, own=dating.value, own_offsets=offsets)
    return counted


def _with_tellings(
    document: Document,
    counted: CountedYears,
    frame: Frame | None,
    count: Timex,
    timexes: Sequence[Timex],
    earlier: tuple[DateValue, ...],
) -> CountedYears:
    """The count with the dates that say which year its anniversary is of, and those that may."""
    published_on = document.article.published_on if counted.section != "teaser" else None
    sure: list[DateValue] = []
    perhaps: list[DateValue] = []
    for timex in timexes:
        value = timex.value
        if timex.kind == "relative-year" and published_on is not None:
            value = PartialDate(published_on.year + timex.years)
        offsets = document.original_span(timex.start, timex.end)
        if value is None or offsets in (counted.span_offsets, counted.own_offsets):
            continue
        (sure if _is_sure(frame, count, timex) else perhaps).append(value)
    published = of_day(published_on) if published_on else None
    if published is None and frame is not None and (told_in := year_of_telling(frame)) is not None:
        published = PartialDate(told_in)
    return replace(counted, told_of=tuple(sure), beside=tuple(perhaps), before=earlier, published=published)


def _is_sure(frame: Frame | None, count: Timex, timex: Timex) -> bool:
    """Whether a date is when the anniversary is kept: at the head of the sentence, or right beside the count."""
    if frame is None:
        return False
    if frame.triggers_between(timex.end, count.start):
        return False
    if timex.end <= count.start:
        is_head = timex.start - frame.sentence.start <= HEAD_CHARS
        return is_head or frame.words_between(timex.end, count.start) <= MAX_YEAR_DISTANCE_WORDS
    behind = max(frame.end, count.end)
    between = frame.text[behind : timex.start]
    is_near = 0 <= frame.words_between(behind, timex.start) <= MAX_YEAR_DISTANCE_WORDS
    return timex.start >= behind and is_near and not any(mark in between for mark in ",;:(")
