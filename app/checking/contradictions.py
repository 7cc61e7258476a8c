"""Dates of facts that the graph contradicts.

A claim contradicts where its date can mean no day of any event of its kind. A date that is less precise than the
event's and contains it is right; a fact that the graph does not hold is none of ours. Dates of ties (established,
normalised, recognised) are right where they fit any of the pair's ties, or of its predecessors'.
"""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from app.checking.drafts import date_offsets, sentence_around, timexes_around
from app.checking.former_names import load_former_names
from app.checking.reasons import finding
from app.checking.records import Draft, Evidence, Finding, Known
from app.checking.trust import (
    MIN_CLAIM_CONFIDENCE,
    MIN_FIRM_CLAIM_CONFIDENCE,
    fits,
    is_disputed,
    is_firm,
    is_judged_mistaken,
    is_told,
    is_usable,
)
from app.checking.writing import in_figures, rewrite, worded
from app.graph.readmodel import Alternative, Event, Label
from extractors.dates import DateValue, PartialDate, first_date
from extractors.records import Claim
from extractors.timexes import recognise_timexes
from extractors.wordlists import pattern

_TIES = frozenset({"established", "normalised", "recognised"})
_OF_PAIRS = _TIES | {"severed"}
_OF_STATES = frozenset({"independence", "liberation", "national-day"})
# What a text reckons from a count of years is judged as a count (see counts.py).
_STATED = frozenset({"explicit", "range"})
MAX_SLIP_DAYS, MAX_SLIP_YEARS = 7, 2
# A celebration of this year or the last is told of with its year; since when it is kept is longer ago.
MIN_YEARS_AGO = 2
MAX_DAYS_AHEAD = 366
_ANNOUNCED = pattern("{}", "announces")
_HELD = pattern(
    r"{}|(?<!\w)dịp(?!\w)|(?<!\w)(?:nhân|vào|trong|tối|sáng|chiều)\s(?:ngày\s|lễ\s)*quốc khánh", "marks-anniversary"
)
# 11 July 1995 in Washington was 12 July in Hà Nội: where a source gives the day beside, both are right.
MAX_ZONE_DAYS = 1
_SAME_PERSON_SCORE = 95.0


def contradicted_dates(draft: Draft, known: Known) -> tuple[Finding, ...]:
    """A finding for each stated date of a fact that no event of the graph agrees with."""
    found = []
    for claim in draft.extraction.claims:
        if claim.basis in _STATED and claim.confidence >= MIN_CLAIM_CONFIDENCE and not _has_count_issue(claim):
            event = _contradicted_event(draft, claim, known)
            if event is not None and not _is_another_step(draft, claim, event):
                found.append(_finding(draft, claim, event))
    return tuple(one for one in found if one.severity != "info" or not _tells_both_sides(draft, one))


def _contradicted_event(draft: Draft, claim: Claim, known: Known) -> Event | None:
    """The event that a claim contradicts: the nearest of those it could mean, if it fits none."""
    if claim.type in _OF_PAIRS:
        return _of_pair(claim, known)
    if claim.type == "national-day":
        return _of_national_day(draft, claim, known)
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
    """Of an independence or a liberation only a slip is told: otherwise another one may be meant."""
    events = [event for event in known.of(claim.countries) if event.type in _OF_STATES]
    if any(fits(claim.date, event.date) for event in events if event.type in (claim.type, "national-day")):
        return None
    same = [event for event in events if event.type == claim.type]
    if claim.date.precision != "day":
        return _only_one(claim, same)
    said = first_date(claim.date)
    if any(event.precision == "day" and (first_date(event.date).earliest - said.earliest).days == 1 for event in same):
        return None  # declared on the eve, as that of Uzbekistan was
    return _nearest(claim, [event for event in same if _is_slip(said, first_date(event.date))])


def _only_one(claim: Claim, events: Sequence[Event]) -> Event | None:
    """The only event of its kind, undisputed, where a year or a month is near enough to be a slip of its own."""
    said = first_date(claim.date).year
    if len(events) != 1 or events[0].alternatives or said is None or not is_firm(events[0]):
        return None
    year = first_date(events[0].date).year
    return events[0] if year is not None and abs(year - said) <= MAX_SLIP_YEARS else None


def _is_slip(said: PartialDate, known: PartialDate) -> bool:
    """Only one of day, month and year differs, or a few days do: a state has several days called its independence."""
    parts = ((said.day, known.day), (said.month, known.month), (said.year, known.year))
    if any(one is None or other is None for one, other in parts):
        return False
    days_off = abs((said.earliest - known.earliest).days)
    return days_off <= MAX_SLIP_DAYS or sum(one != other for one, other in parts) == 1


def _of_national_day(draft: Draft, claim: Claim, known: Known) -> Event | None:
    """Any other day; and the year, where it is that of the first one. It may be told of as the independence too."""
    said = first_date(claim.date)
    events = [event for event in known.of(claim.countries) if event.type in _OF_STATES]
    if any(fits(claim.date, event.date) for event in events) or _is_told_of_the_past(draft, claim):
        return None
    same = [event for event in events if event.type == "national-day"]
    same_day = [event for event in same if (said.month, said.day) == _day_of_year(event)]
    if same_day and said.day is not None and claim.basis != "range":
        # «Quốc khánh 2/9/2023»: the national day of a year is the day of that year
        return _nearest(claim, same_day) if _says_since_when(draft, claim, same_day[0]) else None
    return _nearest(claim, same)


def _day_of_year(event: Event) -> tuple[int | None, int | None]:
    date = first_date(event.date)
    return date.month, date.day


def _says_since_when(draft: Draft, claim: Claim, event: Event) -> bool:
    """«nguồn gốc ngày Quốc khánh Lào (2/12/1976)»: a day of long ago in brackets that nothing was held on."""
    published_on, year = draft.extraction.article.published_on, first_date(claim.date).year
    start, _ = date_offsets(draft, claim)
    sentence = sentence_around(draft, claim.start)
    origin = first_date(event.date).year
    if published_on is None or year is None or sentence is None or origin is None:
        return False
    if year < origin:
        return True
    place = draft.document.folded.folded_offset(start)
    others = [timex for timex in timexes_around(draft, claim.start) if timex.kind != "count" and timex.start != place]
    is_held = _HELD.search(draft.document.text, sentence.start, place) is not None
    is_in_brackets = draft.text[:start].rstrip().endswith("(")
    return is_in_brackets and not others and not is_held and year <= published_on.year - MIN_YEARS_AGO


def _is_told_of_the_past(draft: Draft, claim: Claim) -> bool:
    """«ngày 11/2 hằng năm trở thành ngày quốc khánh»: which day it was may have changed since."""
    sentence = sentence_around(draft, claim.start)
    then = load_former_names().cues["then"]
    return sentence is not None and then.search(draft.document.text, sentence.start, sentence.end) is not None


def _is_another_step(draft: Draft, claim: Claim, event: Event) -> bool:
    """«Tháng 12/2014, ông … tuyên bố bình thường hóa»: what is announced comes to be later."""
    if claim.type not in ("established", "normalised"):
        return False
    said, known = first_date(claim.date), first_date(event.date)
    sentence = sentence_around(draft, claim.start)
    is_side = any(fits(claim.date, side.date) for side in event.alternatives)
    is_before = not is_side and 0 < (known.latest - said.latest).days <= MAX_DAYS_AHEAD
    return (
        is_before
        and sentence is not None
        and _ANNOUNCED.search(draft.document.text, sentence.start, sentence.end) is not None
    )


def _tells_both_sides(draft: Draft, one: Finding) -> bool:
    """Whether the text itself gives the other date of a dispute too."""
    dates = [item.event.date for item in one.evidence if item.event is not None]
    told = [
        timex.value
        for sentence in draft.document.sentences
        for timex in recognise_timexes(draft.document.text, sentence.start, sentence.end)[0]
    ]
    return any(date in told for date in dates)


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
    if claim.type in ("independence", "liberation"):
        # a year alone may be that of a step on the way
        is_sure = is_sure and claim.date.precision == "day"
    return date_finding(draft, date_offsets(draft, claim), claim.date, event, is_sure=is_sure)


def date_finding(draft: Draft, span: tuple[int, int], said: DateValue, event: Event, *, is_sure: bool) -> Finding:
    """The finding that a date contradicts an event; where sources really disagree, it says so instead."""
    case = "firm" if is_sure and is_firm(event) else "weak"
    words: dict[str, str | Label] = {"label": event.label, "known": worded(event.date), "said": worded(said)}
    side = _side_of(said, event.alternatives)
    if side is not None and is_judged_mistaken(side):
        case = "mistaken" if case == "firm" else case
        words["page"] = ", ".join(dict.fromkeys(source.publisher or source.url or "" for source in side.sources))
    elif side is not None and is_told(side):
        is_held = is_disputed(side) or _days_apart(said, event.date) <= MAX_ZONE_DAYS
        case = "disputed" if is_held else "one-voice"
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
    return next((one for one in alternatives if fits(said, one.date)), None)


def _has_count_issue(claim: Claim) -> bool:
    return any(issue.startswith(("count-mismatch", "age-mismatch")) for issue in claim.issues)
