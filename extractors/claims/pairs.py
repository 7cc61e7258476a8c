"""Facts of two states: relations established, normalised, severed, recognised; partnerships set up or upgraded."""

import re
from dataclasses import replace

from extractors.claims.anniversaries import commemorated_count, is_uncounted_noun
from extractors.claims.dating import date_of
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, called_off, cue_before
from extractors.claims.parties import MAX_PAIR_DISTANCE_WORDS, OBJECT_LEAD, Link, link_pair, subjects
from extractors.claims.proximity import says_since
from extractors.dates import PartialDate, first_date
from extractors.linking import HOME, pair_of
from extractors.records import ClaimType, CountryMention
from extractors.wordlists import pattern

PAIR_TYPES: tuple[ClaimType, ...] = ("established", "normalised", "severed", "recognised", "partnership")


_VERB_BEFORE = pattern("{}", "partnership-verb")
_PASSIVE = pattern(r"[^.;()]{0,80}?{}", "partnership-passive")
_PARTICIPLE = pattern(r'"?\s(?:{}\s)*{}', "participle-lead", "partnership-participle")
_PARTNER_OF = re.compile(r"\s(?:của|với)\s(?=[A-ZĐÀ-Ỹ])")
_BRACKET_DATE = re.compile(r'\s?"?\s?\($')


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
        frame = _with_verb(frame)
    dating = date_of(frame)
    is_anniversary = dating.basis in ("range", "count") or commemorated_count(frame) is not None
    if not is_anniversary:
        cue = cue_before(frame, frame.start) or called_off(frame)
        if cue is not None:
            raise NotAClaimError(f"not asserted: «{cue}»")
    published_on = frame.document.article.published_on
    if published_on is not None and isinstance(dating.value, PartialDate) and dating.value.earliest > published_on:
        raise NotAClaimError(f"{dating.value} is after the publication date")
    link = link_pair(frame)
    if frame.linker.has_ended(link.pair, first_date(dating.value).year):
        raise NotAClaimError(f"a state of {'-'.join(link.pair)} had ended by {dating.value}")
    return tuple(_draft(frame, dating, each) for each in _each_subject(frame, link))


def _each_subject(frame: Frame, link: Link) -> tuple[Link, ...]:
    """One link for each subject of a list: «A, B và C công nhận D» are three facts."""
    names = subjects(frame, link)
    if len(names) < 2 or link.object is None:
        return (link,)
    pairs = [(name, pair_of(name, link.object)) for name in names]
    return tuple(replace(link, pair=pair, subject=name) for name, pair in pairs if pair is not None)


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


def _with_verb(frame: Frame) -> Frame:
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


def _says_set_up(frame: Frame) -> bool:
    """Whether words behind the name say so: «… được thiết lập», «… thiết lập năm 2016», «… từ năm 2010»."""
    if _PASSIVE.match(frame.text, frame.end, frame.sentence.end):
        return True
    if _PARTICIPLE.match(frame.text, frame.end, frame.sentence.end):
        return True
    after = next((timex for timex in frame.timexes if timex.start >= frame.end), None)
    if after is None or any(mark in frame.text[frame.end : after.start] for mark in ",:;"):
        return False
    # «… từ năm 2010», but not «từ 1975 đến Đối tác chiến lược»: there it is the end of a way
    return says_since(frame, after) and not frame.text.startswith(" đến", after.end)


def _listed(frame: Frame) -> tuple[Draft, ...]:
    """A list «với Việt Nam: Trung Quốc (2008), Nga (năm 2012), …»: each state with its own date in brackets."""
    entries = []
    same = [other.start for other in frame.triggers if other.type in PAIR_TYPES]
    stop = min((start for start in same if start > frame.end), default=frame.sentence.end)
    for mention in frame.states.actors:
        if mention.start < frame.end or mention.start >= stop:
            continue
        for timex in frame.timexes:
            gap = frame.text[mention.end : timex.start]
            if timex.kind == "date" and timex.value is not None and gap.strip() == "(":
                entries.append((mention, timex))
    if len(entries) < 2:
        return ()
    anchor = _anchor(frame, entries[0][0])
    drafts = []
    for mention, timex in entries:
        pair = pair_of(anchor, mention.code) if anchor else None
        if pair is None or timex.value is None:
            continue
        dating = Dating(timex.value, "explicit", mention.start, timex.end, 0.9)
        drafts.append(
            Draft(frame.trigger.type, pair, dating, mention.start, timex.end, 0.95, level=frame.trigger.phrase.level)
        )
    return tuple(drafts)


def _anchor(frame: Frame, first: CountryMention) -> str | None:
    """The state that all of a list relate to: the one named after «với», or the last one before the list."""
    before = [mention for mention in frame.states.actors if mention.end <= first.start]
    for mention in before:
        if mention.start >= frame.end and OBJECT_LEAD.search(frame.text, frame.end, mention.start):
            return mention.code
    if before:
        return before[-1].code
    return HOME if frame.linker.names_home() else None
