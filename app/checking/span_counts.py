"""Counts of years with a span in brackets, «45 năm (1978 - 2018)»: which of the three numbers is wrong, and mended."""

from app.checking.reasons import Words
from app.checking.records import Draft
from app.checking.trust import fits, is_usable
from app.checking.writing import date_part, number_rewritten, of_year, rewrite, worded
from app.graph.readmodel import Event, Label
from extractors.anniversary_counts import CountedYears
from extractors.dates import DateSpan, PartialDate, first_date


def reach(counted: CountedYears, text: str) -> tuple[int, int]:
    """From the count to the bracket's end, or from a span before it to the count."""
    start, end = counted.span_offsets
    if start < counted.start:
        return start, counted.end
    return counted.start, end + text.startswith(")", end)


def what_is_wrong(
    draft: Draft, counted: CountedYears, span: DateSpan, event: Event | None
) -> tuple[str, str | None, Words]:
    """The case of the reason, the stretch mended, and the words: as certain as the graph and the publication make it.

    `first`: the event was in another year, from which the count is right. `last`: the count is right in the year of the
    publication. `number`: both years are right. Otherwise it is one of the three, or more than one.
    """
    first, last = span.first.year or 0, span.last.year or 0
    words: dict[str, str | Label] = {
        "said": str(counted.years),
        "first": worded(span.first),
        "last": worded(span.last),
        "counted": str(last - first),
        "first_year": of_year(first),
        "last_year": of_year(last),
        "wanted_last": of_year(first + counted.years),
        "wanted_first": of_year(last - counted.years),
    }
    if event is None or not is_usable(event):
        return "span", None, words
    words |= {"label": event.label, "known": worded(event.date)}
    known = event.date.first if isinstance(event.date, DateSpan) else event.date
    is_first_right = fits(span.first, event.date)
    told = counted.published.year if counted.published else None
    if not is_first_right and known.year is not None and known.year + counted.years == last:
        words |= {"known_year": of_year(known.year)}
        return "first", _with_first(draft, counted, event), words
    if is_first_right and told == first + counted.years:
        return "last", _with_last(draft, counted, span, told), words
    if is_first_right:
        right = renumbered(draft.text, counted, last - first)
        return "number", _replaced(draft, counted, (counted.start, counted.end), right), words
    return "several", None, words


def both_mended(draft: Draft, counted: CountedYears, event: Event) -> tuple[str | None, Words]:
    """A count and its first year, both wrong, mended by the event and the last year; and the words that say so."""
    span, known = counted.span, first_date(event.date)
    first, last = (span.first.year, span.last.year) if span else (None, None)
    right = (last or 0) - (known.year or 0)
    words: Words = {
        "first_year": of_year(first or 0),
        "last_year": of_year(last or 0),
        "known_year": of_year(known.year or 0),
        "right": str(right),
        "said": str(counted.years),
        "label": event.label,
        "known": worded(event.date),
    }
    if counted.span_offsets[0] < counted.start or right < 1:
        return None, words
    mended = _with_first(draft, counted, event)
    number = draft.text[counted.start : counted.end]
    return renumbered(draft.text, counted, right) + mended[len(number) :], words


def _with_first(draft: Draft, counted: CountedYears, event: Event) -> str:
    first = date_part(draft.text, *counted.span_offsets)
    return _replaced(draft, counted, first, rewrite(draft.text[slice(*first)], event.date))


def _with_last(draft: Draft, counted: CountedYears, span: DateSpan, year: int) -> str:
    last = date_part(draft.text, date_part(draft.text, *counted.span_offsets)[1], counted.span_offsets[1])
    right = PartialDate(year, span.last.month, span.last.day)
    return _replaced(draft, counted, last, rewrite(draft.text[slice(*last)], right))


def _replaced(draft: Draft, counted: CountedYears, part: tuple[int, int], right: str) -> str:
    start, end = reach(counted, draft.text)
    return draft.text[start : part[0]] + right + draft.text[part[1] : end]


def renumbered(text: str, counted: CountedYears, years: int) -> str:
    """The words of a count with another number: «bảy mươi năm» becomes «bảy mươi lăm năm»."""
    return number_rewritten(text[counted.start : counted.end], counted.years, years)
