"""Which time expression of a sentence dates which trigger, and how: explicitly, by a span, by a count, relatively."""

import datetime as dt
import re

from extractors.claims.anniversaries import (
    CONFIDENCE,
    commemorated_count,
    date_by_count,
    is_commemorated,
    range_after,
    years_before,
)
from extractors.claims.frames import Dating, Frame, NotAClaimError
from extractors.claims.proximity import distance
from extractors.dates import DateValue, PartialDate, first_date
from extractors.timexes import Timex, publication_year, recognise_timexes

# Distances in words, tuned on the development articles: past the first a date belongs to something else; an
# anniversary's year may stand further off, at the head of its sentence.
MAX_DISTANCE_WORDS = 22
# News speaks of days near its own; a bare day further off belongs to a story that has its own year.
MAX_DAYS_FROM_PUBLICATION = 45
MAX_DAYS_FROM_PUBLICATION_OF_MONTH = 300
# Visits are told of months later without their year, which is the last one then.
MAX_DAYS_FROM_PUBLICATION_OF_VISIT = 120
# The days of a visit say more than the day of what was signed in it.
SPAN_BONUS_WORDS = 8


_LISTED = re.compile(r",\s|,?\svà\s(?:vào\s)?")


def date_of(frame: Frame, *, span_allowed: bool = False, count_allowed: bool = True) -> Dating:
    """The date of what the trigger says; of a visit it may be a span, and is no anniversary's count.

    Raises:
        NotAClaimError: the sentence gives no date, or none with a year that can be known.
    """
    count = commemorated_count(frame)
    bracket = range_after(frame, count) if count_allowed or count is not None else None
    if bracket is not None:
        return bracket
    count = count if count_allowed else None
    if count is not None:
        return date_by_count(frame, count)
    ago = [timex for timex in frame.timexes if timex.kind == "count" and timex.is_ago]
    candidates = [
        (distance(frame, timex) - (SPAN_BONUS_WORDS if _is_long_span(timex) else 0), timex)
        for timex in frame.timexes
        if timex.kind != "count" and (span_allowed or not _is_long_span(timex))
    ]
    candidates = [(cost, timex) for cost, timex in candidates if cost <= MAX_DISTANCE_WORDS]
    if count is None and frame.trigger.type != "visit" and is_commemorated(frame):
        candidates = [(cost, t) for cost, t in candidates if t.start >= frame.end and _is_right_behind(frame, t)]
    if not candidates:
        if ago and frame.document.article.published_on and frame.sentence.section != "teaser":
            return years_before(ago[0], frame.document.article.published_on.year, "relative", ago[0])
        raise NotAClaimError("no date in the sentence belongs to it")
    cost, timex = min(candidates, key=lambda candidate: candidate[0])
    return _dating(frame, timex, cost)


def _is_right_behind(frame: Frame, timex: Timex) -> bool:
    """Nothing but state names stands between: «ngày thiết lập quan hệ ngoại giao Việt Nam - Lào 5/9/1962»."""
    return frame.words_between(frame.end, timex.start) == 0


def with_list(frame: Frame, dating: Dating) -> tuple[Dating, ...]:
    """A date with those that it is listed with: «vào tháng 9/1973, tháng 12/1995 và tháng 2/2003»."""
    found = [dating]
    for timex in frame.timexes:
        joint = frame.text[found[-1].end : timex.start]
        if timex.kind == "date" and timex.value is not None and timex.start >= found[-1].end:
            if _LISTED.fullmatch(joint):
                found.append(Dating(timex.value, "explicit", timex.start, timex.end, dating.confidence))
    return tuple(found)


def _is_long_span(timex: Timex) -> bool:
    return timex.kind == "span" or timex.last_day is not None


def _dating(frame: Frame, timex: Timex, cost: float) -> Dating:
    confidence = CONFIDENCE["explicit"] - max(0.0, cost - 6) * 0.01
    if timex.kind in ("date", "span") and timex.value is not None:
        return Dating(timex.value, "explicit", timex.start, timex.end, confidence)
    published_on = frame.document.article.published_on
    is_datable = published_on is not None and frame.sentence.section != "teaser"
    if timex.kind == "relative-year":
        year = publication_year(timex, published_on) if is_datable else None
        if year is None:
            raise NotAClaimError("the year is named from a publication date that is not known")
        return Dating(PartialDate(year), "relative", timex.start, timex.end, CONFIDENCE["relative"])
    stated = year_of_context(frame, timex)
    if stated is not None:
        value = timex.in_year(stated)
        if value is not None:
            return Dating(value, "explicit", timex.start, timex.end, confidence - 0.1)
    if not is_datable or published_on is None:
        raise NotAClaimError("the date lacks its year, and no publication date gives one")
    value = _nearest(timex, published_on)
    if value is None:
        raise NotAClaimError("the date lacks its year, and the publication year has no such day")
    reach = MAX_DAYS_FROM_PUBLICATION if timex.day is not None else MAX_DAYS_FROM_PUBLICATION_OF_MONTH
    if frame.trigger.type == "visit":
        reach = max(reach, MAX_DAYS_FROM_PUBLICATION_OF_VISIT)
    if abs((first_date(value).earliest - published_on).days) > reach:
        raise NotAClaimError(f"the date lacks its year, and is not near the publication date {published_on}")
    told = _year_told_before(frame)
    if told is not None and told != first_date(value).year:
        raise NotAClaimError(f"the date lacks its year, and its paragraph speaks of {told}")
    return Dating(value, "relative", timex.start, timex.end, CONFIDENCE["relative"])


def _year_told_before(frame: Frame) -> int | None:
    """The last year stated before the sentence in its paragraph: a background story goes on in that year."""
    for states in frame.linker.before(frame.sentence):
        sentence = states.sentence
        if sentence.paragraph != frame.sentence.paragraph:
            break
        timexes, _ = recognise_timexes(frame.text, sentence.start, sentence.end)
        years = [timex.year for timex in timexes if timex.year is not None]
        if years:
            return years[-1]
    return None


def _nearest(timex: Timex, published_on: dt.date) -> DateValue | None:
    """A date without its year, in the year that brings it nearest to the publication date."""
    values = [timex.in_year(published_on.year + shift) for shift in (-1, 0, 1)]
    known = [value for value in values if value is not None]
    return min(known, key=lambda value: abs((first_date(value).earliest - published_on).days), default=None)


def year_of_context(frame: Frame, yearless: Timex) -> int | None:
    """The only year of the sentence, when it stands at its head: «Năm 2018, … ngày 2/11»."""
    years = {
        timex.value.year
        for timex in frame.timexes
        if isinstance(timex.value, PartialDate)
        and timex.value.precision == "year"
        and timex.end <= yearless.start
        and timex.value.year
    }
    starts = [timex for timex in frame.timexes if timex.value is not None and timex.start - frame.sentence.start <= 12]
    return years.pop() if len(years) == 1 and starts else None
