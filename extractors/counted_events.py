"""Which event a count of years is of: «kỷ niệm 45 năm ngày …», «… tròn 45 năm», «Quốc khánh lần thứ 45»; and whose."""

import re
from collections.abc import Iterator, Sequence

from extractors.claims.anniversaries import commemorated_count, has_only_fillers
from extractors.claims.frames import Frame, NotAClaimError
from extractors.claims.pairs import PAIR_TYPES
from extractors.claims.parties import link_pair
from extractors.claims.states import STATE_TYPES, state_drafts
from extractors.documents import Document, Sentence
from extractors.lexicon import Trigger, load_lexicon
from extractors.linking import BLOC, Linker
from extractors.persons import Persons
from extractors.timexes import Timex
from extractors.wordlists import pattern

# In words: between «Quốc khánh lần thứ 45» and the state whose day it is.
MAX_OWNER_DISTANCE_WORDS = 3
# In code points: before «cách đây 45 năm», where «Ngày này» or «Đúng ngày này» may stand.
MAX_LEAD_CHARS = 16
_EVENT_TYPES = frozenset({*PAIR_TYPES, *STATE_TYPES})
_EXACTLY = pattern(r"^(.*?)\s{}\s$", "exact")
_TO_THE_YEAR = pattern(r"{}\s|(?<!\w)ngày này(?!\w)", "exact")
_ORDINAL = re.compile(r"lần thứ\s", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(r"[.,;:()\"]")


def event_frames(
    document: Document, linker: Linker, persons: Persons, sentence: Sentence, timexes: tuple[Timex, ...]
) -> Iterator[Frame]:
    """A frame for each phrase of a sentence that names an event of two states or of one."""
    triggers: tuple[Trigger, ...] = load_lexicon().triggers(document.text, sentence.start, sentence.end)
    for trigger in triggers:
        if trigger.type in _EVENT_TYPES:
            yield Frame(
                document=document,
                linker=linker,
                sentence=sentence,
                states=linker.of(sentence),
                timexes=timexes,
                faults=(),
                triggers=tuple(one for one in triggers if one is trigger or one.type in _EVENT_TYPES),
                people=(),
                roles=(),
                persons=persons,
                trigger=trigger,
                start=trigger.start,
                end=trigger.end,
            )


def frame_counted(frames: Sequence[Frame], count: Timex) -> Frame | None:
    """The event that a count is of: the one that the count leads to, or the one that it stands behind."""
    if count.is_ago:
        return next((frame for frame in frames if _is_told_behind(frame, count)), None)
    before = next((frame for frame in frames if commemorated_count(frame) == count), None)
    return before or next((frame for frame in reversed(frames) if _is_behind(frame, count)), None)


def _is_behind(frame: Frame, count: Timex) -> bool:
    """«… thiết lập quan hệ ngoại giao tròn 50 năm», «Quốc khánh Lào lần thứ 50»: with nothing but states between."""
    if count.start < frame.end or frame.triggers_between(frame.end, count.start):
        return False
    if _ORDINAL.match(frame.text, count.start):
        return frame.trigger.type in STATE_TYPES and has_only_fillers(frame, frame.end, count.start)
    exactly = _EXACTLY.match(frame.text[frame.end : count.start])
    return exactly is not None and has_only_fillers(frame, frame.end, frame.end + exactly.end(1))


def is_exactly_ago(text: str, sentence: Sentence, count: Timex) -> bool:
    """«cách đây tròn 45 năm», «Ngày này cách đây 45 năm», «Đúng 45 năm trước»: to the year, and not round about."""
    lead = text[max(sentence.start, count.start - MAX_LEAD_CHARS) : count.end]
    return _TO_THE_YEAR.search(lead) is not None


def _is_told_behind(frame: Frame, count: Timex) -> bool:
    """«Ngày này cách đây 45 năm, hai nước thiết lập …»: only states between, and no other date that it could be of."""
    gap = frame.text[count.end : frame.start]
    if count.end > frame.start or any(timex.value is not None for timex in frame.timexes):
        return False
    return has_only_fillers(frame, count.end + len(gap) - len(gap.lstrip(", ")), frame.start)


def states_counted(frame: Frame, count: Timex) -> tuple[str, ...]:
    """The states of the event; none where they cannot be known: that the count adds up can be judged all the same."""
    if frame.trigger.type not in STATE_TYPES:
        try:
            return link_pair(frame).pair
        except NotAClaimError:
            return ()
    owner = _owner_behind(frame, count)
    if owner is not None:
        return (owner,)
    try:
        return state_drafts(frame)[0].countries
    except NotAClaimError:
        codes = frame.states.codes()
        if len(codes) > 1:
            return ()
        return (frame.trigger.phrase.state,) if frame.trigger.phrase.state else codes


def _owner_behind(frame: Frame, count: Timex) -> str | None:
    """«Quốc khánh lần thứ 45 của nước …», «45 năm Quốc khánh nước …»: the first state behind both, in one breath."""
    end = max(frame.end, count.end)
    if frame.trigger.phrase.state is not None:
        return frame.trigger.phrase.state
    for mention in frame.states.actors:
        if frame.end <= mention.start and mention.end <= count.start:
            return mention.code
        if mention.start < end:
            continue
        gap = frame.text[end : mention.start]
        is_near = frame.words_between(end, mention.start) <= MAX_OWNER_DISTANCE_WORDS
        return mention.code if is_near and not _NEXT_CLAUSE.search(gap) and mention.code != BLOC else None
    return None
