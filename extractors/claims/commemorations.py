"""Occasions held to commemorate a fact: a meeting, a ceremony, a seminar on a dated day."""

import re

from extractors.claims.dating import date_of
from extractors.claims.frames import Draft, Frame, NotAClaimError, cue_before
from extractors.dates import first_date
from extractors.wordlists import pattern

MAX_NAME_CHARS = 160
_HELD = pattern("{}", "held")
_NAME_END = re.compile(r"[.;]|,\s(?:đồng thời|do|với|tại|có|và)\s")


def commemoration_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The occasion that a trigger speaks of.

    Raises:
        NotAClaimError: planned, undated, or of no known states.
    """
    if _HELD.search(frame.text, frame.sentence.start, frame.end) is None:
        raise NotAClaimError("no occasion is said to have been held")
    cue = cue_before(frame, frame.start)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")
    dating = date_of(frame)
    if dating.start > frame.start:
        raise NotAClaimError("the date stands behind the occasion and may be that of what is commemorated")
    if dating.basis not in ("explicit", "relative") or first_date(dating.value).precision == "year":
        raise NotAClaimError("the day of the occasion is not said")
    codes = frame.states.codes()
    countries = tuple(sorted(codes)) if 0 < len(codes) <= 2 else frame.linker.headline_pair()
    if countries is None:
        raise NotAClaimError("the states it concerns are not named")
    ending = _NAME_END.search(frame.text, frame.end, frame.sentence.end)
    end = min(ending.start() if ending else frame.sentence.end, frame.end + MAX_NAME_CHARS)
    return (
        Draft(
            "commemoration",
            countries,
            dating,
            start=frame.start,
            end=end,
            confidence=0.85,
            name=frame.text[frame.end : end].strip(),
        ),
    )
