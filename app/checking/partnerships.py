"""Partnerships: the level or the date of an upgrade that is wrong, and a level that is said to hold now."""

from collections.abc import Iterator

from app.checking.contradictions import date_finding
from app.checking.drafts import date_offsets
from app.checking.reasons import Words, finding
from app.checking.records import LADDER, Draft, Evidence, Finding, Known
from app.checking.trust import MIN_CLAIM_CONFIDENCE, MIN_FIRM_CLAIM_CONFIDENCE, fits, is_firm, is_usable
from app.checking.writing import in_case_of, worded
from app.graph.ontology import label_of_concept, lower_first
from app.graph.readmodel import Event, Label
from extractors.dates import DateValue, first_date
from extractors.folding import fold_name
from extractors.lexicon import load_lexicon
from extractors.records import Claim

_STATED = frozenset({"explicit", "range"})
# News of an upgrade is of these days.
MAX_DAYS_OF_NEWS = 3


def wrong_partnerships(draft: Draft, known: Known) -> tuple[Finding, ...]:
    """A finding for each upgrade whose level or date the graph contradicts, and for each level that no longer holds."""
    return (
        *_upgrades(draft, known),
        *_named_frameworks(draft, known),
        *_undated(draft, known),
        *_levels_of_today(draft, known),
    )


def _upgrades(draft: Draft, known: Known) -> Iterator[Finding]:
    for claim in draft.extraction.claims:
        if claim.type != "partnership" or claim.level not in LADDER or claim.basis not in _STATED:
            continue
        if claim.confidence < MIN_CLAIM_CONFIDENCE or any(issue.startswith("count") for issue in claim.issues):
            continue
        ladder = [event for event in known.of(claim.countries) if event.type == "partnership" and is_usable(event)]
        same = [event for event in ladder if event.level == claim.level]
        if not any(fits(claim.date, event.date) for event in same):
            yield from _judge(draft, claim, same, ladder)


def _named_frameworks(draft: Draft, known: Known) -> Iterator[Finding]:
    """«Đối tác chiến lược sâu rộng năm 2015»: a framework of its own name, where it is the only one of that name."""
    for claim in draft.extraction.claims:
        if claim.type != "partnership" or claim.name is None or claim.basis not in _STATED:
            continue
        events = [event for event in known.of(claim.countries) if event.type == "partnership"]
        name = fold_name(claim.name).lower()
        same = [event for event in events if event.name and name in fold_name(event.name).lower()]
        if len(same) == 1 and is_usable(same[0]) and not any(fits(claim.date, event.date) for event in events):
            yield date_finding(draft, date_offsets(draft, claim), claim.date, same[0], is_sure=False)


def _judge(draft: Draft, claim: Claim, same: list[Event], ladder: list[Event]) -> Iterator[Finding]:
    """The level is wrong where another one is of that day, the date where the level is of another one."""
    told = [event for event in ladder if event.level != claim.level and fits(claim.date, event.date)]
    others = [event for event in told if event.level in LADDER]
    if len(told) > len(others):
        return  # a framework of another name is of that date: the text may mean it
    if same and others and claim.date.precision == "year":
        yield _year_or_level(draft, claim, same[0], others[0])
    elif same and not others:
        is_sure = claim.confidence >= MIN_FIRM_CLAIM_CONFIDENCE
        yield date_finding(draft, date_offsets(draft, claim), claim.date, same[0], is_sure=is_sure)
    elif others:
        yield _wrong_level(draft, claim, others[0])


def _year_or_level(draft: Draft, claim: Claim, event: Event, other: Event) -> Finding:
    date, level = date_offsets(draft, claim), _level_offsets(draft, claim)
    words = {
        "label": event.label,
        "known": worded(event.date),
        "said": worded(claim.date),
        "said_level": level_words(claim.level),
        "other_level": level_words(other.level),
    }
    evidence = (Evidence("event", event=event), Evidence("event", event=other))
    # either may be the slip: both are shown
    span = (min(date[0], level[0]), max(date[1], level[1]))
    return finding(draft.text, span, "partnership-level", "year-or-level", words, evidence)


def _wrong_level(draft: Draft, claim: Claim, event: Event) -> Finding:
    is_exact = claim.date.precision != "year" and event.precision != "year" and is_firm(event)
    case = "same-day" if is_exact else "same-year"
    known = worded(event.date if is_exact else first_date(claim.date))
    return _another_level(draft, _level_offsets(draft, claim), claim.level, event, case, known)


def _another_level(
    draft: Draft, span: tuple[int, int], said: str | None, event: Event, case: str, known: Label
) -> Finding:
    words = {
        "label": event.label,
        "known": known,
        "known_level": level_words(event.level),
        "said_level": level_words(said),
    }
    suggestion = in_case_of(draft.text[slice(*span)], level_words(event.level).vi)
    evidence = (Evidence("event", event=event),)
    return finding(draft.text, span, "partnership-level", case, words, evidence, suggestion=suggestion)


def _undated(draft: Draft, known: Known) -> Iterator[Finding]:
    """A level told without its date is wrong where the paragraph's day, or that of the news, is of another level."""
    published_on = draft.extraction.article.published_on
    for said in draft.upgrades:
        if said.level not in LADDER:
            continue
        days = [day for day in said.days if day.precision == "day"]
        ladder = [event for event in known.of(said.countries) if event.type == "partnership" and is_firm(event)]

        def is_meant(event: Event, days: list[DateValue] = days) -> bool:
            date = first_date(event.date)
            if date.day is None:
                return False
            since = (published_on - date.earliest).days if published_on else -1
            return any(fits(day, date) for day in days) or 0 <= since <= MAX_DAYS_OF_NEWS

        told = [event for event in ladder if is_meant(event)]
        if told and all(event.level in LADDER and event.level != said.level for event in told):
            yield _another_level(draft, (said.start, said.end), said.level, told[0], "same-day", worded(told[0].date))


def _levels_of_today(draft: Draft, known: Known) -> Iterator[Finding]:
    """«quan hệ đối tác toàn diện giữa A và B hiện nay»: the level must not be lower than the pair's latest one."""
    published_on = draft.extraction.article.published_on
    for said in draft.levels:
        ladder = [event for event in known.of(said.countries) if event.type == "partnership" and event.level in LADDER]
        begun = [e for e in ladder if published_on and first_date(e.date).latest <= published_on and is_firm(e)]
        latest = max(begun, key=lambda event: first_date(event.date).latest, default=None)
        if latest is None or LADDER.index(said.level) >= LADDER.index(latest.level or LADDER[0]):
            continue
        words: Words = {
            "known": worded(latest.date),
            "known_level": level_words(latest.level),
            "said_level": level_words(said.level),
        }
        evidence = (Evidence("event", event=latest),)
        span = (said.start, said.end)
        suggestion = in_case_of(draft.text[slice(*span)], level_words(latest.level).vi)
        yield finding(draft.text, span, "partnership-level", "now", words, evidence, suggestion=suggestion)


def _level_offsets(draft: Draft, claim: Claim) -> tuple[int, int]:
    """Where the claim's level is written; the whole quote where that is not found."""
    document = draft.document
    start, end = document.folded.folded_offset(claim.start), document.folded.folded_offset(claim.end)
    for trigger in load_lexicon().triggers(document.text, start, end):
        if trigger.type == "partnership" and trigger.phrase.level == claim.level:
            return document.original_span(trigger.start, trigger.end)
    return claim.start, claim.end


def level_words(level: str | None) -> Label:
    """The label of a level in both languages, as it stands within a sentence."""
    code = level or "other"
    vi, en = (label_of_concept("level", code, language) or code for language in ("vi", "en"))
    return Label(vi=lower_first(vi), en=lower_first(en))
