"""Dates of facts that the graph contradicts.

A claim contradicts where its date can mean no day of any event of its kind. A date that is less precise than the
event's and contains it is right; a fact that the graph does not hold is none of ours. Dates of ties (established,
normalised, recognised) are right where they fit any of the pair's ties, or of its predecessors'.
"""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from app.checking.drafts import date_offsets
from app.checking.reasons import Words, finding
from app.checking.records import Draft, Evidence, Finding, Known
from app.checking.trust import (
    MIN_CLAIM_CONFIDENCE,
    MIN_FIRM_CLAIM_CONFIDENCE,
    fits,
    is_disputed,
    is_firm,
    is_told,
    is_usable,
)
from app.checking.writing import in_figures, rewrite, worded
from app.graph.readmodel import Alternative, Event
from extractors.dates import DateValue, PartialDate, first_date
from extractors.records import Claim

_TIES = frozenset({"established", "normalised", "recognised"})
_OF_PAIRS = _TIES | {"severed"}
_OF_STATES = frozenset({"independence", "liberation", "national-day"})
# What a text reckons from a count of years is judged as a count (see counts.py).
_STATED = frozenset({"explicit", "range"})
MAX_SLIP_DAYS = 7
# 11 July 1995 in Washington was 12 July in Hà Nội: where a source gives the day beside, both are right.
MAX_ZONE_DAYS = 1
_SAME_PERSON_SCORE = 95.0


def contradicted_dates(draft: Draft, known: Known) -> tuple[Finding, ...]:
    """A finding for each stated date of a fact that no event of the graph agrees with."""
    found = []
    for claim in draft.extraction.claims:
        if claim.basis in _STATED and claim.confidence >= MIN_CLAIM_CONFIDENCE and not _has_count_issue(claim):
            event = contradicted_event(claim, known)
            if event is not None:
                found.append(_finding(draft, claim, event))
    return tuple(found)


def contradicted_event(claim: Claim, known: Known) -> Event | None:
    """The event that a claim contradicts: the nearest of those it could mean, if it fits none."""
    if claim.type in _OF_PAIRS:
        return _of_pair(claim, known)
    if claim.type in _OF_STATES:
        return _of_state(claim, known)
    return _of_visit(claim, known) if claim.type == "visit" else None


def _of_pair(claim: Claim, known: Known) -> Event | None:
    kinds = _TIES if claim.type in _TIES else {claim.type}
    if any(event.type in kinds and fits(claim.date, event.date) for event in known.with_kin(claim.countries)):
        return None
    same = [event for event in known.of(claim.countries) if event.type == claim.type and _same_direction(claim, event)]
    return _nearest(claim, same)


def _of_state(claim: Claim, known: Known) -> Event | None:
    """Of a national day, any other day; of an independence, only a slip: otherwise another fact may be meant."""
    events = [event for event in known.of(claim.countries) if event.type in _OF_STATES]
    if any(
        fits(claim.date, event.date) or _same_day_of_year(claim, event) for event in events if _may_be(claim, event)
    ):
        return None
    same = [event for event in events if event.type == claim.type]
    if claim.type == "national-day":
        return _nearest(claim, same)
    return _nearest(claim, [event for event in same if _is_slip(first_date(claim.date), first_date(event.date))])


def _is_slip(said: PartialDate, known: PartialDate) -> bool:
    """Only one of day, month and year differs, or a few days do: a state has several days called its independence."""
    parts = ((said.day, known.day), (said.month, known.month), (said.year, known.year))
    if any(one is None or other is None for one, other in parts):
        return False
    days_off = abs((said.earliest - known.earliest).days)
    return days_off <= MAX_SLIP_DAYS or sum(one != other for one, other in parts) == 1


def _may_be(claim: Claim, event: Event) -> bool:
    """A national day may be kept for the independence or the liberation, and be told of as either."""
    return event.type == claim.type or "national-day" in (event.type, claim.type)


def _same_day_of_year(claim: Claim, event: Event) -> bool:
    """«Quốc khánh 2/9/2023»: the national day of a year is the day of that year."""
    said, date = first_date(claim.date), first_date(event.date)
    is_of_a_year = claim.type == "national-day" and claim.basis != "range"
    return is_of_a_year and said.day is not None and (said.month, said.day) == (date.month, date.day)


def _of_visit(claim: Claim, known: Known) -> Event | None:
    """The same person's visit to the same state in the same month: nobody pays two."""
    if claim.person is None or claim.date.precision != "day":
        return None
    said = first_date(claim.date)
    same = [
        event
        for event in known.of(claim.countries)
        if event.type == "visit"
        and event.person is not None
        and event.precision == "day"
        and fuzz.token_sort_ratio(claim.person, event.person) >= _SAME_PERSON_SCORE
        and (claim.from_country, claim.to_country) == (event.from_country, event.to_country)
    ]
    if any(fits(claim.date, event.date) for event in same):
        return None
    same = [e for e in same if (first_date(e.date).year, first_date(e.date).month) == (said.year, said.month)]
    return _nearest(claim, same)


def _same_direction(claim: Claim, event: Event) -> bool:
    if claim.type != "recognised":
        return True
    return (claim.from_country, claim.to_country) == (event.from_country, event.to_country)


def _nearest(claim: Claim, events: Sequence[Event]) -> Event | None:
    said = first_date(claim.date)

    def years_off(event: Event) -> tuple[int, str]:
        return abs((said.year or 0) - (first_date(event.date).year or 0)), event.id

    return min(filter(is_usable, events), key=years_off, default=None)


def _finding(draft: Draft, claim: Claim, event: Event) -> Finding:
    is_sure = claim.confidence >= MIN_FIRM_CLAIM_CONFIDENCE and claim.type != "visit"
    return date_finding(draft, date_offsets(draft, claim), claim.date, event, is_sure=is_sure)


def date_finding(draft: Draft, span: tuple[int, int], said: DateValue, event: Event, *, is_sure: bool) -> Finding:
    """The finding that a date contradicts an event; where sources really disagree, it says so instead."""
    side = _side_of(said, event.alternatives)
    case = "firm" if is_sure and is_firm(event) else "weak"
    if side is not None:
        is_held = is_disputed(side) or _days_apart(said, event.date) <= MAX_ZONE_DAYS
        case = "disputed" if is_held else "one-voice"
    words: Words = {"label": event.label, "known": worded(event.date), "said": worded(said)}
    is_day = isinstance(event.date, PartialDate)
    suggestion = rewrite(draft.text[slice(*span)], event.date) if is_day else in_figures(event.date)
    evidence = (Evidence("event", event=event),)
    return finding(draft.text, span, "date-contradicted", case, words, evidence, suggestion=suggestion)


def _days_apart(said: DateValue, known: DateValue) -> float:
    """How many days lie between two dates; infinitely many where one is not known to the day."""
    one, other = first_date(said), first_date(known)
    if one.day is None or other.day is None or one.year is None or other.year is None:
        return float("inf")
    return abs((one.earliest - other.earliest).days)


def _side_of(said: DateValue, alternatives: Iterable[Alternative]) -> Alternative | None:
    """The other side of a disagreement that a date is on, if there is one."""
    return next((one for one in alternatives if is_told(one) and fits(said, one.date)), None)


def _has_count_issue(claim: Claim) -> bool:
    return any(issue.startswith(("count-mismatch", "age-mismatch")) for issue in claim.issues)
