"""Visits of heads of state and government, party leaders and ministers from one state to another."""

import re
from dataclasses import replace

from extractors.claims.dating import date_of, with_list
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, called_off, cue_before, find_cue
from extractors.claims.leaders import Leader
from extractors.claims.travellers import MAX_LEADER_DISTANCE_WORDS, find_guests, find_travellers, is_noun
from extractors.claims.visitors import listed_visitors
from extractors.dates import first_date
from extractors.linking import HOME, pair_of, this_state
from extractors.records import CountryMention
from extractors.wordlists import pattern

MAX_DESTINATION_DISTANCE_WORDS = 7

# «cựu Tổng thống … thăm»: of long ago, the visit of one then in office; of late, that of one who no longer is.
MIN_DAYS_SINCE_OFFICE = 400

_HOST = pattern("{}$", "host-verb")
_OF = pattern(r"của\s(?:{}\s)*$", "leader-prefix")
_TOWARDS = pattern(r"{}\s(?:{}\s)?$", "towards", "destination-noun")
_NOT_DESTINATION = pattern("{}", "not-destination")
_SINCE = re.compile(r"kể\stừ", re.IGNORECASE)
_WILL = pattern("{}", "will")
_PRIVATE = pattern("{}", "private")
_WORK_AT = pattern(r"làm việc\s{}\s(?:{}\s)?", "place-lead", "destination-noun")
_DURING = re.compile(r"\s(?:trong|nhân)\s(?:khuôn khổ\s|dịp\s)?")
_RESPECTIVELY = pattern("{}", "respectively")
_FORMER = pattern(r"{}\s$", "former-leader")
_FORMER_OFFICE = pattern(r"{}\s", "former-leader")
_NOT_IN_OFFICE = pattern("{}", "not-in-office")
_AT = pattern(r"{}\s$", "place-lead")


def visit_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The visit that a trigger speaks of.

    Raises:
        NotAClaimError: planned, undated, no leader, or from or to where is not said.
    """
    is_host = _HOST.search(frame.text, frame.start, frame.end) is not None
    candidates = find_guests(frame) if is_host else find_travellers(frame)
    if not candidates:
        raise NotAClaimError("no head of state or government, party leader or minister travels")
    route = next(filter(None, (_route(frame, leader, is_host=is_host) for leader in candidates)), None)
    if route is None:
        raise NotAClaimError("from or to where is not said, or it is a journey at home")
    leader, origin, destination = route
    _refuse_unasserted(frame, leader)
    listed = listed_visitors(frame, leader)
    if listed:
        journeys = [(one, one.country or origin, dating) for one, dating in listed]
    else:
        # «60 năm kể từ chuyến thăm … năm 1958» has its own date; «năm 2018 kỷ niệm 60 năm chuyến thăm» only the count
        has_own_date = any(timex.value is not None and timex.start >= frame.end for timex in frame.timexes)
        dating = date_of(frame, span_allowed=True, count_allowed=not has_own_date)
        journeys = [(leader, origin, each) for each in with_list(frame, dating)]
    return tuple(_draft(frame, one, start, destination, dating) for one, start, dating in journeys)


def _draft(frame: Frame, leader: Leader, origin: str, destination: CountryMention, dating: Dating) -> Draft:
    day = first_date(dating.value)
    if _RESPECTIVELY.search(frame.text, min(frame.end, dating.start), dating.start):
        raise NotAClaimError("several visits with several dates, one after the other")
    if destination.kind == "capital":
        destination = replace(destination, code=frame.linker.state_then(destination.code, day.year))
    pair = pair_of(origin, destination.code)
    if pair is None:
        raise NotAClaimError("a journey at home")
    if frame.linker.has_ended(pair, day.year):
        raise NotAClaimError(f"a state of {'-'.join(pair)} had ended by {dating.value}")
    if _SINCE.match(frame.text, max(frame.sentence.start, dating.start - 3)):
        raise NotAClaimError("«kể từ» says since when, not when")
    published_on = frame.document.article.published_on
    bearing = frame.text[max(frame.sentence.start, leader.start - 20) : leader.end]
    if _NOT_IN_OFFICE.search(bearing):
        raise NotAClaimError("one who is not in office yet")
    is_former = _FORMER.search(frame.text, frame.sentence.start, leader.start) or _FORMER_OFFICE.match(
        frame.text, leader.start
    )
    if is_former and published_on is not None:
        if (published_on - day.latest).days < MIN_DAYS_SINCE_OFFICE:
            raise NotAClaimError("a former leader, out of office when the visit was paid")
    return Draft(
        "visit",
        pair,
        dating,
        start=min(frame.start, leader.start, destination.start),
        end=max(frame.end, leader.end, destination.end),
        confidence=0.9 if leader.country else 0.8,
        from_country=origin,
        to_country=destination.code,
        person=leader.name,
    )


def _route(frame: Frame, leader: Leader, *, is_host: bool) -> tuple[Leader, str, CountryMention] | None:
    """From where to where a leader went, or nothing where the text does not say."""
    destination = _host_state(frame) if is_host else _destination(frame, leader)
    if destination is None:
        return None
    origin = leader.country or _origin(frame, destination.code)
    is_abroad = origin is not None and origin != destination.code
    return (leader, origin, destination) if origin is not None and is_abroad else None


def _refuse_unasserted(frame: Frame, leader: Leader) -> None:
    """Raise NotAClaimError for a plan, a wish, a negation or a private journey."""
    if _PRIVATE.search(frame.text, frame.start, frame.sentence.end):
        raise NotAClaimError("a private journey")
    if leader.end <= frame.start:
        chain = _WILL.search(frame.text, leader.end, frame.start)
        if chain is None and not is_noun(frame):
            chain = find_cue(frame.text, leader.end, frame.start)
        if chain is not None:
            raise NotAClaimError(f"not asserted: «{chain.group()}»")
    cue = cue_before(frame, frame.start) or cue_before(frame, leader.start) or called_off(frame)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")


def _destination(frame: Frame, leader: Leader) -> CountryMention | None:
    """The first state behind «thăm», or behind «tới» after «chuyến thăm của <leader>»."""
    for mention in frame.states.mentions:
        if mention.start < frame.end or leader.start <= mention.start < leader.end:
            continue
        if (
            _AT.search(frame.text, frame.end, mention.start)
            and mention.kind != "capital"
            and not _works_at(frame, mention)
        ):
            continue
        gap = frame.text[frame.end : mention.start]
        if _NOT_DESTINATION.search(gap):
            return None
        if frame.words_between(frame.end, mention.start) <= MAX_DESTINATION_DISTANCE_WORDS and not any(
            c in gap for c in ",;("
        ):
            if _OF.search(frame.text, frame.end, mention.start):
                continue
            return mention
        if _TOWARDS.search(frame.text, frame.end, mention.start) and leader.end <= mention.start:
            if frame.words_between(leader.end, mention.start) <= MAX_DESTINATION_DISTANCE_WORDS:
                return mention
    pointed = _pointed_at(frame, leader)
    if pointed is not None:
        return pointed
    for mention in reversed(frame.states.mentions):
        if (
            mention.end <= frame.start
            and leader.end <= mention.start
            and _TOWARDS.search(frame.text, leader.end, mention.start)
        ):
            return mention
    return _host_of_welcome(frame) or _stays_in(frame, leader)


def _works_at(frame: Frame, mention: CountryMention) -> bool:
    """«thăm chính thức và làm việc tại Hà Lan»: who works there is there."""
    return _WORK_AT.fullmatch(frame.text, frame.end - len("làm việc"), mention.start) is not None


def _stays_in(frame: Frame, leader: Leader) -> CountryMention | None:
    """«đang ở Ba Lan trong chuyến thăm»: the state right before."""
    for mention in reversed(frame.states.mentions):
        if mention.end <= frame.start and leader.end <= mention.start:
            is_there = _AT.search(frame.text, leader.end, mention.start) is not None
            return mention if is_there and _DURING.fullmatch(frame.text, mention.end, frame.start) else None
    return None


def _pointed_at(frame: Frame, leader: Leader) -> CountryMention | None:
    """«… thăm cấp Nhà nước tới nước này»: the state named before."""
    pointer = this_state(frame.text, frame.end, frame.sentence.end)
    if pointer is None or frame.words_between(frame.end, pointer.start()) > MAX_DESTINATION_DISTANCE_WORDS:
        return None
    code = frame.linker.antecedent_state(frame.sentence, frame.start, frozenset(filter(None, (HOME, leader.country))))
    return CountryMention(pointer.start(), pointer.end(), code, "alias") if code else None


def _host_of_welcome(frame: Frame) -> CountryMention | None:
    """«Việt Nam đã chào đón Tổng thống Nga tới thăm»: the host stands before."""
    for other in frame.triggers_between(frame.sentence.start, frame.start):
        if _HOST.search(frame.text, other.start, other.end):
            before = [mention for mention in frame.states.actors if mention.end <= other.start]
            return before[-1] if before else None
    return None


def _host_state(frame: Frame) -> CountryMention | None:
    before = [mention for mention in frame.states.actors if mention.end <= frame.start]
    if before and frame.words_between(before[-1].end, frame.start) <= MAX_LEADER_DISTANCE_WORDS:
        return before[-1]
    return None


def _origin(frame: Frame, destination: str) -> str | None:
    """The other state of the pair spoken of, where the visitor's own is not said."""
    years = {timex.year for timex in frame.timexes if timex.year is not None}
    year = years.pop() if len(years) == 1 else None
    pair = frame.linker.antecedent_pair(frame.sentence, frame.start, including=destination, year=year)
    if pair is None or (HOME not in pair and pair != frame.linker.headline_pair()):
        return None
    return pair[0] if pair[1] == destination else pair[1]
