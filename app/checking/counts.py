"""Counts of years: those that do not add up inside the text, and anniversary numbers that are wrong for their year.

An anniversary number is judged by the year that the text surely gives the anniversary; without one, by the publication
day. Either way it is right where the N-th anniversary falls in the same calendar year or within MAX_DAYS_OFF of the day
it is told of, or in the next year where the last months of a year or a word such as «hướng tới» look ahead, or in the
year before where a celebration runs over into January or February; the last two not within MAX_DAYS_NEAR of another.
"""

import datetime as dt
from collections.abc import Iterator

from app.checking.contradictions import date_finding
from app.checking.drafts import sentence_around, timexes_around
from app.checking.former_names import load_former_names
from app.checking.reasons import Words, finding
from app.checking.records import Draft, Evidence, Finding, Known
from app.checking.span_counts import both_mended, reach, renumbered, what_is_wrong
from app.checking.trust import fits, is_contradicted, is_firm, is_usable
from app.checking.writing import date_part, in_figures, number_rewritten, of_year, worded
from app.graph.readmodel import Event
from extractors.anniversary_counts import CountedYears
from extractors.dates import DateSpan, DateValue, PartialDate, first_date
from extractors.records import Claim
from extractors.timexes import Timex

MAX_DAYS_OFF = 150
MAX_DAYS_NEAR = 45
FIRST_MONTH_AHEAD, LAST_MONTH_BEHIND = 10, 2
MAX_YEARS_AHEAD = 3
# A number that is further behind is rather that of an anniversary of then.
MAX_YEARS_SLIPPED = 5
_TIES = frozenset({"established", "normalised"})


def wrong_counts(draft: Draft, known: Known) -> tuple[Finding, ...]:
    """A finding for each count of years that its own text, the graph or the calendar contradicts."""
    found: list[Finding] = []
    for counted in draft.counts:
        if counted.span is not None:
            found += _span_findings(draft, counted, known)
        elif counted.is_kept:
            found += _number_findings(draft, counted, known)
    covered = [(one.start, one.end) for one in draft.counts if one.span is not None]
    found += (one for claim in draft.extraction.claims for one in _claim_findings(draft, claim, covered))
    return tuple(found)


def _span_findings(draft: Draft, counted: CountedYears, known: Known) -> Iterator[Finding]:
    """«45 năm (1978 - 2018)»: the two years must be that far apart; of two days, also on the same day of the year."""
    span = counted.span
    if span is None or span.first.year is None or span.last.year is None:
        return
    years = span.last.year - span.first.year
    event = _event_counted(counted, known)
    if counted.years == years or (years + 1 == counted.years and _counts_both_ends(counted)):
        if counted.is_kept and event is not None and is_contradicted(span.first, event):
            yield _wrong_from_the_start(draft, counted, event)
        elif counted.is_kept and span.first.precision == span.last.precision == "day":
            yield from _unlike_days(draft, counted, span, event)
        return
    if _is_counted_from_the_end(counted, span):
        return
    case, suggestion, words = what_is_wrong(draft, counted, span, event)
    evidence = [Evidence("arithmetic", shown=f"{span.last.year} − {span.first.year} = {years} ≠ {counted.years}")]
    evidence += [Evidence("event", event=event)] if event is not None and is_usable(event) else []
    yield finding(
        draft.text, reach(counted, draft.text), "count-mismatch", case, words, tuple(evidence), suggestion=suggestion
    )


def _wrong_from_the_start(draft: Draft, counted: CountedYears, event: Event) -> Finding:
    """«45 năm (1978 - 2023)» adds up, but the event was in another year: then the number is wrong too."""
    suggestion, words = both_mended(draft, counted, event)
    shown = f"{words['last_year']} − {words['known_year']} = {words['right']} ≠ {counted.years}"
    evidence = (Evidence("arithmetic", shown=shown), Evidence("event", event=event))
    span = reach(counted, draft.text)
    return finding(draft.text, span, "date-contradicted", "with-count", words, evidence, suggestion=suggestion)


def _is_counted_from_the_end(counted: CountedYears, span: DateSpan) -> bool:
    """«68 năm ngày ký … (1950 - 1953)», told in 2021: the bracket is of what ended then."""
    told = [first_date(one).year for one in (*counted.told_of, *counted.beside, counted.published) if one is not None]
    return (span.last.year or 0) + counted.years in told


def _counts_both_ends(counted: CountedYears) -> bool:
    """«5 năm (2016 - 2020)» is five years of work; of an event's anniversary, both ends are never counted."""
    return counted.type is None


def _unlike_days(draft: Draft, counted: CountedYears, span: DateSpan, event: Event | None) -> Iterator[Finding]:
    if (span.first.month, span.first.day) == (span.last.month, span.last.day):
        return
    evidence = [Evidence("arithmetic", shown=f"{span.first} ≁ {span.last}")]
    evidence += [Evidence("event", event=event)] if event is not None and is_usable(event) else []
    words = {"first": worded(span.first), "last": worded(span.last)}
    yield finding(draft.text, counted.span_offsets, "count-mismatch", "days", words, tuple(evidence))


def _number_findings(draft: Draft, counted: CountedYears, known: Known) -> Iterator[Finding]:
    event = _event_counted(counted, known)
    if event is not None and (counted.own is None or fits(counted.own, event.date)):
        origins = [first_date(one.date) for one in _events_meant(counted, known)]
        known_date = first_date(event.date)
    elif counted.own is not None and event is None:
        origins, known_date = [counted.own], counted.own
    elif event is not None and counted.own is not None and is_usable(event):
        # the count may rest on the wrong date: it is the date that is told of
        yield date_finding(draft, date_part(draft.text, *counted.own_offsets), counted.own, event, is_sure=True)
        return
    else:
        return
    told = _telling(draft, counted, origins)
    if told is None or known_date.year is None:
        return
    right = (first_date(told).year or 0) - known_date.year
    if right < 1 or right == counted.years or (right + 1 == counted.years and _numbers_days(draft, counted)):
        return
    year = first_date(told).year or 0
    words: Words = {
        "said": str(counted.years),
        "right": str(right),
        "known": worded(known_date),
        "known_year": of_year(known_date.year),
        "told": of_year(year),
    }
    shown = Evidence("arithmetic", shown=f"{year} − {known_date.year} = {right} ≠ {counted.years}")
    suggestion = renumbered(draft.text, counted, right)
    span = (counted.start, counted.end)
    if event is None:
        yield finding(draft.text, span, "anniversary-number", "own-date", words, (shown,), suggestion=suggestion)
        return
    case = "stated" if counted.told_of and is_firm(event) else "published"
    evidence = (shown, Evidence("event", event=event))
    words = {**words, "label": event.label}
    yield finding(draft.text, span, "anniversary-number", case, words, evidence, suggestion=suggestion)


def _numbers_days(draft: Draft, counted: CountedYears) -> bool:
    """«Ngày Độc lập lần thứ 78», 77 years later: some states number the days kept, the first one included."""
    is_ordinal = not draft.text[counted.end - 1 :][:1].isalpha()
    return is_ordinal and counted.type == "independence"


def _telling(draft: Draft, counted: CountedYears, origins: list[PartialDate]) -> DateValue | None:
    """The date that a number is wrong for; none where it is right for one that may be meant, or none is known.

    What the sentence surely gives the anniversary decides alone. Otherwise the publication, every other date of the
    sentence and those of the paragraph before it may be meant, unless one tells of a year of its own or a word such as
    «từng» says so.
    """

    def is_right(telling: DateValue) -> bool:
        return any(_is_anniversary_of(counted, telling, origin) for origin in origins)

    if counted.told_of:
        return None if any(map(is_right, counted.told_of)) else counted.told_of[0]
    beside = [one for one in counted.beside if _is_later(one, origins)]
    before = [one for one in counted.before if _is_later(one, origins)]
    told = counted.published
    if told is None or any(map(is_right, (told, *beside, *before))) or _tells_of_then(draft, counted):
        return None
    years = {first_date(one).year for one in (*beside, *before)} - {first_date(told).year}
    return told if not years and not _may_be_an_earlier_one(counted, told, origins) else None


def _may_be_an_earlier_one(counted: CountedYears, told: PartialDate, origins: list[PartialDate]) -> bool:
    """«Cây trồng trong dịp kỷ niệm 40 năm …»: an anniversary of years ago, unless the news is of these very days."""
    origin = origins[0] if origins else None
    if origin is None or origin.year is None or told.year is None:
        return False
    day = _anniversary_day(origin, told.year)
    is_of_these_days = day is not None and _days_between(day, told, told) <= MAX_DAYS_NEAR
    return told.year - origin.year - counted.years > MAX_YEARS_SLIPPED and not is_of_these_days


def _is_later(value: DateValue, origins: list[PartialDate]) -> bool:
    """Whether a date is after the event: what is before it is no anniversary."""
    year = first_date(value).year
    return year is not None and all(origin.year is not None and year > origin.year for origin in origins)


def _tells_of_then(draft: Draft, counted: CountedYears) -> bool:
    """«từng dự lễ kỷ niệm …», «hai mươi năm trước, khi hai nước kỷ niệm …»."""
    if any(timex.is_ago and timex.years != counted.years for timex in timexes_around(draft, counted.start)):
        return True
    sentence, then = sentence_around(draft, counted.start), load_former_names().cues["then"]
    return sentence is not None and then.search(draft.document.text, sentence.start, sentence.end) is not None


def _is_anniversary_of(counted: CountedYears, telling: DateValue, origin: PartialDate) -> bool:
    """Whether the N-th anniversary of a day may be spoken of at a date."""
    if origin.year is None:
        return True
    year = origin.year + counted.years
    first, last = first_date(telling), telling.last if isinstance(telling, DateSpan) else telling
    if first.year is None or last.year is None or first.year <= year <= last.year:
        return True
    if counted.looks_ahead and last.year < year <= last.year + MAX_YEARS_AHEAD:
        return True
    if last.month is None:
        return False
    day = _anniversary_day(origin, year)
    if day is not None and _days_between(day, first, last) <= MAX_DAYS_OFF:
        return True
    this_year = _anniversary_day(origin, last.year)
    if this_year is not None and _days_between(this_year, first, last) <= MAX_DAYS_NEAR:
        return False
    is_ahead = year == last.year + 1 and last.month >= FIRST_MONTH_AHEAD
    return is_ahead or (year == last.year - 1 and last.month <= LAST_MONTH_BEHIND)


def _anniversary_day(origin: PartialDate, year: int) -> dt.date | None:
    if origin.month is None:
        return None
    # the 29th of February is kept on the 28th; of a month its first day stands for it
    return dt.date(year, origin.month, min(origin.day or 1, 28))


def _days_between(day: dt.date, first: PartialDate, last: PartialDate) -> int:
    return max(0, (first.earliest - day).days, (day - last.latest).days)


def _event_counted(counted: CountedYears, known: Known) -> Event | None:
    """The event that a count begins at: the one that the number fits best, of those it may mean."""
    meant = [event for event in _events_meant(counted, known) if is_usable(event)]
    own = counted.own or (counted.span.first if counted.span else None)
    fitting = [event for event in meant if own is not None and fits(own, event.date)]
    return next(iter(fitting or meant), None)


def _events_meant(counted: CountedYears, known: Known) -> list[Event]:
    """The events of the count's kind; ties may be counted from any of the pair's ties, and its predecessors'."""
    if counted.type is None or not counted.countries:
        return []
    if counted.type in _TIES:
        own = [event for event in known.of(counted.countries) if event.type in _TIES]
        kin = [event for event in known.with_kin(counted.countries) if event.type in _TIES and event not in own]
        return sorted(own, key=lambda event: event.type != counted.type) + (kin if own else [])
    events = [event for event in known.of(counted.countries) if event.type == counted.type]
    if counted.type == "partnership":
        return [event for event in events if event.level == counted.level]
    return events


def _claim_findings(draft: Draft, claim: Claim, covered: list[tuple[int, int]]) -> Iterator[Finding]:
    """What the extraction found inconsistent, where no count of ours stands: «cách đây 67 năm (30/1/1950)», an age."""
    kinds = {issue.partition(":")[0] for issue in claim.issues}
    published_on, year = draft.extraction.article.published_on, first_date(claim.date).year
    if claim.basis != "explicit" or published_on is None or year is None:
        return
    if any(claim.start < end and start < claim.end for start, end in covered):
        return
    years = published_on.year - year
    evidence = (Evidence("arithmetic", shown=f"{published_on.year} − {year} = {years}"),)
    words = {"said": in_figures(first_date(claim.date)), "told": str(published_on.year), "right": str(years)}
    if "count-mismatch" in kinds:
        ago = _count_beside(draft, claim)
        if ago is None:
            span = (claim.start, claim.end)
            yield finding(draft.text, span, "count-mismatch", "unclear", words, evidence)
            return
        span = draft.document.original_span(ago.start, ago.end)
        words |= {"number": str(ago.years)}
        right = number_rewritten(draft.text[slice(*span)], ago.years, years)
        yield finding(draft.text, span, "count-mismatch", "stated", words, evidence, suggestion=right)
    elif "age-mismatch" in kinds:
        yield finding(draft.text, (claim.start, claim.end), "count-mismatch", "age", words, evidence)


def _count_beside(draft: Draft, claim: Claim) -> Timex | None:
    """The count of years «cách đây 67 năm» in the sentence of a claim, if there is one only."""
    timexes = timexes_around(draft, claim.start)
    counts = [timex for timex in timexes if timex.kind == "count" and not timex.is_approximate]
    return counts[0] if len(counts) == 1 else None
