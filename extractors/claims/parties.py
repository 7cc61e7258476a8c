"""The two states that a trigger relates: named beside it, subject and object, or pointed at by «hai nước»."""

import re
from dataclasses import dataclass

from extractors.claims.frames import Frame, NotAClaimError
from extractors.claims.state_lists import LIST_JOINT
from extractors.linking import BLOC, Pair, PairMention, pair_of, this_state
from extractors.records import CountryMention
from extractors.wordlists import pattern

# Words that may stand between a trigger and the pair that belongs to it.
MAX_PAIR_DISTANCE_WORDS = 8
MAX_SUBJECT_DISTANCE_WORDS = 18
# These are done by one state to another, which is named: no guess from the paragraphs before.
NEEDS_OBJECT = ("severed", "recognised")
MAX_RECOGNISED_DISTANCE_WORDS = 2
MAX_POINTER_DISTANCE_CHARS = 100

OBJECT_LEAD = pattern(r"{}\s(?:{}\s)?$", "object-lead", "party-noun")
_GENERIC_SUBJECT = pattern(r"{}\s(?:\S+\s){0,4}$", "generic-subject")
_AS_OTHER = re.compile(
    r"[^.;]{0,30}?\sđủ điều kiện|\slà\s(?!(?:một\s)?(?:quốc gia|nước|nhà nước|đại diện|chính phủ))", re.IGNORECASE
)
_WITH = re.compile(r"(?<!\w)với\s(?:nước\s)?$", re.IGNORECASE)
_GENERIC = pattern("{}", "generic-subject")
_FOLLOWS = pattern(r"{}\s$", "follows")
_IS_WITH = pattern(r"(?<!\w)(?:với|cùng|giữa)\s(?:{}\s)?$", "party-noun")
# «A và B thiết lập quan hệ ngoại giao, còn B cắt đứt quan hệ với C»: C is of the next clause.
_CONTRAST = pattern(r",\s{}", "contrast")
# «một trong những nước đầu tiên trên thế giới công nhận …»: the subject is the one that was first.
_FIRST_OF_ALL = re.compile(r"đầu tiên trên\s$", re.IGNORECASE)
_PASSIVE_LEAD = pattern(r"(?<!\w)được\s(?:{}\s)?$", "party-noun")
# The subject is a person then, and the state before belongs to another clause.
_PERSON_BETWEEN = pattern("{}", "person-subject")


@dataclass(frozen=True, slots=True)
class Link:
    """The two states of a fact, how surely they were found, and the stretch of the sentence that names them."""

    pair: Pair
    confidence: float
    start: int
    end: int
    subject: str | None = None
    object: str | None = None


def link_pair(frame: Frame) -> Link:
    """The two states that a trigger relates: named beside it, subject and object, or pointed at by «hai nước».

    Raises:
        NotAClaimError: they cannot be known.
    """
    if frame.trigger.type == "recognised" and _is_recognised_as_other(frame):
        raise NotAClaimError("recognised as something else than a state")
    generic = _GENERIC_SUBJECT.search(frame.text, frame.sentence.start, frame.start)
    if generic is not None and not _FIRST_OF_ALL.search(frame.text, frame.sentence.start, generic.start()):
        raise NotAClaimError("its subject is nobody by name")
    passive = _passive(frame)
    if passive is not None:
        return passive
    if (
        frame.trigger.type in NEEDS_OBJECT
        and _object(frame) is None
        and not any(pair.end <= frame.start for pair in frame.states.pairs)
    ):
        raise NotAClaimError("with or of whom is not said")
    if _is_a_person_s_act(frame):
        raise NotAClaimError("its subject is a person whose state is not said")
    for find in (_inside, _after, _subject_and_object, _before, _only_two, _by_context):
        link = find(frame)
        if link is not None and BLOC in link.pair:
            raise NotAClaimError("one side is not a state")
        if link is not None:
            return link
    raise NotAClaimError("its two states are not named")


def _is_a_person_s_act(frame: Frame) -> bool:
    """«… là người quyết định thiết lập …»: whoever is meant, it is not the state named before."""
    last = None
    for match in _PERSON_BETWEEN.finditer(frame.text, frame.sentence.start, frame.start):
        last = match
    return last is not None and not any(last.end() <= m.start and m.end <= frame.start for m in frame.states.actors)


def _passive(frame: Frame) -> Link | None:
    """«A được B công nhận»: who recognises stands right before the verb, who is recognised before «được»."""
    before = [mention for mention in frame.states.actors if mention.end <= frame.start]
    if (
        frame.trigger.type != "recognised"
        or not before
        or not _PASSIVE_LEAD.search(frame.text, frame.sentence.start, before[-1].start)
    ):
        return None
    subject = before[-1]
    if frame.words_between(subject.end, frame.start) > MAX_RECOGNISED_DISTANCE_WORDS:
        return None
    found = next((mention for mention in reversed(before) if mention.code != subject.code), None)
    pair = pair_of(subject.code, found.code) if found else None
    if found is None or pair is None or BLOC in pair:
        return None
    return Link(pair, 0.95, found.start, frame.end, subject.code, found.code)


def _is_recognised_as_other(frame: Frame) -> bool:
    """«công nhận X là xứ tự trị» recognises no state; «công nhận X là quốc gia độc lập» does."""
    target = _object(frame)
    return target is not None and _AS_OTHER.match(frame.text, target.end) is not None


def _linked(frame: Frame, mention: PairMention, confidence: float) -> Link | None:
    pair = mention.codes
    codes = frame.states.codes()
    if pair is None and len(codes) == 2 and BLOC not in codes:
        pair = pair_of(codes[0], codes[1])  # «Đối với Hoa Kỳ, quan hệ song phương … trong quan hệ của Việt Nam»
        confidence -= 0.05
    if pair is None:
        pair = frame.linker.antecedent_pair(frame.sentence, mention.start)
        confidence -= 0.07
    return Link(pair, confidence, mention.start, mention.end) if pair else None


def _inside(frame: Frame) -> Link | None:
    """A pair between verb and noun: «nâng cấp quan hệ Việt Nam - Anh lên đối tác chiến lược»."""
    for mention in frame.states.pairs:
        if frame.start <= mention.start and mention.end <= frame.end:
            if _WITH.search(frame.text, frame.start, mention.start) and _nearest_subject(frame) is not None:
                return None  # «A nâng cấp quan hệ với B và C lên …»: B and C are two objects
            return _linked(frame, mention, 1.0)
    return None


def _after(frame: Frame) -> Link | None:
    """A pair right behind: «thiết lập quan hệ ngoại giao (giữa) Việt Nam - Lào»."""
    for mention in frame.states.pairs:
        if mention.start < frame.end:
            continue
        if _has_object_before(frame, mention):
            return None
        gap = frame.text[frame.end : mention.start]
        if frame.words_between(frame.end, mention.start) > MAX_PAIR_DISTANCE_WORDS or any(c in gap for c in ";."):
            return None
        if "," in gap and _nearest_subject(frame) is not None:
            return None
        if frame.triggers_between(frame.end, mention.start):
            return None
        return _linked(frame, mention, 1.0)
    return None


def _has_object_before(frame: Frame, pair: PairMention) -> bool:
    found = _object(frame)
    return found is not None and found.start <= pair.start and not _between_lead(frame, pair)


def _between_lead(frame: Frame, pair: PairMention) -> bool:
    return frame.text[frame.end : pair.start].rstrip().lower().endswith("giữa")


def _object(frame: Frame) -> CountryMention | None:
    """The state behind «với» that follows the trigger, or stands inside its core."""
    for mention in frame.states.actors:
        if mention.start < frame.start:
            continue
        if frame.trigger.type == "agreement" and not _IS_WITH.search(frame.text, frame.trigger.end, mention.start):
            continue
        if frame.trigger.type == "agreement" and "," in frame.text[frame.end : mention.start]:
            continue
        if not OBJECT_LEAD.search(frame.text, frame.start, mention.start):
            if frame.trigger.type != "recognised" or mention.end <= frame.end:
                continue
        start = min(frame.end, mention.start)
        reach = MAX_PAIR_DISTANCE_WORDS
        if frame.trigger.type == "recognised" and not frame.triggers_between(frame.end, mention.start):
            reach = MAX_RECOGNISED_DISTANCE_WORDS
        if frame.words_between(start, mention.start) > reach or ";" in frame.text[start : mention.start]:
            return None
        if _CONTRAST.search(frame.text, start, mention.start):
            return None
        if frame.triggers_between(frame.end, mention.start) and frame.trigger.type != "recognised":
            return None
        return mention
    return None


def _nearest_subject(frame: Frame, excluding: str | None = None) -> CountryMention | None:
    pointer = this_state(frame.text, max(frame.sentence.start, frame.start - MAX_POINTER_DISTANCE_CHARS), frame.start)
    for mention in reversed(frame.states.actors):
        if mention.end > frame.start or mention.code == excluding or _is_object_of_another(frame, mention):
            continue
        if _FOLLOWS.search(frame.text, frame.sentence.start, mention.start):
            continue  # «A nối gót B bình thường hóa …»: A does
        if pointer is not None and mention.end <= pointer.start():
            break
        if frame.words_between(mention.end, frame.start) > MAX_SUBJECT_DISTANCE_WORDS:
            return None
        gap = frame.text[mention.end : frame.start]
        return None if ";" in gap or _GENERIC.search(gap) else mention
    if pointer is None:
        return None
    known = frozenset({excluding}) if excluding else frozenset[str]()
    code = frame.linker.antecedent_state(frame.sentence, pointer.start(), known)
    return CountryMention(pointer.start(), pointer.end(), code, "alias") if code else None


def _is_object_of_another(frame: Frame, mention: CountryMention) -> bool:
    """«cắt đứt quan hệ với Đài Loan và nối lại quan hệ với …»: the object of the fact before is no subject."""
    first = mention
    for before in reversed([other for other in frame.states.actors if other.end <= mention.start]):
        if not LIST_JOINT.fullmatch(frame.text, before.end, first.start):
            break
        first = before
    return _WITH.search(frame.text, frame.sentence.start, first.start) is not None and any(
        other.end <= first.start for other in frame.triggers_between(frame.sentence.start, frame.start)
    )


def _subject_and_object(frame: Frame) -> Link | None:
    """«A … thiết lập quan hệ ngoại giao với B», «A công nhận độc lập của B»."""
    target = _object(frame)
    if target is None:
        return None
    subject = _nearest_subject(frame, target.code)
    if subject is not None:
        pair = pair_of(subject.code, target.code)
        if pair is not None:
            return Link(pair, 0.97, subject.start, target.end, subject.code, target.code)
    other = frame.linker.antecedent_state(frame.sentence, frame.start, frozenset({target.code}))
    pair = frame.linker.antecedent_pair(frame.sentence, frame.start, including=target.code)
    if pair is None and other is not None:
        pair = pair_of(other, target.code)
    if pair is None:
        return None
    subject_code = pair[0] if pair[1] == target.code else pair[1]
    return Link(pair, 0.85, frame.start, target.end, subject_code, target.code)


def _before(frame: Frame) -> Link | None:
    """The nearest pair before: «Việt Nam và Belarus thiết lập …», «Hai nước … thiết lập …»."""
    for mention in reversed(frame.states.pairs):
        if mention.end > frame.start:
            continue
        if ";" in frame.text[mention.end : frame.start]:
            return None
        if frame.words_between(mention.end, frame.start) > MAX_SUBJECT_DISTANCE_WORDS:
            return None
        nearer = [m for m in frame.states.actors if mention.end <= m.start and m.end <= frame.start]
        if nearer and mention.codes is not None and {m.code for m in nearer} - set(mention.codes):
            return None
        return _linked(frame, mention, 0.98)
    return None


def _only_two(frame: Frame) -> Link | None:
    """A sentence that names two states and no third."""
    codes = frame.states.codes()
    pair = pair_of(codes[0], codes[1]) if len(codes) == 2 else None
    if pair is None:
        return None
    near = [m for m in frame.states.actors if abs(m.start - frame.start) < 200]
    return (
        Link(pair, 0.9, min(m.start for m in near), max(m.end for m in near))
        if near
        else Link(pair, 0.8, frame.start, frame.end)
    )


def _by_context(frame: Frame) -> Link | None:
    """No state or one beside the trigger: the pair spoken of before, which must hold the one."""
    if frame.trigger.type == "recognised":
        return None
    codes = frame.states.codes()
    if len(codes) > 1:
        subject = _nearest_subject(frame)
        if subject is None:
            return None
        codes = (subject.code,)
    pair = frame.linker.antecedent_pair(frame.sentence, frame.start, including=codes[0] if codes else None)
    return Link(pair, 0.82, frame.start, frame.end) if pair else None
