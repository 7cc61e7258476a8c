"""Who can pay a state visit in a sentence: leaders by name, by office, and by pronoun."""

from dataclasses import dataclass

from extractors.claims.frames import Frame
from extractors.persons import LEADER_RANKS
from extractors.records import PersonMention
from extractors.wordlists import pattern

_AIDE = pattern(r"{}\s(?:của\s)?$", "aide")
_PRONOUN = pattern("{}", "person-pronoun")
_IN_OFFICE = pattern(r",?\s?{}\s", "in-office")


@dataclass(frozen=True, slots=True)
class Leader:
    """Who travels: where the name or office stands, the name if there is one, the state served."""

    start: int
    end: int
    name: str | None
    country: str | None


def find_leaders(frame: Frame) -> list[Leader]:
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
