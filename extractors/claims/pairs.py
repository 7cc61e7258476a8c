"""Facts of two states: relations established, normalised, severed, recognised; partnerships set up or upgraded."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.anniversaries import commemorated_count, is_uncounted_noun
from extractors.claims.dating import date_of, year_of_context
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, called_off, cue_before, find_cue
from extractors.claims.parties import MAX_PAIR_DISTANCE_WORDS, OBJECT_LEAD, Link, link_pair
from extractors.claims.proximity import says_since
from extractors.claims.signatories import OF_THE_STATE
from extractors.claims.state_lists import objects, subjects
from extractors.dates import first_date
from extractors.linking import HOME, pair_of
from extractors.organisations import find_organisations
from extractors.records import ClaimType, CountryMention
from extractors.wordlists import CAPITAL, pattern

PAIR_TYPES: tuple[ClaimType, ...] = ("established", "normalised", "severed", "recognised", "partnership")


_VERB_BEFORE = pattern("{}", "partnership-verb")
_PASSIVE = pattern(r"[^.;()]{0,80}?{}", "partnership-passive")
_PARTICIPLE = pattern(r'"?\s(?:{}\s)*{}', "participle-lead", "partnership-participle")
_IN_BRACKETS = pattern(r"[^.;()]{0,80}?\({}\s", "partnership-verb")
_ENTRY_DATE = pattern(r"\s?\(\s?|\s(?:{}\s)?", "date-lead")
_ENTRY_JOINT = re.compile(r",\s(?:và\s)?(?:với\s)?|\svà\s(?:với\s)?")
_ENTRY_END = re.compile(r"\s?[.,;)]|$")
_PARTNER_OF = re.compile(rf"\s(?:của|với)\s(?={CAPITAL})")
# «nâng cấp quan hệ từ Đối tác toàn diện lên …»: no day at which that was set up
_FROM_LEVEL = pattern(r"{}[^.;]*\stừ\s(?:mức\s|tầm\s|khuôn khổ\s)?(?:quan hệ\s)?\"?$", "partnership-verb")
_BRACKET_DATE = re.compile(r'\s?"?\s?\($')
# «từ Đối tác chiến lược, thiết lập năm 2009, lên …»: the verb and its date complete the name before them
_APPOSED = re.compile(r'"?,\s(?:được\s|đã\s|vốn\s)*$', re.IGNORECASE)


def pair_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The claims of a trigger that relates two states.

    Raises:
        NotAClaimError: it is a plan, a negation, undated, or its states cannot be known.
    """
    if is_uncounted_noun(frame):
        raise NotAClaimError("years of relations, but no anniversary")
    listed = _listed(frame)
    if listed:
        return listed
    if frame.trigger.type == "partnership":
        frame = with_verb(frame)
        if _FROM_LEVEL.search(frame.text, frame.sentence.start, frame.trigger.start):
            raise NotAClaimError("what it was before")
        hoped = find_cue(frame.text, frame.start, frame.trigger.start)
        if hoped is not None and commemorated_count(frame) is None:
            raise NotAClaimError(f"not asserted: «{hoped.group()}»")
    dating = date_of(frame)
    is_anniversary = dating.basis in ("range", "count") or commemorated_count(frame) is not None
    if not is_anniversary:
        cue = cue_before(frame, frame.start) or called_off(frame)
        if cue is not None:
            raise NotAClaimError(f"not asserted: «{cue}»")
    link = link_pair(frame)
    if frame.trigger.type == "partnership":
        _refuse_bodies(frame, link)
    if frame.linker.has_ended(link.pair, first_date(dating.value).year):
        raise NotAClaimError(f"a state of {'-'.join(link.pair)} had ended by {dating.value}")
    return tuple(_draft(frame, dating, each) for each in _each_pair(frame, link))


def _refuse_bodies(frame: Frame, link: Link) -> None:
    """Raise NotAClaimError where a state only completes the name of a body: «Liên đoàn Bóng đá Nhật Bản»."""
    mentions = [m for m in frame.states.mentions if link.start <= m.start and m.end <= frame.end]
    for body in find_organisations(frame.text, frame.sentence.start, frame.start, frame.states.mentions):
        if body.type not in OF_THE_STATE and any(body.start < m.start and m.end <= body.end for m in mentions):
            raise NotAClaimError(f"its parties are no states: «{body.name}»")


def _each_pair(frame: Frame, link: Link) -> tuple[Link, ...]:
    """One link for each subject or object of a list: «A, B và C công nhận D», «A công nhận B, C và D»."""
    if link.subject is None or link.object is None:
        return (link,)
    named = [(subject, link.object) for subject in subjects(frame, link.subject, link.object)]
    if len(named) < 2:
        named = [(link.subject, target) for target in objects(frame, link.subject, link.object)]
    found = [(subject, target, pair_of(subject, target)) for subject, target in named]
    links = tuple(replace(link, pair=pair, subject=one, object=other) for one, other, pair in found if pair is not None)
    return links or (link,)


def _draft(frame: Frame, dating: Dating, link: Link) -> Draft:
    is_directed = frame.trigger.type == "recognised"
    if is_directed and link.object is None:
        raise NotAClaimError("who recognises whom is not said")
    level = frame.trigger.phrase.level
    return Draft(
        type=frame.trigger.type,
        countries=link.pair,
        dating=dating,
        start=min(frame.start, link.start),
        end=max(frame.end, link.end),
        confidence=link.confidence,
        level=level,
        from_country=link.subject if is_directed else None,
        to_country=link.object if is_directed else None,
        name=frame.text[frame.trigger.start : frame.trigger.end] if level == "other" else None,
    )


def with_verb(frame: Frame) -> Frame:
    """A partnership named is no fact; one that was set up or upgraded is: widen the core to its verb.

    Raises:
        NotAClaimError: no such verb, anniversary or bracketed date goes with it.
    """
    start = max(
        [frame.sentence.start] + [frame.text.rfind(mark, frame.sentence.start, frame.start) + 1 for mark in ";."]
    )
    partner = _PARTNER_OF.match(frame.text, frame.end)
    if partner and not any(m.start <= partner.end() + 6 and m.end > partner.end() for m in frame.states.actors):
        raise NotAClaimError("the partner is not a state")
    verb = None
    for match in _VERB_BEFORE.finditer(frame.text, start, frame.start):
        # «A (ký năm 2010) và B»: the verb of A
        if ")" not in frame.text[match.end() : frame.start] and not _is_apposed(frame, match.start()):
            verb = match
    shared = verb is not None and any(
        other.type == "partnership" for other in frame.triggers_between(verb.end(), frame.start)
    )
    if shared:
        # «nâng cấp lên A năm 2013 và B năm 2019»: the verb holds for both, what is named before is the first one's
        return frame
    if verb is not None and frame.words_between(verb.end(), frame.start) <= MAX_PAIR_DISTANCE_WORDS:
        return replace(frame, start=verb.start())
    if commemorated_count(frame) is not None or _says_set_up(frame):
        return frame
    if any(
        _BRACKET_DATE.search(frame.text, frame.end, timex.start) for timex in frame.timexes if timex.start >= frame.end
    ):
        return frame
    raise NotAClaimError("a partnership spoken of, not one set up or upgraded")


def _is_apposed(frame: Frame, start: int) -> bool:
    """Whether a verb at `start` only tells since when the partnership named before it was there."""
    return any(
        other.type == "partnership" and _APPOSED.fullmatch(frame.text, other.end, start) is not None
        for other in frame.triggers_between(frame.sentence.start, start)
    )


def _says_set_up(frame: Frame) -> bool:
    """Whether words behind the name say so: «… được thiết lập», «… thiết lập năm 2016», «… từ năm 2010»."""
    if _PASSIVE.match(frame.text, frame.end, frame.sentence.end):
        return True
    if _PARTICIPLE.match(frame.text, frame.end, frame.sentence.end):
        return True
    if _IN_BRACKETS.match(frame.text, frame.end, frame.sentence.end):
        return True
    after = next((timex for timex in frame.timexes if timex.start >= frame.end), None)
    if after is None or any(mark in frame.text[frame.end : after.start] for mark in ",:;"):
        return False
    # «… từ năm 2010», but not «từ 1975 đến Đối tác chiến lược»: there it is the end of a way
    return says_since(frame, after) and not frame.text.startswith(" đến", after.end)


def _listed(frame: Frame) -> tuple[Draft, ...]:
    """A list «với Việt Nam: Trung Quốc (2008), Nga (năm 2012), …»: each state with its own date right behind."""
    entries = _entries(frame)
    if len(entries) < 2:
        return ()
    anchor = _anchor(frame, entries[0][0])
    drafts = []
    for mention, dating in entries:
        pair = pair_of(anchor, mention.code) if anchor else None
        if pair is not None:
            drafts.append(
                Draft(
                    frame.trigger.type, pair, dating, mention.start, dating.end, 0.95, level=frame.trigger.phrase.level
                )
            )
    return tuple(drafts)


def _entries(frame: Frame) -> list[tuple[CountryMention, Dating]]:
    """States behind the trigger with their dates: in brackets, or in a row whose last has «và» before it."""
    same = [other.start for other in frame.triggers if other.type in PAIR_TYPES]
    stop = min((start for start in same if start > frame.end), default=frame.sentence.end)
    bracketed: list[tuple[CountryMention, Dating]] = []
    plain: list[tuple[CountryMention, Dating]] = []
    for mention in frame.states.actors:
        if mention.start < frame.end or mention.start >= stop:
            continue
        for timex in frame.timexes:
            stated = year_of_context(frame, timex) if timex.kind == "yearless" else None
            value = timex.in_year(stated) if stated is not None else timex.value
            lead = _ENTRY_DATE.fullmatch(frame.text, mention.end, timex.start)
            if timex.kind not in ("date", "yearless") or value is None or lead is None:
                continue
            entry = (mention, Dating(value, "explicit", mention.start, timex.end, 0.9))
            if "(" in lead.group():
                bracketed.append(entry)
            elif not plain or _ENTRY_JOINT.fullmatch(frame.text, plain[-1][1].end, mention.start):
                plain.append(entry)
    return bracketed if len(bracketed) > 1 or not _is_closed(frame, plain) else plain


def _is_closed(frame: Frame, entries: Sequence[tuple[CountryMention, Dating]]) -> bool:
    """Whether a list is one: «A năm 2012, B năm 2014 và C năm 2016.»."""
    if len(entries) < 2:
        return False
    joint = frame.text[entries[-2][1].end : entries[-1][0].start]
    return " và " in joint and _ENTRY_END.match(frame.text, entries[-1][1].end) is not None


def _anchor(frame: Frame, first: CountryMention) -> str | None:
    """The state that all of a list relate to: the one named after «với», or the last one before the list."""
    before = [mention for mention in frame.states.actors if mention.end <= first.start]
    for mention in before:
        if mention.start >= frame.end and OBJECT_LEAD.search(frame.text, frame.end, mention.start):
            return mention.code
    if before:
        return before[-1].code
    return HOME if frame.linker.names_home() else None
