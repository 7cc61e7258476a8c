"""Visits of heads of state and government, party leaders and ministers from one state to another."""

import re
from dataclasses import dataclass, replace

from extractors.claims.dating import date_of, with_list
from extractors.claims.frames import Draft, Frame, NotAClaimError, called_off, cue_before, find_cue
from extractors.dates import first_date
from extractors.linking import HOME, Pair, pair_of, this_state
from extractors.persons import LEADER_RANKS
from extractors.records import CountryMention, PersonMention
from extractors.wordlists import pattern

MAX_DESTINATION_DISTANCE_WORDS = 7
MAX_LEADER_DISTANCE_WORDS = 22
MAX_MOVER_DISTANCE_WORDS = 3
MAX_NOUN_LEAD_CHARS = 8
MAX_GUEST_DISTANCE_WORDS = 3

_HOST = pattern("{}$", "host-verb")
_OF = pattern(r"của\s(?:{}\s)*$", "leader-prefix")
_TOWARDS = pattern(r"{}\s(?:{}\s)?$", "towards", "destination-noun")
_AIDE = pattern(r"{}\s(?:của\s)?$", "aide")
_NOT_DESTINATION = pattern("{}", "not-destination")
_PRONOUN = pattern("{}", "person-pronoun")
_MOVE = pattern("{}", "move-verb")
_IN_OFFICE = pattern(r",?\s?{}\s", "in-office")
_SINCE = re.compile(r"kể\stừ", re.IGNORECASE)
_WILL = pattern("{}", "will")
_PRIVATE = pattern("{}", "private")
_AT = pattern(r"{}\s$", "place-lead")


@dataclass(frozen=True, slots=True)
class Leader:
    """Who travels: where the name or office stands, the name if there is one, the state served."""

    start: int
    end: int
    name: str | None
    country: str | None


def visit_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The visit that a trigger speaks of.

    Raises:
        NotAClaimError: planned, undated, no leader, or from or to where is not said.
    """
    is_host = _HOST.search(frame.text, frame.start, frame.end) is not None
    candidates = _guests(frame) if is_host else _travellers(frame)
    if not candidates:
        raise NotAClaimError("no head of state or government, party leader or minister travels")
    route = next(filter(None, (_route(frame, leader, is_host=is_host) for leader in candidates)), None)
    if route is None:
        raise NotAClaimError("from or to where is not said, or it is a journey at home")
    leader, origin, destination, pair = route
    _refuse_unasserted(frame, leader)
    # «60 năm kể từ chuyến thăm … năm 1958» has its own date; «năm 2018 kỷ niệm 60 năm chuyến thăm» only the count
    has_own_date = any(timex.value is not None and timex.start >= frame.end for timex in frame.timexes)
    dating = date_of(frame, span_allowed=True, count_allowed=not has_own_date)
    if destination.kind == "capital":
        code = frame.linker.state_then(destination.code, first_date(dating.value).year)
        destination = replace(destination, code=code)
        pair = pair_of(origin, code) or pair
    if frame.linker.has_ended(pair, first_date(dating.value).year):
        raise NotAClaimError(f"a state of {'-'.join(pair)} had ended by {dating.value}")
    if _SINCE.match(frame.text, max(frame.sentence.start, dating.start - 3)):
        raise NotAClaimError("«kể từ» says since when, not when")
    published_on = frame.document.article.published_on
    if published_on is not None and first_date(dating.value).earliest > published_on:
        raise NotAClaimError(f"{dating.value} is after the publication date")
    return tuple(
        Draft(
            "visit",
            pair,
            each,
            start=min(frame.start, leader.start, destination.start),
            end=max(frame.end, leader.end, destination.end),
            confidence=0.9 if leader.country else 0.8,
            from_country=origin,
            to_country=destination.code,
            person=leader.name,
        )
        for each in with_list(frame, dating)
    )


def _route(frame: Frame, leader: Leader, *, is_host: bool) -> tuple[Leader, str, CountryMention, Pair] | None:
    """From where to where a leader went, or nothing where the text does not say."""
    destination = _host_state(frame) if is_host else _destination(frame, leader)
    if destination is None:
        return None
    origin = leader.country or _origin(frame, destination.code)
    pair = pair_of(origin, destination.code) if origin else None
    return (leader, origin, destination, pair) if origin and pair else None


def _refuse_unasserted(frame: Frame, leader: Leader) -> None:
    """Raise NotAClaimError for a plan, a wish, a negation or a private journey."""
    if _PRIVATE.search(frame.text, frame.start, frame.sentence.end):
        raise NotAClaimError("a private journey")
    if leader.end <= frame.start:
        chain = _WILL.search(frame.text, leader.end, frame.start)
        if chain is None and not _is_noun(frame):
            chain = find_cue(frame.text, leader.end, frame.start)
        if chain is not None:
            raise NotAClaimError(f"not asserted: «{chain.group()}»")
    cue = cue_before(frame, frame.start) or cue_before(frame, leader.start) or called_off(frame)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")


def _is_noun(frame: Frame) -> bool:
    """Whether the trigger is «chuyến thăm», which a wish before it does not govern."""
    return frame.text[max(0, frame.start - 7) : frame.end].lower().lstrip().startswith(("chuyến", "cuộc"))


def _leaders(frame: Frame) -> list[Leader]:
    """Leaders in the sentence: persons of high rank here or elsewhere in the article, and offices without a name."""
    found = _pronouns(frame)
    for person in frame.people:
        known = frame.persons.known(person)
        rank = person.rank if person.rank != "other" else known.rank
        if rank in LEADER_RANKS:
            country = _served_then(frame, person) or person.country or known.country
            found.append(Leader(person.start, person.end, known.name or person.name, country))
    found = [leader for leader in found if not _AIDE.search(frame.text, frame.sentence.start, leader.start)]
    for role in frame.roles:
        if _AIDE.search(frame.text, frame.sentence.start, role.start):
            continue
        if role.rank in LEADER_RANKS and not any(
            leader.start < role.end and role.start < leader.end for leader in found
        ):
            found.append(Leader(role.start, role.end, None, role.country))
    return sorted(found, key=lambda leader: leader.start)


def _pronouns(frame: Frame) -> list[Leader]:
    """«Ông thăm Cuba hồi tháng 3»: a pronoun at the head of the sentence is the last person named before it."""
    first = _PRONOUN.match(frame.text, frame.sentence.start, frame.start)
    person = frame.persons.last_before(frame.sentence) if first else None
    if first is None or person is None or any(other.start <= first.end() + 1 for other in frame.people):
        return []
    known = frame.persons.known(person)
    if known.rank not in LEADER_RANKS:
        return []
    return [Leader(first.start(), first.end(), known.name or person.name, person.country or known.country)]


def _served_then(frame: Frame, person: PersonMention) -> str | None:
    """The state of the office in which a person travelled: «X trên cương vị Ủy viên Bộ Chính trị Đảng … Liên Xô»."""
    for role in frame.roles:
        if role.start >= person.end and _IN_OFFICE.fullmatch(frame.text, person.end, role.start):
            return role.country
    return None


def _travellers(frame: Frame) -> list[Leader]:
    """Who may be the visitor, likeliest first: «chuyến thăm … của <leader>», then the leaders before, nearest first."""
    leaders = _leaders(frame)
    owners = [
        leader
        for leader in leaders
        if leader.start >= frame.end
        and _OF.search(frame.text, frame.end, leader.start)
        and not _has_visit_between(frame, leader)
        and frame.words_between(frame.end, leader.start) <= MAX_LEADER_DISTANCE_WORDS
    ]
    is_move = _MOVE.fullmatch(frame.text, frame.start, frame.end) is not None
    reach = MAX_MOVER_DISTANCE_WORDS if is_move else MAX_LEADER_DISTANCE_WORDS
    subjects = [
        leader
        for leader in reversed(leaders)
        if leader.end <= frame.start and frame.words_between(leader.end, frame.start) <= reach
    ]
    if is_move:
        return [leader for leader in subjects if not _owns_visit(frame, leader)]
    return owners[:1] or subjects or _leader_before(frame)


def _owns_visit(frame: Frame, leader: Leader) -> bool:
    """«chuyến thăm của X đến Y»: «đến» is part of the visit named before, not another one."""
    return _OF.search(frame.text, frame.sentence.start, leader.start) is not None and any(
        other.type == "visit" and other.end <= leader.start for other in frame.triggers
    )


def _leader_before(frame: Frame) -> list[Leader]:
    """«Chuyến thăm đầu tiên tới Việt Nam diễn ra …»: a sentence that begins with the visit means the last leader's."""
    if frame.start - frame.sentence.start > MAX_NOUN_LEAD_CHARS or not _is_noun(frame):
        return []
    person = frame.persons.last_before(frame.sentence)
    known = frame.persons.known(person) if person else None
    if person is None or known is None or known.rank not in LEADER_RANKS:
        return []
    return [Leader(frame.start, frame.start, known.name or person.name, person.country or known.country)]


def _has_visit_between(frame: Frame, leader: Leader) -> bool:
    """Whether the owner of a visit is that of another one, named in between."""
    return any(
        other.type == "visit" and not _MOVE.fullmatch(frame.text, other.start, other.end)
        for other in frame.triggers_between(frame.end, leader.start)
    )


def _guests(frame: Frame) -> list[Leader]:
    return [
        leader
        for leader in _leaders(frame)
        if leader.start >= frame.end and frame.words_between(frame.end, leader.start) <= MAX_GUEST_DISTANCE_WORDS
    ][:1]


def _destination(frame: Frame, leader: Leader) -> CountryMention | None:
    """The first state behind «thăm», or behind «tới» after «chuyến thăm của <leader>»."""
    for mention in frame.states.mentions:
        if mention.start < frame.end or leader.start <= mention.start < leader.end:
            continue
        if _AT.search(frame.text, frame.end, mention.start) and mention.kind != "capital":
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
    pointed = _pointed_at(frame)
    if pointed is not None:
        return pointed
    for mention in reversed(frame.states.mentions):
        if (
            mention.end <= frame.start
            and leader.end <= mention.start
            and _TOWARDS.search(frame.text, leader.end, mention.start)
        ):
            return mention
    return _host_of_welcome(frame)


def _pointed_at(frame: Frame) -> CountryMention | None:
    """«… thăm cấp Nhà nước tới nước này»: the state named before."""
    pointer = this_state(frame.text, frame.end, frame.sentence.end)
    if pointer is None or frame.words_between(frame.end, pointer.start()) > MAX_DESTINATION_DISTANCE_WORDS:
        return None
    code = frame.linker.antecedent_state(frame.sentence, frame.start, frozenset({HOME}))
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
