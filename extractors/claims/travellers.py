"""Whose visit it is: owner, subject, or the leader whom the clause behind names; likeliest first."""

from extractors.claims.frames import Frame
from extractors.claims.leaders import Leader, find_leaders
from extractors.persons import LEADER_RANKS
from extractors.wordlists import CAPITAL, pattern

MAX_LEADER_DISTANCE_WORDS = 22
MAX_MOVER_DISTANCE_WORDS = 3
MAX_NOUN_LEAD_CHARS = 8
MAX_GUEST_DISTANCE_WORDS = 3
# «Tháng 7/2013, trong chuyến thăm chính thức Mỹ kéo dài ba ngày, Chủ tịch nước …»: words of the circumstance.
MAX_CIRCUMSTANCE_WORDS = 12

_OF = pattern(r"của\s(?:{}\s)*$", "leader-prefix")
_INVITES = pattern(r"{}\s(?:chính thức\s)?của\s(?:{}\s)*$", "invitation", "leader-prefix")
_MOVE = pattern("{}", "move-verb")
_OWNER_PRONOUN = pattern(rf"[^.,;]{{0,60}}?\scủa\s(?:chính\s)?{{}}(?!\s{CAPITAL})", "owner-pronoun")
_CIRCUMSTANCE = pattern(r"{}\s(?:\S+\s){0,2}$", "circumstance-lead")
_PRONOUN_BEHIND_COMMA = pattern(rf"[^.,;]{{0,60}},\s{{}}\s(?!{CAPITAL})", "person-pronoun")
_BEHIND_COMMA = pattern(r",\s(?:{}\s)*$", "leader-prefix")


def find_travellers(frame: Frame) -> list[Leader]:
    """Who may be the visitor, likeliest first: «chuyến thăm … của <leader>», then the leaders before, nearest first."""
    leaders = find_leaders(frame)
    owners = [
        leader
        for leader in leaders
        if leader.start >= frame.end
        and _OF.search(frame.text, frame.end, leader.start)
        and not _INVITES.search(frame.text, frame.end, leader.start)
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
    if not owners and _OWNER_PRONOUN.match(frame.text, frame.end, frame.sentence.end):
        before = [leader for leader in reversed(leaders) if leader.end <= frame.start]
        return before or _owner_before(frame)
    return owners[:1] or _followers(frame, leaders) or subjects or _leader_before(frame)


def _followers(frame: Frame, leaders: list[Leader]) -> list[Leader]:
    """«Trong chuyến thăm Mỹ, Chủ tịch nước … và Tổng thống … ra tuyên bố»: those whom the main clause begins with."""
    if _CIRCUMSTANCE.search(frame.text, max(frame.sentence.start, frame.start - 40), frame.start) is None:
        return []
    found: list[Leader] = []
    for leader in leaders:
        if leader.start < frame.end:
            continue
        if not found:
            is_near = frame.words_between(frame.end, leader.start) <= MAX_CIRCUMSTANCE_WORDS
            if not is_near or not _BEHIND_COMMA.search(frame.text, frame.end, leader.start):
                return []
            found.append(leader)
        elif frame.text[found[-1].end : leader.start] == " và ":
            found.append(leader)
    if not found and _PRONOUN_BEHIND_COMMA.match(frame.text, frame.end, frame.sentence.end):
        return _last_leader(frame)  # «Năm 1964, khi đến thăm Canada, bà đã phát biểu …»
    return found


def _owner_before(frame: Frame) -> list[Leader]:
    """Whom «chuyến thăm của ông tới …» means: the leader of the sentence before who is a guest there.

    Of several, one must be left when those of the states behind the visit are not counted.
    """
    hosts = {mention.code for mention in frame.states.mentions if mention.start >= frame.end}
    found: dict[str, Leader] = {}
    for person in frame.persons.those_before(frame.sentence):
        known = frame.persons.known(person)
        country = person.country or known.country
        if known.rank in LEADER_RANKS and country is not None and country not in hosts:
            found[country] = Leader(frame.start, frame.start, known.name or person.name, country)
    return list(found.values()) if len(found) == 1 else []


def _last_leader(frame: Frame) -> list[Leader]:
    """The leader whom the text named last before the sentence, standing where the visit is named."""
    person = frame.persons.last_before(frame.sentence)
    known = frame.persons.known(person) if person else None
    if person is None or known is None or known.rank not in LEADER_RANKS:
        return []
    return [Leader(frame.start, frame.start, known.name or person.name, person.country or known.country)]


def _owns_visit(frame: Frame, leader: Leader) -> bool:
    """«chuyến thăm của X đến Y»: «đến» is part of the visit named before, not another one."""
    return _OF.search(frame.text, frame.sentence.start, leader.start) is not None and any(
        other.type == "visit" and other.end <= leader.start for other in frame.triggers
    )


def _leader_before(frame: Frame) -> list[Leader]:
    """«Chuyến thăm đầu tiên tới Việt Nam diễn ra …»: a sentence that begins with the visit means the last leader's."""
    if frame.start - frame.sentence.start > MAX_NOUN_LEAD_CHARS or not is_noun(frame):
        return []
    return _last_leader(frame)


def _has_visit_between(frame: Frame, leader: Leader) -> bool:
    """Whether the owner of a visit is that of another one, named in between."""
    return any(
        other.type == "visit" and not _MOVE.fullmatch(frame.text, other.start, other.end)
        for other in frame.triggers_between(frame.end, leader.start)
    )


def find_guests(frame: Frame) -> list[Leader]:
    """Whom a host receives: the leader right behind «đón»."""
    return [
        leader
        for leader in find_leaders(frame)
        if leader.start >= frame.end and frame.words_between(frame.end, leader.start) <= MAX_GUEST_DISTANCE_WORDS
    ][:1]


def is_noun(frame: Frame) -> bool:
    """Whether the trigger is «chuyến thăm», which a wish before it does not govern."""
    return frame.text[max(0, frame.start - 7) : frame.end].lower().lstrip().startswith(("chuyến", "cuộc"))
