"""Counts of years that a text keeps: «kỷ niệm 45 năm ngày … (1973 - 2018)», of what event, and told of which year.

Nothing is concluded here: the count stands beside the span, the date and the years that the text gives it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.claims.anniversaries import commemorated_count, date_by_count, range_after, year_of_telling
from extractors.claims.frames import Frame, NotAClaimError
from extractors.claims.pairs import PAIR_TYPES
from extractors.claims.parties import link_pair
from extractors.claims.states import STATE_TYPES, state_drafts
from extractors.dates import DateSpan, DateValue, PartialDate, of_day
from extractors.documents import Document, Sentence, read_document
from extractors.gazetteer import load_gazetteer
from extractors.lexicon import Trigger, load_lexicon
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

_COUNTED = re.compile(r"\d{1,3}\snăm(?!\w)|lần thứ\s\d", re.IGNORECASE)
_MARKS = pattern(r"{}|{}|(?<!\w)dịp(?!\w)", "marks-anniversary", "commemorates")
# «tại hội thảo, sau 30 năm …»: a stretch of time, whatever is held
_STRETCH = re.compile(r"(?<!\w)(?:sau|trong|suốt|qua)\s$", re.IGNORECASE)
# «1973 - 2023: 45 năm», «(1973 - 2023) là 45 năm»
_SPAN_BEFORE = re.compile(r"\s?(?:\)\s?:?|:|là|tròn|đúng)\s?(?:là\s|tròn\s|đúng\s)?", re.IGNORECASE)
_AHEAD = pattern("{}", "looks-ahead")
_PERIOD = pattern("{}", "term-word")
_DIRECT = re.compile(r"\s?(?:qua\s)?\(\s?(?:từ\s)?", re.IGNORECASE)
_BREAKS = re.compile(r"[.;:()]|\d")
_EVENT_TYPES = frozenset({*PAIR_TYPES, *STATE_TYPES})
_WITH_STATES = frozenset(STATE_TYPES)


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
    frames = list(_frames(document, linker, persons, sentence, timexes))
    earlier = tuple(timex.value for timex in before if timex.value is not None)
    for count in timexes:
        if count.kind != "count" or count.is_ago or count.is_approximate or not count.years:
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
        frame = next((frame for frame in frames if commemorated_count(frame) == count), None)
        counted = _with_bracket(document, counted, count, timexes, is_free=not counted.is_kept and frame is None)
        if frame is not None:
            counted = _with_event(frame, counted, count)
        yield _with_tellings(document, counted, frame, count, timexes, earlier)


def _frames(
    document: Document, linker: Linker, persons: Persons, sentence: Sentence, timexes: tuple[Timex, ...]
) -> Iterator[Frame]:
    triggers: tuple[Trigger, ...] = load_lexicon().triggers(document.text, sentence.start, sentence.end)
    for trigger in triggers:
        if trigger.type in _EVENT_TYPES:
            yield Frame(
                document=document,
                linker=linker,
                sentence=sentence,
                states=linker.of(sentence),
                timexes=timexes,
                faults=(),
                triggers=tuple(one for one in triggers if one is trigger or one.type in _EVENT_TYPES),
                people=(),
                roles=(),
                persons=persons,
                trigger=trigger,
                start=trigger.start,
                end=trigger.end,
            )


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
    reach = len(" qua (từ ") if is_free else MAX_BRACKET_DISTANCE_CHARS
    for timex in timexes:
        if timex.start < count.end or timex.start > count.end + reach:
            continue
        opening = text.rfind("(", count.end, timex.start + 1)
        is_bracket = opening >= 0 and text[opening + 1 : timex.start].strip(" ") in ("", "từ")
        if not is_bracket or not isinstance(timex.value, DateSpan):
            return counted
        gap = text[count.end : opening]
        is_term = _PERIOD.search(text, max(0, count.start - MAX_TERM_CHARS), count.start) is not None
        if is_free and (is_term or not _DIRECT.fullmatch(text, count.end, timex.start)):
            return counted
        if _BREAKS.search(gap) or _PERIOD.search(gap):
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
    counted = replace(counted, type=frame.trigger.type, level=level, countries=_states_of(frame))
    if counted.span is None and range_after(frame, count) is None:
        try:
            dating = date_by_count(frame, count)
        except NotAClaimError:
            return counted
        if dating.basis == "explicit" and isinstance(dating.value, PartialDate):
            offsets = frame.document.original_span(dating.start, dating.end)
            counted = replace(counted, own=dating.value, own_offsets=offsets)
    return counted


def _states_of(frame: Frame) -> tuple[str, ...]:
    """The states of an event; none where they cannot be known: that the count adds up can be judged all the same."""
    try:
        if frame.trigger.type not in _WITH_STATES:
            return link_pair(frame).pair
        return state_drafts(frame)[0].countries
    except NotAClaimError:
        codes = frame.states.codes()
        if frame.trigger.type not in _WITH_STATES or len(codes) > 1:
            return ()
        return (frame.trigger.phrase.state,) if frame.trigger.phrase.state else codes


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
