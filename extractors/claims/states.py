"""Facts of one state: its independence, its liberation, its national day."""

import re

from extractors.claims.dating import commemorated_count, date_of
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, cue_before
from extractors.dates import DateError, PartialDate
from extractors.linking import this_state
from extractors.records import ClaimType
from extractors.wordlists import pattern

STATE_TYPES: tuple[ClaimType, ...] = ("independence", "liberation", "national-day")

MAX_DISTANCE_WORDS = 6
MAX_SUBJECT_DISTANCE_WORDS = 12
MAX_OWNER_DISTANCE_WORDS = 3
_NOUN = pattern("{}", "day-noun")
_GREETING = pattern("{}", "greeting")
_FROM = pattern(r"{}\s$", "former-rule")


def state_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The claim of a trigger about one state.

    Raises:
        NotAClaimError: it is a plan or a negation, undated, or its state cannot be known.
    """
    country, start, end = _state_of(frame)
    dating = _national_day(frame) if frame.trigger.type == "national-day" else date_of(frame)
    if dating.basis not in ("range", "count") and commemorated_count(frame) is None and dating.value.precision:
        cue = cue_before(frame, frame.start)
        if cue is not None and frame.trigger.type != "national-day":
            raise NotAClaimError(f"not asserted: «{cue}»")
    return (
        Draft(
            frame.trigger.type,
            (country,),
            dating,
            start=min(frame.start, start),
            end=max(frame.end, end),
            confidence=0.95,
        ),
    )


def _state_of(frame: Frame) -> tuple[str, int, int]:
    """The state it is about, and where it is named."""
    if frame.trigger.phrase.state is not None:
        return frame.trigger.phrase.state, frame.start, frame.end
    # «Lào tổ chức lễ … kỷ niệm 50 năm Quốc khánh»: who commemorates it with a count is whose day it is
    is_held = commemorated_count(frame) is not None
    is_noun = _NOUN.match(frame.text, frame.start, frame.end) is not None
    for mention in frame.states.actors if is_noun or frame.trigger.type == "liberation" else ():
        if mention.start >= frame.end and frame.words_between(frame.end, mention.start) <= MAX_DISTANCE_WORDS:
            gap = frame.text[frame.end : mention.start]
            if (
                _FROM.search(gap)
                or any(mark in gap for mark in ',;."-')
                or " và " in gap
                or frame.triggers_between(frame.end, mention.start)
            ):
                break
            return mention.code, mention.start, mention.end
    pointer = None
    for match in _pointers(frame):
        pointer = match
    for mention in reversed(frame.states.actors):
        if mention.end > frame.start or (pointer is not None and pointer.start() > mention.end):
            continue
        distance = frame.words_between(mention.end, frame.start)
        if distance > (MAX_OWNER_DISTANCE_WORDS if is_noun and not is_held else MAX_SUBJECT_DISTANCE_WORDS):
            break
        if is_noun and _GREETING.search(frame.text, mention.end, frame.start):
            break
        return mention.code, mention.start, mention.end
    if pointer is not None:
        code = frame.linker.antecedent_state(frame.sentence, pointer.start(), frozenset())
        if code is not None:
            return code, pointer.start(), pointer.end()
    raise NotAClaimError("the state it is about is not named")


def _pointers(frame: Frame) -> list[re.Match[str]]:
    found = this_state(frame.text, max(frame.sentence.start, frame.start - 60), frame.start)
    return [found] if found is not None else []


def _national_day(frame: Frame) -> Dating:
    """A national day may be dated without its year: «Quốc khánh Việt Nam 2-9»."""
    try:
        dating = date_of(frame)
    except NotAClaimError:
        dating = None
    if dating is not None and dating.basis in ("range", "explicit") and _names_the_day(frame, dating):
        return dating
    for timex in frame.timexes:
        if timex.kind == "yearless" and timex.day is not None and timex.last_day is None and timex.start >= frame.end:
            gap = frame.text[frame.end : timex.start].strip(" (,")
            if frame.words_between(frame.end, timex.start) <= 2 and len(gap) < 50:
                try:
                    value = PartialDate(None, timex.month, timex.day)
                except DateError as error:
                    raise NotAClaimError(str(error)) from error
                return Dating(value, "explicit", timex.start, timex.end, 0.9)
    raise NotAClaimError("a national day spoken of without its date")


def _names_the_day(frame: Frame, dating: Dating) -> bool:
    """Whether the date is the national day's own, not that of an occasion held for it.

    It stands right behind («Quốc khánh Lào (2/12/1975)»); a count or the day alone would be the occasion's.
    """
    if dating.value.precision != "day":
        return False
    between = frame.text[frame.end : dating.start]
    return (
        dating.start >= frame.end
        and frame.words_between(frame.end, dating.start) <= 4
        and ("(" in between or "ngày" in between or dating.basis == "range" or between.strip() == "")
    )
