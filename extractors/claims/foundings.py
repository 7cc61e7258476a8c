"""Friendship associations, embassies and consulates that are founded or opened."""

from dataclasses import dataclass, replace

from extractors.claims.dating import date_of
from extractors.claims.frames import Draft, Frame, NotAClaimError, called_off, cue_before
from extractors.claims.parties import link_pair
from extractors.dates import first_date
from extractors.linking import Pair, pair_of
from extractors.organisations import find_organisations
from extractors.records import CountryMention
from extractors.wordlists import pattern

_BODIES = frozenset({"friendship-association", "embassy"})
_PLACE_LEAD = pattern(r"{}\s$", "not-subject-lead")
_EMBASSY = pattern("{}", "embassy-noun")
_DECIDED = pattern(r"{}\s(?:\S+\s){0,2}$", "decision")
_CHAPTER = pattern(r"\s(?:tại\s|ở\s)?{}", "chapter-place")
_AT = pattern(r"{}\s(?:{}\s)?$", "place-lead", "destination-noun")
# «Đại sứ quán … được mở tại Hà Nội»: how far behind the name its seat may be told, in code points.
MAX_SEAT_DISTANCE_CHARS = 60


@dataclass(frozen=True, slots=True)
class _Body:
    """What is founded: `text[start:end]` is its name, or only «Đại sứ quán»."""

    start: int
    end: int
    is_association: bool


def founding_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The founding of a body of two states that a trigger speaks of.

    Raises:
        NotAClaimError: planned, undated, a chapter only, or its two states are not named.
    """
    body = _body(frame)
    if body is None:
        raise NotAClaimError("no association, embassy or consulate is named")
    if body.is_association and _CHAPTER.match(frame.text, body.end, frame.sentence.end):
        raise NotAClaimError("a chapter of an association")
    if _PLACE_LEAD.search(frame.text, frame.sentence.start, body.start) and body.start <= frame.start:
        raise NotAClaimError("something at an embassy, not the embassy itself")
    core = replace(frame, start=min(frame.start, body.start), end=max(frame.end, body.end))
    decided = _DECIDED.search(frame.text, frame.sentence.start, core.start)
    cue = decided.group().strip() if decided else cue_before(core, core.start) or called_off(core)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")
    pair = _states_of(core, body)
    dating = date_of(core)
    if frame.linker.has_ended(pair, first_date(dating.value).year):
        raise NotAClaimError(f"a state of {'-'.join(pair)} had ended by {dating.value}")
    return (Draft("founded", pair, dating, core.start, core.end, 0.9, name=frame.text[body.start : body.end]),)


def _body(frame: Frame) -> _Body | None:
    """The body whose name the trigger holds or begins."""
    for found in find_organisations(frame.text, frame.sentence.start, frame.sentence.end, frame.states.mentions):
        if found.type in _BODIES and found.start < frame.end <= found.end:
            return _Body(found.start, found.end, found.type == "friendship-association")
    bare = _EMBASSY.search(frame.text, frame.start, frame.end)
    return _Body(bare.start(), bare.end(), is_association=False) if bare else None


def _states_of(core: Frame, body: _Body) -> Pair:
    named = [mention for mention in core.states.mentions if body.start <= mention.start < body.end]
    if body.is_association:
        pair = pair_of(named[0].code, named[1].code) if len({mention.code for mention in named}) == 2 else None
        if pair is None:
            raise NotAClaimError("an association of other than two states named")
        return pair
    seat = _seat(core, body)
    owner = next((mention.code for mention in named if mention is not seat), None)
    if seat is None:
        link = link_pair(core)
        if not any(pair.start == link.start for pair in core.states.pairs) and link.subject is None:
            raise NotAClaimError("whose embassy it is, or where, is not said")
        return link.pair
    owner = owner or next((m.code for m in reversed(core.states.actors) if m.end <= core.start), None)
    pair = pair_of(owner, seat.code) if owner else None
    if pair is None:
        raise NotAClaimError("whose embassy it is, or where, is not said")
    return pair


def _seat(core: Frame, body: _Body) -> CountryMention | None:
    """Where an embassy stands: «… tại Hà Nội», in its name or behind it."""
    for mention in core.states.mentions:
        if body.start <= mention.start <= body.end + MAX_SEAT_DISTANCE_CHARS and _AT.search(
            core.text, body.start, mention.start
        ):
            return mention
    return None
