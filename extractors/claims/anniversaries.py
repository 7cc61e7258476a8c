"""Dates of what is commemorated: «kỷ niệm 45 năm …», «(1973 - 2018)», and whether count and span agree."""

import re
from functools import lru_cache

from extractors.claims.frames import Dating, Frame, NotAClaimError, find_cue
from extractors.claims.proximity import distance, names_another_event
from extractors.dates import DateError, DateSpan, PartialDate
from extractors.records import Basis
from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, read_cited_table
from extractors.timexes import Timex, recognise_timexes
from extractors.wordlists import pattern

# In words: the year of an anniversary may stand far off, at the head of its sentence.
MAX_COUNT_DISTANCE_WORDS = 40
# A bracket this near after a commemorated event is the bracket of that event.
MAX_BRACKET_DISTANCE_CHARS = 140

# How surely a date that was reached so is the event's: judged in this order, not calibrated yet.
CONFIDENCE: dict[Basis, float] = {"explicit": 0.97, "range": 0.97, "count": 0.85, "relative": 0.8, "reference": 1.0}

# Where an article without a publication date tells when it happened: its first sentences.
MAX_OPENING_SENTENCES = 4
_HELD = pattern("{}", "held")
# «sẽ kỷ niệm …», «chuẩn bị cho lễ kỷ niệm …»: how far before the count a plan is told, in code points.
MAX_PLAN_DISTANCE_CHARS = 100
# An occasion held for an anniversary is held in that anniversary's year, so the publication year may date it …
_COMMEMORATES = pattern("{}", "commemorates")
_MARKS = pattern("{}", "marks-anniversary")
_OCCASION = pattern(r"{}(?:\s\w+){0,4}?\s(?:kỷ niệm|dịp)\s[^.;]{0,12}$", "occasion")
# … unless the sentence looks ahead.
_LATER = pattern("{}", "looks-ahead")
_SYLLABLE = re.compile(r"[^\W\d_]+")


def commemorated_count(frame: Frame) -> Timex | None:
    """The count that makes a trigger an anniversary: «kỷ niệm 45 năm ngày hai nước <trigger>»."""
    nearest = None
    for timex in frame.timexes:
        if timex.kind != "count" or timex.is_ago:
            continue
        if timex.end <= frame.start and has_only_fillers(frame, timex.end, frame.start):
            nearest = None if _is_duration(frame, timex) else timex
        elif timex.start >= frame.end and frame.text[timex.start : timex.start + 7].lower() == "lần thứ":
            if not frame.triggers_between(frame.end, timex.start) and _says_commemoration(frame):
                nearest = nearest or timex
    if nearest is not None and _is_bare_noun(frame) and range_after(frame, nearest) is None:
        # «chấm dứt hơn 80 năm quan hệ với Đài Loan» counts no anniversary
        return nearest if _MARKS.search(frame.text, frame.sentence.start, nearest.start) else None
    return nearest


def is_uncounted_noun(frame: Frame) -> bool:
    """«80 năm quan hệ với …» that counts no anniversary: the noun alone says nothing of a founding."""
    counted = frame.text[max(frame.sentence.start, frame.start - 4) : frame.start].lower() == "năm "
    return counted and _is_bare_noun(frame) and commemorated_count(frame) is None


def _is_bare_noun(frame: Frame) -> bool:
    return frame.text[frame.start : frame.end].lower().startswith(("quan hệ", "mối quan hệ"))


def _is_duration(frame: Frame, count: Timex) -> bool:
    """«20 năm, kể từ khi thiết lập quan hệ năm 1995»: the date behind is the event's, not the anniversary's."""
    if "từ" not in frame.text[count.end : frame.start]:
        return False
    return any(
        timex.value is not None and timex.start >= frame.end and frame.words_between(frame.end, timex.start) <= 1
        for timex in frame.timexes
    )


def has_only_fillers(frame: Frame, start: int, end: int) -> bool:
    """Whether nothing but state names and filler words stands between a count and its event."""
    gap = frame.text[start:end]
    for mention in reversed(frame.states.mentions):
        if start <= mention.start and mention.end <= end:
            gap = gap[: mention.start - start] + gap[mention.end - start :]
    if any(mark in gap for mark in ".;:()"):
        return False
    return all(word.lower() in load_fillers() for word in _SYLLABLE.findall(gap)) and not any(c.isdigit() for c in gap)


@lru_cache(maxsize=1)
def load_fillers() -> frozenset[str]:
    """Syllables that may stand between a count and its event (fillers.csv).

    Raises:
        TableError: a row cannot be trusted; names file and line.
    """
    columns = ("syllable",)
    path = DATA_DIR / "lexicon" / "fillers.csv"
    rows = read_cited_table(path, columns, sources=GRAMMAR_SOURCES, required=columns, key=columns)
    return frozenset(row["syllable"] for row in rows)


def is_commemorated(frame: Frame) -> bool:
    """«Lễ kỷ niệm ngày thiết lập … diễn ra ngày …»: without a count too, a date further on is the occasion's."""
    last = None
    for match in _COMMEMORATES.finditer(frame.text, max(frame.sentence.start, frame.start - 60), frame.start):
        last = match
    return last is not None and has_only_fillers(frame, last.end(), frame.start)


def _says_commemoration(frame: Frame) -> bool:
    return "kỷ niệm" in frame.text[max(frame.sentence.start, frame.start - 60) : frame.start].lower()


def range_after(frame: Frame, count: Timex | None) -> Dating | None:
    """The span in brackets behind an event and its anniversary: «(23/09/1992 - 23/09/2022)», «(1973 - 2018)»."""
    for timex in frame.timexes:
        if timex.kind != "span" or not frame.end <= timex.start <= frame.end + MAX_BRACKET_DISTANCE_CHARS:
            continue
        if not isinstance(timex.value, DateSpan):
            continue
        if any(other.type != "visit" for other in frame.triggers_between(frame.end, timex.start)):
            continue
        if names_another_event(frame.text[frame.end : timex.start]):
            continue
        first, last = timex.value.first, timex.value.last
        same_day = (first.month, first.day) == (last.month, last.day)
        in_brackets = "(" in frame.text[frame.end : timex.start] or frame.text[timex.start - 1] in "(,"
        if first.precision == "year" and count is None and not _says_commemoration(frame):
            continue
        if count is None and not same_day:
            continue
        if not in_brackets and (count is None or not same_day):
            continue
        issues = _count_issues(count, first, last, same_day)
        confidence = CONFIDENCE["range"] - (0.3 if issues else 0.0)
        return Dating(first, "range", timex.start, timex.end, confidence, issues)
    return None


def _count_issues(count: Timex | None, first: PartialDate, last: PartialDate, same_day: bool) -> tuple[str, ...]:
    issues = []
    if first.year is not None and last.year is not None and count is not None and last.year - first.year != count.years:
        issues.append(
            f"count-mismatch: the text counts {count.years} years, {first} to {last} are {last.year - first.year}; "
            f"{count.years} years before {last.year} is {last.year - count.years}"
        )
    if not same_day:
        issues.append(f"day-mismatch: {first} and {last} are not the same day of the year")
    return tuple(issues)


def date_by_count(frame: Frame, count: Timex) -> Dating:
    """The year that many years before the anniversary's; the event's own date where it stands behind it.

    Raises:
        NotAClaimError: the anniversary's year is not said and cannot be known.
    """
    direct = _direct_date(frame, count)
    if direct is not None:
        return direct
    candidates = [(_year_cost(frame, count, timex), timex) for timex in frame.timexes]
    candidates = [(cost, timex) for cost, timex in candidates if cost <= MAX_COUNT_DISTANCE_WORDS]
    told_in = year_of_telling(frame)
    for _, timex in sorted(candidates, key=lambda candidate: candidate[0]):
        if timex.kind == "relative-year":
            if told_in is not None:
                return years_before(count, told_in + timex.years, "relative", timex)
        elif timex.year is not None:
            return years_before(count, timex.year, "count", timex)
    if told_in is None or not _OCCASION.search(frame.text, frame.sentence.start, count.start):
        raise NotAClaimError("an anniversary whose year is not stated")
    start = max(frame.sentence.start, count.start - MAX_PLAN_DISTANCE_CHARS)
    is_planned = find_cue(frame.text, start, count.start) is not None
    if is_planned or _LATER.search(frame.text, frame.sentence.start, frame.sentence.end):
        raise NotAClaimError("an anniversary still to come, whose year is not stated")
    return years_before(count, told_in, "relative", count)


def year_of_telling(frame: Frame) -> int | None:
    """The year an article speaks in: that of its publication, else of the occasion that it opens with.

    «Ngày 31/8/2013, Đại sứ quán … tổ chức …» tells the year, if no later one is spoken of.
    """
    if frame.sentence.section == "teaser":
        return None
    published_on = frame.document.article.published_on
    if published_on is not None:
        return published_on.year
    for sentence in frame.document.sentences[:MAX_OPENING_SENTENCES]:
        if sentence.section != "body" or not _HELD.search(frame.text, sentence.start, sentence.end):
            continue
        for timex in recognise_timexes(frame.text, sentence.start, sentence.end)[0]:
            is_day = isinstance(timex.value, PartialDate) and timex.value.precision == "day"
            if is_day and timex.year == frame.document.latest_year:
                return timex.year
    return None


def _year_cost(frame: Frame, count: Timex, timex: Timex) -> float:
    """How far a time expression is from being the year that a count runs to; infinitely far if it cannot be."""
    if timex.kind in ("count", "yearless") or (timex.year is None and timex.kind != "relative-year"):
        return float("inf")
    if timex.end > count.start:
        return float("inf") if _dates_a_visit(frame, timex) else distance(frame, timex)
    if _dates_another(frame, timex) or ";" in frame.text[timex.end : count.start]:
        return float("inf")
    # the year of a celebration often heads a long sentence: «Năm 2018 với …, nhân dịp kỷ niệm 45 năm …»
    return frame.words_between(timex.end, count.start) / 2


def _dates_another(frame: Frame, timex: Timex) -> bool:
    """Whether a date belongs to another fact: «đối tác chiến lược được thiết lập năm 2013 và kỷ niệm 45 năm …»."""
    return any(
        other.type not in ("visit", "commemoration")
        and other is not frame.trigger
        and timex.start >= other.end
        and frame.words_between(other.end, timex.start) <= 3
        and not any(count.kind == "count" and count.end <= other.start for count in frame.timexes)
        for other in frame.triggers
    )


def _dates_a_visit(frame: Frame, timex: Timex) -> bool:
    """«kỷ niệm 40 năm …, nhắc lại chuyến thăm Việt Nam năm 2006»: behind another event, a year is that one's."""
    return any(
        other.type == "visit" and other.end <= timex.start and frame.words_between(other.end, timex.start) == 0
        for other in frame.triggers_between(frame.end, timex.start)
    )


def _direct_date(frame: Frame, count: Timex) -> Dating | None:
    """The event's own date right behind it: «45 năm ngày thiết lập quan hệ (21/9/1973)», «(từ năm 1962)»."""
    for timex in frame.timexes:
        if timex.kind != "date" or not isinstance(timex.value, PartialDate) or timex.start < frame.end:
            continue
        gap = frame.text[frame.end : timex.start]
        if frame.triggers_between(frame.end, timex.start) or len(gap) > MAX_BRACKET_DISTANCE_CHARS:
            return None
        published_on = frame.document.article.published_on
        if timex.value.precision == "year" and (timex.year or 0) + count.years > frame.document.latest_year:
            return None  # «kỷ niệm 65 năm … (năm 2015)» is the anniversary's year: 2080 is told of nowhere
        agrees = published_on is not None and timex.year is not None and timex.year + count.years == published_on.year
        if gap.rstrip().endswith("(") or gap.rstrip().endswith("(từ") or (agrees and timex.value.precision == "day"):
            return Dating(timex.value, "explicit", timex.start, timex.end, CONFIDENCE["explicit"] - 0.05)
        return None
    return None


def years_before(count: Timex, year: int, basis: Basis, said_by: Timex) -> Dating:
    """The bare year that a count of years reaches back to.

    Raises:
        NotAClaimError: there is no such year.
    """
    try:
        value = PartialDate(year).minus_years(count.years)
    except DateError as error:
        raise NotAClaimError(f"{count.years} years before {year}: {error}") from error
    start, end = min(count.start, said_by.start), max(count.end, said_by.end)
    confidence = CONFIDENCE[basis] if said_by is not count else CONFIDENCE[basis] - 0.15
    return Dating(value, basis, start, end, confidence)
