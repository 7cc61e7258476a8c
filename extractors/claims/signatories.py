"""Who else signs: companies, universities, provinces and groups of states make no agreement of two states."""

import re
from collections.abc import Iterator
from itertools import takewhile

from extractors.claims.anniversaries import commemorated_count
from extractors.claims.frames import Frame, NotAClaimError
from extractors.claims.parties import Link
from extractors.claims.state_lists import has_list_before
from extractors.coreference import is_vietnamese
from extractors.organisations import find_organisations
from extractors.persons import LEADER_RANKS
from extractors.wordlists import CAPITAL, pattern

# Bodies that sign for their state.
OF_THE_STATE = frozenset({"government", "ministry", "embassy", "parliament"})
# «hai bên» in a story about companies means them: how many sentences before it must name none.
MAX_SENTENCES_BACK = 2
MAX_WORD_CHARS = 24

_GROUP = pattern("{}", "generic-subject")
_NOT_A_STATE = pattern("{}", "private-party")
_WITNESS = pattern("{}", "witness")
_COUNTED = re.compile(r"(?<![\w/.-])(?:[3-9]|\d\d+)\s(?:nước|quốc gia|bên)(?!\w)", re.IGNORECASE)
_BEFORE_VERB = re.compile(rf"(?P<name>{CAPITAL}[\w-]*)\s(?:(?:đã|cùng|cũng|vừa|chính thức|nhau)\s)*$")
_WORD_BEFORE = re.compile(rf"(?<![\w-])(?P<name>{CAPITAL}[\w-]*)\s$")
_PARTY_NOUN = pattern("{}", "party-noun")
_DUAL = pattern("{}", "dual")
_WITH = re.compile(r"(?<!\w)(?:với|giữa)\s", re.IGNORECASE)
# The next word with a capital letter, a few words behind.
_NAME = re.compile(rf"(?:(?!{CAPITAL})[^\W\d]\w*\s){{0,4}}(?P<name>{CAPITAL})")


def refuse_other_signatories(core: Frame, link: Link) -> None:
    """Raise NotAClaimError where someone else than two states signs.

    `core` is the frame whose core holds the verb and all that was signed.
    """
    is_by_context = link.start == core.start and link.end == core.end
    points_back = any(pair.codes is None for pair in core.states.pairs)
    is_told = bool(core.states.codes()) or points_back
    if is_by_context and (not is_told or link.pair != core.linker.headline_pair()):
        raise NotAClaimError("its two states are not named")
    if (
        _GROUP.search(core.text, core.sentence.start, core.end)
        or _COUNTED.search(core.text, core.sentence.start, core.end)
        or has_list_before(core, core.trigger.start)
        or _has_two_behind(core, link)
    ):
        raise NotAClaimError("more than two sign")
    start = _clause_start(core, link)
    comma = core.text.find(",", core.end, core.sentence.end)
    end = comma if comma >= 0 else core.sentence.end
    names = _private_parties(core, start, end)
    if names and commemorated_count(core) is None:
        raise NotAClaimError(f"signed by others than states: «{names[0]}»")
    if link.start >= end or link.end > end or core.trigger.phrase.pattern.search(core.text, core.end, link.start):
        raise NotAClaimError("its two states are named in another clause")
    if _is_signed_by_another(core) or _is_within_a_name(core, start, core.trigger.start):
        raise NotAClaimError("who signs is not a state")
    if _is_with_another(core):
        raise NotAClaimError("the other party is not a state")
    if _DUAL.match(core.text, link.start) and _serves_another(core, link):
        raise NotAClaimError("whom of those before it means is not clear")
    if core.text[link.start : link.end].lower().endswith("bên") and not core.states.codes():
        before = takewhile(
            lambda states: states.sentence.section == core.sentence.section, core.linker.before(core.sentence)
        )
        for states, _ in zip(before, range(MAX_SENTENCES_BACK), strict=False):
            if any(_private_parties(core, states.sentence.start, states.sentence.end)):
                raise NotAClaimError("«hai bên» may be others than states")


def _clause_start(core: Frame, link: Link) -> int:
    """Where the clause of the signers begins; witnesses are no signers, so that with them it is the sentence."""
    if link.start < core.start and _DUAL.match(core.text, link.start) and "nước" in core.text[link.start : link.end]:
        return link.start  # «các doanh nghiệp tin rằng với việc hai nước ký …»
    floor = core.text.rfind(";", core.sentence.start, core.start) + 1 or core.sentence.start
    if _WITNESS.search(core.text, floor, core.start):
        return floor
    return core.text.rfind(",", floor, min(core.start, max(link.start, floor))) + 1 or floor


def _private_parties(core: Frame, start: int, end: int) -> list[str]:
    """Names in `text[start:end]` of bodies that do not sign for their state."""
    mentions = [
        mention
        for states in core.linker.sentences
        if states.sentence.start <= start < states.sentence.end
        for mention in states.mentions
        if start <= mention.start and mention.end <= end
    ]
    found = find_organisations(core.text, start, end, mentions)
    names = [organisation.name for organisation in found if organisation.type not in OF_THE_STATE]
    outside = ((start, min(end, core.start)), (core.end, end)) if start <= core.start < end else ((start, end),)
    names += [match.group() for first, last in outside for match in _NOT_A_STATE.finditer(core.text, first, last)]
    return names


def _serves_another(core: Frame, link: Link) -> bool:
    """Whether someone named before in the sentence is known to serve a third state: «hai nhà lãnh đạo» means them."""
    for person in core.states.people:
        known = core.persons.known(person)
        if person.end <= link.start and known.rank in LEADER_RANKS and known.country not in link.pair:
            return True
    return False


def _is_with_another(core: Frame) -> bool:
    """«ký thỏa thuận với Boeing của Mỹ»: the first name behind «với» is no state's, nor of who serves one."""
    for match in _WITH.finditer(core.text, core.start, core.sentence.end):
        name = _NAME.match(core.text, match.end(), core.sentence.end)
        if name is None:
            continue
        place = name.start("name")
        if _PARTY_NOUN.match(core.text, place) is None and not any(
            start <= place < end for start, end in _spans_of_states(core)
        ):
            return True
    return False


def _is_signed_by_another(core: Frame) -> bool:
    """«Mỹ và Taliban ký …», «PetroVietnam và Rosneft ký …»: the name right before the verb is no state's."""
    name = _BEFORE_VERB.search(core.text, core.sentence.start, core.trigger.start)
    if name is None or name.start("name") == core.sentence.start:
        return False
    return not any(start <= name.start("name") < end for start, end in _spans_of_states(core))


def _is_within_a_name(core: Frame, start: int, end: int) -> bool:
    """«Samsung Việt Nam ký …»: a foreign word before a state's name makes it the name of something else."""
    for mention in core.states.mentions:
        if start <= mention.start and mention.end <= end:
            word = _WORD_BEFORE.search(core.text, max(start, mention.start - MAX_WORD_CHARS), mention.start)
            others = (span for span in _spans_of_states(core) if span != (mention.start, mention.end))
            if word is None or any(first <= word.start("name") < behind for first, behind in others):
                continue
            if not is_vietnamese(word["name"]):
                return True
    return False


def _has_two_behind(core: Frame, link: Link) -> bool:
    """«được Anh ký với Đức và Italy»: a pair behind «với» and another state before the verb are three."""
    if link.object is not None or not core.text.endswith("với ", core.trigger.end, link.start):
        return False
    return any(m.end <= core.trigger.start and m.code not in link.pair for m in core.states.actors)


def _spans_of_states(core: Frame) -> Iterator[tuple[int, int]]:
    """Where a sentence names states, those who serve them, and bodies that sign for them."""
    for mention in core.states.mentions:
        yield mention.start, mention.end
    for person in core.states.people:
        yield person.start, person.end
    for role in core.persons.roles_of(core.sentence):
        yield role.start, role.end
    for body in find_organisations(core.text, core.sentence.start, core.sentence.end, core.states.mentions):
        if body.type in OF_THE_STATE:
            yield body.start, body.end
