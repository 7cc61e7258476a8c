"""The words of a quote that tell what its claim says: its states, its date, its person. Pure.

The whole text is not stored. The quote is read again by the grammar that found the claim, so that what is marked are
words of the quote and nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.graph.readmodel import ClaimView
from extractors.dates import DateSpan, DateValue
from extractors.folding import FoldedText, fold
from extractors.gazetteer import load_gazetteer
from extractors.timexes import Timex, recognise_timexes

# A quote is a clause or a sentence; what is longer is shown as it stands.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a quote; `is_marked` where it tells what the claim says."""

    text: str
    is_marked: bool


def highlighted(claim: ClaimView) -> tuple[Part, ...]:
    """The quote of a claim in parts, which joined are the quote."""
    quote = claim.quote
    if len(quote) > _LONGEST:
        return (Part(quote, is_marked=False),)
    folded = fold(quote)
    spans = [folded.original(*span) for span in (*_states(folded, claim.countries), *_dates(folded, claim.date))]
    if claim.person and claim.person in quote:
        start = quote.index(claim.person)
        spans.append((start, start + len(claim.person)))
    return tuple(_parts(quote, spans))


def _states(folded: FoldedText, codes: Iterable[str]) -> Iterator[tuple[int, int]]:
    wanted = frozenset(codes)
    return ((one.start, one.end) for one in load_gazetteer().mentions(folded.text) if one.code in wanted)


def _dates(folded: FoldedText, date: DateValue) -> list[tuple[int, int]]:
    """Where the date is written; where it is not, all times that it can have been reckoned from."""
    timexes, _ = recognise_timexes(folded.text, 0, len(folded.text))
    written = [one for one in timexes if _is_of(one, date)]
    return [(one.start, one.end) for one in written or timexes]


def _is_of(timex: Timex, date: DateValue) -> bool:
    value = timex.value
    return value == date or (isinstance(value, DateSpan) and date in (value.first, value.last))


def _parts(quote: str, spans: Iterable[tuple[int, int]]) -> Iterator[Part]:
    end = 0
    for first, last in sorted(spans):
        if first < end or first == last:
            continue
        if end < first:
            yield Part(quote[end:first], is_marked=False)
        yield Part(quote[first:last], is_marked=True)
        end = last
    if end < len(quote):
        yield Part(quote[end:], is_marked=False)
