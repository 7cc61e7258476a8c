"""Visits of heads of state and government, party leaders and ministers from one state to another."""

import re
from dataclasses import dataclass

from extractors.claims.dating import date_of
from extractors.claims.frames import Draft, Frame, NotAClaimError, cue_before
from extractors.dates import first_date
from extractors.linking import pair_of
from extractors.records import CountryMention

LEADER_RANKS = ("head-of-state", "head-of-government", "party-leader", "minister")

MAX_DESTINATION_DISTANCE_WORDS = 7
MAX_LEADER_DISTANCE_WORDS = 22

_HOST = re.compile(r"(?:đón tiếp|tiếp đón|chào đón|đón)$", re.IGNORECASE)
_OF = re.compile(r"của\s(?:cố\s|cựu\s|nguyên\s|ông\s|bà\s|ngài\s|vợ chồng\s)*$", re.IGNORECASE)
_TOWARDS = re.compile(r"(?:tới|đến|sang|qua|thăm)\s(?:nước\s|thủ đô\s|đất nước\s)?$", re.IGNORECASE)
_AT = re.compile(r"(?:tại|ở)\s(?:thủ đô\s)?$", re.IGNORECASE)


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
    leader = _guest(frame) if is_host else _traveller(frame)
    if leader is None:
        raise NotAClaimError("no head of state or government, party leader or minister travels")
    cue = cue_before(frame, frame.start) or (cue_before(frame, leader.start) if leader.start > frame.end else None)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")
    destination = _host_state(frame) if is_host else _destination(frame, leader)
    if destination is None:
        raise NotAClaimError("where the visit went is not said")
    origin = leader.country or _origin(frame, destination.code)
    pair = pair_of(origin, destination.code) if origin else None
    if origin is None or pair is None:
        raise NotAClaimError("where the visitor came from is not said, or it is a journey at home")
    dating = date_of(frame, span_allowed=True)
    published_on = frame.document.article.published_on
    if published_on is not None and first_date(dating.value).earliest > published_on:
        raise NotAClaimError(f"{dating.value} is after the publication date")
    return (
        Draft(
            "visit",
            pair,
            dating,
            start=min(frame.start, leader.start, destination.start),
            end=max(frame.end, leader.end, destination.end),
            confidence=0.9 if leader.country else 0.8,
            from_country=origin,
            to_country=destination.code,
            person=leader.name,
        ),
    )


def _leaders(frame: Frame) -> list[Leader]:
    """Leaders in the sentence: persons whose rank is high here or elsewhere in the article, and offices without a name."""
    found = []
    for person in frame.people:
        known = frame.persons.known(person)
        rank = person.rank if person.rank != "other" else known.rank
        if rank in LEADER_RANKS:
            found.append(Leader(person.start, person.end, known.name or person.name, person.country or known.country))
    for role in frame.roles:
        if role.rank in LEADER_RANKS and not any(leader.start < role.end and role.start < leader.end for leader in found):
            found.append(Leader(role.start, role.end, None, role.country))
    return sorted(found, key=lambda leader: leader.start)


def _traveller(frame: Frame) -> Leader | None:
    leaders = _leaders(frame)
    for leader in leaders:
        if leader.start >= frame.end and _OF.search(frame.text, frame.end, leader.start):
            if frame.words_between(frame.end, leader.start) <= MAX_LEADER_DISTANCE_WORDS:
                return leader
    for leader in reversed(leaders):
        if leader.end <= frame.start and frame.words_between(leader.end, frame.start) <= MAX_LEADER_DISTANCE_WORDS:
            return leader
    return None


def _guest(frame: Frame) -> Leader | None:
    for leader in _leaders(frame):
        if leader.start >= frame.end and frame.words_between(frame.end, leader.start) <= 3:
            return leader
    return None


def _destination(frame: Frame, leader: Leader) -> CountryMention | None:
    """The first state behind «thăm», or behind «tới» after «chuyến thăm của <leader>»."""
    for mention in frame.states.mentions:
        if mention.start < frame.end or leader.start <= mention.start < leader.end:
            continue
        if _AT.search(frame.text, frame.end, mention.start) and mention.kind != "capital":
            continue
        gap = frame.text[frame.end : mention.start]
        if frame.words_between(frame.end, mention.start) <= MAX_DESTINATION_DISTANCE_WORDS and not any(c in gap for c in ",;("):
            if _OF.search(frame.text, frame.end, mention.start):
                continue
            return mention
        if _TOWARDS.search(frame.text, frame.end, mention.start) and leader.end <= mention.start:
            if frame.words_between(leader.end, mention.start) <= MAX_DESTINATION_DISTANCE_WORDS:
                return mention
    for mention in reversed(frame.states.mentions):
        if mention.end <= frame.start and leader.end <= mention.start and _TOWARDS.search(frame.text, leader.end, mention.start):
            return mention
    return _host_of_welcome(frame)


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
    pair = frame.linker.antecedent_pair(frame.sentence, frame.start, including=destination)
    if pair is None:
        return None
    return pair[0] if pair[1] == destination else pair[1]
