"""Facts of one state: its independence, its liberation, its national day."""

import re

from extractors.claims.anniversaries import commemorated_count
from extractors.claims.dating import date_of
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, cue_before
from extractors.dates import DateError, PartialDate
from extractors.linking import BLOC, this_state
from extractors.records import ClaimType
from extractors.timexes import Timex
from extractors.wordlists import pattern

STATE_TYPES: tuple[ClaimType, ...] = ("independence", "liberation", "national-day")

MAX_DISTANCE_WORDS = 6
MAX_SUBJECT_DISTANCE_WORDS = 12
MAX_POINTER_DISTANCE_CHARS = 60
# Between «Quốc khánh» and its date: a state's official name with another spelling in brackets, or hardly anything.
MAX_NAME_WORDS = 14
MAX_DAY_WORDS = 4
MAX_OWNER_DISTANCE_WORDS = 3
_NOUN = pattern("{}", "day-noun")
_GREETING = pattern("{}", "greeting")
_AFTER_DAY = re.compile(r"(?<!\w)(?:sau|trước)\s(?:ngày\s)?(?:miền nam\s)?$", re.IGNORECASE)
_GRANT = pattern("{}", "grant")
_OWNER = re.compile(r"\s(?:của|cho)\s(?:nước\s)?", re.IGNORECASE)
_GENITIVE = pattern(r"{}\s(?:nước\s)?$", "genitive")
_COPULA = pattern("{}", "day-copula")
_FROM = pattern(r"{}\s$", "former-rule")


def state_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The claim of a trigger about one state.

    Raises:
        NotAClaimError: it is a plan or a negation, undated, or its state cannot be known.
    """
    if _AFTER_DAY.search(frame.text, frame.sentence.start, frame.start):
        raise NotAClaimError("something after that day is dated, not the day")
    country, start, end = _state_of(frame)
    dating = _national_day(frame) if frame.trigger.type == "national-day" else date_of(frame)
    if _is_day_kept(frame, dating):
        raise NotAClaimError("the day is kept on that date; since when is not said")
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


def _is_day_kept(frame: Frame, dating: Dating) -> bool:
    """«Ngày Độc lập của Mỹ 4/7/2020, nhiều bang …»: at the head of a sentence, the day is that of what follows."""
    if frame.start != frame.sentence.start or _NOUN.match(frame.text, frame.start, frame.end) is None:
        return False
    is_behind = frame.end <= dating.start and not any(mark in frame.text[frame.end : dating.start] for mark in "(,")
    return is_behind and frame.text.startswith(", ", dating.end)


def _state_of(frame: Frame) -> tuple[str, int, int]:
    """The state it is about, and where it is named."""
    if frame.trigger.phrase.state is not None:
        return frame.trigger.phrase.state, frame.start, frame.end
    found = _state_behind(frame) or (None if _GRANT.match(frame.text, frame.start, frame.end) else _state_before(frame))
    if found is None:
        raise NotAClaimError("the state it is about is not named")
    return found


def _state_behind(frame: Frame) -> tuple[str, int, int] | None:
    """«ngày độc lập của X», «trao trả độc lập cho X»: of names of days, grants, and where «của» or «cho» says so."""
    is_noun = _NOUN.match(frame.text, frame.start, frame.end) is not None
    is_taken = is_noun or frame.trigger.type == "liberation" or _GRANT.match(frame.text, frame.start, frame.end)
    for mention in frame.states.actors:
        if mention.start < frame.end or frame.words_between(frame.end, mention.start) > MAX_DISTANCE_WORDS:
            continue
        gap = frame.text[frame.end : mention.start]
        if _FROM.search(gap) or any(mark in gap for mark in ',;."-') or " và " in gap:
            return None
        if frame.triggers_between(frame.end, mention.start) or not (is_taken or _OWNER.fullmatch(gap)):
            return None
        return mention.code, mention.start, mention.end
    return None


def _state_before(frame: Frame) -> tuple[str, int, int] | None:
    """The subject: the nearest state before that is no complement («thành viên của Liên Xô, đã tuyên bố …»)."""
    # «Lào tổ chức lễ … kỷ niệm 50 năm Quốc khánh»: who commemorates it with a count is whose day it is
    is_near_only = _NOUN.match(frame.text, frame.start, frame.end) and commemorated_count(frame) is None
    reach = MAX_OWNER_DISTANCE_WORDS if is_near_only else MAX_SUBJECT_DISTANCE_WORDS
    pointer = this_state(frame.text, max(frame.sentence.start, frame.start - MAX_POINTER_DISTANCE_CHARS), frame.start)
    candidates = [
        mention
        for mention in reversed(frame.states.actors)
        if mention.end <= frame.start
        and mention.code != BLOC
        and (pointer is None or pointer.start() <= mention.end)
        and frame.words_between(mention.end, frame.start) <= reach
        and not (is_near_only and _GREETING.search(frame.text, mention.end, frame.start))
    ]
    subjects = [m for m in candidates if not _GENITIVE.search(frame.text, frame.sentence.start, m.start)]
    if subjects:
        mention = subjects[0]
        return mention.code, mention.start, mention.end
    if pointer is None:
        return None
    code = frame.linker.antecedent_state(frame.sentence, pointer.start(), frozenset())
    return (code, pointer.start(), pointer.end()) if code else None


def _national_day(frame: Frame) -> Dating:
    """A national day may be dated without its year: «Quốc khánh Việt Nam 2-9»."""
    try:
        dating = date_of(frame)
    except NotAClaimError:
        dating = None
    if dating is not None and dating.basis in ("range", "explicit") and _names_the_day(frame, dating):
        return dating
    for timex in frame.timexes:
        if timex.kind != "yearless" or timex.day is None or timex.last_day is not None:
            continue
        if _is_the_day(frame, timex):
            try:
                value = PartialDate(None, timex.month, timex.day)
            except DateError as error:
                raise NotAClaimError(str(error)) from error
            return Dating(value, "explicit", timex.start, timex.end, 0.9)
    raise NotAClaimError("a national day spoken of without its date")


def _is_the_day(frame: Frame, timex: Timex) -> bool:
    """«Quốc khánh Việt Nam 2/9», «ngày 11/2 hằng năm trở thành ngày quốc khánh»."""
    if timex.start >= frame.end:
        gap = frame.text[frame.end : timex.start].strip(" (,")
        return frame.words_between(frame.end, timex.start) <= 2 and len(gap) < MAX_POINTER_DISTANCE_CHARS
    gap = frame.text[timex.end : frame.start]
    return frame.words_between(timex.end, frame.start) <= MAX_DISTANCE_WORDS and _COPULA.search(gap) is not None


def _names_the_day(frame: Frame, dating: Dating) -> bool:
    """Whether the date is the national day's own, not that of an occasion held for it.

    It stands right behind («Quốc khánh Lào (2/12/1975)»); a count or the day alone would be the occasion's.
    """
    if dating.value.precision != "day":
        return False
    reach = MAX_NAME_WORDS if dating.basis == "range" else MAX_DAY_WORDS
    between = frame.text[frame.end : dating.start]
    return (
        dating.start >= frame.end
        and frame.words_between(frame.end, dating.start) <= reach
        and ("(" in between or "ngày" in between or dating.basis == "range" or between.strip() == "")
    )
